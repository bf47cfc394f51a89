"""Ghost: the members CSV of a publication."""
