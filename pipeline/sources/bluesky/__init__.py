"""Bluesky: the repository (CAR), tools that keep one JSON file a record, and the chat export. See source.py."""
