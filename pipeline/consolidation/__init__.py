"""Combine the staged tables of all archives: every act once, in its current version. Opens no archive."""
