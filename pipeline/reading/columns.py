"""From records to staged columns: defaults filled, words checked, a chunk at a time so that a million rows stay cheap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.formats.decoding import clean, cut_text
from pipeline.model.codes import CLASS_OF_KIND, CLASSES, DIRECTIONS, SURFACES, TIE_KINDS
from pipeline.model.limits import EARLIEST_US, LATEST_US
from pipeline.model.records import Alias, Interaction, Person, SetAside, Stored, Tie, Unattributed
from pipeline.reading.staged_tables import BadColumns, Tables

DEFAULT_ACCOUNT: Final = "owner"
"""native_id of an account that no export names."""
_SURFACE_OF: Final = {cls: "direct" if cls == "message" else "public" for cls in CLASSES}
_KINDS: Final = frozenset({*CLASS_OF_KIND, "post"})


@dataclass(frozen=True, slots=True)
class Defaults:
    """What fills a row that leaves it open."""

    platform: str
    accounts: dict[str, str]
    """platform -> the archive's account there."""
    max_text: int

    def account(self, platform: str) -> str:
        """Return the archive's account on a platform."""
        return self.accounts.get(platform, DEFAULT_ACCOUNT)


class BadRow(Exception):  # noqa: N818 - reads as the state it tells of
    """A row of a record can't be staged: `code` and `reason` set its record aside."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class Chunk:
    """Staged rows of some records, ready to be written: table -> batch, and what coverage needs of them."""

    batches: dict[str, Any]
    interactions: dict[str, Sequence[Any]]
    """column -> values, of the interactions."""
    seen: set[tuple[str, str]]
    """(platform, account) of ties and unattributed rows."""
    times: list[int]
    """Times of unattributed rows."""


def _texts(texts: Sequence[str | None], limit: int) -> Sequence[str | None]:
    if all(text is None or len(text) <= limit for text in texts):
        return texts
    return [text if text is None else cut_text(text, limit) for text in texts]


def _check_times(times: Iterable[int | None]) -> None:
    known = [at for at in times if at is not None]
    if known and not (min(known) >= EARLIEST_US and max(known) <= LATEST_US):
        raise BadRow("unreadable_time", "its time lies outside of the years 1800 to 2199")


def _check_words(words: Iterable[Any], allowed: Iterable[str], what: str) -> None:
    if not set(words).issubset(allowed):
        raise BadRow("reader_error", f"the reader gave an unknown {what}")


def _interactions(rows: Sequence[Interaction], defaults: Defaults) -> dict[str, Sequence[Any]]:
    """Return columns by name, defaults filled."""
    columns: dict[str, Any] = dict(zip(Interaction._fields, zip(*rows, strict=True), strict=True))
    if None in columns["cls"]:
        try:
            columns["cls"] = [
                cls or CLASS_OF_KIND[kind] for cls, kind in zip(columns["cls"], columns["kind"], strict=True)
            ]
        except KeyError:
            raise BadRow("unknown_kind", "of a kind that is not known") from None
    _check_words(columns["cls"], CLASSES, "class")
    _check_words(columns["direction"], DIRECTIONS, "direction")
    if not all(columns["person"]):
        raise BadRow("missing_field", "names nobody")
    _check_times(columns["at"])
    if any(columns["platform"]) or any(columns["account"]):
        columns["platform"] = [platform or defaults.platform for platform in columns["platform"]]
        columns["account"] = [
            account or defaults.account(platform)
            for account, platform in zip(columns["account"], columns["platform"], strict=True)
        ]
    else:
        columns["platform"] = [defaults.platform] * len(rows)
        columns["account"] = [defaults.account(defaults.platform)] * len(rows)
    columns["surface"] = [
        surface or ("group" if group else _SURFACE_OF[cls])
        for surface, group, cls in zip(columns["surface"], columns["is_group"], columns["cls"], strict=True)
    ]
    _check_words(columns["surface"], SURFACES, "surface")
    columns["text"] = _texts(columns["text"], defaults.max_text)
    return columns


def _others(rows: Sequence[Any], defaults: Defaults) -> tuple[list[str], list[str]]:
    platforms = [row.platform or defaults.platform for row in rows]
    return platforms, [row.account or defaults.account(p) for row, p in zip(rows, platforms, strict=True)]


def build(records: Sequence[Stored], member: str, defaults: Defaults, tables: Tables) -> Chunk:
    """Return the staged batches of records of one member.

    Raises:
        BadRow: when a row's words or times can't stand (any record of the chunk may be the one).
        BadColumns: when a value has a wrong type.
    """
    acts: list[Interaction] = []
    ties: list[Tie] = []
    loose: list[Unattributed] = []
    places: tuple[list[str], list[str], list[str]] = ([], [], [])
    for record in records:
        own = 0
        for row in record.rows:
            kind = type(row)
            if kind is Interaction:
                acts.append(row)  # type: ignore[arg-type] # `kind is` is quicker than isinstance, and mypy can't follow it
                places[0].append(record.pointer)
            elif kind is Tie:
                ties.append(row)  # type: ignore[arg-type] # as above
                places[1].append(record.pointer)
            elif kind is Unattributed:
                loose.append(row)  # type: ignore[arg-type] # as above
                places[2].append(record.pointer)
            else:
                continue
            own += 1
        if not own:
            raise BadRow("reader_error", "the reader said that it was stored, and gave no row")
    chunk = Chunk({}, {}, set(), [])
    if acts:
        columns = _interactions(acts, defaults)
        columns["member"], columns["pointer"] = [member] * len(acts), places[0]
        names = [
            "platform", "account", "person", "direction", "kind", "cls", "at", "resolution_s", "native_id", "thread", "reply_to",
            "is_group", "text", "url", "seq", "surface", "automatic", "zone_assumed", "member", "pointer",
        ]  # fmt: skip
        chunk.batches["interactions"] = tables.batch("interactions", [columns[name] for name in names])
        chunk.interactions = columns
    if ties:
        platforms, accounts = _others(ties, defaults)
        _check_words((tie.kind for tie in ties), TIE_KINDS, "kind of tie")
        _check_times(tie.since for tie in ties)
        if not all(tie.person for tie in ties):
            raise BadRow("missing_field", "names nobody")
        rest = (
            [t.person for t in ties],
            [t.kind for t in ties],
            [t.since for t in ties],
            [member] * len(ties),
            places[1],
        )
        chunk.batches["ties"] = tables.batch("ties", [platforms, accounts, *rest])
        chunk.seen.update(zip(platforms, accounts, strict=True))
    if loose:
        platforms, accounts = _others(loose, defaults)
        _check_words((row.kind for row in loose), _KINDS, "kind")
        _check_words((row.direction for row in loose), DIRECTIONS, "direction")
        _check_times(row.at for row in loose)
        columns_: list[Sequence[Any]] = [
            platforms, accounts, [r.kind for r in loose], [r.direction for r in loose], [r.at for r in loose],
            _texts([r.text for r in loose], defaults.max_text), [r.url for r in loose], [r.native_id for r in loose],
            [r.thread for r in loose], [member] * len(loose), places[2],
        ]  # fmt: skip
        chunk.batches["unattributed"] = tables.batch("unattributed", columns_)
        chunk.seen.update(zip(platforms, accounts, strict=True))
        chunk.times = [row.at for row in loose if row.at is not None]
    return chunk


def _clean_row(row: Any) -> Any:
    return row._make(clean(value) if isinstance(value, str) else value for value in row)


def build_singly(
    records: Sequence[Stored], member: str, defaults: Defaults, tables: Tables
) -> tuple[list[Stored], list[SetAside]]:
    """Return the records that can be staged (lone surrogates replaced) and the others set aside.

    The slow path: halves are tried until each bad record stands alone.
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


def names_of(rows: Iterable[Any], platform: str) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Return staged rows of `persons` and `aliases` among the rows of records."""
    persons: set[tuple[Any, ...]] = set()
    aliases: set[tuple[Any, ...]] = set()
    for row in rows:
        if type(row) is Person:
            persons.add(
                (
                    row.platform or platform,
                    row.native_id,
                    row.handle,
                    row.display_name,
                    row.url,
                    row.email,
                    row.key,
                    row.placeholder,
                )
            )
        elif type(row) is Alias:
            aliases.add((row.platform or platform, row.native_id, row.other, row.reason))
    return persons, aliases
