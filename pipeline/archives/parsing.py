"""Read one archive into staged tables: every member, every record, with a ledger that balances."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.archives.coverage import Events, coverage_rows
from pipeline.archives.errors import MemberError
from pipeline.archives.ledger import MemberLedger
from pipeline.archives.opening import OpenedArchive
from pipeline.archives.rows import BadRow, Defaults, build, build_singly, names_of
from pipeline.archives.streams import StreamMember
from pipeline.archives.tables import BadColumns, Tables
from pipeline.records import Account, Context, CoverageNote, ListSeen, SetAside, Skipped, Stored
from pipeline.sources.base import Claim, Reader, Source

_CHUNK: Final = 20_000
_PROBED: Final = 20_000
"""Members without a reader that are opened to see whether they can be."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one source is to read in an archive, and what it may know."""

    source: str
    claims: tuple[Claim, ...]
    context: Context
    accounts: Mapping[str, str]
    """platform -> native_id that rows without an account get."""
    account: Account | None
    """The owner's account as the surveys tell it."""


@dataclass(slots=True)
class Facts:
    """What reading an archive came to."""

    stored: int = 0
    skipped: int = 0
    set_aside: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    """Each makes the archive partial."""
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Unknown kinds, one line each."""
    newest: int | None = None
    oldest: int | None = None


class _Reading:
    """State of one archive's reading."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.facts = Facts()
        self.ledgers: list[MemberLedger] = []
        self.persons: set[tuple[Any, ...]] = set()
        self.aliases: set[tuple[Any, ...]] = set()

    def put_aside(self, ledger: MemberLedger, items: Sequence[SetAside], *, counted: bool = False) -> None:
        """Write set-aside rows; `counted` says that the ledger has them already."""
        for item in items:
            if not counted:
                ledger.set_aside(item)
        self.tables.rows("set_aside", [(ledger.member, _text(i.pointer), i.code, _text(i.reason)) for i in items])


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


class _MemberReading:
    """Reads one member: chunks of records go to the tables, the ledger counts."""

    def __init__(
        self, reading: _Reading, member: StreamMember, reader: str, defaults: Defaults, events: Events
    ) -> None:
        self.reading, self.member, self.defaults, self.events = reading, member, defaults, events
        self.ledger = MemberLedger(member.name, reader)
        self.notes: list[CoverageNote] = []
        self.lists: list[ListSeen] = []
        self.last = ""
        self._stored: list[Stored] = []
        self._aside: list[SetAside] = []

    def read(self, reader: Reader, context: Context) -> None:
        """Count and parse the member, then close its ledger."""
        counted: int | None = None
        problem: SetAside | None = None
        if reader.count is not None:
            try:
                counted = reader.count(self.member, context)
            except MemberError as error:
                problem = SetAside("", error.code, error.reason)
            except Exception as error:  # noqa: BLE001 - a counter that fails costs the check, not the records
                self.reading.facts.findings.append(
                    f"{self.member.name}: its records could not be counted ({type(error).__name__})"
                )
        if reader.parse is not None:
            problem = self._parse(reader, context) or problem
        self._flush()
        extra, finding = self.ledger.close(counted, self.last, problem)
        self.reading.put_aside(self.ledger, extra, counted=True)
        if finding:
            self.reading.facts.findings.append(finding)

    def _parse(self, reader: Reader, context: Context) -> SetAside | None:
        assert reader.parse is not None  # noqa: S101 - the caller looked
        try:
            for item in reader.parse(self.member, context):
                kind = type(item)
                if kind is Stored:
                    self._stored.append(item)  # type: ignore[arg-type] # `kind is` is quicker, and mypy can't follow it
                    if len(self._stored) >= _CHUNK:
                        self._flush()
                elif isinstance(item, SetAside):
                    self._aside.append(item)
                    self.last = item.pointer
                    if len(self._aside) >= _CHUNK:
                        self._flush()
                elif isinstance(item, Skipped):
                    self.ledger.skipped[item.rule] += 1
                    self.last = item.pointer
                    if item.rows:
                        self._names(item.rows)
                elif isinstance(item, CoverageNote):
                    self.notes.append(item)
                elif isinstance(item, ListSeen):
                    self.lists.append(item)
        except MemberError as error:
            return SetAside("", error.code, error.reason)
        except MemoryError:
            return SetAside(
                "", "out_of_memory", "takes more memory than a reading process may have (limits.memory_bytes)"
            )
        except Exception as error:  # noqa: BLE001 - a reader's fault must not take other members down; no content in the words
            return SetAside(
                "", "reader_error", f"the reader failed ({type(error).__name__}); what follows was not read"
            )
        return None

    def _names(self, rows: Sequence[Any]) -> None:
        persons, aliases = names_of(rows, self.defaults.platform)
        self.reading.persons |= persons
        self.reading.aliases |= aliases

    def _flush(self) -> None:
        if self._stored:
            records, self._stored = self._stored, []
            self.last = records[-1].pointer
            self._write(records)
        if self._aside:
            items, self._aside = self._aside, []
            self.reading.put_aside(self.ledger, items)

    def _write(self, records: list[Stored]) -> None:
        tables = self.reading.tables
        try:
            chunk = build(records, self.member.name, self.defaults, tables)
        except (BadRow, BadColumns, AttributeError, TypeError):
            records, bad = build_singly(records, self.member.name, self.defaults, tables)
            self.reading.put_aside(self.ledger, bad)
            if not records:
                return
            chunk = build(records, self.member.name, self.defaults, tables)
        for table, batch in chunk.batches.items():
            tables.write(table, batch)
        self.ledger.stored += len(records)
        self.events.take(chunk.interactions)
        self.events.accounts |= chunk.seen
        for at in (min(chunk.times), max(chunk.times)) if chunk.times else ():
            self.events.time(at)
        self._names([row for record in records for row in record.rows if len(row) < 9])


