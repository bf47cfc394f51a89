from pipeline.model.records import CoverageNote
from pipeline.model.survey import Survey
from pipeline.reading.coverage import AccountCoverage, coverage_rows
from pipeline.reading.event_times import EventTimes
from pipeline.sources.base import Platform, Shows

PLATFORM = Platform(
    "toy",
    (
        Shows("message", "outbound", "full", "direct"),
        Shows("comment", "outbound", "full", readers=("comments",)),
        Shows("reaction", "inbound", "partial", reason="only the newest"),
    ),
    ("message", "comment"),
    frozenset({"comment"}),
)


def rows(readers: set[str], notes: list[CoverageNote], survey: Survey, times: EventTimes) -> list[tuple[object, ...]]:
    of = AccountCoverage("toy", "me", frozenset(readers), PLATFORM)
    found = coverage_rows(of, notes=notes, survey=survey, times=times, time_zone="UTC")
    return [row[2:] for row in found]


def test_every_known_class_has_both_directions() -> None:
    times = EventTimes({("toy", "me", "message"): 10}, newest=99)
    assert rows(set(), [], Survey(), times) == [
        ("comment", "inbound", "all", None, "none", None, None, "no export of this platform shows it", True),
        ("comment", "outbound", "all", None, "none", None, None, "the file that shows it is not in this export", True),
        ("message", "inbound", "all", None, "none", None, None, "no export of this platform shows it", False),
        ("message", "outbound", "direct", None, "full", 10, 99, "", False),
        ("reaction", "inbound", "all", None, "partial", 99, 99, "only the newest", False),
        ("reaction", "outbound", "all", None, "none", None, None, "no export of this platform shows it", False),
    ]


def test_notes_override_what_the_export_states_and_both_override_event_times() -> None:
    times = EventTimes({("toy", "me", "message"): 10}, newest=99, zone_assumed={("toy", "me", "comment")})
    survey = Survey(exported_at=200, account_created_at=5, notes=["the owner is A"])
    notes = [
        CoverageNote("message", "outbound", "partial", "direct", "filtered", 20, 30),
        CoverageNote("message", "inbound", "full", "group", thread="t"),
    ]
    found = rows({"comments"}, notes, survey, times)
    assert found[1] == (
        "comment", "outbound", "all", None, "full", 5, 200, "the owner is A; zone_assumed: times without a zone were read as UTC", True,
    )  # fmt: skip
    assert ("message", "outbound", "direct", None, "partial", 20, 30, "filtered; the owner is A", False) in found
    assert ("message", "inbound", "group", "t", "full", 5, 200, "the owner is A", False) in found


def test_a_span_that_begins_after_the_archives_end_has_no_row() -> None:
    notes = [
        CoverageNote("message", "outbound", "full", "direct", ends_at=90),
        CoverageNote("message", "outbound", "partial", "direct", starts_at=91),
    ]
    found = rows(set(), notes, Survey(), EventTimes({("toy", "me", "message"): 10}, newest=50))
    assert [row[4:7] for row in found if row[:2] == ("message", "outbound")] == [("full", 10, 90)]


def test_an_export_without_any_date_covers_no_time() -> None:
    found = rows({"comments"}, [], Survey(), EventTimes())
    assert {row[4] for row in found} == {"none"}
    assert found[1][7] == "the export holds no date, so nothing is known about any time"


def test_reply_links_of_an_open_interactions_file_are_those_of_its_rows() -> None:
    times = EventTimes(
        first={("p", "a", "message"): 3, ("p", "a", "comment"): 5},
        newest=5,
        reply_links={("p", "message")},
        accounts={("p", "a")},
    )
    notes = [CoverageNote("message", "inbound", "full"), CoverageNote("comment", "inbound", "full")]
    of = AccountCoverage("p", "a", frozenset(), None)
    found = coverage_rows(of, notes=notes, survey=Survey(), times=times, time_zone="UTC")
    assert [(row[2], row[7], row[8], row[10]) for row in found] == [("comment", 5, 5, False), ("message", 3, 5, True)]
