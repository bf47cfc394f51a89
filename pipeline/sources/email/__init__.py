"""Mail: mbox files (Gmail's Takeout and classic ones), single .eml files, and notification mail as evidence of acts on other platforms."""
