"""Coverage rows of one archive: the platform's declaration, corrected by what is there and by the source's notes (ruling 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pipeline.model.codes import DIRECTIONS
from pipeline.model.records import CoverageNote, Survey
from pipeline.sources.base import Platform, Shows

Key = tuple[str, str, str]
"""(platform, account, class)."""


_Lane: TypeAlias = tuple[str, str, str, str | None]
"""(class, direction, surface, thread)."""


@dataclass(slots=True)
class Events:
    """What the rows of an archive tell of time: filled chunk by chunk."""

    first: dict[Key, int] = field(default_factory=dict)
    newest: int | None = None
    zone_assumed: set[Key] = field(default_factory=set)
    reply_links: set[tuple[str, str]] = field(default_factory=set)
    accounts: set[tuple[str, str]] = field(default_factory=set)

    def take(self, columns: dict[str, Sequence[Any]]) -> None:
        """Take in a chunk's interactions (columns by name)."""
        if not columns:
            return
        first = self.first
        keys = list(zip(columns["platform"], columns["account"], columns["cls"], strict=True))
        distinct = set(keys)
        if len(distinct) == 1:  # as nearly always: one conversation, one class
            earliest = min(columns["at"])
            first[keys[0]] = min(earliest, first.get(keys[0], earliest))
        else:
            for key, at in zip(keys, columns["at"], strict=True):
                if at < first.get(key, at + 1):
                    first[key] = at
        self.time(max(columns["at"]))
        if any(columns["zone_assumed"]):
            self.zone_assumed.update(key for key, assumed in zip(keys, columns["zone_assumed"], strict=True) if assumed)
        if any(columns["reply_to"]):
            self.reply_links.update(
                (key[0], key[2]) for key, reply in zip(keys, columns["reply_to"], strict=True) if reply
            )
        self.accounts.update({key[:2] for key in distinct})

    def add(self, other: "Events") -> None:
        """Take in what other members of the same archive told."""
        for key, at in other.first.items():
            self.first[key] = min(at, self.first.get(key, at))
        if other.newest is not None:
            self.time(other.newest)
        self.zone_assumed |= other.zone_assumed
        self.reply_links |= other.reply_links
        self.accounts |= other.accounts

    def time(self, at: int) -> None:
        """Take in a time of the archive."""
        self.newest = at if self.newest is None else max(self.newest, at)


@dataclass(slots=True)
class _Line:
    visibility: str
    reason: str
    starts_at: int | None = None
    ends_at: int | None = None


def coverage_rows(
    *,
    platform: Platform | None,
    name: str,
    account: str,
    readers: frozenset[str],
    notes: Iterable[CoverageNote],
    survey: Survey,
    events: Events,
    time_zone: str,
) -> list[tuple[Any, ...]]:
    """Return staged coverage rows of one account on one platform.

    Args:
        platform: the declaration; None for a platform that only an open file names.
        name: the platform's name.
        account: native_id of the owner's account there.
        readers: readers whose members are present.
        notes: the source's corrections for this platform and account.
        survey: export date, stated range, notes to say.
        events: first and newest times of the rows.
        time_zone: zone of the settings, in which times without a zone were read unless the platform's format names one.
    """
    lines = [(key, line) for key, noted in _noted(platform, readers, notes).items() for line in noted]
    rows = []
    for (cls, direction, surface, thread), line in sorted(
        lines,
        key=lambda item: (
            *(part or "" for part in item[0]),
            item[1].starts_at or 0,
            item[1].ends_at or 0,
            item[1].visibility,
        ),
    ):
        visibility, reason = line.visibility, [line.reason, *survey.notes]
        starts_at, ends_at = line.starts_at, line.ends_at
        if visibility == "none":
            starts_at = ends_at = None
        else:
            ends_at = (
                ends_at
                if ends_at is not None
                else survey.exported_at
                if survey.exported_at is not None
                else events.newest
            )
            if line.starts_at is not None and ends_at is not None and ends_at < line.starts_at:
                continue  # the archive ends before that span begins
            starts_at = next(
                (
                    at
                    for at in (
                        starts_at,
                        survey.starts_at,
                        survey.account_created_at,
                        events.first.get((name, account, cls)),
                    )
                    if at is not None
                ),
                ends_at,
            )
            if ends_at is None:
                visibility = "none"
                reason.append("the export holds no date, so nothing can be said of any time")
                starts_at = None
        if (name, account, cls) in events.zone_assumed:
            read_as = (platform.zone if platform else None) or time_zone
            reason.append(f"zone_assumed: times without a zone were read as {read_as}")
        links = (
            cls in platform.reply_links if platform and platform.known_classes else (name, cls) in events.reply_links
        )
        said = "; ".join(part for part in dict.fromkeys(reason) if part)
        rows.append((name, account, cls, direction, surface, thread, visibility, starts_at, ends_at, said, links))
    return rows


def _noted(
    platform: Platform | None, readers: frozenset[str], notes: Iterable[CoverageNote]
) -> dict[_Lane, list[_Line]]:
    """Return the declaration's lines with the source's notes in their place.

    A later note stands before an earlier one, but notes that state their times stand side by side: a source may show two
    spans with a gap between them.
    """
    lines = {key: [line] for key, line in (_declared(platform, readers) if platform else {}).items()}
    timed: set[_Lane] = set()
    for note in notes:
        key = (note.cls, note.direction, note.surface, note.thread)
        line = _Line(note.visibility, note.reason, note.starts_at, note.ends_at)
        if note.starts_at is None and note.ends_at is None:
            lines[key] = [line]
            timed.discard(key)
        elif key in timed:
            lines[key].append(line)
        else:
            lines[key] = [line]
            timed.add(key)
    return lines


def _declared(platform: Platform, readers: frozenset[str]) -> dict[_Lane, _Line]:
    """Return the declaration's lines for what is present, and `none` for whatever is left of the known classes."""
    lines: dict[_Lane, _Line] = {}
    absent: dict[tuple[str, str], Shows] = {}
    for shows in platform.shows:
        if shows.readers and not readers.intersection(shows.readers):
            absent[shows.cls, shows.direction] = shows
            continue
        key = (shows.cls, shows.direction, shows.surface, None)
        order = ("none", "partial", "full")
        if key not in lines or order.index(shows.visibility) > order.index(lines[key].visibility):
            lines[key] = _Line(shows.visibility, shows.reason)
    named = {key[:2] for key in lines}
    for cls in dict.fromkeys((*platform.known_classes, *(shows.cls for shows in platform.shows))):
        for direction in DIRECTIONS:
            if (cls, direction) in named:
                continue
            missing = (cls, direction) in absent
            reason = (
                "the file that shows it is not in this export" if missing else "no export of this platform shows it"
            )
            lines[cls, direction, "all", None] = _Line("none", reason)
    return lines
