"""What the files of an export say about themselves: dates in names, parts without records."""
