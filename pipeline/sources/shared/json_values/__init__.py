"""Typed access to parsed JSON whose shape is not guaranteed: a value of the wrong type reads as an empty one."""
