"""Coverage rows of several archives of one account say together what any of them shows."""

import polars as pl

from pipeline.consolidation.relations import united_coverage

SCHEMA = {
    "account_id": pl.String, "platform": pl.String, "class": pl.String, "direction": pl.String, "surface": pl.String,
    "thread": pl.String, "visibility": pl.String, "starts_at": pl.Int64, "ends_at": pl.Int64, "reason": pl.String,
    "reply_links": pl.Boolean,
}  # fmt: skip
Lane = tuple[str, str, str, str | None, str]
"""class, direction, surface, thread, visibility."""


def united(*lanes: Lane) -> list[Lane]:
    rows = [
        ("y:o", "y", cls, direction, surface, thread, visibility, *((None, None) if visibility == "none" else (1, 9)), "", False)
        for cls, direction, surface, thread, visibility in lanes
    ]  # fmt: skip
    found = united_coverage(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    return found.select("class", "direction", "surface", "thread_id", "visibility").rows()


def test_an_export_without_the_file_says_nothing_about_one_that_has_it() -> None:
    """Two parts of a Takeout: only the first holds the comments, and the table said both `partial` and `none`."""
    assert united(("comment", "outbound", "public", None, "partial"), ("comment", "outbound", "all", None, "none")) == [
        ("comment", "outbound", "public", None, "partial")
    ]


def test_what_no_export_shows_is_said_once() -> None:
    nowhere = ("comment", "inbound", "all", None, "none")
    assert united(nowhere, nowhere, ("comment", "outbound", "public", None, "full")) == [
        nowhere,
        ("comment", "outbound", "public", None, "full"),
    ]


def test_one_thread_shown_leaves_the_rest_unseen() -> None:
    lanes: list[Lane] = [("message", "inbound", "all", None, "none"), ("message", "inbound", "group", "t1", "full")]
    assert united(*lanes) == lanes


def test_a_surface_of_its_own_stays_unseen() -> None:
    lanes: list[Lane] = [("message", "inbound", "direct", None, "full"), ("message", "inbound", "group", None, "none")]
    assert united(*lanes) == lanes
