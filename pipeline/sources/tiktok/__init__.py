"""TikTok: the JSON export with all names its sections have had, and the text export."""
