"""X (Twitter): the classic tweet archive and both generations of the data archive."""
