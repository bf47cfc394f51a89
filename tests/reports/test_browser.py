"""The page in a browser: drawn, silent, complete without script, readable narrow, dark and on paper."""

import re
from pathlib import Path

from reports.build import write_reports
from reports.model import Links, ReportSettings
from reports.sections.registry import sections
from tests.reports import invented
from tests.reports.conftest import Opened, Opener

SECTIONS = tuple(section.key for section in sections())
WITHOUT_DATA = ("craft", "tone", "follows")
"""Sections that have nothing to draw: the invented home of these tests has neither texts nor lists of follows."""
ALL_SHOWN = (
    """document.head.insertAdjacentHTML('beforeend', '<style>.chooser>figure{display:block!important}</style>')"""
)
OUT_OF_BOUNDS = """() => [...document.querySelectorAll('.chart svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).map(text => {
    const box = text.getBoundingClientRect();
    const out = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
    return [svg.closest('.chart').id, text.textContent, out];
  }).filter(([, , out]) => out > 1.5);
})"""


def test_every_chart_is_drawn_and_nothing_is_asked_of_the_network(report: Path, wide: Opened, narrow: Opened) -> None:
    for opened, variant in ((wide, "wide"), (narrow, "narrow")):
        charts = opened.page.locator(".chart")
        assert charts.count() >= 10
        assert charts.evaluate_all("boxes => boxes.map(box => box.dataset.live)") == [variant] * charts.count()
        assert opened.page.locator(".chart[data-live] svg").count() == charts.count()
        assert opened.requests == [(report / "index.html").as_uri()]
        assert opened.console == []
    for key in SECTIONS:
        drawn = wide.page.locator(f"#{key} .chart svg").count()
        assert drawn == 0 if key in WITHOUT_DATA else drawn >= 1


def test_a_live_chart_has_marks_with_words(wide: Opened) -> None:
    labels = wide.page.locator("#chart-reciprocation-platform [aria-roledescription=point]").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('aria-label'))"
    )
    assert labels
    assert all(re.search(r"steps? to \d", label) for label in labels)


def test_text_stays_inside_its_picture_before_and_after_drawing(
    report: Path, open_report: Opener, wide: Opened, narrow: Opened
) -> None:
    static = open_report(report / "index.html", script=False)  # evaluation works with the page's scripts off
    for opened in (static, wide, narrow):
        opened.page.evaluate(ALL_SHOWN)
        assert opened.page.evaluate(OUT_OF_BOUNDS) == []


