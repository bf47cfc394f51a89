"""TikTok: the JSON export in all its section names, and the text export. See source.py."""
