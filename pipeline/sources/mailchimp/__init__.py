"""Mailchimp: audience exports, a zip of CSVs by status."""
