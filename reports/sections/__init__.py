"""The report's sections, in the order in which they are read."""
