"""Substack: the export zip of a publication (subscribers, posts), and the dashboard's subscriber CSV."""
