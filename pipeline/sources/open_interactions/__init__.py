"""The open interactions format: any source that the tool does not know, as one CSV or Parquet file."""
