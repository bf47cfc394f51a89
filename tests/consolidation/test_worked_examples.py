"""Every worked example, from open interactions files to the table of gestures. Source: methods:worked-examples.

Each example has its own platform and contact. All share one home, so that one example could disturb another.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.orchestration.working_tables import Store
from tests.consolidation.harness import home_in, open_file, rows, run

START = datetime(2024, 3, 1, tzinfo=UTC)
Event = dict[str, Any]


def ev(name: str, day: int, clock: str = "00:00:00", **other: Any) -> Event:
    hours, minutes, seconds = (int(part) for part in (clock + ":00")[:8].split(":"))
    at = START + timedelta(days=day, hours=hours, minutes=minutes, seconds=seconds)
    written = at.strftime("%Y-%m-%d") if clock == "date" else at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "id": name,
        "direction": "outbound" if name[0] == "o" else "inbound",
        "occurred_at": written,
        "class": "message",
    } | other


def date(name: str, day: int, **other: Any) -> Event:
    at = START + timedelta(days=day)
    return ev(name, day, **other) | {"occurred_at": at.strftime("%Y-%m-%d"), "resolution_s": 86400}


COMMENT = {"class": "comment"}
LOG = {"resolution_s": 60}
DAY = 86400

# example: (events, gestures as "first>answer grade status lag lag_last superseded_after", the same for the contact's or None)
EXAMPLES: dict[str, tuple[list[Event], list[str], list[str] | None]] = {
    "1": ([ev("o1", 0, "09:00"), ev("i1", 0, "11:00")], ["o1>i1 C answered 7200 7200 -"], None),
    "2": (
        [ev("o1", 0, "09:00"), ev("o2", 0, "09:02"), ev("o3", 0, "09:05"), ev("i1", 0, "12:00"), ev("i2", 0, "12:01")],
        ["o1>i1 C answered 10800 10500 -"],
        ["i1>- - open - - -"],
    ),
    "3": (
        [ev("o1", 0, "09:00"), ev("o2", 1, "09:00"), ev("i1", 1, "10:00")],
        ["o1>- - superseded - - 86400", "o2>i1 C answered 3600 3600 -"],
        None,
    ),
    "4": (
        [ev("o1", 0, "09:00"), ev("i1", 0, "10:00"), ev("i2", 1, "10:00")],
        ["o1>i1 C answered 3600 3600 -"],
        ["i1>- - superseded - - 86400", "i2>- - open - - -"],
    ),
    "5": ([ev("i1", 0, "09:00"), ev("o1", 0, "10:00")], ["o1>- - open - - -"], ["i1>o1 C answered 3600 3600 -"]),
    "6": (
        [ev("o1", 0, "09:00"), ev("o2", 1, "09:00"), ev("i1", 1, "10:00", reply_to="o1")],
        ["o1>i1 A answered 90000 90000 86400", "o2>- - open - - -"],
        None,
    ),
    "7": ([ev("o1", 0), ev("i1", 60, reply_to="o1")], [f"o1>i1 A answered {60 * DAY} {60 * DAY} -"], None),
    "8late": ([ev("o1", 0), ev("i1", 15)], ["o1>- - open - - -"], None),
    "8onday": ([ev("o1", 0), ev("i1", 14)], [f"o1>i1 C answered {14 * DAY} {14 * DAY} -"], None),
    "9": (
        [
            ev("o1", 0, "09:00", thread="a", **COMMENT), ev("o2", 0, "10:00", thread="b", **COMMENT),
            ev("i1", 0, "11:00", thread="a", **COMMENT), ev("i2", 0, "12:00", thread="b", **COMMENT),
        ],
        ["o1>i1 B answered 7200 7200 -", "o2>i2 B answered 7200 7200 -"],
        None,
    ),
    "10": (
        [
            ev("o1", 0, "09:00", thread="a", **COMMENT), ev("o2", 0, "20:00", thread="b", **COMMENT),
            ev("i1", 2, thread="mine", **COMMENT),
        ],
        ["o1>- - open - - -", "o2>i1 C answered 100800 100800 -"],
        None,
    ),
    "11": ([ev("o1", 0, "09:00", **COMMENT), ev("i1", 3, platform="other11")], ["o1>i1 D answered 226800 226800 -"], None),
    "11late": ([ev("o1", 0, "09:00", **COMMENT), ev("i1", 8, platform="other11late")], ["o1>- - open - - -"], None),
    "12b": (
        [ev("o1", 0, "09:00", seq=1, **LOG), ev("i1", 0, "09:00", seq=2, **LOG)],
        ["o1>i1 C answered 0 0 -"],
        ["i1>- - open - - -"],
    ),
    "12brev": (
        [ev("o1", 0, "09:00", seq=2, **LOG), ev("i1", 0, "09:00", seq=1, **LOG)],
        ["o1>- - open - - -"],
        ["i1>o1 C answered 0 0 -"],
    ),
    "13": ([date("o1", 3), date("i1", 3)], ["o1>i1 C answered 0 0 - ?"], ["i1>o1 C answered 0 0 - ?"]),
    "14": ([ev("o1", 3, "10:31"), date("i1", 3)], ["o1>i1 C answered 0 0 - ?"], None),
    "14before": ([ev("o1", 3, "10:31"), date("i1", 2)], ["o1>- - open - - -"], None),
    "15": (
        [ev("i2", 3), ev("o2", 2), ev("i1", 1), ev("o1", 0)],
        [f"o1>i1 C answered {DAY} {DAY} -", f"o2>i2 C answered {DAY} {DAY} -"],
        None,
    ),
    "17": ([ev("o1", 0, "09:00"), ev("i1", 0, "11:00", reply_to="gone")], ["o1>i1 C answered 7200 7200 -"], None),
    "18": (
        [ev("i9", -3), ev("o1", 0), ev("i0", 0, "01:00", platform="other18"), ev("i1", 0, "02:00", reply_to="i9")],
        ["o1>i0 D answered 3600 3600 -"],
        None,
    ),
    "19": (
        [
            ev("o1", 0, "01:00", group="true"), ev("i1", 0, "02:00", group="true"),
            ev("o2", 1, "01:00", group="true"), ev("i2", 1, "02:00", group="true", reply_to="o2"),
        ],
        ["o1>- - open - - -", "o2>i2 A answered 3600 3600 -"],
        None,
    ),
    "20": (
        [
            ev("o1", 0, thread="a"), ev("o2", 2, thread="b"),
            ev("i1", 3, reply_to="o1"), ev("i2", 3, "00:01", reply_to="o2"),
        ],
        [f"o1>i1 A answered {3 * DAY} {3 * DAY} -", "o2>i2 A answered 86460 86460 -"],
        None,
    ),
    "21": (
        [ev("i1", 0, reply_to="o1"), ev("o1", 1), ev("i2", 1, "12:00")],
        ["o1>i2 C answered 43200 43200 -"],
        None,
    ),
    "22": ([ev("o1", 0, contact="ann22"), ev("i1", 0, "01:00", contact="bob22")], ["o1>- - open - - -"], None),
    "23": (
        [ev("o1", 0), ev("like", 0, "01:00") | {"direction": "inbound", "class": "reaction"}, ev("i1", 1)],
        [f"o1>i1 C answered {DAY} {DAY} -"],
        None,
    ),
    "24": (
        [ev("o1", 0), ev("o2", 0, "06:00:00"), ev("i1", 0, "07:00")],
        ["o1>i1 C answered 25200 3600 -"],
        None,
    ),
    "24later": (
        [ev("o1", 0), ev("o2", 0, "06:00:01"), ev("i1", 0, "07:00")],
        ["o1>- - superseded - - 21601", "o2>i1 C answered 3599 3599 -"],
        None,
    ),
}  # fmt: skip


def everywhere(platforms: set[str]) -> str:
    """Return a coverage file that shows every class of these platforms from 2023 to 2025."""
    return " ".join(
        f"{platform},{cls},{direction},full,2023-01-01,2025-01-01"
        for platform in sorted(platforms)
        for cls in ("message", "comment", "reaction")
        for direction in ("outbound", "inbound")
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    home = home_in(tmp_path_factory.mktemp("examples"))
    one, two = [], []
    for number, (events, _, _) in EXAMPLES.items():
        one += [{"platform": f"p{number}", "contact": f"c{number}"} | event for event in events]
    # 12: the same second in separate files. 16: the same two rows in two archives, the owner's under two ids
    one += [{"platform": "p12", "contact": "c12", **ev("o1", 0, "09:00")}]
    two += [{"platform": "p12", "contact": "c12", **ev("i1", 0, "09:00")}]
    for place, name in ((one, "o1"), (two, "o2")):
        place += [{"platform": "p16", "contact": "c16", **ev(name, 0, "09:00", text="hello")}]
        place += [{"platform": "p16", "contact": "c16", **ev("i1", 0, "10:00", text="hi")}]
    covered = everywhere({str(row["platform"]) for row in (*one, *two)})
    open_file(home / "exports", "one", one, covered)
    open_file(home / "exports", "two", two, covered)
    return run(home)


def gestures(store: Store, initiator: str, number: str) -> list[str]:
    name = dict(rows(store, "interactions", "interaction_id", "native_id"))
    contact = "ann22" if number == "22" else f"c{number}"
    found = rows(
        store, "gestures", "contact_id", "started_at", "first_interaction_id", "response_interaction_id", "grade", "status",
        "lag_s", "lag_last_s", "superseded_after_s", "uncertain", "initiator", "outcome",
    )  # fmt: skip
    said = []
    for who, _, first, answer, grade, status, *numbers, uncertain, by, outcome in found:
        if who.partition(":")[2] != contact or by != initiator or outcome != "worded":
            continue
        words = [f"{value:.0f}" if value is not None else "-" for value in numbers]
        said.append(
            " ".join([f"{name[first]}>{name.get(answer, '-')}", grade or "-", status, *words, *"?" * bool(uncertain)])
        )
    return sorted(said)


@pytest.mark.parametrize("number", EXAMPLES)
def test_worked_example(store: Store, number: str) -> None:
    _, mine, theirs = EXAMPLES[number]
    assert gestures(store, "me", number) == mine
    if theirs is not None:
        assert gestures(store, "them", number) == theirs


def test_example_12_the_same_second_in_separate_files_pairs_nothing(store: Store) -> None:
    assert gestures(store, "me", "12") == ["o1>- - open - - -"]
    assert gestures(store, "them", "12") == ["i1>- - open - - -"]


def test_example_16_the_same_rows_of_two_archives_are_one_gesture(store: Store) -> None:
    texts = [row[1] for row in rows(store, "interactions", "platform", "text") if row[0] == "p16"]
    assert sorted(texts) == ["hello", "hi"]
    assert [line.partition(">")[2] for line in gestures(store, "me", "16")] == ["i1 C answered 3600 3600 -"]


def test_the_rules_that_fired_are_counted(store: Store) -> None:
    counted = {name: value for by, outcome, name, value in rows(store, "matching_counts", "initiator", "outcome", "name", "value")
               if (by, outcome) == ("me", "worded")}  # fmt: skip
    assert {name: counted[name] for name in ("simultaneous", "dangling_reply_to", "negative_lag", "uncertain")} == {
        "simultaneous": 1, "dangling_reply_to": 1, "negative_lag": 1, "uncertain": 2,
    }  # fmt: skip
    assert (counted["archive_overlap"], counted["edited"], counted["id_conflict"]) == (1, 0, 0)
    assert counted["dropped_wordless"] == 1


def test_all_examples_are_at_risk(store: Store) -> None:
    off = {
        (platform, reason)
        for platform, by, outcome, at_risk, reason in rows(
            store, "gestures", "platform", "initiator", "outcome", "at_risk", "off_risk_reason"
        )
        if not at_risk and by == "me" and outcome == "worded"
    }
    assert off == set()