def read_archive(
    archive: OpenedArchive, assignments: Sequence[Assignment], sources: Mapping[str, Source], folder: Path
) -> Facts:
    """Read all members of an archive into staged Parquet files in `folder`; return what it came to.

    Args:
        archive: the opened archive.
        assignments: which source reads which members; members that no claim names get a row without reader.
        sources: the sources by name.
        folder: an empty folder.

    Raises:
        OSError: when the folder can't be written (full disk).
    """
    tables = Tables(folder)
    reading = _Reading(tables)
    members = {member.name: member for member in archive.members}
    claimed = {claim.member for assignment in assignments for claim in assignment.claims}
    coverage: list[tuple[Any, ...]] = []
    accounts: set[tuple[Any, ...]] = set()
    finished: list[tuple[Assignment, Events, list[CoverageNote]]] = []
    for assignment in assignments:
        events = Events()
        notes, lists = _read_source(reading, members, assignment, sources[assignment.source], events)
        finished.append((assignment, events, notes))
        fill = Defaults(sources[assignment.source].platforms[0].name, dict(assignment.accounts), 0)
        for seen in dict.fromkeys(lists):
            platform = seen.platform or fill.platform
            tables.rows("lists", [(platform, seen.account or fill.account(platform), seen.kind, seen.complete)])
        oldest = min(events.first.values(), default=None)
        if oldest is not None:
            reading.facts.oldest = oldest if reading.facts.oldest is None else min(oldest, reading.facts.oldest)
    reading.facts.newest = max((events.newest for _, events, _ in finished if events.newest is not None), default=None)
    for assignment, events, notes in finished:
        events.newest = reading.facts.newest  # an export without a date ends with the newest event of the whole archive
        _finish_source(assignment, sources[assignment.source], events, notes, (coverage, accounts))
    _unread(reading, [member for member in archive.members if member.name not in claimed])
    order = {member.name: place for place, member in enumerate(archive.members)}
    reading.ledgers.sort(key=lambda ledger: order[ledger.member])
    tables.rows("members", [ledger.row() for ledger in reading.ledgers])
    tables.rows("persons", sorted(reading.persons, key=_order))
    tables.rows("aliases", sorted(reading.aliases, key=_order))
    tables.rows("coverage", sorted(coverage, key=_order))
    tables.rows("accounts", sorted(accounts, key=_order))
    tables.close()
    return _summed(reading, archive)


