"""Stagings on disk: keys, the atomic way in, and the facts beside the tables (`staging.json`)."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from pipeline.home.atomic_files import fsync, write_json
from pipeline.model.records import Context, Owner, ReadSettings
from pipeline.reading.assignments import Assignment

FORMAT: Final = 6
"""Raise it when this room would stage the same records otherwise."""
FACTS: Final = "staging.json"


@dataclass(frozen=True, slots=True)
class StagingFacts:
    """Archive-level facts, written as JSON beside the tables of a reading."""

    archive_id: str
    platform: str
    """Platforms, sorted, joined with +."""
    accounts: tuple[str, ...]
    exported_at: int | None
    status: str
    """complete, partial, failed, unrecognised."""
    reason: str
    size_bytes: int
    records: int = 0
    """Stored records."""
    unknown: tuple[str, ...] = ()
    """Unknown kinds of record, one line each."""
    remarks: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    has_tables: bool = False


def plain(value: Any) -> Any:
    """Return dataclasses and sets as canonical JSON values."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if hasattr(value, "__dataclass_fields__"):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def digest(*parts: object) -> str:
    """Return a short stable hash of plain values, dataclasses and sets."""
    text = json.dumps([plain(part) for part in parts], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def reading_key(assignments: Sequence[Assignment], versions: Mapping[str, int], limits: object) -> str:
    """Return the name of a reading: a hash of reader versions, settings and merged context."""
    return digest(FORMAT, dict(versions), list(assignments), limits)


def folder_of(staging: Path, archive_id: str, key: str) -> Path:
    """Return the folder of a reading."""
    return staging / archive_id / key


def load_facts(folder: Path) -> StagingFacts | None:
    """Return the facts of a finished reading, None when there is none or it can't be read."""
    try:
        data = json.loads((folder / FACTS).read_bytes())
        data["accounts"], data["unknown"], data["remarks"] = (
            tuple(data["accounts"]),
            tuple(data["unknown"]),
            tuple(data["remarks"]),
        )
        return StagingFacts(**data)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def stage(folder: Path, write: Callable[[Path], StagingFacts]) -> StagingFacts:
    """Let `write` fill a folder under a temporary name, then bring it in: complete or not at all.

    Raises:
        OSError: when the disk is full or can't be written; nothing is left behind under the final name.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    try:
        facts = write(beside)
        write_json(beside / FACTS, asdict(facts))
        for file in beside.iterdir():
            fsync(file)
        fsync(beside)
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        fsync(folder.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return facts


def context(settings: ReadSettings, survey: Any, owners: Mapping[str, Owner]) -> Context:
    """Return a context whose mapping is sorted, so that equal ones hash equally."""
    return Context(settings, survey, dict(sorted(owners.items())))
