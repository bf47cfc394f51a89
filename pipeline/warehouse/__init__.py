"""The only room that opens DuckDB: tables from sql/, build aside, check in a fresh process, publish, query."""