def _order(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else f"={value}" for value in row)


def _read_source(
    reading: _Reading, members: Mapping[str, StreamMember], assignment: Assignment, source: Source, events: Events
) -> tuple[list[CoverageNote], list[ListSeen]]:
    notes: list[CoverageNote] = []
    lists: list[ListSeen] = []
    defaults = Defaults(source.platforms[0].name, dict(assignment.accounts), assignment.context.settings.max_text)
    for claim in assignment.claims:
        reader = source.readers[claim.reader]
        one = _MemberReading(reading, members[claim.member], claim.reader, defaults, events)
        one.read(reader, assignment.context)
        reading.ledgers.append(one.ledger)
        if one.ledger.records_in == 0 and reader.count is not None:
            reading.facts.remarks.append(f"{claim.member}: recognised ({claim.reader}), holds no record")
        notes += one.notes
        lists += one.lists
    return notes, lists


def _finish_source(
    assignment: Assignment,
    source: Source,
    events: Events,
    notes: Sequence[CoverageNote],
    into: tuple[list[tuple[Any, ...]], set[tuple[Any, ...]]],
) -> None:
    """Add the source's coverage rows and accounts."""
    coverage, accounts = into
    own = source.platforms[0].name
    fill = Defaults(own, dict(assignment.accounts), 0)
    readers = frozenset(claim.reader for claim in assignment.claims)
    declared = {platform.name: platform for platform in source.platforms}
    told: dict[tuple[str, str], list[CoverageNote]] = {}
    for note in dict.fromkeys(notes):
        platform = note.platform or own
        told.setdefault((platform, note.account or fill.account(platform)), []).append(note)
    own_readers = {reader for shows in source.platforms[0].shows for reader in shows.readers}
    present = {*events.accounts, *told}
    for name, platform_ in declared.items():
        theirs = {reader for shows in platform_.shows for reader in shows.readers} - own_readers
        wanted = bool(platform_.known_classes) if name == own else bool(theirs & readers)
        if wanted and not any(seen == name for seen, _ in present):
            present.add((name, fill.account(name)))
    survey = assignment.context.survey
    for name, account in sorted(present):
        coverage += coverage_rows(
            platform=declared.get(name), name=name, account=account, readers=readers, notes=told.get((name, account), ()),
            survey=survey, events=events, time_zone=assignment.context.settings.time_zone,
        )  # fmt: skip
        known = assignment.account
        if known and (known.platform or own) == name and known.native_id == account:
            accounts.discard((name, account, None, None, None))
            accounts.add((name, account, known.handle, known.display_name, known.email))
        elif not any(row[:2] == (name, account) for row in accounts):
            accounts.add((name, account, None, None, None))


def _unread(reading: _Reading, members: Sequence[StreamMember]) -> None:
    """Give members without a reader their row; one that can't be opened is set aside."""
    for number, member in enumerate(members):
        ledger = MemberLedger(member.name, None)
        if number < _PROBED and member.size:
            try:
                with member.open() as stream:
                    stream.read(1)
            except MemberError as error:
                reading.put_aside(ledger, [SetAside("", error.code, error.reason)])
        ledger.records_in = ledger.accounted
        reading.ledgers.append(ledger)


def _summed(reading: _Reading, archive: OpenedArchive) -> Facts:
    facts = reading.facts
    for ledger in reading.ledgers:
        if ledger.records_in != ledger.stored + ledger.codes.total() + ledger.skipped.total():
            raise AssertionError(f"the ledger of {os.path.basename(ledger.member)} does not balance")  # noqa: PTH119 - a name, no path
        facts.stored += ledger.stored
        facts.skipped += ledger.skipped.total()
        facts.set_aside += ledger.codes.total()
        for code, count in ledger.codes.items():
            facts.codes[code] = facts.codes.get(code, 0) + count
        facts.unknown += [
            f"{ledger.member}: {count} records: {reason}" for reason, count in sorted(ledger.unknown.items())
        ]
    facts.codes = dict(sorted(facts.codes.items()))
    facts.findings = [*archive.audit_findings, *facts.findings]
    facts.remarks = [*archive.remarks, *facts.remarks]
    return facts
