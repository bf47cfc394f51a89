"""JSON, CSV, XML and text split into records with their location, and counted independently. Knows no platform."""
