"""Open a zip, tar, folder or file safely: streams with limits, byte audit, hashes. Parses no content."""
