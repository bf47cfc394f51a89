"""What the invented people write: several languages, habits and purposes, each text labelled with what was planted."""
