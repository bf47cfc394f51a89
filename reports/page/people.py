"""The table of people: packed rows for the virtual table, and its first rows as plain HTML for a page without script."""

from typing import Any, Final

import polars as pl

from pipeline.model.durations import DAY_S
from reports import formats, wording
from reports.model import Row
from reports.page.html import isolated, packed_block, safe_json, text
from reports.sections.contacts import platform_names
from reports.wording import label

_STATIC_ROWS: Final = 50
_MOST_ROWS: Final = 100_000
_FOLDED_NAME: Final = 120
_COLUMNS: Final[tuple[tuple[str, str, str, bool], ...]] = (
    ("name", "Name", "13.5%", False),
    ("level", "Level", "9.5%", False),
    ("tier", "Standing", "8.5%", False),
    ("platforms", "Platforms", "9.5%", False),
    ("turns", "You : they", "8.5%", True),
    ("summary", "Answered", "8.5%", True),
    ("lag", "Lag", "6.5%", True),
    ("whose_step", "Step", "7.5%", False),
    ("last_step", "Last step", "20%", False),
    ("quiet", "Quiet", "8%", True),
)
_WHOSE_RANK: Final = {"mine": 0, "theirs": 1, "nobody": 2}


def _shown(row: Row) -> list[str]:
    quiet = row["quiet_days"]
    return [
        formats.short(row["name"], _FOLDED_NAME),
        label(wording.LEVELS, row["level"]),
        label(wording.TIER, row["tier"]),
        platform_names(row["platforms"]),
        f"{formats.count(row['mine'])} : {formats.count(row['theirs'])}",
        row["summary"] or formats.NOTHING,
        formats.lag(row["median_lag_s"]),
        label(wording.WHOSE, row["whose_step"]),
        row["last_step"] or formats.NOTHING,
        _quiet(quiet),
    ]


def _quiet(days: int | None) -> str:
    if days is None:
        return formats.NOTHING
    return formats.plural(days, "day", "days") if days < 2 else formats.lag(days * DAY_S)


def _sorted_by(row: Row) -> list[Any]:
    levels = {name: number for number, name in enumerate(wording.LEVEL_ORDER)}
    tiers = {"guru": 0, "peer": 1, "newbie": 2, "unknown": 3}
    return [
        formats.short(row["name"], _FOLDED_NAME).casefold(),
        levels.get(row["level"]),
        tiers.get(row["tier"]),
        row["platforms"] or None,
        row["mine"] + row["theirs"],
        row["low"],  # a share is ranked by the lower end of its interval, never by its raw value
        row["median_lag_s"],
        _WHOSE_RANK.get(row["whose_step"], 2),
        row["last_step"] or None,
        row["quiet_days"],
    ]


def people_html(people: pl.DataFrame, *, links: bool) -> str:
    """Return the table with its controls, which the script makes visible.

    Args:
        people: one row a person, in the order of the table.
        links: whether names link to profiles (`[report] links`); following one tells the platform.
    """
    filters = {
        "tier": _options(people["tier"].to_list(), wording.TIER),
        "level": _options(people["level"].drop_nulls().to_list(), wording.LEVELS),
        "platform": _options(
            [name for names in people["platforms"] for name in (names or "").split()], wording.PLATFORMS
        ),
    }
    rows = [
        {
            "show": _shown(row),
            "by": _sorted_by(row),
            "whose": row["whose_step"],
            "url": row["url"] if links else None,
            "find": formats.short(row["name"], 400),
            "in": {"tier": [row["tier"]], "level": [row["level"]], "platform": (row["platforms"] or "").split()},
        }
        for row in people.head(_MOST_ROWS).iter_rows(named=True)
    ]
    data = {
        "columns": [{"key": key, "n": numeric} for key, _, _, numeric in _COLUMNS],
        "rows": rows,
        "filters": {name: [value for value, _, _ in options] for name, options in filters.items()},
    }
    return (
        _controls(filters, people.height) + _static(rows, people.height) + packed_block("people-data", safe_json(data))
    )


def _options(values: list[str], words: dict[str, str]) -> list[tuple[str, str, int]]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    order = {name: number for number, name in enumerate(words)}
    return [
        (value, label(words, value, 24), counts[value])
        for value in sorted(counts, key=lambda value: (order.get(value, 99), value))
    ]


def _controls(filters: dict[str, list[tuple[str, str, int]]], total: int) -> str:
    names = {"tier": "Standing", "level": "Level", "platform": "Platform"}
    selects = "".join(
        f'<label>{names[name]} <select id="people-{name}" data-name="{name}"><option value="">all</option>'
        + "".join(
            f'<option value="{text(value)}">{text(shown)} ({formats.count(number)})</option>'
            for value, shown, number in options
        )
        + "</select></label>"
        for name, options in filters.items()
    )
    return (
        '<div class="controls" id="people-controls" hidden><label>Search <input type="search" id="people-search" autocomplete="off"></label>'
        f'{selects}<label><input type="checkbox" id="people-mine"> your step only</label>'
        '<button type="button" id="people-clear" hidden>Clear</button>'
        f'<output id="people-count" role="status">{formats.count(total)}</output></div>'
    )


def _static(rows: list[dict[str, Any]], total: int) -> str:
    widths = "".join(f'<col style="width:{width}">' for _, _, width, _ in _COLUMNS)
    head = "".join(
        f'<th scope="col" data-key="{key}"{_class(numeric)}><button type="button">{text(words)}</button></th>'
        for key, words, _, numeric in _COLUMNS
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_class(column[3])}>{isolated(shown)}</td>"
            for column, shown in zip(_COLUMNS, row["show"], strict=True)
        )
        + "</tr>"
        for row in rows[:_STATIC_ROWS]
    )
    cut = ""
    if total > _STATIC_ROWS:
        cut = f'<p class="caption" id="people-cut">First {_STATIC_ROWS} of {formats.count(total)} people; all of them in tables/contacts.csv.</p>'
    if total > _MOST_ROWS:
        cut += f'<p class="caption">The table holds the first {formats.count(_MOST_ROWS)} people in this order; tables/contacts.csv holds all.</p>'
    return (
        '<div class="people" id="people" tabindex="0" role="region" aria-label="All people"><table>'
        f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{cut}"
    )


def _class(numeric: bool) -> str:
    return ' class="n"' if numeric else ""
