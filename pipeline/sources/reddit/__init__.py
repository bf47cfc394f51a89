"""Reddit: the data request's flat CSV tables. See source.py."""
