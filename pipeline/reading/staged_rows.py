"""From records to staged columns: defaults filled, codes and times checked, a batch of records at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyarrow as pa

from pipeline.formats.decoding import clean, cut_text
from pipeline.model.codes import CLASS_OF_KIND, CLASSES, DIRECTIONS, SURFACES, TIE_KINDS
from pipeline.model.limits import EARLIEST_US, LATEST_US
from pipeline.model.records import Alias, Interaction, Person, Row, SetAside, Stored, Tie, Unattributed
from pipeline.reading.staged_tables import BadColumns, Tables

DEFAULT_ACCOUNT: Final = "owner"
"""native_id of an account that no export names."""
_SURFACE_OF: Final = {cls: "direct" if cls == "message" else "public" for cls in CLASSES}
_KINDS: Final = frozenset({*CLASS_OF_KIND, "post"})

PersonRow: TypeAlias = "tuple[str, str, str | None, str | None, str | None, str | None, str | None, bool]"
"""A staged row of `persons`: platform, native_id, handle, display_name, url, email, key, placeholder."""
AliasRow: TypeAlias = tuple[str, str, str, str, str | None]
"""A staged row of `aliases`: platform, native_id, other, reason, other_platform."""
Pointers: TypeAlias = list[str]


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for what a row leaves out.

    Attributes:
        platform: the source's own platform.
        accounts: platform -> native_id of the archive's account there.
        max_text: characters kept of one text.
    """

    platform: str
    accounts: dict[str, str]
    max_text: int

    def account(self, platform: str) -> str:
        """Return the archive's account on a platform."""
        return self.accounts.get(platform, DEFAULT_ACCOUNT)


class BadRow(Exception):  # noqa: N818 - named for the state of the row
    """A row that can't be staged; `code` and `reason` set its record aside."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class InteractionColumns:
    """Interactions as columns, in the order of the fields of `Interaction`."""

    person: Sequence[str]
    direction: Sequence[str]
    kind: Sequence[str]
    at: Sequence[int]
    resolution_s: Sequence[int]
    native_id: Sequence[str | None]
    thread: Sequence[str | None]
    reply_to: Sequence[str | None]
    is_group: Sequence[bool]
    text: Sequence[str | None]
    url: Sequence[str | None]
    seq: Sequence[int | None]
    surface: Sequence[str | None]
    automatic: Sequence[str | None]
    zone_assumed: Sequence[bool]
    cls: Sequence[str]
    platform: Sequence[str]
    account: Sequence[str]

    def staged(self, member: str, pointers: Pointers) -> list[Sequence[object]]:
        """Return the columns in the order of the staged table."""
        return [
            self.platform, self.account, self.person, self.direction, self.kind, self.cls, self.at, self.resolution_s,
            self.native_id, self.thread, self.reply_to, self.is_group, self.text, self.url, self.seq, self.surface,
            self.automatic, self.zone_assumed, [member] * len(pointers), pointers,
        ]  # fmt: skip


@dataclass(slots=True)
class Batch:
    """The staged rows of some records.

    Attributes:
        tables: table -> typed rows, ready to be written.
        interactions: the interactions among them; None without any.
        accounts: (platform, native_id) of ties and unattributed acts.
        times: times of unattributed acts, microseconds UTC.
        persons: rows of `persons` that the records teach.
        aliases: rows of `aliases` that the records teach.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    interactions: InteractionColumns | None = None
    accounts: set[tuple[str, str]] = field(default_factory=set)
    times: list[int] = field(default_factory=list)
    persons: set[PersonRow] = field(default_factory=set)
    aliases: set[AliasRow] = field(default_factory=set)


@dataclass(slots=True)
class _Rows:
    """Rows of some records by their class, each with the pointer of its record."""

    interactions: list[Interaction] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    unattributed: list[Unattributed] = field(default_factory=list)
    names: list[Person | Alias] = field(default_factory=list)
    interaction_pointers: Pointers = field(default_factory=list)
    tie_pointers: Pointers = field(default_factory=list)
    unattributed_pointers: Pointers = field(default_factory=list)


