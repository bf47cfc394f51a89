"""Follows: who follows whom, who left between two complete lists, and what incomplete lists leave open."""

from typing import Any

import polars as pl
import pytest

from pipeline.measures.people.follows import follows_table
from pipeline.model.durations import DAY

OLD, NEW = 100 * DAY, 200 * DAY
TIES = {"account_id": pl.String, "contact_id": pl.String, "platform": pl.String, "kind": pl.String, "since": pl.Int64,
        "last_seen_at": pl.Int64, "missing_since": pl.Int64}  # fmt: skip
LISTS = {"account_id": pl.String, "platform": pl.String, "kind": pl.String, "complete": pl.Boolean, "as_of": pl.Int64}


def row(*ties: tuple[str, bool], old: bool = True, new: bool = True) -> dict[str, Any]:
    """Return the row of ties (kind, gone), followed since days 1, 2, …; two exports with complete lists or not."""
    held = [
        ("me", "ann", "x", kind, (number + 1) * DAY, OLD if gone else NEW, NEW if gone else None)
        for number, (kind, gone) in enumerate(ties)
    ]
    kinds = ("connected",) if ties[0][0] == "connected" else ("follows", "followed_by")
    lists = [("me", "x", kind, complete, at) for kind in kinds for at, complete in ((OLD, old), (NEW, new))]
    return follows_table(
        pl.DataFrame(held, schema=TIES, orient="row"), pl.DataFrame(lists, schema=LISTS, orient="row")
    ).row(0, named=True)


@pytest.mark.parametrize(
    ("ties", "status", "since", "gone"),
    [
        ([("follows", False), ("followed_by", False)], "mutual", 2 * DAY, None),
        ([("connected", False)], "mutual", DAY, None),
        ([("follows", False)], "only_mine", DAY, None),
        ([("followed_by", False)], "only_theirs", DAY, None),
        ([("follows", False), ("followed_by", True)], "gone_theirs", 2 * DAY, NEW),
        ([("follows", True), ("followed_by", False)], "gone_mine", DAY, NEW),
        ([("follows", True)], "gone_mine", DAY, NEW),
        ([("followed_by", True)], "gone_theirs", DAY, NEW),
        ([("connected", True)], "gone_theirs", DAY, NEW),
    ],
)
def test_status(ties: list[tuple[str, bool]], status: str, since: int, gone: int | None) -> None:
    found = row(*ties)
    assert (found["status"], found["since"], found["gone_since"]) == (status, since, gone)
    assert (found["seen_at"], found["complete"]) == (NEW, True)


def test_an_incomplete_newest_list_is_marked() -> None:
    found = row(("follows", False), new=False)
    assert (found["status"], found["complete"]) == ("only_mine", False)


def test_a_departure_is_dated_between_two_complete_lists_only() -> None:
    found = row(("followed_by", True), old=False)
    assert (found["status"], found["gone_since"], found["complete"]) == ("gone_theirs", None, True)


def test_without_any_list_the_newest_export_that_shows_the_follow_is_the_date() -> None:
    held = pl.DataFrame([("me", "ann", "x", "follows", None, OLD, None)], schema=TIES, orient="row")
    assert follows_table(held, pl.DataFrame(schema=LISTS)).rows() == [("ann", "x", "only_mine", None, None, OLD, False)]


def test_other_relations_are_no_follows() -> None:
    held = pl.DataFrame([("me", "ann", "x", "blocked", None, OLD, None)], schema=TIES, orient="row")
    assert follows_table(held, pl.DataFrame(schema=LISTS)).is_empty()
