"""What readers of CSV exports share: rows that cannot be read, tables that are left out by a rule."""
