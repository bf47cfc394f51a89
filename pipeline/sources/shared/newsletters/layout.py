"""Subscriber lists as CSV: delimiter, header, and the meaning of columns."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.formats.csv_rows import Dialect
from pipeline.formats.decoding import decode
from pipeline.model.naming import normalise_name
from pipeline.sources.base import Member

HEAD: Final = 1 << 16
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f<>,;\"]+@[^@\s\x00-\x1f\x7f<>,;\"]+")
_OPTED_IN = re.compile(r"optin|opt.?in|confirm|subscri|created|added|joined|date")
_NOT_OPTED_IN = re.compile(
    r"unsub|clean|chang|modif|expir|last|delet|cancel|opt.?out|birth|update|revenue|type|tier|source|active|status|_ip$| ip$"
)
_LEFT = re.compile(r"unsub|opt.?out|cancel")
_NOT_A_TIME = re.compile(r"reason|campaign|title|id$|source")
_STATUS = re.compile(r"^(status|state)$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The head of a CSV."""

    dialect: Dialect
    columns: tuple[str, ...]
    """As written."""
    sample: tuple[tuple[str, ...], ...]
    """First data rows."""

    @property
    def names(self) -> frozenset[str]:
        """Column names in normal form."""
        return frozenset(normalise_name(column) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Meaning:
    """Columns by meaning, as normalised names; empty where there is none."""

    email: str
    opted_in: tuple[str, ...]
    left: tuple[str, ...] = ()
    status: str = ""
    name: tuple[str, ...] = ()
    """One full name, or first and last."""
    fixed_status: str = ""
    """Status of every row, if the header implies it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A generation of one tool's export: its header has all columns of `needs` and none of `lacks`."""

    part: str
    needs: frozenset[str]
    opted_in: tuple[str, ...]
    left: tuple[str, ...] = ()
    status: str = ""
    name: tuple[str, ...] = ()
    email: str = "email"
    lacks: frozenset[str] = frozenset()
    confidence: float = 1.0
    fixed_status: str = ""

    def fits(self, sheet: Sheet) -> bool:
        """Return whether a header is of this layout."""
        return self.needs <= sheet.names and not self.lacks & sheet.names

    def meaning(self, sheet: Sheet) -> Meaning:
        """Return the columns; a renamed or translated e-mail column is found by its values."""
        email = self.email if self.email in sheet.names else email_column(sheet)

        def there(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(name for name in names if name in sheet.names)

        return Meaning(
            email,
            there(self.opted_in),
            there(self.left),
            self.status,
            name=there(self.name),
            fixed_status=self.fixed_status,
        )


def sniff(member: Member) -> Sheet | None:
    """Return delimiter, header and first rows of a member; None if it is no table."""
    text, _ = decode(member.head(HEAD))
    text = text.removeprefix("\ufeff")
    first, _, rest = text.lstrip("\r\n").partition("\n")
    body = rest if re.fullmatch(r"sep=.\r?", first) else text
    header = body.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    if "\0" in header or not header.strip():
        return None
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return None
    return Sheet(Dialect(delimiter), rows[0], tuple(rows[1:200])) if rows else None


def email_column(sheet: Sheet) -> str:
    """Return the normalised name of the column in which most values are addresses, empty when there is none."""
    best, share = "", 0.5
    for place, column in enumerate(sheet.columns):
        values = [row[place].strip() for row in sheet.sample if len(row) > place and row[place].strip()]
        fitting = sum(is_address(value) for value in values)
        if values and fitting / len(values) > share:
            best, share = normalise_name(column), fitting / len(values)
    return best


def is_address(value: str) -> bool:
    """Return whether a cell is one e-mail address."""
    return _ADDRESS.fullmatch(value.strip()) is not None


def guess(sheet: Sheet) -> Meaning | None:
    """Find the columns of an unknown list by their names and values; None without addresses or without any date of joining."""
    email = email_column(sheet)
    names = [normalise_name(column) for column in sheet.columns if normalise_name(column) != email]
    opted_in = tuple(name for name in names if _OPTED_IN.search(name) and not _NOT_OPTED_IN.search(name))
    left = tuple(name for name in names if _LEFT.search(name) and not _NOT_A_TIME.search(name))
    status = next((name for name in names if _STATUS.search(name)), "")
    return (
        Meaning(email, opted_in, left, status, name=tuple(n for n in names if n in {"name", "first name", "last name"}))
        if email and opted_in
        else None
    )


def not_understood(columns: Sequence[str]) -> str:
    """Return the sentence about an unknown header: the column names, no content."""
    return f"not understood: please report the header row ({', '.join(column[:60] for column in columns[:60])})"
