"""The pseudonymised twin of the report: built from sanitised frames, so that names and texts never reach the page."""
