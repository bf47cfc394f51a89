"""Mail: mbox files (Gmail's Takeout and classic ones), single .eml files, and what notification mail tells of platforms."""
