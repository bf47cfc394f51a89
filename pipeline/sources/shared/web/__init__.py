"""HTML to text, ISO times and JSON items of platforms on the open web."""
