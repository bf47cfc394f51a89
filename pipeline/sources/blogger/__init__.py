"""Blogger: Takeout (2018 schema) and the classic backup, both Atom."""
