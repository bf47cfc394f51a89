"""Typed access to parsed JSON whose shape nobody guarantees: a value of the wrong type reads as an empty one."""
