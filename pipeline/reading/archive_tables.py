"""Write the staged tables about an archive as a whole: members, persons, aliases, lists, coverage and accounts."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.containers.errors import MemberError
from pipeline.containers.opening import OpenedArchive
from pipeline.containers.streams import StreamMember
from pipeline.model.records import CoverageNote, SetAside
from pipeline.reading.archive_facts import ArchiveFacts
from pipeline.reading.assignments import Assignment, ReadPlan
from pipeline.reading.coverage import AccountCoverage, CoverageRow, coverage_rows
from pipeline.reading.known_tools import known_tool
from pipeline.reading.ledger import MemberLedger
from pipeline.reading.members_read import MembersRead, SourceResult
from pipeline.reading.parsing import read_members, set_aside
from pipeline.reading.staged_tables import Tables
from pipeline.reading.unread_interactions import unread_interactions

_PROBED: Final = 20_000
"""Members without a reader that are opened to check that they are readable."""
AccountRow: TypeAlias = "tuple[str, str, str | None, str | None, str | None]"
"""A staged row of `accounts`: platform, native_id, handle, display_name, email."""


def read_archive(archive: OpenedArchive, plan: ReadPlan, folder: Path) -> ArchiveFacts:
    """Read all members of an archive into staged Parquet files.

    Args:
        archive: the opened archive.
        plan: what is to be read in it; members that no claim names get a row without reader.
        folder: an empty folder.

    Raises:
        OSError: when the folder can't be written, for example on a full disk.
    """
    tables = Tables(folder)
    members = {member.name: member for member in archive.members}
    return write_archive_tables(archive, plan, tables, read_members(members, plan, tables, plan.claims()))


def write_archive_tables(archive: OpenedArchive, plan: ReadPlan, tables: Tables, read: MembersRead) -> ArchiveFacts:
    """Write the tables about the archive as a whole, and close all tables.

    Args:
        archive: the opened archive.
        plan: what was to be read in it.
        tables: they hold the rows of all members that a source reads.
        read: what reading those members gave.

    Raises:
        OSError: when the tables can't be written, for example on a full disk.
    """
    _write_lists(plan, tables, read)
    newest = max((one.times.newest for one in read.sources if one.times.newest is not None), default=None)
    coverage: list[CoverageRow] = []
    accounts: set[AccountRow] = set()
    for assignment, result in zip(plan.assignments, read.sources, strict=True):
        result.times.newest = newest  # an export without a date ends with the newest event of the whole archive
        rows = _coverage_by_account(plan, assignment, result)
        _add_accounts(accounts, plan, assignment, list(rows))
        coverage += [row for account_rows in rows.values() for row in account_rows]
    claimed = {claim.member for _, claim in plan.claims()}
    unread = [member for member in archive.members if member.name not in claimed]
    read.ledgers += _unread_members(tables, unread, _names_of_owner(plan))
    order = {member.name: place for place, member in enumerate(archive.members)}
    read.ledgers.sort(key=lambda ledger: order[ledger.member])
    passed_over = [MemberLedger(name, None, skipped=Counter(system_file=0)) for name in archive.system_files]
    tables.rows("members", [ledger.row() for ledger in (*read.ledgers, *passed_over)])
    tables.rows("persons", sorted(read.persons, key=_order))
    tables.rows("aliases", sorted(read.aliases, key=_order))
    tables.rows("coverage", sorted(coverage, key=_order))
    tables.rows("accounts", sorted(accounts, key=_order))
    tables.close()
    facts = ArchiveFacts(findings=[*archive.audit_findings, *read.findings], remarks=[*archive.remarks, *read.remarks])
    facts.hint = None if plan.assignments else known_tool(archive)
    for ledger in read.ledgers:
        facts.add(ledger)
    return facts


def _order(row: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if value is None else f"={value}" for value in row)


def _write_lists(plan: ReadPlan, tables: Tables, read: MembersRead) -> None:
    for assignment, result in zip(plan.assignments, read.sources, strict=True):
        defaults = plan.defaults(assignment)
        for seen in dict.fromkeys(result.lists):
            platform = seen.platform or defaults.platform
            account = seen.account or defaults.account(platform)
            tables.rows("lists", [(platform, account, seen.kind, seen.complete)])


def _coverage_by_account(
    plan: ReadPlan, assignment: Assignment, result: SourceResult
) -> dict[tuple[str, str], list[CoverageRow]]:
    """Return (platform, native_id) -> coverage rows, of every account that the source's members show."""
    source, defaults = plan.source(assignment), plan.defaults(assignment)
    own = source.platforms[0]
    readers = frozenset(claim.reader for claim in assignment.claims)
    declared = {platform.name: platform for platform in source.platforms}
    notes: dict[tuple[str, str], list[CoverageNote]] = {}
    for note in dict.fromkeys(result.notes):
        platform_name = note.platform or own.name
        notes.setdefault((platform_name, note.account or defaults.account(platform_name)), []).append(note)
    own_readers = {reader for shows in own.shows for reader in shows.readers}
    present = {*result.times.accounts, *notes}
    for name, platform in declared.items():
        readers_of_its_own = {reader for shows in platform.shows for reader in shows.readers} - own_readers
        is_shown = bool(platform.known_classes) if platform is own else bool(readers_of_its_own & readers)
        if is_shown and not any(seen == name for seen, _ in present):
            present.add((name, defaults.account(name)))
    context = assignment.context
    return {
        (name, account): coverage_rows(
            AccountCoverage(name, account, readers, declared.get(name)),
            notes=notes.get((name, account), ()),
            survey=context.survey,
            times=result.times,
            time_zone=context.settings.time_zone,
        )
        for name, account in sorted(present)
    }


