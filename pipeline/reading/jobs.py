"""The two jobs that run in a child process: look over an archive, read it. Each is a pure function of bytes and arguments."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.containers.archive_ids import archive_id, fingerprint
from pipeline.containers.errors import ContainerError
from pipeline.containers.opening import open_archive
from pipeline.model.limits import Limits
from pipeline.model.records import ReadSettings
from pipeline.reading.completion import Facts, read_archive
from pipeline.reading.parsing import Assignment
from pipeline.reading.recognition import Recognised, recognise
from pipeline.reading.staging import StagingFacts, folder_of, reading_key, stage
from pipeline.sources import registry
from pipeline.sources.base import MEDIA

_ONLY_MEDIA: Final = "holds only media, no records"


@dataclass(frozen=True, slots=True)
class Look:
    """What the first job found."""

    archive_id: str
    recognised: Recognised


@dataclass(frozen=True, slots=True)
class ReadJob:
    """All that the second job needs."""

    path: Path
    archive_id: str
    size: int
    assignments: tuple[Assignment, ...]
    exported_at: int | None
    problems: tuple[str, ...]
    """Found while recognising; each makes the archive partial."""
    staging: Path
    limits: Limits

    @property
    def versions(self) -> Mapping[str, int]:
        """Versions of the sources that read."""
        sources = registry.sources()
        return {assignment.source: sources[assignment.source].version for assignment in self.assignments}

    @property
    def folder(self) -> Path:
        """Where the reading goes."""
        return folder_of(self.staging, self.archive_id, reading_key(self.assignments, self.versions, self.limits))


class ArchiveChanged(Exception):  # noqa: N818 - reads as the state it tells of
    """The archive's bytes changed while it was read."""


def look(path: Path, identity: str, limits: Limits, settings: ReadSettings) -> Look:
    """Recognise and survey one archive."""
    try:
        with open_archive(path, limits) as archive:
            return Look(identity, recognise(archive, registry.sources(), settings))
    except ContainerError as error:
        return Look(identity, Recognised(failure=(error.code, error.reason)))


def _judge(facts: Facts, assignments: tuple[Assignment, ...]) -> tuple[str, str]:
    """Return status and reason."""
    said = [f"{count} set aside ({code})" for code, count in facts.codes.items()] + facts.findings
    reason = _listed(said, 12)
    if not assignments:
        unreadable = facts.set_aside and facts.codes
        return (
            ("failed", reason) if unreadable else ("unrecognised", "; ".join(["no source knows what is in it", *said]))
        )
    if said and not facts.stored and not facts.skipped and (facts.set_aside or facts.findings):
        return "failed", f"nothing could be read of it: {reason}" if facts.set_aside else reason
    media = [_ONLY_MEDIA] if all(claim.reader == MEDIA for a in assignments for claim in a.claims) else []
    remarks = _listed(media + facts.remarks, 5)
    return "partial" if said else "complete", "; ".join(part for part in (reason, remarks) if part)


def _listed(said: list[str], most: int) -> str:
    return "; ".join(said[:most]) + (f"; and {len(said) - most} more" if len(said) > most else "")


def read(job: ReadJob) -> StagingFacts:
    """Read one archive into its staging folder.

    Raises:
        ArchiveChanged: when its bytes are no longer those that were identified.
        OSError: when staging can't be written.
    """
    before = fingerprint(job.path)

    def write(folder: Path) -> StagingFacts:
        with open_archive(job.path, job.limits) as archive:
            facts = read_archive(archive, job.assignments, registry.sources(), folder)
        return settled(job, before, facts, folder)

    return stage(job.folder, write)


def settled(job: ReadJob, before: object, facts: Facts, folder: Path) -> StagingFacts:
    """Return the facts of a reading whose tables are written.

    Raises:
        ArchiveChanged: when the archive's bytes are no longer those that were identified (`before`: their fingerprint then).
    """
    if fingerprint(job.path) != before or archive_id(job.path) != job.archive_id:
        raise ArchiveChanged
    facts.findings += job.problems
    status, reason = _judge(facts, job.assignments)
    accounts, named = _accounts(folder), _platforms(job, folder)
    return StagingFacts(
        archive_id=job.archive_id, platform="+".join(named), accounts=accounts, exported_at=job.exported_at, status=status,
        reason=reason, size_bytes=job.size, records=facts.stored, unknown=tuple(facts.unknown), remarks=tuple(facts.remarks),
        versions=job.versions, has_tables=True,
    )  # fmt: skip


def _column(folder: Path, name: str) -> list[str]:
    return sorted(set(pl.read_parquet(folder / "accounts.parquet", columns=[name])[name].to_list()))


def _accounts(folder: Path) -> tuple[str, ...]:
    return tuple(_column(folder, "native_id"))


def _platforms(job: ReadJob, folder: Path) -> list[str]:
    """Return the platforms whose export this is: the sources' own, others that have files of their own, an open file's."""
    names: set[str] = set()
    for assignment in job.assignments:
        own, *others = registry.sources()[assignment.source].platforms
        if not own.known_classes:  # the platform is named by the file's rows
            names.update(_column(folder, "platform"))
            continue
        names.add(own.name)
        shared = {reader for shows in own.shows for reader in shows.readers}
        present = {claim.reader for claim in assignment.claims} - shared
        names.update(
            other.name for other in others if any(present.intersection(shows.readers) for shows in other.shows)
        )
    return sorted(names)