def test_without_script_every_section_has_chart_and_table(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html", script=False).page
    for key in SECTIONS:
        assert key in WITHOUT_DATA or page.locator(f"#{key} .chart svg").first.is_visible()
        assert key in ("overview", *WITHOUT_DATA) or page.locator(f"#{key} figure table").first.is_visible()
        assert page.locator(f"#{key} h2").inner_text()
    assert not page.locator("#people-controls").is_visible()
    assert page.locator("#people tbody tr").count() == 50


def test_one_chart_of_a_section_is_shown_and_chosen_without_script(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html", script=False).page
    shown = "#reciprocation .chooser > figure:visible"
    assert page.locator(shown).evaluate_all("all => all.map(figure => figure.id)") == ["reciprocation_platform"]
    page.locator("label[for=pick-months]").click()
    assert page.locator(shown).evaluate_all("all => all.map(figure => figure.id)") == ["months"]
    page.emulate_media(media="print")
    assert page.locator(shown).count() == page.locator("#reciprocation .chooser > input").count() > 4


def test_the_first_screen_answers_without_scrolling(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html", width=1280).page
    assert page.locator("#overview .card svg").count() == 3
    assert page.locator("#overview .move li").count() == 5
    bottom = page.locator("#overview .trust").first.evaluate("line => line.getBoundingClientRect().bottom")
    assert bottom <= 800


def test_a_narrow_screen_does_not_scroll_sideways(report: Path, open_report: Opener, narrow: Opened) -> None:
    static = open_report(report / "index.html", width=390, script=False)
    for opened in (static, narrow):
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_follows_the_system_and_the_button(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html", scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    fill = "getComputedStyle(document.querySelector('#chart-card-lag svg text')).fill"
    assert page.evaluate(fill) != "rgb(0, 0, 0)"


def test_print_shows_first_rows_only_and_says_so(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html").page
    page.wait_for_selector("#people-controls:not([hidden])")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#people-count").inner_text() == "first 40 of 157 printed"
    assert page.locator("#people .spacer").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#people-count").inner_text() == "157 of 157 people"
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf()))
    assert 2 <= sheets <= 14


def test_people_are_searched_filtered_sorted_and_the_state_is_in_the_address(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html").page
    page.wait_for_selector("#people-controls:not([hidden])")
    first = page.locator("#people tbody tr:not(.spacer) td:nth-child(8)").first
    assert first.inner_text() == "Yours"
    page.fill("#people-search", "ada")
    assert page.locator("#people-count").inner_text() == "14 of 157 people"
    page.check("#people-mine")
    page.select_option("#people-tier", "newbie")
    address = page.evaluate("location.hash")
    assert address == "#contacts?q=ada&y=1&tier=newbie"
    shown = page.locator("#people-count").inner_text()
    page.locator("#people th[data-key=turns] button").click()
    assert page.locator("#people th[data-key=turns]").get_attribute("aria-sort") == "descending"
    again = open_report(report / "index.html", fragment=address).page
    again.wait_for_selector("#people-controls:not([hidden])")
    assert again.locator("#people-count").inner_text() == shown
    assert again.input_value("#people-search") == "ada"
    again.locator("#people-clear").click()
    assert again.locator("#people-count").inner_text() == "157 of 157 people"


def test_a_click_on_a_group_filters_the_people(report: Path, open_report: Opener) -> None:
    opened = open_report(report / "index.html", fragment="#reciprocation")
    opened.page.wait_for_selector("#chart-reciprocation-platform[data-live]")
    opened.page.locator(
        "#chart-reciprocation-platform [aria-label^='LinkedIn'][aria-roledescription=point]"
    ).first.click(force=True)
    assert opened.page.input_value("#people-platform") == "linkedin"
    assert opened.page.evaluate("location.hash") == "#contacts?platform=linkedin"


def test_rows_come_as_one_scrolls(report: Path, open_report: Opener) -> None:
    page = open_report(report / "index.html").page
    page.wait_for_selector("#people-controls:not([hidden])")
    assert page.locator("#people tbody tr").count() < 50
    page.locator("#people").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    page.wait_for_selector("#people tr[aria-rowindex='158']")


def test_no_code_word_reaches_the_reader(wide: Opened, narrow: Opened) -> None:
    for opened in (wide, narrow):
        words = opened.page.evaluate(
            "document.body.innerText + [...document.querySelectorAll('svg text')].map(text => text.textContent).join(' ')"
        )
        assert not re.search(r"\b(NaN|null|undefined|Infinity|None)\b", words)
        assert "one_sided" not in words


def test_names_are_links_only_when_the_owner_asks(report: Path, tmp_path: Path, open_report: Opener) -> None:
    assert open_report(report / "index.html").page.locator("a[href^=http]").count() == 0
    connection = invented.home(invented.Home(contacts=3, gestures=5))
    connection.execute("update identities set url = 'javascript:alert(1)' where contact_id like '%00000'")
    write_reports(invented.reader(connection), tmp_path, settings=ReportSettings(report=Links(links=True)))
    page = open_report(tmp_path / "index.html").page
    page.wait_for_selector("#people-controls:not([hidden])")
    links = page.locator("#people a").evaluate_all("all => all.map(link => [link.href, link.rel])")
    assert sorted(links) == [
        ["https://example.org/1", "noopener noreferrer"],
        ["https://example.org/2", "noopener noreferrer"],
    ]
