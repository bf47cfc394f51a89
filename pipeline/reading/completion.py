"""From members that were read to an archive: coverage, accounts, names, members that nobody reads, and what it came to."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.containers.opening import OpenedArchive
from pipeline.containers.streams import StreamMember
from pipeline.model.records import CoverageNote, SetAside
from pipeline.reading.columns import Defaults
from pipeline.reading.coverage import Events, coverage_rows
from pipeline.reading.ledger import MemberLedger
from pipeline.reading.parsing import Assignment, Part, claims_of, put_aside, read_members
from pipeline.reading.staged_tables import Tables
from pipeline.sources.base import Source

_PROBED: Final = 20_000
"""Members without a reader that are opened to see whether they can be."""


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
    members = {member.name: member for member in archive.members}
    part = read_members(members, assignments, sources, tables, claims_of(assignments))
    return finish(archive, assignments, sources, tables, part)


def finish(
    archive: OpenedArchive,
    assignments: Sequence[Assignment],
    sources: Mapping[str, Source],
    tables: Tables,
    part: Part,
) -> Facts:
    """Write what is said of the archive as a whole, and close the tables; return what it came to.

    Args:
        archive: the opened archive.
        assignments: as they were read.
        sources: the sources by name.
        tables: hold the rows of all members that a source reads.
        part: what reading those members came to.

    Raises:
        OSError: when the tables can't be written (full disk).
    """
    claimed = {claim.member for assignment in assignments for claim in assignment.claims}
    coverage: list[tuple[Any, ...]] = []
    accounts: set[tuple[Any, ...]] = set()
    for assignment, told in zip(assignments, part.sources, strict=True):
        fill = Defaults(sources[assignment.source].platforms[0].name, dict(assignment.accounts), 0)
        for seen in dict.fromkeys(told.lists):
            platform = seen.platform or fill.platform
            tables.rows("lists", [(platform, seen.account or fill.account(platform), seen.kind, seen.complete)])
    newest = max((told.events.newest for told in part.sources if told.events.newest is not None), default=None)
    for assignment, told in zip(assignments, part.sources, strict=True):
        told.events.newest = newest  # an export without a date ends with the newest event of the whole archive
        _finish_source(assignment, sources[assignment.source], told.events, told.notes, (coverage, accounts))
    _unread(tables, part, [member for member in archive.members if member.name not in claimed])
    order = {member.name: place for place, member in enumerate(archive.members)}
    part.ledgers.sort(key=lambda ledger: order[ledger.member])
    tables.rows("members", [ledger.row() for ledger in part.ledgers])
    tables.rows("persons", sorted(part.persons, key=_order))
    tables.rows("aliases", sorted(part.aliases, key=_order))
    tables.rows("coverage", sorted(coverage, key=_order))
    tables.rows("accounts", sorted(accounts, key=_order))
    tables.close()
    return _summed(part, archive)


def _order(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else f"={value}" for value in row)


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
        if known and known.native_id == account and name in {known.platform or own, *declared}:
            accounts.discard((name, account, None, None, None))
            accounts.add((name, account, known.handle, known.display_name, known.email))
        elif not any(row[:2] == (name, account) for row in accounts):
            accounts.add((name, account, None, None, None))


def _unread(tables: Tables, part: Part, members: Sequence[StreamMember]) -> None:
    """Give members without a reader their row; one that can't be opened is set aside."""
    for number, member in enumerate(members):
        ledger = MemberLedger(member.name, None)
        if number < _PROBED and member.size:
            try:
                with member.open() as stream:
                    stream.read(1)
            except MemberError as error:
                put_aside(tables, ledger, [SetAside("", error.code, error.reason)])
        ledger.records_in = ledger.accounted
        part.ledgers.append(ledger)


def _summed(part: Part, archive: OpenedArchive) -> Facts:
    facts = Facts(findings=[*archive.audit_findings, *part.findings], remarks=[*archive.remarks, *part.remarks])
    for ledger in part.ledgers:
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
    return facts
