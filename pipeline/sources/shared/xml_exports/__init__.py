"""XML exports read block by block, strictly first, then as far as they can be understood."""
