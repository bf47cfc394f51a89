"""Statistics without any word of the domain: arrays and frames in, arrays and frames out. Imports nothing of ours."""
