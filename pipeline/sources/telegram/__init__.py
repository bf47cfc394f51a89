"""Telegram Desktop's `result.json`: the full export and that of a single chat. See source.py."""
