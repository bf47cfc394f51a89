"""Tables: the HTML under a chart, and the CSV beside the page. Both are made from the same frame."""

import math
from datetime import date, datetime

import polars as pl

from reports import formats
from reports.model import Column, Row, Table
from reports.page.html import isolated, text

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_html(table: Table, most_rows: int) -> str:
    """Write the table; a number's cell carries the raw value in `data-v`, equal to the CSV's."""
    rows = table.frame.head(most_rows)
    head = "".join(f'<th scope="col"{_class(column)}>{text(column.label)}</th>' for column in table.columns)
    body = "".join(
        "<tr>" + "".join(_cell(column, row) for column in table.columns) + "</tr>" for row in rows.iter_rows(named=True)
    )
    cut = ""
    if table.frame.height > most_rows:
        cut = (
            f'<p class="caption">First {formats.count(most_rows)} of {formats.count(table.frame.height)} rows; '
            f"all of them in tables/{text(table.name)}.csv.</p>"
        )
    if rows.is_empty():
        body = f'<tr><td colspan="{len(table.columns)}">Nothing to list.</td></tr>'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table {text(table.name)}"><table data-table="{text(table.name)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{cut}"
    )


def _class(column: Column) -> str:
    return ' class="n"' if column.numeric else ""


def _cell(column: Column, row: Row) -> str:
    value = row[column.name]
    shown = column.show(row) if column.show else plain(value)
    raw = f' data-v="{csv_value(value)}"' if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
    # Numbers are our own text; only foreign text can contain a right-to-left override.
    return f"<td{_class(column)}{raw}>{text(shown) if column.numeric else isolated(shown)}</td>"


def plain(value: object) -> str:
    """Show a value that has no label."""
    if value is None:
        return formats.NOTHING
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.count(value)
    if isinstance(value, (datetime, date)):
        return formats.iso(value)
    return str(value)


def csv_text(frame: pl.DataFrame) -> str:
    """Write a CSV (UTF-8, header row, line feeds), safe to open in a spreadsheet.

    A text that begins with `=`, `+`, `-`, `@`, tab or line break gets a leading apostrophe, so that no program runs it
    as a formula. Numbers are written as they are; missing values are empty.
    """
    lines = [",".join(_quoted(name) for name in frame.columns)]
    lines += [",".join(csv_value(value) for value in row) for row in frame.iter_rows()]
    return "\n".join(lines) + "\n"


def csv_value(value: object) -> str:
    """Write one cell of a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (datetime, date)):
        return formats.iso(value)
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    content = str(value).encode("utf-8", "replace").decode("utf-8")
    return _quoted(f"'{content}" if content.startswith(_DANGEROUS) else content)


def _quoted(content: str) -> str:
    if any(character in content for character in ',"\n\r'):
        return '"' + content.replace('"', '""') + '"'
    return content
