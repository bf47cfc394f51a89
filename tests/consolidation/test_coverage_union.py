"""Coverage of several archives of one account. Source: methods:coverage-rows."""

import polars as pl

from pipeline.consolidation.coverage import combined_coverage

SCHEMA = {
    "account_id": pl.String, "platform": pl.String, "class": pl.String, "direction": pl.String, "surface": pl.String,
    "thread": pl.String, "visibility": pl.String, "starts_at": pl.Int64, "ends_at": pl.Int64, "reason": pl.String,
    "reply_links": pl.Boolean,
}  # fmt: skip
Lane = tuple[str, str, str, str | None, str]
"""class, direction, surface, thread, visibility."""


def combined(*lanes: Lane) -> list[Lane]:
    rows = [
        ("y:o", "y", cls, direction, surface, thread, visibility, *((None, None) if visibility == "none" else (1, 9)), "", False)
        for cls, direction, surface, thread, visibility in lanes
    ]  # fmt: skip
    found = combined_coverage(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    return found.select("class", "direction", "surface", "thread_id", "visibility").rows()


def test_an_export_without_the_file_says_nothing_about_one_that_has_it() -> None:
    """Of two parts of a Takeout only the first holds the comments; the table once had a `partial` and a `none` row."""
    assert combined(
        ("comment", "outbound", "public", None, "partial"), ("comment", "outbound", "all", None, "none")
    ) == [("comment", "outbound", "public", None, "partial")]


def test_a_class_that_no_export_shows_has_one_row() -> None:
    nowhere = ("comment", "inbound", "all", None, "none")
    assert combined(nowhere, nowhere, ("comment", "outbound", "public", None, "full")) == [
        nowhere,
        ("comment", "outbound", "public", None, "full"),
    ]


def test_a_row_for_one_thread_does_not_replace_the_general_row() -> None:
    lanes: list[Lane] = [("message", "inbound", "all", None, "none"), ("message", "inbound", "group", "t1", "full")]
    assert combined(*lanes) == lanes


def test_a_row_for_another_surface_is_kept() -> None:
    lanes: list[Lane] = [("message", "inbound", "direct", None, "full"), ("message", "inbound", "group", None, "none")]
    assert combined(*lanes) == lanes
