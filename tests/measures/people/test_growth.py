"""Months, the funnel and kinds of answers."""

from typing import Any

import polars as pl
import pytest

from pipeline.measures.people.dormancy import dormant_spans
from pipeline.measures.people.effort import said, words_said
from pipeline.measures.people.funnel import SCHEMA as FUNNEL
from pipeline.measures.people.funnel import funnel
from pipeline.measures.people.levels import level_changes
from pipeline.measures.people.monthly import SCHEMA as MONTHLY
from pipeline.measures.people.monthly import monthly, sessions
from pipeline.measures.people.opt_ins import SCHEMA as OPTED
from pipeline.measures.people.timeline import Timeline
from pipeline.measures.reciprocation.answer_kinds import answer_kinds
from tests.measures.people.logs import DAY, HOUR, START, day, event, gesture, gestures, interactions

END = day(200)


def months(*rows: dict[str, Any], acts: pl.DataFrame, zone: str = "UTC") -> list[tuple[Any, ...]]:
    frame = gestures(*rows)
    told = Timeline.of(frame)
    return monthly(told, words_said(said(acts), zone), sessions(acts), dormant_spans(told, zone, END), zone, END).rows()


def test_a_year_so_far() -> None:
    rows = [
        gesture(1, "me", 0, 1), gesture(2, "them", 1), gesture(3, "me", 2, 35), gesture(4, "me", 3, contact_id="bob"),
        gesture(5, "them", 130),
    ]  # fmt: skip
    acts = interactions(
        event(1, "ann", day(0), out=True, text="hello there"), event(2, "ann", day(1), out=False, text="good to hear you"),
        event(3, "bob", day(3), out=True, text="hi"), event(4, "bob", day(3) + HOUR // 2, out=True),
        event(5, "bob", day(3) + HOUR - 1, out=True), event(6, "ann", day(130), out=False, text="back"),
    )  # fmt: skip
    assert list(MONTHLY) == [
        "month", "contacts_reached", "gestures", "exchanges", "exchanges_per_contact", "words_given", "words_received",
        "sessions", "new_contacts", "first_exchanges", "became_dormant", "revived",
    ]  # fmt: skip
    assert months(*rows, acts=acts) == [
        ("2024-01", 2, 3, 1, 0.5, 3, 4, 3, 2, 1, 0, 0),
        ("2024-02", 0, 0, 1, None, 0, 0, 0, 0, 0, 0, 0),
        ("2024-03", 0, 0, 0, None, 0, 0, 0, 0, 0, 0, 0),
        ("2024-04", 0, 0, 0, None, 0, 0, 0, 0, 0, 1, 0),
        ("2024-05", 0, 0, 0, None, 0, 1, 0, 0, 0, 0, 1),
    ]


def test_months_begin_in_the_owners_zone() -> None:
    rows = [gesture(1, "me", 30.99)]
    acts = interactions(event(1, "ann", day(30.99), out=True, text="late"))
    assert [row[0] for row in months(*rows, acts=acts, zone="Pacific/Auckland")] == ["2024-02"]
    assert [row[0] for row in months(*rows, acts=acts, zone="America/New_York")] == ["2024-01"]


def test_a_session_ends_with_half_an_hour_of_rest() -> None:
    minutes = [0, 29, 58, 88, 117.9]
    acts = interactions(*(event(k, "ann", START + round(m * 60e6), out=True) for k, m in enumerate(minutes)))
    assert [(at - START) / 60e6 for at in sessions(acts)["at"]] == [0, 88]


def test_dates_without_a_time_make_no_session() -> None:
    assert sessions(interactions(event(1, "ann", START, out=True, resolution_s=86400))).is_empty()


def test_nothing_makes_no_months() -> None:
    assert months(acts=interactions()) == []


def fall(rows: list[dict[str, Any]], opted: list[tuple[str, int, bool, str]], *people: str) -> list[tuple[Any, ...]]:
    frame = gestures(*rows)
    listed = pl.DataFrame(opted, schema=OPTED, orient="row")
    contacts = pl.DataFrame({"contact_id": list(people)})
    table = funnel(contacts, Timeline.of(frame), level_changes(Timeline.of(frame), "UTC", END), listed, END)
    return table.select(list(FUNNEL)[:4]).rows()


def test_from_stranger_to_opted_in() -> None:
    rows = [gesture(1, "me", 0, 2), gesture(2, "them", 2, 5), gesture(3, "me", 7, 13), gesture(4, "them", 20)]
    rows += [gesture(5, "me", 0, contact_id="bob"), gesture(6, "them", 50, contact_id="bob")]
    rows += [gesture(7, "me", 0, contact_id="cid")]
    opted = [("ann", day(30), True, "opt_in"), ("ann", day(40), False, "unsubscribe"), ("dan", day(5), True, "opt_in")]
    assert fall(rows, opted, "ann", "bob", "cid", "dan", "eve") == [
        ("stranger", 5, None, None),
        ("noticed", 2, 50.0, "stranger"),
        ("exchanged", 1, None, "stranger"),
        ("dancing", 1, None, "stranger"),
        ("friend", 1, None, "stranger"),
        ("close", 0, None, "stranger"),
        ("opted_in", 2, None, "stranger"),
    ]


def test_the_median_takes_unreached_as_censored_not_as_absent() -> None:
    # one answered after 10 days, one met only yesterday: 1 of 2 at risk at day 10 would be half, 1 of 1 is all
    rows = [
        gesture(1, "me", 0, 10),
        gesture(2, "me", 199, contact_id="bob"),
        gesture(3, "me", 100, 40, contact_id="cid"),
    ]
    assert fall(rows, [], "ann", "bob", "cid")[2] == ("exchanged", 2, 10.0, "stranger")


def test_an_opt_in_before_the_first_turn_took_no_time() -> None:
    assert fall([gesture(1, "me", 9)], [("ann", day(3), True, "opt_in")], "ann")[-1] == ("opted_in", 1, 0.0, "stranger")


def test_excluded_contacts_are_outside() -> None:
    assert fall([gesture(1, "them", 9)], [], "bob")[1] == ("noticed", 0, None, "stranger")
    frame = gestures(gesture(1, "them", 9), gesture(2, "them", 9, contact_id="bob"))
    people = pl.DataFrame({"contact_id": ["ann", "bob"], "excluded": [True, False]})
    table = funnel(
        people, Timeline.of(frame), level_changes(Timeline.of(frame), "UTC", END), pl.DataFrame(schema=OPTED), END
    )
    assert table.select("contacts", "at_risk").rows()[:2] == [(1, 1), (1, 1)]


KINDS = interactions(
    event(1, "ann", day(0), out=True), event(2, "ann", day(1), out=False, kind="message_reaction", cls="reaction"),
    event(3, "ann", day(2), out=True), event(4, "ann", day(3), out=False), event(5, "ann", day(4), out=True, kind="call"),
)  # fmt: skip


def given(number: int, answer: int | None, grade: str = "A", **other: Any) -> dict[str, Any]:
    return gesture(
        number, "me", number, None if answer is None else 1, first_interaction_id=f"i{number:06}",
        response_interaction_id=None if answer is None else f"i{answer:06}", grade=None if answer is None else grade, **other,
    )  # fmt: skip


def test_in_like_fashion_or_how_else() -> None:
    frame = gestures(given(1, 2), given(3, 4), given(5, None))
    assert answer_kinds(frame, KINDS).rows() == [
        ("me", "worded", "call", "call", 1, 0, 0.0, 0),
        ("me", "worded", "message", "message", 2, 1, 0.5, 0),
        ("me", "worded", "message", "message_reaction", 2, 1, 0.5, 0),
    ]


def test_weak_answers_are_counted_apart_and_off_risk_gestures_not_at_all() -> None:
    frame = gestures(given(1, 4, "D"), given(3, 4, at_risk=False))
    assert answer_kinds(frame, KINDS).rows() == [("me", "worded", "message", "message", 1, 0, 0.0, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = [
        gesture(k, ("me", "them")[k % 2], 3 * k % 50, 1 if k % 3 else None, contact_id="abc"[k % 3]) for k in range(40)
    ]
    acts = interactions(
        *(event(k, "abc"[k % 3], START + k * DAY // 3, out=k % 2 == 0, text="so it is") for k in range(40))
    )
    frame = gestures(*rows)
    mixed = frame.sample(fraction=1, shuffle=True, seed=seed), acts.sample(fraction=1, shuffle=True, seed=seed)
    once, again = (
        monthly(told, words_said(said(acts), "UTC"), sessions(acts), dormant_spans(told, "UTC", END), "UTC", END)
        for told, acts in ((Timeline.of(frame), acts), (Timeline.of(mixed[0]), mixed[1]))
    )
    assert once.equals(again)
    assert answer_kinds(frame, KINDS).equals(answer_kinds(mixed[0], KINDS))
