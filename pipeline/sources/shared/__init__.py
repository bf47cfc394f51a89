"""What several platforms share, one package a subject."""
