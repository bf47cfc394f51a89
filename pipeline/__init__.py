"""Dancecard: from untouched archives to gestures, answers and figures; see docs/design.md for the way of the data."""

__version__ = "0.1.0"
