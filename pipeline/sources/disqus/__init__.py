"""Disqus: the XML export of a site's comments."""
