"""Read the members of an archive, record by record, into staged tables; each member's ledger balances."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.containers.streams import StreamMember
from pipeline.formats.count_json import Unended
from pipeline.model.records import Account, Context, CoverageNote, ListSeen, SetAside, Skipped, Stored
from pipeline.reading.columns import BadRow, Defaults, build, build_singly, names_of
from pipeline.reading.coverage import Events
from pipeline.reading.ledger import MemberLedger
from pipeline.reading.staged_tables import BadColumns, Tables
from pipeline.sources.base import Claim, Reader, Source

_CHUNK: Final = 20_000
_CUT: Final = "cut_short"


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
class OfSource:
    """What the members of one source told beside their rows."""

    events: Events = field(default_factory=Events)
    notes: list[CoverageNote] = field(default_factory=list)
    lists: list[ListSeen] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """What reading some members came to, beside the rows that went to the tables: picklable, and parts add up in order."""

    sources: list[OfSource]
    """One an assignment."""
    ledgers: list[MemberLedger] = field(default_factory=list)
    persons: set[tuple[Any, ...]] = field(default_factory=set)
    aliases: set[tuple[Any, ...]] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    """Each makes the archive partial."""
    remarks: list[str] = field(default_factory=list)

    def add(self, later: "Part") -> None:
        """Take in the part that follows this one in the archive."""
        for mine, theirs in zip(self.sources, later.sources, strict=True):
            mine.events.add(theirs.events)
            mine.notes += theirs.notes
            mine.lists += theirs.lists
        self.ledgers += later.ledgers
        self.persons |= later.persons
        self.aliases |= later.aliases
        self.findings += later.findings
        self.remarks += later.remarks


def put_aside(tables: Tables, ledger: MemberLedger, items: Sequence[SetAside], *, counted: bool = False) -> None:
    """Write set-aside rows; `counted` says that the ledger has them already."""
    for item in items:
        if not counted:
            ledger.set_aside(item)
    tables.rows("set_aside", [(ledger.member, _text(i.pointer), i.code, _text(i.reason)) for i in items])


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


class _MemberReading:
    """Reads one member: chunks of records go to the tables, the ledger counts."""

    def __init__(
        self, tables: Tables, part: Part, place: int, member: StreamMember, reader: str, defaults: Defaults
    ) -> None:
        self.tables, self.part, self.member, self.defaults = tables, part, member, defaults
        self.told = part.sources[place]
        self.ledger = MemberLedger(member.name, reader)
        self.last = ""
        self._stored: list[Stored] = []
        self._aside: list[SetAside] = []

    def read(self, reader: Reader, context: Context) -> None:
        """Count and parse the member, then close its ledger."""
        lists = len(self.told.lists)
        with self.member.kept() if reader.parse is not None else nullcontext():
            counted, problem = self._count_and_parse(reader, context)
        self._flush()
        self._ending(counted, lists)
        extra, finding = self.ledger.close(counted, self.last, problem)
        put_aside(self.tables, self.ledger, extra, counted=True)
        if finding:
            self.part.findings.append(finding)

    def _ending(self, counted: int | None, lists: int) -> None:
        """Say that a member was cut, also exactly between two records, and let none of its lists prove absence."""
        within = bool(self.ledger.codes[_CUT])
        if isinstance(counted, Unended) and not within:
            self.part.findings.append(
                f"{self.member.name}: the file ends before its list does; download the export again"
            )
        if isinstance(counted, Unended) or within:
            self.told.lists[lists:] = [seen._replace(complete=False) for seen in self.told.lists[lists:]]

    def _count_and_parse(self, reader: Reader, context: Context) -> tuple[int | None, SetAside | None]:
        counted: int | None = None
        problem: SetAside | None = None
        if reader.count is not None:
            try:
                counted = reader.count(self.member, context)
            except MemberError as error:
                problem = SetAside("", error.code, error.reason)
            except Exception as error:  # noqa: BLE001 - a counter that fails costs the check, not the records
                self.part.findings.append(
                    f"{self.member.name}: its records could not be counted ({type(error).__name__})"
                )
        if reader.parse is not None:
            problem = self._parse(reader, context) or problem
        return counted, problem

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
                    self.told.notes.append(item)
                elif isinstance(item, ListSeen):
                    self.told.lists.append(item)
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
        self.part.persons |= persons
        self.part.aliases |= aliases

    def _flush(self) -> None:
        if self._stored:
            records, self._stored = self._stored, []
            self.last = records[-1].pointer
            self._write(records)
        if self._aside:
            items, self._aside = self._aside, []
            put_aside(self.tables, self.ledger, items)

    def _write(self, records: list[Stored]) -> None:
        tables = self.tables
        try:
            chunk = build(records, self.member.name, self.defaults, tables)
        except (BadRow, BadColumns, AttributeError, TypeError):
            records, bad = build_singly(records, self.member.name, self.defaults, tables)
            put_aside(self.tables, self.ledger, bad)
            if not records:
                return
            chunk = build(records, self.member.name, self.defaults, tables)
        for table, batch in chunk.batches.items():
            tables.write(table, batch)
        self.ledger.stored += len(records)
        self.told.events.take(chunk.interactions)
        self.told.events.accounts |= chunk.seen
        for at in (min(chunk.times), max(chunk.times)) if chunk.times else ():
            self.told.events.time(at)
        self._names([row for record in records for row in record.rows if len(row) < 9])


def claims_of(assignments: Sequence[Assignment]) -> list[tuple[int, Claim]]:
    """Return (place of the assignment, claim) of all members that are read, in the order in which they are."""
    return [(place, claim) for place, assignment in enumerate(assignments) for claim in assignment.claims]


def read_members(
    members: Mapping[str, StreamMember],
    assignments: Sequence[Assignment],
    sources: Mapping[str, Source],
    tables: Tables,
    wanted: Sequence[tuple[int, Claim]],
) -> Part:
    """Read members into tables.

    Args:
        members: the archive's, by name.
        assignments: what each source reads in the archive.
        sources: the sources by name.
        tables: open for writing.
        wanted: a run of `claims_of(assignments)`; all of it, or what falls to one of several processes.

    Raises:
        OSError: when the tables can't be written (full disk).
    """
    part = Part([OfSource() for _ in assignments])
    for place, claim in wanted:
        assignment = assignments[place]
        source, context = sources[assignment.source], assignment.context
        reader = source.readers[claim.reader]
        defaults = Defaults(source.platforms[0].name, dict(assignment.accounts), context.settings.max_text)
        one = _MemberReading(tables, part, place, members[claim.member], claim.reader, defaults)
        one.read(reader, context)
        part.ledgers.append(one.ledger)
        if one.ledger.records_in == 0 and reader.count is not None:
            part.remarks.append(f"{claim.member}: recognised ({claim.reader}), holds no record")
    return part
