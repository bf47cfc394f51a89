"""The page shell: one file, its own style and script, a policy that lets exactly these two scripts run.

The page refers to nothing outside the file. The static pictures are in the HTML; the script replaces them when they scroll
into view. Foreign text is only ever an escaped text node, a CSV cell or a JSON string.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Final

from reports import formats, theme, wording
from reports.model import NARROW, WIDE, Content, Context, Figure, Section, Size, Spec
from reports.page.bundle import bundle
from reports.page.drawings import Drawings
from reports.page.first_screen import first_screen_html
from reports.page.html import isolated, packed_block, safe_json, script_hash, text
from reports.page.people import people_html
from reports.page.tables import table_html

_TAG: Final = "dancecard"
_LONG_NOTES: Final = 800
_MOST_OPTIONS: Final = 10
_COVERAGE: Final = "coverage"
_COMMON: Final = (
    f'<p class="more"><a href="#reading">{wording.HOW_TO_READ}</a> <a href="#{_COVERAGE}">What is missing</a></p>'
)
"""What holds for every section is written once, and linked from each."""


def page_html(sections: Sequence[tuple[Section, Content]], context: Context, *, banner: str = "") -> str:
    """Write the whole page.

    Args:
        sections: what is shown, in order.
        context: facts for the head of the page.
        banner: says that the page is pseudonymised; such a page names no time zone and no files beside it.
    """
    specs: dict[str, dict[str, Spec]] = {}
    # The twin has one size of each chart, which a narrow screen scales: a second one takes as long as all the rest.
    sizes = {"wide": WIDE} if banner else {"wide": WIDE, "narrow": NARROW}
    some = bool(context.facts["archives"])
    with Drawings() as drawings:
        body = "".join(
            _section(
                section=section,
                content=content,
                specs=specs,
                drawings=drawings,
                context=context,
                sizes=sizes,
            )
            if some
            else _heading(section, content)
            for section, content in sections
        )
        body = drawings.inserted(body)
    app = (files("reports.page") / "app.js").read_text(encoding="utf-8")
    empty = "" if some else _empty_home()
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-made-by="{_TAG}"><head><meta charset="utf-8">{_policy(app)}'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>Dancecard: {text(wording.TITLE.lower())}</title><style>{_style()}</style>"
        # Without script nothing opens a closed table but a click: show them all.
        "<noscript><style>details::details-content{content-visibility:visible!important;display:block!important;height:auto}</style></noscript>"
        f'</head><body><a class="skip" href="#main">Skip to the report</a><div class="page">{_header(context, banner)}{_nav(sections)}'
        f'<main id="main">{empty}{body}</main>{_footer(context, banner)}</div><div id="tip" role="tooltip" hidden></div>'
        f"{packed_block('specs', safe_json(specs))}{_vega()}<script>{app}</script></body></html>\n"
    )


@cache
def _vega() -> str:
    """Return the compressed bundle, made once a process."""
    return packed_block("vega", bundle())


def _policy(app: str) -> str:
    allowed = f"{script_hash(app)} {script_hash(bundle())}"
    content = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def _style() -> str:
    light, dark = theme.variables(theme.LIGHT), theme.variables(theme.DARK)
    rules = (files("reports.page") / "style.css").read_text(encoding="utf-8")
    # The n-th button of a chooser shows its n-th figure.
    shown = ",".join(
        f".chooser>input:nth-of-type({number}):checked~figure:nth-of-type({number})"
        for number in range(1, _MOST_OPTIONS + 1)
    )
    rules += f"{shown}{{display:block}}"
    return (
        f":root{{--font:{theme.FONT};{light}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}:root[data-theme=dark]{{{dark}}}"
        f"@media print{{:root,:root[data-theme=dark],:root:not([data-theme=light]){{{light}}}}}{rules}"
    )


def _header(context: Context, banner: str) -> str:
    facts = context.facts
    parts = [
        formats.days(
            facts["first_at"].date() if facts["first_at"] else None,
            facts["last_at"].date() if facts["last_at"] else None,
        ),
        formats.plural(facts["contacts"], "person", "people"),
        formats.plural(facts["interactions"], "interaction", "interactions"),
        formats.plural(facts["archives"], "archive", "archives"),
        formats.NOTHING if banner else f"times in {text(context.settings.time_zone)}",
        text(banner or wording.PRIVATE),
    ]
    sub = " · ".join(part for part in parts if part != formats.NOTHING)
    return (
        f'<header><div><h1>{text(wording.TITLE)}</h1><p class="sub">{sub}</p></div>'
        '<button type="button" id="theme" hidden>Dark</button></header>'
    )


def _nav(sections: Sequence[tuple[Section, Content]]) -> str:
    links = "".join(f'<a href="#{section.key}">{text(section.title)}</a>' for section, _ in sections)
    return f'<nav aria-label="Sections">{links}</nav>'


def _section(
    section: Section,
    content: Content,
    specs: dict[str, dict[str, Spec]],
    drawings: Drawings,
    context: Context,
    sizes: Mapping[str, Size],
) -> str:
    first = first_screen_html(content.first_screen, specs, drawings) if content.first_screen else ""
    figures = "".join(
        _chooser(section, list(group), specs=specs, drawings=drawings, sizes=sizes)
        if chosen
        else "".join(_figure(figure, specs, drawings, sizes) for figure in group)
        for chosen, group in groupby(content.figures, lambda figure: bool(figure.option))
    )
    notes = "".join(
        f"<h3>{text(note.heading)}</h3>" + "".join(f"<p>{isolated(line)}</p>" for line in note.lines)
        for note in content.notes
    )
    # Short notes stay in view beside long figures; long ones would be cut off there.
    long = ' class="long"' if sum(len(line) for note in content.notes for line in note.lines) > _LONG_NOTES else ""
    people = (
        people_html(content.people, links=context.settings.report.links)
        if content.people is not None and content.people.height
        else ""
    )
    following = (
        f'<p class="next"><b>What to do next:</b> {isolated(content.next_step)}</p>' if content.next_step else ""
    )
    aside = (
        f'<aside{long} aria-label="About {text(section.title)}"><details><summary>About this chart</summary>{notes}{_COMMON if section.key != _COVERAGE else ""}</details></aside>'
        if notes
        else ""
    )
    body = f'<div class="body"><div>{figures}{following}</div>{aside}</div>' if figures or aside else ""
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-h"><p class="question">{text(section.question)}</p>'
        f'<h2 id="{section.key}-h">{isolated(content.headline.text)}</h2>{first}'
        f"{body}{people}</section>"
    )


def _heading(section: Section, content: Content) -> str:
    """Return a section of an empty home: its question and a heading, and nothing that looks like a figure."""
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-h"><p class="question">{text(section.question)}</p>'
        f'<h2 id="{section.key}-h">{isolated(content.headline.text)}</h2></section>'
    )


def _chooser(
    section: Section,
    figures: list[Figure],
    *,
    specs: dict[str, dict[str, Spec]],
    drawings: Drawings,
    sizes: Mapping[str, Size],
) -> str:
    """Return figures of which one is shown at a time, chosen by radio buttons and style rules alone; print shows all."""
    if len(figures) == 1:
        return _figure(figures[0], specs, drawings, sizes)
    buttons = "".join(
        f'<input type="radio" name="pick-{section.key}" id="pick-{figure.key}"{"" if number else " checked"}>'
        f'<label for="pick-{figure.key}">{text(figure.option)}</label>'
        for number, figure in enumerate(figures)
    )
    shown = "".join(_figure(figure, specs, drawings, sizes) for figure in figures)
    return f'<div class="chooser" role="group" aria-label="Charts of {text(section.title)}">{buttons}{shown}</div>'


def _figure(figure: Figure, specs: dict[str, dict[str, Spec]], drawings: Drawings, sizes: Mapping[str, Size]) -> str:
    title = f"<h3>{text(figure.title)}</h3>"
    caption = f"<figcaption>{isolated(figure.caption)}</figcaption>" if figure.caption else ""
    table = table_html(figure.table, figure.table_rows)
    details = f"<details><summary>{text(wording.SHOW_TABLE)}</summary>{table}</details>"
    if figure.chart is None:
        if not figure.empty:
            return f'<figure id="{figure.key}">{title}{table}{caption}</figure>'
        return f'<figure id="{figure.key}">{title}<p class="nothing">{isolated(figure.empty)}</p>{caption}{details}</figure>'
    drawn = {name: figure.chart(size) for name, size in sizes.items()}
    for spec in drawn.values():
        spec["description"] = figure.alt
    key = f"chart-{figure.key.replace('_', '-')}"
    specs[key] = drawn
    drawings.draw(key, drawn["wide"])
    return f'<figure id="{figure.key}">{title}<div class="chart" id="{key}" role="img" aria-label="{text(figure.alt)}">{drawings.placeholder(key)}</div>{caption}{details}</figure>'


def _empty_home() -> str:
    wanted = "".join(f"<dt>{text(name)}</dt><dd>{text(what)}</dd>" for name, what in wording.EMPTY_WANTED)
    return (
        f'<div class="empty"><h2>{text(wording.EMPTY_HOME)}</h2><p>{text(wording.EMPTY_HOW)}</p><dl>{wanted}</dl></div>'
    )


def _footer(context: Context, banner: str) -> str:
    until = f"Archives up to {formats.day(context.as_of)}. " if context.as_of else ""
    return (
        f'<footer id="reading"><h3>{text(wording.HOW_TO_READ)}</h3><ul>'
        + "".join(f"<li>{text(line)}</li>" for line in wording.READING)
        + f"</ul><p>{until}{text(banner or wording.PRIVACY)}</p></footer>"
    )