def build(records: Sequence[Stored], member: str, defaults: Defaults, tables: Tables) -> Batch:
    """Return the staged rows of records of one member.

    Args:
        records: at least one record.
        member: name of the member.
        defaults: values for what the rows leave out.
        tables: gives the columns their types.

    Raises:
        BadRow: when a row's codes or times are invalid; any record of the batch may hold it.
        BadColumns: when a value has a wrong type.
    """
    rows = _by_class(records)
    batch = Batch()
    batch.persons, batch.aliases = names_of(rows.names, defaults.platform)
    if rows.interactions:
        columns = _interaction_columns(rows.interactions, defaults)
        batch.tables["interactions"] = tables.batch("interactions", columns.staged(member, rows.interaction_pointers))
        batch.interactions = columns
    if rows.ties:
        ties = _tie_columns(rows.ties, defaults)
        batch.tables["ties"] = tables.batch("ties", [*ties, [member] * len(rows.ties), rows.tie_pointers])
        batch.accounts.update(_accounts(rows.ties, defaults))
    if rows.unattributed:
        acts = _unattributed_columns(rows.unattributed, defaults)
        location = ([member] * len(rows.unattributed), rows.unattributed_pointers)
        batch.tables["unattributed"] = tables.batch("unattributed", [*acts, *location])
        batch.accounts.update(_accounts(rows.unattributed, defaults))
        batch.times = [row.at for row in rows.unattributed if row.at is not None]
    return batch


def _by_class(records: Sequence[Stored]) -> _Rows:
    rows = _Rows()
    for record in records:
        own = 0
        for row in record.rows:
            kind = type(row)  # comparing classes is quicker than isinstance, but mypy can't follow it
            if kind is Interaction:
                rows.interactions.append(row)  # type: ignore[arg-type] # narrowed by `kind is`
                rows.interaction_pointers.append(record.pointer)
            elif kind is Person or kind is Alias:
                rows.names.append(row)  # type: ignore[arg-type] # as above
                continue
            elif kind is Tie:
                rows.ties.append(row)  # type: ignore[arg-type] # as above
                rows.tie_pointers.append(record.pointer)
            elif kind is Unattributed:
                rows.unattributed.append(row)  # type: ignore[arg-type] # as above
                rows.unattributed_pointers.append(record.pointer)
            else:
                continue
            own += 1
        if not own:
            raise BadRow("reader_error", "the reader reported the record as stored but gave no row")
    return rows


def names_of(rows: Iterable[Person | Alias], platform: str) -> tuple[set[PersonRow], set[AliasRow]]:
    """Return the staged rows of `persons` and of `aliases`.

    Args:
        rows: persons and aliases.
        platform: the source's own platform.
    """
    persons: set[PersonRow] = set()
    aliases: set[AliasRow] = set()
    for row in rows:
        if isinstance(row, Person):
            native_id, handle, display_name, url, email, named, placeholder, key = row
            persons.add((named or platform, native_id, handle, display_name, url, email, key, placeholder))
        else:
            aliases.add((row.platform or platform, row.native_id, row.other, row.reason, row.other_platform))
    return persons, aliases


def _interaction_columns(rows: Sequence[Interaction], defaults: Defaults) -> InteractionColumns:
    columns = InteractionColumns(*zip(*rows, strict=True))
    if None in columns.cls:
        try:
            columns.cls = [cls or CLASS_OF_KIND[kind] for cls, kind in zip(columns.cls, columns.kind, strict=True)]
        except KeyError:
            raise BadRow("unknown_kind", "of a kind that is not known") from None
    _check_codes(columns.cls, CLASSES, "class")
    _check_codes(columns.direction, DIRECTIONS, "direction")
    _check_persons(columns.person)
    _check_times(columns.at)
    if any(columns.platform) or any(columns.account):
        columns.platform = [platform or defaults.platform for platform in columns.platform]
        columns.account = [
            account or defaults.account(platform)
            for account, platform in zip(columns.account, columns.platform, strict=True)
        ]
    else:
        columns.platform = [defaults.platform] * len(rows)
        columns.account = [defaults.account(defaults.platform)] * len(rows)
    columns.surface = [
        surface or ("group" if group else _SURFACE_OF[cls])
        for surface, group, cls in zip(columns.surface, columns.is_group, columns.cls, strict=True)
    ]
    _check_codes(columns.surface, SURFACES, "surface")
    columns.text = _cut(columns.text, defaults.max_text)
    return columns


