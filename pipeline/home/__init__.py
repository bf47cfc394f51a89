"""The files of a home: paths, settings, lock and known archives. Touches no data."""
