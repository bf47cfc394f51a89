"""Craft, feedback and follows: headlines whose claims hold, hostile texts, small and empty homes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from reports import wording
from reports.build import compute, published_tables, write_reports
from reports.model import Content, ReportSettings
from reports.sections.craft import comparisons_frame
from tests.reports import invented
from tests.reports.claims import is_true
from tests.reports.conftest import Opener
from tests.reports.test_hostile import HOSTILE

GENERICNESS = ("generic", "short", "substantive", "substantive", "not_assessed")
LABELS = ("positive", "neutral", "negative", "not_assessed", "positive")


def rate(dimension: str, value: str, share: float, gestures: int = 400) -> dict[str, Any]:
    return {
        "initiator": "me", "outcome": "worded", "dimension": dimension, "value": value, "horizon_days": 7, "gestures": gestures,
        "contacts": gestures // 4, "answered_share": share, "low": share - 0.04, "high": share + 0.04, "shown": True,
    }  # fmt: skip


def home(texts: int, words: Sequence[str] = ("too slow",), generic: float = 0.2) -> duckdb.DuckDBPyConnection:
    platforms = invented.PLATFORMS
    interactions = [
        {
            "interaction_id": f"t{n:05d}", "contact_id": f"{platforms[n % 5]}:{n % 5:05d}", "platform": platforms[n % 5], "surface": "public", "kind": "comment",
            "direction": "inbound", "occurred_at": invented.START + timedelta(days=n % 300), "text": words[n % len(words)],
        }
        for n in range(2 * texts)
    ]  # fmt: skip
    extra: Mapping[str, Sequence[Mapping[str, Any]]] = {
        "interactions": interactions,
        "craft": [
            {"interaction_id": f"t{n:05d}", "genericness": GENERICNESS[n % 5], "templated": n % 7 == 0, "ask": n % 3 == 0, "give": n % 4 == 0, "asks_for_answer": n % 2 == 0}
            for n in range(texts)
        ],
        "tone": [
            {"interaction_id": f"t{texts + n:05d}", "label": LABELS[n % 5], "self_promotion": n % 5 == 4, "reasons": [words[n % len(words)]]}
            for n in range(texts)
        ],
        "contact_craft": [{"contact_id": f"x:{n:05d}", "asks": n % 2, "gives_before_ask": n % 5, "days_to_first_ask": float(n)} for n in range(40)],
        "first_asks": [{"day": 30, "at_risk": 60, "asked_share": 0.2, "low": 0.1, "high": 0.3, "contacts": 80}],
        "follows": [
            {"contact_id": f"x:{n:05d}", "platform": "x", "status": status, "since": None, "gone_since": gone, "seen_at": invented.START, "complete": n < 3}
            for n, (status, gone) in enumerate([("mutual", None), ("only_mine", None), ("only_theirs", None), ("gone_theirs", invented.START)])
        ],
    }  # fmt: skip
    rates = [
        rate("craft", "substantive", 0.45),
        rate("craft", "generic", generic),
        rate("asked", "asked", 0.5),
        rate("intent", "gift", 0.4, 12),
    ]
    connection = invented.home(invented.Home())
    for table, rows in {**extra, "reciprocation": rates}.items():
        invented.insert(connection, table, rows)
    return connection


def contents(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, Content], Mapping[str, pl.DataFrame]]:
    sections, _ = compute(invented.reader(connection), ReportSettings())
    made = {section.key: content for section, content in sections}
    return {key: made[key] for key in ("craft", "tone", "follows")}, published_tables(sections)


@pytest.mark.parametrize("texts", [5, 200])
def test_claims_are_true_of_the_tables(texts: int) -> None:
    made, tables = contents(home(texts))
    for key, content in made.items():
        assert content.headline.claims, key
        for claim in content.headline.claims:
            assert is_true(claim, tables), f"{key}: {claim}"


def test_headlines() -> None:
    made, _ = contents(home(200))
    said = {key: content.headline.text.replace("\u202f", " ") for key, content in made.items()}
    assert said == {
        "craft": "Your 200 texts: 40 % substantive, 20 % short, 20 % generic. "
        "Substantive ones were answered more often than generic ones: 45 % against 20 %",
        "tone": "Of 160 public texts to you: 25 % positive, 25 % neutral, 25 % negative, 25 % not assessed",
        "follows": "Of 4 follows and connections: 1 mutual, 1 only yours, 1 only theirs, 1 that they ended",
    }


def test_headlines_of_few_texts_count() -> None:
    made, _ = contents(home(5))
    assert made["craft"].headline.text == "Of your 5 texts: 2 substantive, 1 short, 1 generic"
    assert made["tone"].headline.text == "Of 4 public texts to you: 1 positive, 1 neutral, 1 negative, 1 not assessed"


def test_no_comparing_word_where_intervals_overlap() -> None:
    made, _ = contents(home(200, generic=0.44))
    assert "no clear difference between substantive and generic ones" in made["craft"].headline.text


def test_the_newest_negative_texts_are_listed() -> None:
    _, tables = contents(home(200))
    found = tables["tone_negative"]
    assert found.height == 20
    assert found["occurred_at"].is_sorted(descending=True)
    assert found["text"].unique().to_list() == ["too slow"]


@pytest.mark.parametrize(
    "tested, low, high, p_holm, verdict",
    [
        (True, 0.1, 0.2, 0.01, "“personal” goes together with more answers"),
        (True, -0.1, 0.2, 0.01, "No clear difference between “personal” and “templated”"),
        (True, 0.1, 0.2, 0.2, "No clear difference between “personal” and “templated”"),
        (False, None, None, None, "Too few to say"),
    ],
)
def test_verdicts(tested: bool, low: float | None, high: float | None, p_holm: float | None, verdict: str) -> None:
    pair = {"dimension": "templated", "first": "personal", "second": "templated", "tested": tested, "difference": 0.15}
    assert comparisons_frame(pl.DataFrame([{**pair, "low": low, "high": high, "p_holm": p_holm}]))[
        "verdict"
    ].to_list() == [verdict]


def test_incomplete_and_undated_lists_are_named() -> None:
    made, _ = contents(home(5))
    lines = " ".join(line for note in made["follows"].notes for line in note.lines)
    assert "Lists of X are not complete" in lines
    assert "X: some or all follows have no date" in lines


def test_a_home_without_texts_names_the_archives_that_would_fill_it() -> None:
    made, _ = contents(invented.home(invented.Home()))
    empty = {key: content.figures[0].empty for key, content in made.items()}
    assert empty == {"craft": wording.NO_TEXTS, "tone": wording.NO_FEEDBACK, "follows": wording.NO_FOLLOWS}


def test_hostile_texts_are_shown_as_they_are(tmp_path: Path, open_report: Opener) -> None:
    write_reports(invented.reader(home(400, HOSTILE)), tmp_path, check_charts=True)
    opened = open_report(tmp_path / "index.html", width=390)
    opened.draw_all()
    assert (opened.console, opened.dialogs) == ([], [])
    assert opened.requests == [(tmp_path / "index.html").as_uri()]
    assert opened.page.title() == "Dancecard: the dance of give and take"
    assert opened.page.locator("#tone_negative tbody tr").count() == 20
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
