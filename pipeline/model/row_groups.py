"""The size of a Parquet row group, shared by working tables and the warehouse."""

from typing import Final

ROW_GROUP: Final = 122_880
"""Rows of a row group in DuckDB and in our Parquet files.

DuckDB compresses parts of exactly this size as they arrive, on all threads; it keeps the rest of any other size and
compresses it again at the end.
"""
