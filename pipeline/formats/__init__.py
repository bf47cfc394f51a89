"""Split JSON, CSV, XML and text into records with their location, and count them independently. Knows no platform."""
