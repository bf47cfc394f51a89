"""Staged archives on disk: written atomically, with the facts of the archive beside the tables (`staging.json`)."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from pipeline.home.atomic_files import fsync, write_json

FACTS: Final = "staging.json"


@dataclass(frozen=True, slots=True)
class StagingFacts:
    """Facts about an archive, written as JSON beside its staged tables.

    Attributes:
        archive_id: SHA-256 of the archive's bytes.
        platform: platforms, sorted, joined with `+`.
        accounts: native_ids of the owner's accounts.
        exported_at: microseconds UTC; None when the export states no date.
        status: complete, partial, failed or unrecognised.
        reason: why the archive is not complete, and remarks.
        size_bytes: bytes of the archive.
        records: stored records.
        unknown: unknown kinds of record, one line each.
        remarks: harmless facts.
        versions: source -> version of its readers.
        has_tables: whether staged tables are beside the facts.
    """

    archive_id: str
    platform: str
    accounts: tuple[str, ...]
    exported_at: int | None
    status: str
    reason: str
    size_bytes: int
    records: int = 0
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    has_tables: bool = False


def folder_of(staging: Path, archive_id: str, key: str) -> Path:
    """Return the folder of a reading: `<staging>/<archive_id>/<key>`."""
    return staging / archive_id / key


def load_facts(folder: Path) -> StagingFacts | None:
    """Return the facts of a finished reading; None when there is none, or it was written by another version."""
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
    """Create a folder atomically: it is filled under a temporary name, then renamed.

    Args:
        folder: the final name.
        write: fills the folder that it is given, and returns the facts.

    Raises:
        OSError: when the disk is full or can't be written; nothing is left under the final name.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(mode=0o700)
    try:
        facts = write(temporary)
        write_json(temporary / FACTS, asdict(facts))
        for file in temporary.iterdir():
            fsync(file)
        fsync(temporary)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
        fsync(folder.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return facts
