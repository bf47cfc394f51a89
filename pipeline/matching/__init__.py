"""Gestures and their answers: pure functions over Polars frames, one module a rule.

`match.encode_interactions` encodes a home's interactions once. `match.match` then runs the rules in this order:
`canonical_order`, `turns`, `explicit_answers`, `adjacent_answers`, `gestures`. `risk_set` determines whether an
answer could have been seen. `deduplication` serves the package `consolidation`.
"""
