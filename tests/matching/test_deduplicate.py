"""Deduplication: what several archives show of one act becomes one act."""

from typing import Any

import polars as pl
import pytest

from pipeline.matching.deduplication import Deduplicated, deduplicate, may_repeat

SCHEMA = {
    "platform": pl.String, "account": pl.String, "native_id": pl.String, "contact": pl.String, "direction": pl.String,
    "class": pl.String, "kind": pl.String, "thread": pl.String, "reply_to": pl.String, "is_group": pl.Boolean,
    "at": pl.Int64, "resolution_s": pl.Int64, "text": pl.String, "seq": pl.Int64, "archive_id": pl.String,
    "exported_at": pl.Int64, "member": pl.String, "pointer": pl.String,
}  # fmt: skip
DATES = {"a": 100, "b": 200, "c": None}


def row(archive: str, pointer: int, native_id: str | None, text: str = "ok", **other: Any) -> dict[str, Any]:
    base = {
        "platform": "x", "account": "me", "native_id": native_id, "contact": "ann", "direction": "outbound",
        "class": "message", "kind": "message", "is_group": False, "at": 5, "resolution_s": 1, "text": text,
        "archive_id": archive, "exported_at": DATES[archive], "member": "m", "pointer": f"/{pointer}",
    }  # fmt: skip
    return base | other


def done(*rows: dict[str, Any]) -> Deduplicated:
    found = deduplicate(pl.DataFrame(list(rows), schema=SCHEMA))
    turned = deduplicate(pl.DataFrame(list(reversed(rows)), schema=SCHEMA))
    assert found.rows.equals(turned.rows)
    assert found.counts == turned.counts
    assert found.rows.height + found.dropped.height == len(rows)
    return found


def places(found: Deduplicated) -> list[str]:
    return (found.rows["archive_id"] + found.rows["pointer"]).to_list()


def fates(found: Deduplicated) -> dict[str, str]:
    return dict(found.dropped.select(pl.col("archive_id") + pl.col("pointer"), "fate").rows())


def test_equal_words_inside_one_archive_are_two_acts() -> None:
    assert places(done(row("a", 0, None), row("a", 1, None))) == ["a/0", "a/1"]


def test_overlapping_archives_give_each_act_once_and_no_equal_one_is_lost() -> None:
    found = done(row("a", 0, None), row("b", 0, None), row("b", 1, None))
    assert places(found) == ["b/0", "b/1"]
    assert fates(found) == {"a/0": "archive_overlap"}
    assert found.counts["archive_overlap"] == 1


def test_between_equally_full_archives_the_least_name_is_kept() -> None:
    assert places(done(row("b", 0, None), row("a", 0, None))) == ["a/0"]


def test_example_16_the_same_act_with_two_ids() -> None:
    found = done(row("a", 0, "n1"), row("b", 0, "n2"))
    assert places(found) == ["a/0"]
    assert found.aliases.rows() == [("x", "me", "n2", "n1")]


def test_the_newest_export_is_current_with_edited_text_and_corrected_time() -> None:
    found = done(row("a", 0, "n", "old"), row("b", 0, "n", "new", at=6), row("c", 0, "n", "undated"))
    assert found.rows.select("text", "at").rows() == [("new", 6)]
    assert fates(found) == {"a/0": "older_version", "c/0": "older_version"}
    assert found.counts == {"id_conflict": 0, "edited": 1, "archive_overlap": 0}


def test_the_same_version_twice_is_not_edited() -> None:
    found = done(row("a", 0, "n"), row("b", 0, "n"))
    assert places(found) == ["b/0"]
    assert found.counts["edited"] == 0


@pytest.mark.parametrize("other", [{"contact": "bob"}, {"direction": "inbound"}])
def test_the_same_id_with_another_person_or_direction_is_a_conflict(other: dict[str, str]) -> None:
    found = done(row("a", 0, "n"), row("b", 0, "n", **other))
    assert places(found) == ["a/0"]
    assert fates(found) == {"b/0": "id_conflict"}
    assert found.counts["id_conflict"] == 1


def test_one_act_towards_several_people_is_no_conflict() -> None:
    old = [row("a", 0, "n", contact="ann"), row("a", 0, "n", contact="bob")]
    new = [row("b", 7, "n", contact="ann"), row("b", 7, "n", contact="bob"), row("b", 7, "n", contact="eve")]
    found = done(*old, *new)
    assert places(found) == ["b/7", "b/7", "b/7"]
    assert found.rows["contact"].to_list() == ["ann", "bob", "eve"]
    assert places(done(*old)) == ["a/0", "a/0"]


def test_ids_are_one_space_a_platform_and_account() -> None:
    others = [row("a", 1, "n", platform="y", text="y"), row("a", 2, "n", account="me2", text="2")]
    assert len(places(done(row("a", 0, "n"), *others))) == 3


def test_only_rows_with_an_act_or_a_content_in_common_need_to_be_looked_at() -> None:
    rows = pl.DataFrame(
        [
            row("a", 0, "n1", "one"), row("a", 1, "n2", "two"), row("a", 2, None, "three"), row("a", 3, "n3", "four"),
            row("b", 0, "n1", "one, edited"), row("b", 1, None, "two"), row("b", 2, None, "five"), row("b", 3, None, "six"),
        ],
        schema=SCHEMA,
    )  # fmt: skip
    again = rows.select(may_repeat()).to_series()
    assert again.to_list() == [True, True, False, False, True, True, False, False]
    whole, part = deduplicate(rows), deduplicate(rows.filter(again))
    assert part.counts == whole.counts
    assert part.aliases.equals(whole.aliases)
    assert part.dropped.equals(whole.dropped)
    assert places(part) == ["a/1", "b/0"]
    assert sorted([*places(part), "a/2", "a/3", "b/2", "b/3"]) == sorted(places(whole))