def _add_accounts(
    accounts: set[AccountRow], plan: ReadPlan, assignment: Assignment, present: Sequence[tuple[str, str]]
) -> None:
    """Add the accounts that the source's members show, with what the surveys state of the owner's own account."""
    platforms = {platform.name for platform in plan.source(assignment).platforms}
    known = assignment.account
    for name, account in present:
        own = known.platform or plan.defaults(assignment).platform if known else None
        if known and known.native_id == account and name in {own, *platforms}:
            accounts.discard((name, account, None, None, None))
            accounts.add((name, account, known.handle, known.display_name, known.email))
        elif not any(row[:2] == (name, account) for row in accounts):
            accounts.add((name, account, None, None, None))


def _names_of_owner(plan: ReadPlan) -> frozenset[str] | None:
    """Return all names, handles, addresses and ids of the owner; None when no source recognises the archive."""
    if not plan.assignments:
        return None
    owners = [owner for assignment in plan.assignments for owner in assignment.context.owners.values()]
    return frozenset().union(*(owner.names | owner.handles | owner.emails | owner.ids for owner in owners))


def _unread_members(
    tables: Tables, members: Sequence[StreamMember], owner: frozenset[str] | None
) -> list[MemberLedger]:
    """Return ledgers of members without a reader; one that can't be opened or looks like interactions is set aside.

    Args:
        tables: for what is set aside.
        members: members that no reader claims.
        owner: all names of the owner; None in an archive that no source recognises.
    """
    ledgers = []
    for number, member in enumerate(members):
        ledger = MemberLedger(member.name, None)
        if number < _PROBED and member.size:
            try:
                with member.open() as stream:
                    stream.read(1)
            except MemberError as error:
                set_aside(tables, ledger, [SetAside("", error.code, error.reason)])
            else:
                reason = unread_interactions(member, owner) if owner is not None else None
                if reason is not None:
                    set_aside(tables, ledger, [SetAside("", "unknown_layout", reason)])
        ledger.records_in = ledger.accounted
        ledgers.append(ledger)
    return ledgers
