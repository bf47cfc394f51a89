"""Unusual homes: the page builds, names what is missing, and shows no null or NaN."""

from pathlib import Path

import pytest

from reports.build import write_reports
from tests.reports import invented
from tests.reports.conftest import Opener, build

NOT_WORDS = r"() => (document.body.innerText + [...document.querySelectorAll('svg text')].map(t => t.textContent).join(' ')).match(/\b(NaN|null|undefined|Infinity|None)\b/)"
EDGES = {
    "one person": invented.Home(contacts=1, gestures=40, months=2),
    "one platform, no answers": invented.Home(contacts=40, gestures=500, platforms=("wordpress",), answer=0.0),
    "names, one day": invented.Home(
        contacts=40, gestures=500, months=0, names=("😀👩‍👩‍👧‍👦", "مرحبا بالعالم", "N" * 400, "\u202eevil", " ")
    ),
    "few": invented.Home(contacts=4, gestures=12),
    "no measures": invented.Home(contacts=40, gestures=500, with_people_measures=False),
}


@pytest.mark.parametrize("name", EDGES)
def test_the_page_is_complete(name: str, tmp_path: Path, open_report: Opener) -> None:
    folder = build(EDGES[name], tmp_path)
    opened = open_report(folder / "index.html", width=390)
    opened.draw_all()
    assert opened.console == []
    assert opened.page.evaluate(NOT_WORDS) is None
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.locator("h2").count() == 10


def test_an_empty_home_says_what_to_put_where(tmp_path: Path, open_report: Opener) -> None:
    write_reports(invented.reader(invented.empty()), tmp_path)
    opened = open_report(tmp_path / "index.html")
    text = opened.page.inner_text("body")
    assert "No archives yet" in text
    assert "into the folder exports of this home" in text
    assert "dancecard run" in text
    assert "LinkedIn" in text
    assert opened.console == []
    assert opened.page.evaluate(NOT_WORDS) is None


def test_few_steps_are_counted_not_rated(tmp_path: Path) -> None:
    folder = build(EDGES["few"], tmp_path)
    html = (folder / "index.html").read_text(encoding="utf-8")
    overview = html.split('<section id="overview"')[1].split("</section>")[0]
    card = overview.split('id="card-reciprocation"')[1].split("</ul>")[0]
    assert " of " in card
    assert "%" not in card
