"""Subscriber lists as rows: `opt_in` and `unsubscribe` with their dates, and a tie for people without a date of their own.

In an imported list every row has the time of the import. Three or more rows in one second, and rows within a second of them, are
taken for an import: these people get a tie to the list since then, and no opt-in.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import Row as Line
from pipeline.formats.csv_rows import read_rows
from pipeline.model.durations import SECOND
from pipeline.model.naming import normalise_email
from pipeline.model.records import (
    CoverageNote,
    Interaction,
    ListSeen,
    Parsed,
    Person,
    SetAside,
    Skipped,
    Stored,
    Tie,
)  # fmt: skip
from pipeline.model.records import Row as Made
from pipeline.model.survey import Account, Context, Owner, ReadSettings, SourceFacts, Survey
from pipeline.sources.base import Archive, Claim, Item, Member, Parse, Platform, Reader, Source
from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.shared.newsletters.layout import Layout, Meaning, Sheet, guess, is_address, not_understood, sniff
from pipeline.sources.shared.newsletters.times import Order, When, order_of, when

IMPORT_ROWS = 3
"""Rows in one second from which on it is the second of an import."""

ROWS_NOTE = (
    "**Rows.** A dated `opt_in`, an `unsubscribe` if the list has its date, and a `subscribed_to_list` tie for everyone who is "
    "on it. Persons are keyed by e-mail address.\n\n"
)
IMPORTS_NOTE = (
    "**Imports.** Three or more rows in one second, and those within a second of them, carry the moment of an import: they "
    "become a tie since then, without an opt-in, and the coverage states how many.\n\n"
)
"""Paragraphs of the notes of every tool."""

_ACTIVE = frozenset(
    {"", "active", "subscribed", "confirmed", "true", "1", "free", "paid", "comped", "premium", "complimentary"}
)
_WAITING = frozenset({"pending", "unconfirmed", "validating", "nonsubscribed", "transactional", "needs_attention"})


@dataclass(frozen=True, slots=True)
class ListFacts(SourceFacts):
    """Findings over all lists of an export."""

    import_seconds: frozenset[int] = frozenset()
    """Seconds since 1970 UTC in which rows were imported."""


@dataclass(frozen=True)
class Tool:
    """The particulars of one tool's lists."""

    platform: str
    layouts: tuple[Layout, ...]
    usual_name: re.Pattern[str]
    """Usual file names: such a file with an unknown header is sniffed, and else answered."""
    list_name: Callable[[str], str] = lambda _name: ""
    """Member's name -> name of the list or publication in it, empty without one."""
    status_by_name: Callable[[str], str] = lambda _name: ""
    """Member's name -> status of all its rows, empty if the name has none."""
    complete: Callable[[str], bool] = lambda _name: False
    """Member's name -> whether it has everyone who is on the list now."""

    def source(
        self, platform: Platform, version: int, refusal: Callable[[Archive], str | None] = lambda _archive: None
    ) -> Source:
        """Return the source of an export of lists only; arguments as in `Source`."""
        return Source(
            name=platform.name,
            version=version,
            platforms=(platform,),
            recognise=self.recognise,
            readers={"list": self.reader()},
            survey=self.survey,
            facts=ListFacts,
            refusal=refusal,
        )

    def layout(self, sheet: Sheet) -> Layout | None:
        """Return the layout that fits a header."""
        return next((layout for layout in self.layouts if layout.fits(sheet)), None)

    def recognise(self, archive: Archive) -> Iterator[Claim]:
        """Claim the CSVs whose header is this tool's, and those with its usual file name."""
        for member in archive.members:
            if not member.name.lower().endswith((".csv", ".tsv")):
                continue
            sheet = sniff(member)
            if sheet is None:
                continue
            if layout := self.layout(sheet):
                yield Claim(member.name, "list", layout.confidence, layout.part)
            elif self.usual_name.search(PurePosixPath(member.name).name):
                yield Claim(member.name, "list", 0.4, "unknown")

    def meaning(self, sheet: Sheet) -> Meaning | None:
        """Return which column means what, None when the header can't be understood."""
        layout = self.layout(sheet)
        found = layout.meaning(sheet) if layout else guess(sheet)
        return found if found and found.email else None

    def survey(self, archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
        """Return the list's name, the export's date, and the seconds of imports.

        An export that doesn't name its list belongs to the one that the settings name, if they name exactly one.
        """
        claimed = {claim.member for claim in claims if claim.reader == "list"}
        names = sorted(filter(None, (self.list_name(PurePosixPath(name).name) for name in claimed)))
        chosen = sorted(settings.owners.get(self.platform, Owner()).ids)
        names = names or (chosen if len(chosen) == 1 else [])
        native_id = names[0] if names else "list"
        days = [day for name in (archive.file_name, *claimed) if (day := day_in_name(name)) is not None]
        return Survey(
            account=Account(native_id, display_name=names[0] if names else None),
            exported_at=max(days, default=None),
            facts=ListFacts(self._import_seconds([member for member in archive.members if member.name in claimed])),
        )

    def _import_seconds(self, members: Sequence[Member]) -> frozenset[int]:
        """Return the seconds in which rows were imported, over all members together (an import meets every status)."""
        seconds: Counter[int] = Counter()
        for member in members:
            try:
                sheet = sniff(member)
                if sheet and (meaning := self.meaning(sheet)):
                    seconds.update(_joined_seconds(member, sheet, meaning))
            except MemberError:
                continue
        return frozenset(second for second, rows in seconds.items() if rows >= IMPORT_ROWS)

    def reader(self) -> Reader:
        """Return the reader of list members."""
        return Reader(self.parse, self.count)

    def count(self, member: Member, context: Context) -> int:
        """Count the rows behind the header; a header that isn't understood is one record."""
        sheet = sniff(member)
        meaning = self.meaning(sheet) if sheet else None
        if sheet is None or meaning is None:
            return 1
        return csv_rows(sheet.dialect, (meaning.email,))(member, context)

    def parse(self, member: Member, context: Context) -> Iterator[Item]:
        """Yield one `Parsed` a row, the list that was seen, and a note when it was imported."""
        sheet = sniff(member)
        meaning = self.meaning(sheet) if sheet else None
        if sheet is None or meaning is None:
            yield SetAside("line:1", "unknown_layout", not_understood(sheet.columns if sheet else ()))
            return
        order = order_of(_cells(member, sheet, meaning))
        seconds = context.facts(ListFacts).import_seconds
        imports = frozenset(near for second in seconds for near in (second - 1, second, second + 1))
        rows = Rows(
            meaning, order, imports, meaning.fixed_status or self.status_by_name(PurePosixPath(member.name).name)
        )
        with member.open() as stream:
            for line in read_rows(stream, sheet.dialect, (meaning.email,)):
                yield rows.read(line)
        if rows.tied:
            yield ListSeen("subscribed_to_list", complete=self.complete(PurePosixPath(member.name).name))
        if rows.imported:
            yield CoverageNote(
                "subscription", "inbound", "partial",
                reason=f"rows that carry the moment of an import instead of an opt-in date, tied without an opt-in: {rows.imported}",
            )  # fmt: skip


def _lines(member: Member, sheet: Sheet, meaning: Meaning) -> Iterator[Line]:
    with member.open() as stream:
        yield from (line for line in read_rows(stream, sheet.dialect, (meaning.email,)) if line.problem is None)


def _cells(member: Member, sheet: Sheet, meaning: Meaning) -> Iterator[str]:
    for line in _lines(member, sheet, meaning):
        for name in (*meaning.opted_in, *meaning.left):
            yield line.get(name)


def _joined_seconds(member: Member, sheet: Sheet, meaning: Meaning) -> Iterator[int]:
    """Yield the seconds at which rows joined, each once a row."""
    order = order_of(_cells(member, sheet, meaning))
    for line in _lines(member, sheet, meaning):
        yield from {at.at // SECOND for at in _times(line, meaning.opted_in, order) if at.resolution_s == 1}


def _times(line: Line, names: Sequence[str], order: Order) -> list[When]:
    return [at for name in names if (cell := line.get(name)) and (at := when(cell, order)) is not None]


def _unreadable(line: Line, names: Sequence[str], order: Order) -> bool:
    return any((cell := line.get(name)) and when(cell, order) is None for name in names)


class Rows:
    """Reads the rows of one member."""

    def __init__(self, meaning: Meaning, order: Order, imports: frozenset[int], status: str) -> None:
        self._meaning, self._order, self._imports, self._status = meaning, order, imports, status
        self.imported = 0
        """Rows whose date is that of an import."""
        self.tied = False
        """Whether any of the rows is a person on the list."""

    def read(self, line: Line) -> Parsed:
        """Return the rows of one person, or why there are none."""
        if line.problem:
            return SetAside(
                line.pointer, line.problem, "the row can't be split into columns (a quote or a comma too many)"
            )
        email = normalise_email(line.get(self._meaning.email))
        if not is_address(email):
            return SetAside(line.pointer, "missing_field", "the row's e-mail column has no address")
        named = " ".join(part for name in self._meaning.name if (part := line.get(name)))
        who = Person(email, None, named or None, None, email=email)
        dates = (*self._meaning.opted_in, *self._meaning.left)
        if _unreadable(line, dates, self._order):
            return SetAside(
                line.pointer, "unreadable_time", "a date of the row can't be read, or day and month are ambiguous"
            )
        status = self._status or (line.get(self._meaning.status).lower() if self._meaning.status else "")
        if status in _WAITING:
            return Skipped(line.pointer, "not_social")
        acts = self._acts(line, email, on_the_list=status in _ACTIVE)
        return Stored(line.pointer, (who, *acts)) if acts else Skipped(line.pointer, "not_social")

    def _acts(self, line: Line, email: str, *, on_the_list: bool) -> list[Made]:
        dates = _times(line, self._meaning.opted_in, self._order)
        own = [date for date in dates if date.resolution_s > 1 or date.at // SECOND not in self._imports]
        joined = min(own or dates, default=None)
        imported = joined is not None and not own
        left = min(_times(line, self._meaning.left, self._order), default=None)
        acts: list[Made] = []
        if joined and not imported:
            acts.append(_act(email, "opt_in", joined))
        if left:
            acts.append(_act(email, "unsubscribe", left))
        if on_the_list and not left:
            acts.append(Tie(email, "subscribed_to_list", joined.at if joined else None))
            self.tied = True
        self.imported += imported
        return acts


def _act(email: str, kind: str, moment: When) -> Interaction:
    return Interaction(
        email, "inbound", kind, moment.at, resolution_s=moment.resolution_s, native_id=f"{kind}:{email}:{moment.at // SECOND}",
    )  # fmt: skip


def skip_all(rule: str) -> Parse:
    """Return a reader that leaves out every row of a CSV by one rule."""

    def parse(member: Member, _context: Context) -> Iterator[Item]:
        with member.open() as stream:
            for line in read_rows(stream):
                yield (
                    SetAside(line.pointer, line.problem, "the row can't be split into columns")
                    if line.problem
                    else Skipped(line.pointer, rule)
                )

    return parse
