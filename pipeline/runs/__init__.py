"""One run on one home: lock, execute, freshness, summary."""
