"""Single sections: gaps in time, other ways to count, the dance's bins, stages of a small home."""

from datetime import UTC, datetime

import polars as pl

from reports.build import compute
from reports.model import Content, ReportSettings
from reports.sections.coverage_lanes import gaps
from reports.sections.dance import bin_name, bins
from tests.reports import invented


def section(home: invented.Home, key: str) -> Content:
    sections, _ = compute(invented.reader(invented.home(home)), ReportSettings())
    return next(content for found, content in sections if found.key == key)


def test_a_gap_in_coverage_is_listed() -> None:
    lanes = pl.DataFrame(
        {
            "platform": ["x", "x", "linkedin"],
            "starts_at": [
                datetime(2023, 1, 1, tzinfo=UTC),
                datetime(2024, 6, 9, tzinfo=UTC),
                datetime(2020, 1, 1, tzinfo=UTC),
            ],
            "ends_at": [
                datetime(2024, 3, 3, tzinfo=UTC),
                datetime(2025, 1, 1, tzinfo=UTC),
                datetime(2025, 1, 1, tzinfo=UTC),
            ],
        }
    )
    assert gaps(lanes) == ["No archive of X covers 3 Mar – 9 Jun 2024."]


def test_bins_of_turns_double() -> None:
    assert bins([0, 1, 8]) == ["0", "1", "2–3", "4–7", "8–15"]
    assert bins([]) == ["0"]
    assert bin_name(1024) == "1\u202f024–2\u202f047"


def test_other_ways_to_count_are_listed() -> None:
    content = section(invented.Home(), "reciprocation")
    figure = next(figure for figure in content.figures if figure.key == "reciprocation_variants")
    assert figure.table.frame["label"].unique(maintain_order=True).to_list() == [
        "In words", "In any way", "Turns end after 1 h", "Turns end after 6 h", "Turns end after 24 h",
        "Only certain order", "Nothing excluded", "Partly visible", "Answers elsewhere",
    ]  # fmt: skip


def test_what_cannot_be_seen_is_computed_from_coverage_and_off_risk_steps() -> None:
    content = section(invented.Home(), "coverage")
    lines = next(note.lines for note in content.notes if note.heading == "Cannot be seen here")
    assert "141 of your steps are left out: the export cannot show answers of this kind." in lines
    assert "Exports of X cannot show comments and reactions you received." in lines
    assert (
        "Exports of Instagram show comments you received only in part, so shares based on them are lower bounds."
        in lines
    )


def test_people_are_sorted_by_whose_step_then_by_level() -> None:
    people = section(invented.Home(), "contacts").people
    assert people is not None
    assert people["whose_step"].unique(maintain_order=True).to_list() == ["mine", "theirs", "nobody"]
    mine = people.filter(pl.col("whose_step") == "mine")
    assert mine["level"].unique(maintain_order=True).to_list() == [
        "close",
        "friend",
        "acquaintance",
        "one_sided_theirs",
        "one_sided_mine",
    ]
    close = mine.filter(pl.col("level") == "close")["quiet_days"].to_list()
    assert close == sorted(close, reverse=True)


def test_the_first_screen_names_the_people_nearest_to_a_step() -> None:
    screen = section(invented.Home(), "overview").first_screen
    people = section(invented.Home(), "contacts").people
    assert screen is not None
    assert people is not None
    assert [person.name for person in screen.waiting] == people["name"].head(5).to_list()
    assert all(person.since.startswith("since ") for person in screen.waiting)


def test_each_number_of_a_card_is_a_claim() -> None:
    content = section(invented.Home(contacts=300, gestures=12_000, seed=3), "overview")
    claimed = {(claim.lhs.table, claim.lhs.column) for claim in content.headline.claims}
    assert {
        ("reciprocation_platform", "answered_share"),
        ("lag_quantiles", "conditional_50_s"),
        ("balance_all", "outreach_share"),
    } <= claimed
    screen = content.first_screen
    assert screen is not None
    assert [len(card.numbers) for card in screen.cards] == [2, 2, 4]
    assert all(card.chart is not None for card in screen.cards)


def test_no_list_mixes_platforms_kinds_and_tiers() -> None:
    for key in ("reciprocation", "lag"):
        for figure in section(invented.Home(), key).figures:
            if "dimension" in figure.table.frame.columns and figure.key != "reciprocation_variants":
                assert len(set(figure.table.frame["dimension"]) - {"all"}) <= 1, figure.key


def test_headlines_of_few_steps_count() -> None:
    content = section(invented.Home(contacts=6, gestures=14), "overview")
    assert content.headline.text == "5 of your 9 steps were answered within 7 days; 2 people wait for your step"
