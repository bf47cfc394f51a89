"""Mastodon: the server's archive, its CSV lists, and the JSON of the mastodon-archive tool. See source.py."""
