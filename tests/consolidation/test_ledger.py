"""Which records count as already stored. Source: methods:record-fates."""

import polars as pl

from pipeline.consolidation.ledger import record_fates

PLACE = ["archive_id", "member", "pointer"]


def test_a_record_is_new_when_any_of_its_rows_is_new_or_unique() -> None:
    """A follow is an interaction and a tie: the interaction may be new where the tie is known."""
    rows = pl.DataFrame(
        [(1, "a", "m", "/0", ["k"]), (2, "b", "m", "/0", ["k"]), (2, "b", "m", "/1", ["k", "l"]), (2, "b", "m", "/2", ["n"])],
        schema=["archive_rank", *PLACE, "keys"],
        orient="row",
    )  # fmt: skip
    unique = pl.DataFrame([("b", "m", "/0"), ("b", "m", "/7")], schema=PLACE, orient="row")
    conflicts = pl.DataFrame([("b", "m", "/2")], schema=PLACE, orient="row")
    assert record_fates(rows, unique, conflicts).rows() == [
        ("a", "m", "/0", "stored"),
        ("b", "m", "/0", "stored"),
        ("b", "m", "/1", "already_stored"),
        ("b", "m", "/2", "set_aside"),
    ]
