"""Gestures and their answers (METHODS 1, 2.1): pure functions over Polars frames.

`deduplicate.deduplicate` (R1) is for the room that unites archives; `match.match` runs R0-R6 for one analysis,
`match.all_gestures` runs all four (both initiators, both outcomes) and puts every gesture on or off the risk set.
"""
