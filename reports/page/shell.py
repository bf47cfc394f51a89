"""The page shell: one file, its own style and script, a policy that lets exactly these two scripts run.

The page refers to nothing outside the file. The static pictures are in the HTML; the script replaces them when they scroll
into view. Foreign text is only ever an escaped text node, a CSV cell or a JSON string.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from reports import formats, theme, wording
from reports.model import NARROW, WIDE, Content, Context, Figure, Section, Spec, Tile
from reports.page.bundle import bundle
from reports.page.drawings import Drawings
from reports.page.html import isolated, packed_block, safe_json, script_hash, text
from reports.page.people import people_html
from reports.page.tables import table_html

_TAG: Final = "dancecard"
_LONG_NOTES: Final = 1100


def page_html(sections: Sequence[tuple[Section, Content]], context: Context) -> str:
    """Write the whole page."""
    specs: dict[str, dict[str, Spec]] = {}
    some = bool(context.facts["archives"])
    with Drawings() as drawings:
        body = "".join(
            _section(section=section, content=content, specs=specs, drawings=drawings, context=context)
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
        f'</head><body><a class="skip" href="#main">Skip to the report</a><div class="page">{_header(context)}{_nav(sections)}'
        f'<main id="main">{empty}{body}</main>{_footer(context)}</div><div id="tip" role="tooltip" hidden></div>'
        f"{packed_block('specs', safe_json(specs))}{packed_block('vega', bundle())}<script>{app}</script></body></html>\n"
    )


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
    return (
        f":root{{--font:{theme.FONT};{light}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}:root[data-theme=dark]{{{dark}}}"
        f"@media print{{:root,:root[data-theme=dark],:root:not([data-theme=light]){{{light}}}}}{rules}"
    )


def _header(context: Context) -> str:
    facts = context.facts
    parts = [
        formats.days(
            facts["first_at"].date() if facts["first_at"] else None,
            facts["last_at"].date() if facts["last_at"] else None,
        ),
        formats.plural(facts["contacts"], "person", "people"),
        formats.plural(facts["interactions"], "interaction", "interactions"),
        formats.plural(facts["archives"], "archive", "archives"),
        f"times in {text(context.settings.time_zone)}",
    ]
    sub = " · ".join(part for part in parts if part != formats.NOTHING)
    return (
        f'<header><div><h1>{text(wording.TITLE)}</h1><p class="sub">{sub}</p><p class="sub private">{text(wording.PRIVACY)}</p></div>'
        '<button type="button" id="theme" hidden>Dark</button></header>'
    )


def _nav(sections: Sequence[tuple[Section, Content]]) -> str:
    links = "".join(f'<a href="#{section.key}">{text(section.title)}</a>' for section, _ in sections)
    return f'<nav aria-label="Sections">{links}</nav>'


def _section(
    section: Section, content: Content, specs: dict[str, dict[str, Spec]], drawings: Drawings, context: Context
) -> str:
    tiles = f'<ul class="tiles">{"".join(_tile(tile) for tile in content.tiles)}</ul>' if content.tiles else ""
    figures = "".join(_figure(figure, specs, drawings) for figure in content.figures)
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
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-h"><p class="question">{text(section.question)}</p>'
        f'<h2 id="{section.key}-h">{isolated(content.headline.text)}</h2>{tiles}'
        f'<div class="body"><div>{figures}{following}</div><aside{long} aria-label="About {text(section.title)}">{notes}</aside></div>{people}</section>'
    )


def _heading(section: Section, content: Content) -> str:
    """Return a section of an empty home: its question and a heading, and nothing that looks like a figure."""
    return (
        f'<section id="{section.key}" aria-labelledby="{section.key}-h"><p class="question">{text(section.question)}</p>'
        f'<h2 id="{section.key}-h">{isolated(content.headline.text)}</h2></section>'
    )


def _tile(tile: Tile) -> str:
    warn = " warn" if tile.warn else ""
    long = ' class="long"' if len(tile.big) > 9 else ""
    return f'<li class="tile{warn}"><b{long}>{isolated(tile.big)}</b><span>{isolated(tile.summary)}</span><small>{isolated(tile.small)}</small></li>'


def _figure(figure: Figure, specs: dict[str, dict[str, Spec]], drawings: Drawings) -> str:
    title = f"<h3>{text(figure.title)}</h3>"
    caption = f"<figcaption>{isolated(figure.caption)}</figcaption>" if figure.caption else ""
    table = table_html(figure.table, figure.table_rows)
    details = f"<details><summary>{text(wording.SHOW_TABLE)}</summary>{table}</details>"
    if figure.chart is None:
        if not figure.empty:
            return f'<figure id="{figure.key}">{title}{table}{caption}</figure>'
        return f'<figure id="{figure.key}">{title}<p class="nothing">{isolated(figure.empty)}</p>{caption}{details}</figure>'
    wide, narrow = figure.chart(WIDE), figure.chart(NARROW)
    for spec in (wide, narrow):
        spec["description"] = figure.alt
    key = f"chart-{figure.key.replace('_', '-')}"
    specs[key] = {"wide": wide, "narrow": narrow}
    drawings.draw(key, wide)
    return f'<figure id="{figure.key}">{title}<div class="chart" id="{key}" role="img" aria-label="{text(figure.alt)}">{drawings.placeholder(key)}</div>{caption}{details}</figure>'


def _empty_home() -> str:
    wanted = "".join(f"<dt>{text(name)}</dt><dd>{text(what)}</dd>" for name, what in wording.EMPTY_WANTED)
    return (
        f'<div class="empty"><h2>{text(wording.EMPTY_HOME)}</h2><p>{text(wording.EMPTY_HOW)}</p><dl>{wanted}</dl></div>'
    )


def _footer(context: Context) -> str:
    until = f"Archives up to {formats.day(context.as_of)}. " if context.as_of else ""
    return (
        f"<footer><p>{until}A step is one turn of one side towards the other. It is answered if the other side replied in words. "
        f"{text(wording.HIDDEN_RULE)} The numbers of every chart are in the folder tables, as CSV.</p></footer>"
    )
