"""Discord's data package. See source.py."""
