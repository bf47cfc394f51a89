"""Coverage of one archive: the platform's declaration, corrected by what is present and by the source's notes.

Source: methods:coverage-rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.codes import DIRECTIONS
from pipeline.model.records import CoverageNote
from pipeline.model.survey import Survey
from pipeline.reading.event_times import EventTimes
from pipeline.sources.base import Platform, Shows

CoverageRow: TypeAlias = "tuple[str, str, str, str, str, str | None, str, int | None, int | None, str, bool]"
"""A staged row of `coverage`: platform, account, class, direction, surface, thread, visibility, starts_at, ends_at, reason,
reply_links."""
_Lane: TypeAlias = "tuple[str, str, str, str | None]"
"""(class, direction, surface, thread)."""
_VISIBILITIES = ("none", "partial", "full")


@dataclass(frozen=True, slots=True)
class AccountCoverage:
    """The account whose coverage is stated.

    Attributes:
        name: name of the platform.
        account: native_id of the owner's account there.
        readers: readers whose members are present.
        platform: the declaration; None for a platform that only an open interactions file names.
    """

    name: str
    account: str
    readers: frozenset[str]
    platform: Platform | None


@dataclass(slots=True)
class _Line:
    """One span of a lane, in microseconds UTC; a bound that is None is the archive's own."""

    visibility: str
    reason: str
    starts_at: int | None = None
    ends_at: int | None = None


def coverage_rows(
    of: AccountCoverage, *, notes: Iterable[CoverageNote], survey: Survey, times: EventTimes, time_zone: str
) -> list[CoverageRow]:
    """Return the staged coverage rows of one account on one platform.

    Args:
        of: the account.
        notes: the source's corrections for this platform and account.
        survey: export date, stated range and notes of the archive.
        times: first and newest times of the staged rows.
        time_zone: zone of the settings, in which times without a zone are read unless the platform's format names one.

    Source: methods:coverage-rows.
    """
    rows: list[CoverageRow] = []
    lines = [(lane, line) for lane, spans in _lanes(of, notes).items() for line in spans]
    for (cls, direction, surface, thread), line in sorted(lines, key=_order):
        key = (of.name, of.account, cls)
        starts_at, ends_at = _span(line, survey, times.first.get(key), times.newest)
        if line.starts_at is not None and ends_at is not None and ends_at < line.starts_at:
            continue  # the archive ends before that span begins
        visibility, reasons = line.visibility, [line.reason, *survey.notes]
        if visibility != "none" and ends_at is None:
            visibility, starts_at = "none", None
            reasons.append("the export holds no date, so nothing is known about any time")
        if key in times.zone_assumed:
            zone = (of.platform.zone if of.platform else None) or time_zone
            reasons.append(f"zone_assumed: times without a zone were read as {zone}")
        reason = "; ".join(part for part in dict.fromkeys(reasons) if part)
        links = _has_reply_links(of, cls, times)
        rows.append((*key, direction, surface, thread, visibility, starts_at, ends_at, reason, links))
    return rows


def _order(lane_and_line: tuple[_Lane, _Line]) -> tuple[str | int, ...]:
    lane, line = lane_and_line
    return (*(part or "" for part in lane), line.starts_at or 0, line.ends_at or 0, line.visibility)


def _span(line: _Line, survey: Survey, first: int | None, newest: int | None) -> tuple[int | None, int | None]:
    """Return start and end of a line: its own, else the export's, else those of the rows."""
    if line.visibility == "none":
        return None, None
    ends_at = next((at for at in (line.ends_at, survey.exported_at, newest) if at is not None), None)
    starts = (line.starts_at, survey.starts_at, survey.account_created_at, first)
    return next((at for at in starts if at is not None), ends_at), ends_at


def _has_reply_links(of: AccountCoverage, cls: str, times: EventTimes) -> bool:
    """Return whether the export carries reply links of a class: as declared, else as found in the rows."""
    if of.platform and of.platform.known_classes:
        return cls in of.platform.reply_links
    return (of.name, cls) in times.reply_links


def _lanes(of: AccountCoverage, notes: Iterable[CoverageNote]) -> dict[_Lane, list[_Line]]:
    """Return the declaration's lines, replaced by the source's notes where there are any.

    A later note replaces an earlier one. Notes that state their times are kept side by side: a source may show two spans
    with a gap between them.
    """
    declared = _declared(of.platform, of.readers) if of.platform else {}
    lanes = {lane: [line] for lane, line in declared.items()}
    timed: set[_Lane] = set()
    for note in notes:
        lane = (note.cls, note.direction, note.surface, note.thread)
        line = _Line(note.visibility, note.reason, note.starts_at, note.ends_at)
        if note.starts_at is None and note.ends_at is None:
            lanes[lane] = [line]
            timed.discard(lane)
        elif lane in timed:
            lanes[lane].append(line)
        else:
            lanes[lane] = [line]
            timed.add(lane)
    return lanes


def _declared(platform: Platform, readers: frozenset[str]) -> dict[_Lane, _Line]:
    """Return the declaration's lines for the members present, and `none` for the other known classes."""
    lines: dict[_Lane, _Line] = {}
    absent: dict[tuple[str, str], Shows] = {}
    for shows in platform.shows:
        if shows.readers and not readers.intersection(shows.readers):
            absent[shows.cls, shows.direction] = shows
            continue
        lane = (shows.cls, shows.direction, shows.surface, None)
        if lane not in lines or _rank(shows.visibility) > _rank(lines[lane].visibility):
            lines[lane] = _Line(shows.visibility, shows.reason)
    shown = {lane[:2] for lane in lines}
    for cls in dict.fromkeys((*platform.known_classes, *(shows.cls for shows in platform.shows))):
        for direction in DIRECTIONS:
            if (cls, direction) not in shown:
                missing = (cls, direction) in absent
                reason = (
                    "the file that shows it is not in this export" if missing else "no export of this platform shows it"
                )
                lines[cls, direction, "all", None] = _Line("none", reason)
    return lines


def _rank(visibility: str) -> int:
    return _VISIBILITIES.index(visibility)
