"""One module a report section, the page shell, the wording, the theme."""
