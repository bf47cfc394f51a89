"""The examples and published values that docs/methods/ prints are what the code computes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import pipeline
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.people.snowflake_ids import discord, mastodon, x_status, x_user
from pipeline.statistics.intervals import wilson
from tests.matching.reference import DAY, HOUR, SECOND, Ev, brute, frame
from tests.matching.running import match
from tests.repository.markdown import headings, table_below

if TYPE_CHECKING:
    from pipeline.model.codes import Initiator

FOLDER: Final = Path(pipeline.__file__).parents[1] / "docs" / "methods"
EXAMPLES: Final = {row["#"]: row for row in table_below(FOLDER / "matching.md", "worked-examples")}
FIELDS: Final = {"class": "cls", "resolution": "res", "archive": "source"}


def interaction(text: str) -> Ev:
    """Read `o1 0+09:00 class=comment group`: name, day+time, what differs from the default."""
    name, moment, *others = text.split()
    day, clock = moment.split("+")
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    at = (10 + int(day)) * DAY + hours * HOUR + minutes * 60 * SECOND + sum(seconds) * SECOND
    event = Ev(name, name.startswith("o"), at)
    for other in others:
        key, _, value = other.partition("=")
        known: dict[str, str | int | bool] = {FIELDS.get(key, key): value}
        if key == "group":
            known = {key: True}
        elif key in {"resolution", "seq"}:
            known = {FIELDS.get(key, key): int(value)}
        event = replace(event, **known)  # type: ignore[arg-type]  # the keys are fields of Ev; a wrong one raises
    return event


def answers(text: str) -> set[str]:
    """Read `o1>i1 A, o2>i2 C` (or `none`) as {"o1 i1 A", "o2 i2 C"}."""
    return {pair.strip().replace(">", " ") for pair in text.split(",")} - {"none"}


@pytest.mark.parametrize("number", EXAMPLES)
def test_worked_example(number: str) -> None:
    row = EXAMPLES[number]
    events = [interaction(text) for text in row["interactions"].split(";")]
    mine, _, theirs = row["answers"].partition("; them:")
    directions: list[tuple[Initiator, str]] = [("me", mine), ("them", theirs)]
    for initiator, expected in directions:
        if not expected:
            continue
        matched = match(frame(events), MatchingParameters(), initiator=initiator, outcome="any")
        answered = matched.gestures.filter(status="answered")
        found = answered.select("first_interaction_id", "response_interaction_id", "grade").rows()
        assert {" ".join(pair) for pair in found} == answers(expected)
        assert {" ".join(pair[:3]) for pair in brute(events, initiator == "me").pairs} == answers(expected)
        if initiator == "me":
            for name, value in re.findall(r"(\w+)=(\d+)", row["counts"]):
                assert matched.counts[name] == int(value)


@pytest.mark.parametrize(
    "row", table_below(FOLDER / "rates.md", "wilson-interval"), ids=lambda row: f"{row['k']}/{row['n']}"
)
def test_wilson_interval_equals_published_values(row: dict[str, str]) -> None:
    low, high = wilson(int(row["k"]), int(row["n"]))
    assert (f"{low:.4f}", f"{high:.4f}") == (row["low"], row["high"])


READERS: Final = {"X post": x_status, "X account": x_user, "Discord": discord, "Mastodon": mastodon}


@pytest.mark.parametrize("row", table_below(FOLDER / "people.md", "account-age"), ids=lambda row: row["id"])
def test_times_inside_ids_equal_published_ones(row: dict[str, str]) -> None:
    found = READERS[row["platform"]](row["id"])
    if row["time"] == "unknown":
        assert found is None
    else:
        expected = datetime.fromisoformat(row["time"]).astimezone(UTC).timestamp()
        assert found is not None
        assert found / 1_000_000 == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("chapter", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_anchors_of_a_chapter_are_unique(chapter: Path) -> None:
    names = headings(chapter)
    assert sorted(names) == sorted(set(names))
