"""Read a golden case the way the pipeline does, and return the outcome as plain JSON.

A case is a folder `tests/sources/<source>/<case>/`:
    input/           the export, as a folder
    expected.json    what must come out; see `outcome` for its shape
    settings.json    optional: {"time_zone": "Europe/Ljubljana", "owners": {"x": {"handles": ["lea"]}}}
    name.txt         optional: the archive's file name, where that carries facts (a date, a handle)
"""

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.model.records import (
    Alias,
    Context,
    CoverageNote,
    Interaction,
    ListSeen,
    Owner,
    Person,
    ReadSettings,
    SetAside,
    Skipped,
    Stored,
    Survey,
    Tie,
    Unattributed,
)  # fmt: skip
from pipeline.sources.base import Claim, Item, Source

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIMES = frozenset({"at", "since", "starts_at", "ends_at"})


@dataclass(frozen=True, slots=True)
class TinyMember:
    """A member held in memory."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)

    def read(self) -> bytes:
        return self.content

    def head(self, size: int = 4096) -> bytes:
        return self.content[:size]


@dataclass(frozen=True, slots=True)
class TinyArchive:
    """An archive held in memory."""

    file_name: str
    members: Sequence[TinyMember]


@dataclass(slots=True)
class Outcome:
    """Everything that one source made of one archive."""

    claims: list[Claim]
    survey: Survey
    items: dict[str, list[Item]] = field(default_factory=dict)
    """member -> what its reader yielded."""
    counted: dict[str, int | None] = field(default_factory=dict)
    """member -> records by the independent counter; None: a member that only informs."""


def archive_of(folder: Path, name: str | None = None) -> TinyArchive:
    """Load a folder's files as members, in sorted order."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    members = [TinyMember(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
    return TinyArchive(name or (files[0].name if len(files) == 1 else folder.name), members)


def case_archive(case: Path) -> TinyArchive:
    """Load the input of a golden case, under the file name that the case gives it."""
    name = case / "name.txt"
    return archive_of(case / "input", name.read_text(encoding="utf-8").strip() if name.exists() else None)


def read_settings(case: Path) -> ReadSettings:
    """Load the case's settings."""
    path = case / "settings.json"
    if not path.exists():
        return ReadSettings()
    given = json.loads(path.read_text(encoding="utf-8"))
    owners = {
        platform: Owner(**{key: frozenset(values) for key, values in table.items()})
        for platform, table in given.get("owners", {}).items()
    }
    return ReadSettings(given.get("time_zone", "UTC"), "time_zone" in given, owners)


def read(source: Source, archive: TinyArchive, settings: ReadSettings | None = None) -> Outcome:
    """Recognise, survey, count and parse, as the pipeline does for one archive without sisters."""
    own = settings or ReadSettings()
    best: dict[str, Claim] = {}
    for claim in source.recognise(archive):
        if claim.member not in best or claim.confidence > best[claim.member].confidence:
            best[claim.member] = claim
    claims = sorted(best.values(), key=lambda claim: claim.member)
    survey = source.survey(archive, claims, own)
    names = {platform.name for platform in source.platforms}
    first = source.platforms[0].name
    owners = {name: own.owners.get(name, Owner()) | (survey.owner if name == first else Owner()) for name in names}
    if survey.account is not None:
        ids = Owner(ids=frozenset({survey.account.native_id}))
        owners[survey.account.platform or first] = owners.get(survey.account.platform or first, Owner()) | ids
    context = Context(own, survey, owners)
    outcome = Outcome(claims, survey)
    members = {member.name: member for member in archive.members}
    for claim in claims:
        reader, member = source.readers[claim.reader], members[claim.member]
        outcome.counted[claim.member] = reader.count(member, context) if reader.count else None
        outcome.items[claim.member] = list(reader.parse(member, context)) if reader.parse else []
    return outcome


def iso(micros: int) -> str:
    """Write microseconds as `2024-05-03T17:20:00Z`, with a fraction only where there is one."""
    text = (_EPOCH + timedelta(microseconds=micros)).isoformat()
    return text.removesuffix("+00:00") + "Z"


def plain(row: Any) -> dict[str, Any]:
    """Return the fields of a row that differ from their defaults, times as ISO text."""
    defaults = row._field_defaults
    found = {}
    for name, value in row._asdict().items():
        if name not in defaults or value != defaults[name]:
            found[name] = iso(value) if name in _TIMES and isinstance(value, int) else value
    return found


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome, in the shape of `expected.json`.

    interactions, ties, unattributed, persons, aliases, coverage, lists: rows as `plain` gives them; set_aside: member,
    pointer, code; skipped: rule -> how many; account: native_id. Empty parts are left out.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    skipped: Counter[str] = Counter()
    kinds = {
        Interaction: "interactions",
        Tie: "ties",
        Unattributed: "unattributed",
        Person: "persons",
        Alias: "aliases",
    }
    for member, items in outcome.items.items():
        for item in items:
            if isinstance(item, Stored):
                for row in item.rows:
                    rows.setdefault(kinds[type(row)], []).append(plain(row))
            elif isinstance(item, SetAside):
                rows.setdefault("set_aside", []).append({"member": member, "pointer": item.pointer, "code": item.code})
            elif isinstance(item, Skipped):
                skipped[item.rule] += 1
                for row in item.rows:
                    rows.setdefault(kinds[type(row)], []).append(plain(row))
            elif isinstance(item, CoverageNote):
                rows.setdefault("coverage", []).append(plain(item))
            elif isinstance(item, ListSeen):
                rows.setdefault("lists", []).append(plain(item))
    for name in ("persons", "aliases", "coverage", "lists"):
        if name in rows:
            rows[name] = [json.loads(text) for text in sorted({json.dumps(row, sort_keys=True) for row in rows[name]})]
    found: dict[str, Any] = dict(rows)
    if skipped:
        found["skipped"] = dict(sorted(skipped.items()))
    if outcome.survey.account is not None:
        found["account"] = outcome.survey.account.native_id
    if outcome.survey.exported_at is not None:
        found["exported_at"] = iso(outcome.survey.exported_at)
    return found


LISTED_IN_PART = frozenset({"persons", "aliases", "coverage", "lists", "account", "exported_at"})
"""Parts that an expected.json may leave out; the others are compared even when it doesn't name them (then: none)."""


def golden_differences(case: Path, outcome: Outcome) -> dict[str, tuple[object, object]]:
    """Return part -> (found, expected) of every part in which an outcome differs from the case's `expected.json`."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    found = outcome_json(outcome)
    parts = sorted(part for part in {*expected, *found} if part in expected or part not in LISTED_IN_PART)
    pairs = {part: (_in_order(found.get(part)), _in_order(expected.get(part))) for part in parts}
    return {part: pair for part, pair in pairs.items() if pair[0] != pair[1]}


def _in_order(rows: object) -> object:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True)) if isinstance(rows, list) else rows
