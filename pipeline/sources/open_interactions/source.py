"""Open interactions files: `NAME.interactions.csv` or `.parquet`, optionally with `NAME.coverage.csv` beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.formats.counting import csv_rows
from pipeline.formats.csv_rows import read_rows
from pipeline.model.codes import DIRECTIONS, KINDS, VISIBILITIES
from pipeline.model.records import CoverageNote, Interaction, SetAside, Stored
from pipeline.model.survey import Context, ReadSettings, SourceFacts, Survey
from pipeline.sources.base import Archive, Claim, Item, Member, Platform, Reader, Source
from pipeline.sources.open_interactions.columns import (
    COLUMNS,
    REQUIRED,
    UnreadableFileError,
    count_parquet,
    header,
    is_parquet,
    rows,
)
from pipeline.sources.open_interactions.values import OWNER, interaction, micros

COVERAGE_COLUMNS: Final = ("platform", "class", "direction", "visibility")


@dataclass(frozen=True, slots=True)
class OpenFacts(SourceFacts):
    """What a coverage file and its interactions file need of each other."""

    accounts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """NAME of an interactions file -> platform -> the owner's accounts in it, sorted."""
    stated: frozenset[str] = frozenset()
    """NAMEs of the files that have a coverage file."""


def _missing(member: Member) -> list[str]:
    names = {name.lower() for name in header(member)}
    return [name for name in REQUIRED if name not in names]


def _recognise(archive: Archive) -> Iterable[Claim]:
    for member in archive.members:
        name = member.name.lower()
        if name.endswith((".interactions.csv", ".interactions.parquet")):
            yield Claim(member.name, "interactions", 1.0)
        elif name.endswith(".coverage.csv"):
            yield Claim(member.name, "coverage", 0.9)


def _stem(name: str) -> str:
    """Return the NAME, with its folder, that an interactions file shares with its coverage file."""
    return re.sub(r"\.(?:interactions|coverage)\.\w+$", "", name, flags=re.IGNORECASE)


def _survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return the accounts of each platform in each file, and the files that have a coverage file."""
    readers = {claim.member: claim.reader for claim in claims}
    accounts: dict[str, dict[str, set[str]]] = {}
    for member in archive.members:
        if readers.get(member.name) != "interactions":
            continue
        try:
            for pointer, values, problem in rows(member):
                record = interaction(pointer, values) if values is not None and problem is None else None
                if isinstance(record, Stored) and isinstance(act := record.rows[0], Interaction):
                    of_file = accounts.setdefault(_stem(member.name), {})
                    of_file.setdefault(str(act.platform), set()).add(str(act.account))
        except Exception:  # noqa: BLE001, S112 - a survey must not fail; the reader reports what is wrong
            continue
    stated = frozenset(_stem(name) for name, reader in readers.items() if reader == "coverage")
    named = {
        name: {platform: tuple(sorted(found)) for platform, found in platforms.items()}
        for name, platforms in accounts.items()
    }
    return Survey(facts=OpenFacts(named, stated))


def _count(member: Member, context: Context) -> int:
    return count_parquet(member) if is_parquet(member) else csv_rows()(member, context)


def _parse(member: Member, context: Context) -> Iterator[Item]:
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    accounts: dict[str, set[str]] = {}
    try:
        missing = _missing(member)
        for pointer, values, problem in rows(member):
            if problem is not None or values is None:
                yield SetAside(pointer, problem or "unreadable", "the row can't be read as CSV; check its quotes")
            elif missing:
                found = ", ".join(name for name in header(member) if name)
                words = f"not understood: the column {missing[0]} is missing; the header row is: {found}"
                yield SetAside(pointer, "missing_column", words)
            else:
                record = interaction(pointer, values)
                yield record
                if isinstance(record, Stored) and isinstance(act := record.rows[0], Interaction):
                    key = (str(act.platform), str(act.cls))
                    first, last = spans.get(key, (act.at, act.at))
                    spans[key] = (min(first, act.at), max(last, act.at))
                    accounts.setdefault(key[0], set()).add(str(act.account))
    except UnreadableFileError as error:
        yield SetAside("", "not_parquet", f"{error}; write it again, or as CSV")
    if _stem(member.name) in context.facts(OpenFacts).stated:
        return
    for (platform, cls), (first, last) in sorted(spans.items()):
        for account in sorted(accounts[platform]):
            for direction in DIRECTIONS:
                yield CoverageNote(
                    cls, direction, "full", "all", reason="the file states no coverage: taken as whole from its first to its last event",
                    starts_at=first, ends_at=last, platform=platform, account=account,
                )  # fmt: skip


def _bound(text: str) -> tuple[int | None, bool]:
    """Return the time of a coverage bound (None: not stated) and whether it is readable."""
    return (None, True) if not text else ((at := micros(text)), at is not None)


def _parse_coverage(member: Member, context: Context) -> Iterator[Item]:
    accounts = context.facts(OpenFacts).accounts.get(_stem(member.name), {})
    with member.open() as stream:
        for row in read_rows(stream, header=COVERAGE_COLUMNS):
            platform, cls = row.get("platform").lower(), row.get("class").lower()
            direction, visibility = row.get("direction").lower(), row.get("visibility").lower()
            (starts, fine), (ends, good) = _bound(row.get("starts_at")), _bound(row.get("ends_at"))
            if (
                row.problem
                or not platform
                or cls not in KINDS
                or direction not in DIRECTIONS
                or visibility not in VISIBILITIES
            ):
                yield SetAside(
                    row.pointer, "bad_coverage", "platform, class, direction or visibility is not one that is known"
                )
                continue
            if not fine or not good:
                yield SetAside(row.pointer, "unreadable_time", "starts_at or ends_at is not an ISO 8601 time")
                continue
            for account in accounts.get(platform, (OWNER,)):
                yield CoverageNote(
                    cls, direction, visibility, "all", reason="stated by the file's coverage", starts_at=starts, ends_at=ends,
                    platform=platform, account=account,
                )  # fmt: skip


PLATFORM = Platform(
    name="open",
    shows=(),
    known_classes=(),
    how_to_ask=(
        "Write a file named `NAME.interactions.csv` (UTF-8, with a header row) or `NAME.interactions.parquet`. Columns, "
        f"required ones first: {', '.join(COLUMNS)}. Every row is one act between you and one person: `direction` is outbound "
        "(you to them) or inbound, `occurred_at` is ISO 8601 (UTC without an offset), `class` is one of "
        f"{', '.join(KINDS)}. Beside it, `NAME.coverage.csv` may state what the source shows: platform, class, direction, "
        "visibility (full, partial, none), starts_at, ends_at."
    ),
    cannot_show=(
        "Whatever the file leaves out. Without a coverage file each platform and class in it counts as shown in full, in both "
        "directions, from its first to its last event: state the coverage if that isn't so."
    ),
    notes=(
        "`contact` is the person's key in this home: equal values, in whatever file or platform, are one person. `id`s are one "
        "space a platform and account, and `reply_to` names one of them. A date without a time counts as a whole day, also "
        "without `resolution_s`. `seq` states the true order of the rows."
    ),
)

SOURCE = Source(
    name="open_interactions",
    version=3,
    platforms=(PLATFORM,),
    recognise=_recognise,
    readers={"interactions": Reader(_parse, _count), "coverage": Reader(_parse_coverage, None)},
    survey=_survey,
    facts=OpenFacts,
)
