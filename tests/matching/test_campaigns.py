"""Campaigns of the owner: any number of texts, compared with the definition by brute force."""

from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching.campaigns import repeated
from pipeline.matching.parameters import MatchingParameters
from tests.matching.reference import DAY, HOUR, Ev, frame
from tests.matching.running import excluded, match

TEXTS = ("come to my opening on friday evening", "please buy the new book I wrote", "a letter of just some words")


class Sent(NamedTuple):
    """One outbound text: hours since the first, number of the contact, number of the text."""

    hours: int
    contact: int
    text: int


def campaign(sent: list[Sent]) -> set[str]:
    rows = [
        Ev(f"o{k}", out=True, t=10 * DAY + each.hours * HOUR, contact=f"c{each.contact}", text=TEXTS[each.text])
        for k, each in enumerate(sent)
    ]
    return {name for name, rule in excluded(frame(rows)).items() if rule == "campaign"}


def in_a_campaign(sent: list[Sent], one: Sent) -> bool:
    """Look for a span of 24 hours around `one` in which its text went to five contacts."""
    same = [each for each in sent if each.text == one.text]
    spans = [[each for each in same if 0 <= each.hours - begin.hours <= 24] for begin in same]
    return any(one in span and len({each.contact for each in span}) >= 5 for span in spans)


@pytest.mark.parametrize("number", range(13))
def test_any_number_of_different_long_texts_is_matched(number: int) -> None:
    words = [chr(ord("a") + n) * 4 for n in range(13)]
    rows = [Ev(f"o{k}", out=True, t=k * DAY, contact=f"p{k}", text=f"{words[k]} {TEXTS[0]}") for k in range(number)]
    matched = match(frame(rows), MatchingParameters(), initiator="me", outcome="worded")
    assert matched.gestures.height == number
    assert matched.counts["dropped_campaign"] == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(Sent, st.integers(0, 40), st.integers(0, 6), st.integers(0, 1)), max_size=12))
def test_campaigns_equal_the_definition(sent: list[Sent]) -> None:
    assert campaign(sent) == {f"o{k}" for k, one in enumerate(sent) if in_a_campaign(sent, one)}


@given(st.lists(st.integers(0, 3), max_size=12), st.integers(2, 6))
def test_repeated_values_are_marked_whatever_their_number(values: list[int], times: int) -> None:
    marked = repeated(pl.Series(values, dtype=pl.Int64), times)
    assert marked.to_list() == [values.count(value) >= times for value in values]
