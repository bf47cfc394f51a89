"""One thin asset a table: read inputs, call one pure function, write, report metadata. No logic lives here."""
