"""What all subscriber lists share: times, headers, imports, rows that can't be read."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.records import Interaction, ListSeen, SetAside, Skipped, Stored, Tie
from pipeline.sources.kit.source import SOURCE as KIT
from pipeline.sources.mailchimp.source import SOURCE as MAILCHIMP
from pipeline.sources.shared.newsletters.layout import guess, not_understood, sniff
from pipeline.sources.shared.newsletters.subscribers import ListFacts
from pipeline.sources.shared.newsletters.times import Order, When, order_of, when
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

HEADER = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
SECOND = 1_000_000


def outcome(rows: str, name: str = "subscribed_members_export_0123456789.csv") -> Outcome:
    return read(MAILCHIMP, TinyArchive("audience.zip", [TinyMember(name, f"{HEADER}\n{rows}".encode())]))


def records(found: Outcome) -> list[Stored | SetAside | Skipped]:
    return [item for items in found.items.values() for item in items if isinstance(item, Stored | SetAside | Skipped)]


@pytest.mark.parametrize(
    "text, order, expected",
    [
        ("2024-05-03 17:20:00", "unknown", When(1_714_756_800 * SECOND, 1)),
        ("2024-05-03 17:20:00 UTC", "unknown", When(1_714_756_800 * SECOND, 1)),
        ("2024-05-03 19:20:00 +0200", "unknown", When(1_714_756_800 * SECOND, 1)),
        ("2024-05-03T17:20:00.250Z", "unknown", When(1_714_756_800 * SECOND + 250_000, 1)),
        ("2024-05-03", "unknown", When(1_714_694_400 * SECOND, 86_400)),
        ("May 3, 2024", "unknown", When(1_714_694_400 * SECOND, 86_400)),
        ("03/05/2024", "day", When(1_714_694_400 * SECOND, 86_400)),
        ("05/03/2024 05:20 PM", "month", When(1_714_756_800 * SECOND, 60)),
        ("03/05/2024", "unknown", None),
        ("31/02/2024", "day", None),
        ("", "day", None),
        ("soon", "day", None),
    ],
)
def test_times(text: str, order: Order, expected: When | None) -> None:
    assert when(text, order) == expected


@pytest.mark.parametrize(
    "values, expected",
    [(["03/05/2024", "25/05/2024"], "day"), (["03/05/2024", "05/25/2024"], "month"), (["03/05/2024"], "unknown"),
     (["25/05/2024", "05/25/2024"], "unknown")],
)  # fmt: skip
def test_the_file_decides_day_and_month(values: list[str], expected: str) -> None:
    assert order_of(values) == expected


def test_two_in_a_second_are_no_import_and_three_are() -> None:
    two = "".join(f"p{n}@x.example,,,2,2022-01-01 00:00:00,,,{n},e,,\n" for n in range(2))
    three = "".join(f"p{n}@x.example,,,2,2022-01-01 00:00:00,,,{n},e,,\n" for n in range(3))
    kinds = [
        [type(row) for item in records(outcome(rows)) if isinstance(item, Stored) for row in item.rows[1:]]
        for rows in (two, three)
    ]
    assert kinds == [[Interaction, Tie] * 2, [Tie] * 3]


def test_a_click_of_their_own_counts_though_the_row_was_imported() -> None:
    rows = "".join(
        f"p{n}@x.example,,,2,2022-01-01 00:00:00,{'2022-03-01 10:00:00' if n == 1 else ''},,{n},e,,\n" for n in range(3)
    )
    acts = [
        row
        for item in records(outcome(rows))
        if isinstance(item, Stored)
        for row in item.rows
        if isinstance(row, Interaction)
    ]
    assert [(act.person, act.at) for act in acts] == [("p1@x.example", 1_646_128_800 * SECOND)]


def test_an_import_is_seen_across_the_files_of_one_export() -> None:
    def member(name: str, count: int) -> TinyMember:
        rows = "".join(f"{name}{n}@x.example,,,2,2022-01-01 00:00:00,,,{n},e,,\n" for n in range(count))
        return TinyMember(f"{name}_members_export_0123456789.csv", f"{HEADER}\n{rows}".encode())

    found = read(MAILCHIMP, TinyArchive("audience.zip", [member("subscribed", 2), member("cleaned", 1)]))
    assert found.survey.facts == ListFacts(frozenset({1640995200}))


def test_an_unterminated_quote_sets_the_rest_aside() -> None:
    found = outcome(
        'a@x.example,,,2,2022-01-01 00:00:00,,,1,e,,\nb@x.example,"open,,2,2022-01-02 00:00:00,,,2,e,,\nc@x.example,,,2,,,,3,e,,\n'
    )
    assert [type(item) for item in records(found)] == [Stored, SetAside]
    assert list(found.counted.values()) == [2]


def test_formula_cells_are_no_addresses_and_harm_nobody() -> None:
    (only,) = records(outcome('"=cmd|x","@SUM(A1)",,2,2022-01-01 00:00:00,,,1,e,,\n'))
    assert isinstance(only, SetAside)
    assert only.code == "missing_field"


def test_an_unknown_header_names_its_columns_and_nothing_else() -> None:
    member = TinyMember("kit-export.csv", b"Wer,Wann\nsecret@x.example,gestern\n")
    found = read(KIT, TinyArchive("kit-export.csv", [member]))
    (only,) = records(found)
    assert isinstance(only, SetAside)
    assert only.code == "unknown_layout"
    assert only.reason == "not understood: please report the header row (Wer, Wann)" == not_understood(["Wer", "Wann"])


def test_columns_are_guessed_by_names_and_values() -> None:
    sheet = sniff(
        TinyMember("x.csv", b"sep=;\nEMAIL;ADDED_TIME;MODIFIED_TIME;OPT_OUT_TIME\na@x.example;01-02-2020 10:00;;\n")
    )
    assert sheet is not None
    meaning = guess(sheet)
    assert meaning is not None
    assert (meaning.email, meaning.opted_in, meaning.left) == ("email", ("added_time",), ("opt_out_time",))


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=15)
times = st.sampled_from(["", "2022-01-01 00:00:00", "2022-01-01", "2022-13-01 00:00:00", "x"])
lines = st.lists(st.tuples(st.one_of(cells, st.just("a@x.example")), cells, times, times, cells), max_size=6)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=lines)
def test_any_cells_are_accounted_for(rows: list[tuple[str, str, str, str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(
        (email, first, "", "2", opted, confirmed, "", "1", "e", note, "")
        for email, first, opted, confirmed, note in rows
    )
    found = outcome(out.getvalue())
    assert len(records(found)) == len(rows) == next(iter(found.counted.values()))
    tied = any(isinstance(row, Tie) for item in records(found) if isinstance(item, Stored) for row in item.rows)
    assert tied == any(isinstance(item, ListSeen) for items in found.items.values() for item in items)
