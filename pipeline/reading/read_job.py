"""The job of reading an archive in a child process: a pure function of the archive's bytes, the assignments and the limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipeline.containers.archive_ids import archive_id, fingerprint
from pipeline.containers.opening import open_archive
from pipeline.model.limits import Limits
from pipeline.reading.archive_facts import ArchiveFacts, status_of
from pipeline.reading.archive_tables import read_archive
from pipeline.reading.assignments import Assignment, ReadPlan
from pipeline.reading.keys import reading_key
from pipeline.reading.staging import StagingFacts, folder_of, stage
from pipeline.sources import registry


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One archive to be read.

    Attributes:
        path: the archive.
        archive_id: SHA-256 of its bytes.
        size: its bytes.
        assignments: what each source reads in it.
        exported_at: microseconds UTC; None when no survey states it.
        problems: problems found while scanning; any makes the archive partial.
        staging: folder of all staged archives.
        limits: `[limits]` of the settings.
    """

    path: Path
    archive_id: str
    size: int
    assignments: tuple[Assignment, ...]
    exported_at: int | None
    problems: tuple[str, ...]
    staging: Path
    limits: Limits

    @property
    def plan(self) -> ReadPlan:
        """The assignments with all sources."""
        return ReadPlan(self.assignments, registry.sources())

    @property
    def versions(self) -> Mapping[str, int]:
        """Versions of the sources that read."""
        sources = registry.sources()
        return {assignment.source: sources[assignment.source].version for assignment in self.assignments}

    @property
    def folder(self) -> Path:
        """Folder of the staged tables."""
        return folder_of(self.staging, self.archive_id, reading_key(self.assignments, self.versions, self.limits))


class ArchiveChanged(Exception):  # noqa: N818 - named for the state of the archive
    """The archive's bytes changed while it was read."""


def read(job: ReadJob) -> StagingFacts:
    """Read one archive into its staging folder.

    Raises:
        ArchiveChanged: when its bytes are no longer those that were identified.
        OSError: when staging can't be written.
    """
    before = fingerprint(job.path)

    def write(folder: Path) -> StagingFacts:
        with open_archive(job.path, job.limits) as archive:
            facts = read_archive(archive, job.plan, folder)
        return staging_facts(job, before, facts, folder)

    return stage(job.folder, write)


def staging_facts(job: ReadJob, before: object, facts: ArchiveFacts, folder: Path) -> StagingFacts:
    """Return the facts of a reading whose tables are written.

    Args:
        job: the archive.
        before: the archive's fingerprint before it was read.
        facts: the result of reading it.
        folder: the staged tables.

    Raises:
        ArchiveChanged: when the archive's bytes are no longer those that were identified.
    """
    if fingerprint(job.path) != before or archive_id(job.path) != job.archive_id:
        raise ArchiveChanged
    facts.findings += job.problems
    status, reason = status_of(facts, job.assignments)
    accounts = pl.read_parquet(folder / "accounts.parquet", columns=["platform", "native_id"])
    return StagingFacts(
        archive_id=job.archive_id,
        platform="+".join(_platforms(job, set(accounts["platform"].to_list()))),
        accounts=tuple(sorted(set(accounts["native_id"].to_list()))),
        exported_at=job.exported_at,
        status=status,
        reason=reason,
        size_bytes=job.size,
        records=facts.stored,
        unknown=tuple(facts.unknown),
        remarks=tuple(facts.remarks),
        versions=job.versions,
        has_tables=True,
    )


def _platforms(job: ReadJob, of_accounts: set[str]) -> list[str]:
    """Return the platforms whose export this is: the sources' own, others with files of their own, those of open files."""
    names: set[str] = set()
    for assignment in job.assignments:
        own, *others = registry.sources()[assignment.source].platforms
        if not own.known_classes:  # the rows of the file name the platform
            names |= of_accounts
            continue
        names.add(own.name)
        shared = {reader for shows in own.shows for reader in shows.readers}
        present = {claim.reader for claim in assignment.claims} - shared
        names.update(
            other.name for other in others if any(present.intersection(shows.readers) for shows in other.shows)
        )
    return sorted(names)
