"""Subscriber lists of newsletter tools: layout, times, rows."""
