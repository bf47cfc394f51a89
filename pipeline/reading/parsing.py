"""Parse the members of an archive, record by record, into staged tables; each member's ledger balances."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.containers.streams import StreamMember
from pipeline.formats.count_json import Unended
from pipeline.model.records import CoverageNote, ListSeen, SetAside, Skipped, Stored
from pipeline.model.survey import Context
from pipeline.reading.assignments import IndexedClaim, ReadPlan
from pipeline.reading.ledger import MemberLedger
from pipeline.reading.members_read import MembersRead, SourceResult
from pipeline.reading.staged_rows import BadRow, Batch, Defaults, build, build_singly, names_of
from pipeline.reading.staged_tables import BadColumns, Tables
from pipeline.sources.base import Reader

_BATCH: Final = 20_000
"""Records that are staged together."""
_CUT: Final = "cut_short"


def read_members(
    members: Mapping[str, StreamMember], plan: ReadPlan, tables: Tables, claims: Sequence[IndexedClaim]
) -> MembersRead:
    """Read members of an archive into staged tables.

    Args:
        members: the archive's members by name.
        plan: what is to be read in the archive.
        tables: open for writing.
        claims: a run of `plan.claims()`: all of them, or the share of one of several processes.

    Raises:
        OSError: when the tables can't be written, for example on a full disk.
    """
    read = MembersRead([SourceResult() for _ in plan.assignments])
    for index, claim in claims:
        assignment = plan.assignments[index]
        reader = plan.source(assignment).readers[claim.reader]
        reading = _MemberReading(
            tables=tables,
            read=read,
            source=read.sources[index],
            member=members[claim.member],
            ledger=MemberLedger(claim.member, claim.reader),
            defaults=plan.defaults(assignment),
        )
        reading.run(reader, assignment.context)
        read.ledgers.append(reading.ledger)
        if reading.ledger.records_in == 0 and reader.count is not None:
            read.remarks.append(f"{claim.member}: recognised ({claim.reader}), holds no record")
    return read


def set_aside(tables: Tables, ledger: MemberLedger, items: Sequence[SetAside]) -> None:
    """Write rows of the staged table `set_aside`, and count them in the member's ledger."""
    for item in items:
        ledger.set_aside(item)
    _write_set_aside(tables, ledger.member, items)


def _write_set_aside(tables: Tables, member: str, items: Sequence[SetAside]) -> None:
    rows = [(member, _encodable(item.pointer), item.code, _encodable(item.reason)) for item in items]
    tables.rows("set_aside", rows)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@dataclass(slots=True)
class _MemberReading:
    """Reads one member: batches of records go to the tables, the ledger counts them."""

    tables: Tables
    read: MembersRead
    source: SourceResult
    member: StreamMember
    ledger: MemberLedger
    defaults: Defaults
    last: str = ""
    """Pointer of the last record that the reader yielded."""
    _stored: list[Stored] = field(default_factory=list)
    _set_aside: list[SetAside] = field(default_factory=list)

    def run(self, reader: Reader, context: Context) -> None:
        """Count and parse the member, then close its ledger."""
        lists = len(self.source.lists)
        with self.member.buffered() if reader.parse is not None else nullcontext():
            counted, problem = self._count_and_parse(reader, context)
        self._flush()
        self._check_end(counted, lists)
        extra, finding = self.ledger.close(counted, self.last, problem)
        _write_set_aside(self.tables, self.member.name, extra)
        if finding:
            self.read.findings.append(finding)

    def _check_end(self, counted: int | None, lists: int) -> None:
        """Report a truncated member, also one cut exactly between two records; none of its lists proves absence."""
        in_a_record = bool(self.ledger.codes[_CUT])
        if isinstance(counted, Unended) and not in_a_record:
            self.read.findings.append(
                f"{self.member.name}: the file ends before its list does; download the export again"
            )
        if isinstance(counted, Unended) or in_a_record:
            self.source.lists[lists:] = [seen._replace(complete=False) for seen in self.source.lists[lists:]]

    def _count_and_parse(self, reader: Reader, context: Context) -> tuple[int | None, SetAside | None]:
        counted: int | None = None
        problem: SetAside | None = None
        if reader.count is not None:
            try:
                counted = reader.count(self.member, context)
            except MemberError as error:
                problem = SetAside("", error.code, error.reason)
            except Exception as error:  # noqa: BLE001 - a counter that fails costs the check, not the records
                self.read.findings.append(
                    f"{self.member.name}: its records could not be counted ({type(error).__name__})"
                )
        if reader.parse is not None:
            problem = self._parse(reader, context) or problem
        return counted, problem

    def _parse(self, reader: Reader, context: Context) -> SetAside | None:
        """Parse the member; return why the reader stopped early, None when it reached the end."""
        assert reader.parse is not None  # noqa: S101 - the caller checked
        try:
            for item in reader.parse(self.member, context):
                kind = type(item)
                if kind is Stored:
                    self._stored.append(item)  # type: ignore[arg-type] # `kind is` is quicker, and mypy can't follow it
                    if len(self._stored) >= _BATCH:
                        self._flush()
                elif isinstance(item, SetAside):
                    self._set_aside.append(item)
                    self.last = item.pointer
                    if len(self._set_aside) >= _BATCH:
                        self._flush()
                elif isinstance(item, Skipped):
                    self.ledger.skipped[item.rule] += 1
                    self.last = item.pointer
                    if item.rows:
                        persons, aliases = names_of(item.rows, self.defaults.platform)
                        self.read.persons |= persons
                        self.read.aliases |= aliases
                elif isinstance(item, CoverageNote):
                    self.source.notes.append(item)
                elif isinstance(item, ListSeen):
                    self.source.lists.append(item)
        except MemberError as error:
            return SetAside("", error.code, error.reason)
        except MemoryError:
            return SetAside(
                "", "out_of_memory", "takes more memory than a reading process may have (limits.memory_bytes)"
            )
        except Exception as error:  # noqa: BLE001 - a reader's fault must not affect other members; the reason holds no content
            return SetAside(
                "", "reader_error", f"the reader failed ({type(error).__name__}); what follows was not read"
            )
        return None

    def _flush(self) -> None:
        if self._stored:
            records, self._stored = self._stored, []
            self.last = records[-1].pointer
            self._stage(records)
        if self._set_aside:
            items, self._set_aside = self._set_aside, []
            set_aside(self.tables, self.ledger, items)

    def _stage(self, records: list[Stored]) -> None:
        name = self.member.name
        try:
            batch = build(records, name, self.defaults, self.tables)
        except (BadRow, BadColumns, AttributeError, TypeError):
            records, bad = build_singly(records, name, self.defaults, self.tables)
            set_aside(self.tables, self.ledger, bad)
            if not records:
                return
            batch = build(records, name, self.defaults, self.tables)
        for table, rows in batch.tables.items():
            self.tables.write(table, rows)
        self.ledger.stored += len(records)
        self._note(batch)

    def _note(self, batch: Batch) -> None:
        """Collect what the archive's own tables need of a batch."""
        times = self.source.times
        if batch.interactions is not None:
            times.add_interactions(batch.interactions)
        times.accounts |= batch.accounts
        for at in (min(batch.times), max(batch.times)) if batch.times else ():
            times.add_time(at)
        self.read.persons |= batch.persons
        self.read.aliases |= batch.aliases
