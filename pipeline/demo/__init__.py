"""Invented exports: a seeded simulator of a plausible owner, and one writer a platform in its own layout."""
