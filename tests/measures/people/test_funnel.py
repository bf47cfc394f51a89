"""The funnel from stranger to opted in."""

from typing import Any

import polars as pl

from pipeline.measures.people.funnel import funnel_table
from pipeline.measures.people.level_changes import level_changes_table
from pipeline.measures.people.opt_ins import SCHEMA as OPTED
from pipeline.measures.tables import table_schema
from tests.measures.people.logs import day, gesture, gestures, turns_and_exchanges

END = day(200)


def funnel_of(contacts: pl.DataFrame, frame: pl.DataFrame, opted: pl.DataFrame) -> pl.DataFrame:
    frames = turns_and_exchanges(frame)
    moves = level_changes_table(*frames, zone="UTC", as_of=END)
    return funnel_table(contacts, *frames, level_changes=moves, opt_ins=opted, as_of=END)


def stages(rows: list[dict[str, Any]], opted: list[tuple[str, int, bool, str]], *people: str) -> list[tuple[Any, ...]]:
    contacts = pl.DataFrame({"contact_id": list(people)})
    table = funnel_of(contacts, gestures(*rows), pl.DataFrame(opted, schema=OPTED, orient="row"))
    return table.select(list(table_schema("funnel"))[:4]).rows()


def test_from_stranger_to_opted_in() -> None:
    rows = [gesture(1, "me", 0, 2), gesture(2, "them", 2, 5), gesture(3, "me", 7, 13), gesture(4, "them", 20)]
    rows += [gesture(5, "me", 0, contact_id="bob"), gesture(6, "them", 50, contact_id="bob")]
    rows += [gesture(7, "me", 0, contact_id="cid")]
    opted = [("ann", day(30), True, "opt_in"), ("ann", day(40), False, "unsubscribe"), ("dan", day(5), True, "opt_in")]
    assert stages(rows, opted, "ann", "bob", "cid", "dan", "eve") == [
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
    assert stages(rows, [], "ann", "bob", "cid")[2] == ("exchanged", 2, 10.0, "stranger")


def test_an_opt_in_before_the_first_turn_took_no_time() -> None:
    assert stages([gesture(1, "me", 9)], [("ann", day(3), True, "opt_in")], "ann")[-1] == (
        "opted_in",
        1,
        0.0,
        "stranger",
    )


def test_excluded_contacts_are_outside() -> None:
    assert stages([gesture(1, "them", 9)], [], "bob")[1] == ("noticed", 0, None, "stranger")
    frame = gestures(gesture(1, "them", 9), gesture(2, "them", 9, contact_id="bob"))
    people = pl.DataFrame({"contact_id": ["ann", "bob"], "excluded": [True, False]})
    table = funnel_of(people, frame, pl.DataFrame(schema=OPTED))
    assert table.select("contacts", "at_risk").rows()[:2] == [(1, 1), (1, 1)]