def _tie_columns(rows: Sequence[Tie], defaults: Defaults) -> list[Sequence[object]]:
    _check_codes((tie.kind for tie in rows), TIE_KINDS, "kind of tie")
    _check_times(tie.since for tie in rows)
    _check_persons(tie.person for tie in rows)
    platforms, accounts = zip(*_accounts(rows, defaults), strict=True)
    return [platforms, accounts, [t.person for t in rows], [t.kind for t in rows], [t.since for t in rows]]


def _unattributed_columns(rows: Sequence[Unattributed], defaults: Defaults) -> list[Sequence[object]]:
    _check_codes((row.kind for row in rows), _KINDS, "kind")
    _check_codes((row.direction for row in rows), DIRECTIONS, "direction")
    _check_times(row.at for row in rows)
    platforms, accounts = zip(*_accounts(rows, defaults), strict=True)
    return [
        platforms, accounts, [r.kind for r in rows], [r.direction for r in rows], [r.at for r in rows],
        _cut([r.text for r in rows], defaults.max_text), [r.url for r in rows], [r.native_id for r in rows],
        [r.thread for r in rows],
    ]  # fmt: skip


def _accounts(rows: Sequence[Tie | Unattributed], defaults: Defaults) -> list[tuple[str, str]]:
    """Return (platform, native_id of the owner's account) of each row."""
    platforms = [row.platform or defaults.platform for row in rows]
    return [(name, row.account or defaults.account(name)) for name, row in zip(platforms, rows, strict=True)]


def _cut(texts: Sequence[str | None], limit: int) -> Sequence[str | None]:
    if all(text is None or len(text) <= limit for text in texts):
        return texts
    return [text if text is None else cut_text(text, limit) for text in texts]


def _check_persons(persons: Iterable[str]) -> None:
    if not all(persons):
        raise BadRow("missing_field", "names no person")


def _check_times(times: Iterable[int | None]) -> None:
    known = [at for at in times if at is not None]
    if known and not (min(known) >= EARLIEST_US and max(known) <= LATEST_US):
        raise BadRow("unreadable_time", "its time is outside the years 1800 to 2199")


def _check_codes(codes: Iterable[str | None], allowed: Iterable[str], what: str) -> None:
    if not set(codes).issubset(allowed):
        raise BadRow("reader_error", f"the reader gave an unknown {what}")


def build_singly(
    records: Sequence[Stored], member: str, defaults: Defaults, tables: Tables
) -> tuple[list[Stored], list[SetAside]]:
    """Return the records that can be staged, lone surrogates replaced, and the others set aside.

    The slow path for a batch that `build` refused: it is halved until each bad record is alone.

    Args:
        records: as for `build`, like the other arguments.
        member: name of the member.
        defaults: values for what the rows leave out.
        tables: gives the columns their types.
    """
    cleaned = [Stored(clean(record.pointer), tuple(_clean_row(row) for row in record.rows)) for record in records]
    good: list[Stored] = []
    bad: list[SetAside] = []
    waiting = [cleaned]
    while waiting:
        some = waiting.pop()
        try:
            build(some, member, defaults, tables)
        except (BadRow, BadColumns, AttributeError, TypeError) as error:
            if len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
            elif isinstance(error, BadRow):
                bad.append(SetAside(some[0].pointer, error.code, error.reason))
            else:
                reason = f"the reader gave a value of a wrong type ({type(error).__name__})"
                bad.append(SetAside(some[0].pointer, "reader_error", reason))
        else:
            good += some
    return good, bad


def _clean_row(row: Row) -> Row:
    values = (clean(value) if isinstance(value, str) else value for value in row)
    return row._make(values)  # type: ignore[call-arg, arg-type] # mypy loses the class method of a union of named tuples
