"""Read all archives of a home: find, scan, choose the owner's accounts, read. One `Reading` an archive comes out."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading import scan_files
from pipeline.reading.account_aliases import unify_accounts
from pipeline.reading.inventory import ArchiveEntry, kept_entry, present_archives, remove_leftovers
from pipeline.reading.keys import FORMAT, digest
from pipeline.reading.owner_accounts import OwnerAccounts, choose_accounts, needs_record_counts, other_account_reason
from pipeline.reading.parallel_reading import read_jobs
from pipeline.reading.read_job import ReadJob
from pipeline.reading.recognition import Recognition
from pipeline.reading.scanned_archives import ScannedArchive, ScannedArchives
from pipeline.reading.scanning import scan
from pipeline.reading.sister_archives import assign
from pipeline.reading.staging import StagingFacts, load_facts
from pipeline.reading.worker import Bounds, Failure
from pipeline.reading.worker_pool import Pool, Task
from pipeline.sources import registry

_SCAN: Final = "scan.json"
_OLDER_SCAN: Final = "look.json"
"""Name of the scan in readings that an older version kept."""
_TRANSIENT: Final = frozenset({"ArchiveChanged", "OSError", "out_of_memory", "reader_died", "too_slow"})
"""Kinds of failure that depend on the machine or the moment, not only on the archive's bytes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one archive.

    Attributes:
        archive_id: SHA-256 of the archive's bytes.
        path: as shown to the owner: relative to the home when inside it.
        platform: platforms, sorted, joined with `+`; empty when unknown.
        account_ids: native_ids of the owner's accounts in it, sorted.
        exported_at: microseconds UTC; None when the export states no date.
        size_bytes: bytes of the archive.
        status: complete, partial, failed or unrecognised.
        reason: why it is not complete, and remarks.
        folder: staged tables (`pipeline.model.schemas.STAGED`); None when nothing is staged.
        unknown: unknown kinds of record, one line each, for stderr.
        remarks: harmless facts.
        retry: whether it failed for a transient reason, so that the next run reads it again.
    """

    archive_id: str
    path: str
    platform: str
    account_ids: tuple[str, ...]
    exported_at: int | None
    size_bytes: int
    status: str
    reason: str
    folder: Path | None
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    retry: bool = False


def read_archives(
    home: Home,
    settings: Settings,
    paths: Sequence[Path],
    progress: Callable[[str], None],
    *,
    workers: int | None = None,
) -> list[Reading]:
    """Read the given archives and everything in the inbox; archives that were read before are taken from staging.

    Args:
        home: the home; its lock should be held.
        settings: the owner's settings.
        paths: archives given by the owner; they are read in place.
        progress: takes plain lines for the owner.
        workers: number of child processes; None for the number of cores, 0 to read in this process (tests).

    Returns:
        Readings sorted by path. A byte-identical copy adds nothing: the first path in sorted order is kept.

    Raises:
        OSError: when the home can't be written, for example on a full or read-only disk.
    """
    limits = settings.limits
    bounds = Bounds(limits.memory_bytes, limits.wall_s, max(limits.total_bytes, 1 << 30))
    with Pool(bounds, limits.wall_s, workers) as pool:
        run = _Run(home, settings, progress, pool)
        run.find(paths)
        run.scan()
        run.read()
        return run.readings()


class _Run:
    """One call of `read_archives`."""

    def __init__(self, home: Home, settings: Settings, progress: Callable[[str], None], pool: Pool) -> None:
        self.home, self.settings, self.progress, self.pool = home, settings, progress, pool
        self.known = Known(home)
        self.sources = registry.sources()
        self.read_settings = settings.read_settings()
        self.entries: dict[str, ArchiveEntry] = {}
        self._used: set[Path] = set()
        """Staging folders that this run needs; other readings of the same archives are deleted."""

    def find(self, paths: Sequence[Path]) -> None:
        """List the archives: those that are present, and those of which only the reading is left."""
        remove_leftovers(self.home)
        self.entries = present_archives(self.home, self.known, paths)
        for archive_id, archive in self.known.archives.items():
            if archive_id not in self.entries:
                folder = self.known.kept(archive_id)
                scans = (scan_files.load(folder / name, self.sources) for name in (_SCAN, _OLDER_SCAN))
                entry = kept_entry(self.home, archive, folder, next((one for one in scans if one is not None), None))
                if entry is not None:
                    self.entries[archive_id] = entry

    def scan(self) -> None:
        """Recognise and survey all present archives; scans of earlier runs are used again."""
        versions = {name: source.version for name, source in self.sources.items()}
        key = digest(FORMAT, versions, self.read_settings, self.settings.limits)
        folder = self.home.state / "scans"
        wanted = []
        for entry in self.entries.values():
            if entry.present and entry.failure is None:
                entry.recognition = scan_files.load(folder / f"{entry.archive_id}.{key}.json", self.sources)
                if entry.recognition is None:
                    wanted.append(entry)
        if wanted:
            self.progress(f"reading {len(wanted)} archive{'' if len(wanted) == 1 else 's'}")
        tasks = [
            Task(scan, (entry.path, entry.archive_id, self.settings.limits, self.read_settings)) for entry in wanted
        ]
        for number, result in self.pool.run(tasks):
            entry = wanted[number]
            if isinstance(result, ScannedArchive):
                entry.recognition = result.recognition
                for old in folder.glob(f"{entry.archive_id}.*"):
                    old.unlink(missing_ok=True)
                if result.recognition.failure is None or result.recognition.failure[0] != "unreadable":
                    scan_files.save(folder / f"{entry.archive_id}.{key}.json", result.recognition)
            elif isinstance(result, Failure):
                entry.failure = result
        for entry in self.entries.values():
            if entry.recognition is not None and entry.recognition.failure and entry.present:
                entry.failure, entry.recognition = Failure(*entry.recognition.failure), None

    def read(self) -> None:
        """Choose the owner's accounts, then read all archives with their merged contexts."""
        gone = (entry.facts.accounts for entry in self.entries.values() if entry.facts and not entry.present)
        scanned = unify_accounts(self._scanned(), {account for accounts in gone for account in accounts})
        records: dict[tuple[str, str], int] = {}
        if needs_record_counts(scanned):
            records = self._record_counts(scanned)
        accounts = choose_accounts(scanned, records)
        self._read(scanned.archives, scanned, accounts)
        self._mark_other_accounts(scanned, accounts)

    def _scanned(self) -> ScannedArchives:
        found = sorted(self.entries.values(), key=lambda entry: entry.archive_id)
        archives = [
            ScannedArchive(entry.archive_id, entry.recognition) for entry in found if entry.recognition is not None
        ]
        return ScannedArchives(archives, self.sources, self.read_settings)

    def _record_counts(self, scanned: ScannedArchives) -> dict[tuple[str, str], int]:
        """Read the archives that state an account of a person; return (archive_id, source) -> records."""
        of_persons = registry.person_platforms(self.sources)
        stating = {
            one.archive_id
            for one in scanned.surveys()
            if one.survey.account and one.platform_of(one.survey.account) in of_persons
        }
        archives = [archive for archive in scanned.archives if archive.archive_id in stating]
        self._read(archives, scanned, OwnerAccounts())
        records: dict[tuple[str, str], int] = {}
        for archive in archives:
            facts = self.entries[archive.archive_id].facts
            for name in archive.recognition.surveys:
                records[archive.archive_id, name] = facts.records if facts else 0
        return records

    def _read(self, archives: Sequence[ScannedArchive], scanned: ScannedArchives, accounts: OwnerAccounts) -> None:
        jobs = []
        for archive in archives:
            entry = self.entries[archive.archive_id]
            if not entry.present:
                continue
            job = self._job(entry, archive, scanned, accounts)
            entry.folder, entry.failure = job.folder, None
            entry.facts = load_facts(job.folder)
            self._used.add(job.folder)
            if entry.facts is None:
                jobs.append(job)
        self._run(sorted(jobs, key=lambda job: -job.size), attempts=2)  # the longest first, so that no core is idle

    def _job(
        self, entry: ArchiveEntry, archive: ScannedArchive, scanned: ScannedArchives, accounts: OwnerAccounts
    ) -> ReadJob:
        recognition = archive.recognition
        assignments = assign(archive, scanned, accounts)
        dates = [survey.exported_at for survey in recognition.surveys.values() if survey.exported_at is not None]
        return ReadJob(
            path=entry.path,
            archive_id=entry.archive_id,
            size=entry.size,
            assignments=assignments,
            exported_at=max(dates, default=None),
            problems=(*recognition.problems, *(recognition.refusals if assignments else ())),
            staging=self.home.staging,
            limits=self.settings.limits,
        )

    def _run(self, jobs: Sequence[ReadJob], attempts: int) -> None:
        changed = []
        for job, result in read_jobs(self.pool, jobs):
            entry = self.entries[job.archive_id]
            if isinstance(result, StagingFacts):
                entry.facts = result
                if entry.recognition and entry.recognition.claims and not job.assignments:
                    continue  # all of it belongs to another account, which its reading states in the end
                self.progress(
                    f"{entry.shown}: {result.platform or 'unknown'}, {result.status}, {result.records} records"
                )
            elif result.kind == "ArchiveChanged" and attempts > 1:
                changed.append(job)
            else:
                entry.failure, entry.folder = result, None
                if result.kind == "ArchiveChanged":
                    entry.failure = Failure(result.kind, "changed while it was read: run again when it is complete")
        if changed:
            self._run(changed, attempts - 1)

    def _mark_other_accounts(self, scanned: ScannedArchives, accounts: OwnerAccounts) -> None:
        """Fail archives that belong to another account, and note it where only a part does."""
        by_archive: dict[str, list[str]] = {}
        for archive_id, name in accounts.others:
            by_archive.setdefault(archive_id, []).append(name)
        claims = {archive.archive_id: set(archive.recognition.claims) for archive in scanned.archives}
        for archive_id, names in by_archive.items():
            entry, first = self.entries[archive_id], min(names)
            whole = claims[archive_id] <= set(names)
            account = entry.recognition.surveys[first].account if entry.recognition else None
            platform = (account.platform if account else None) or self.sources[first].platforms[0].name
            reason = other_account_reason(
                platform,
                accounts.others[archive_id, first],
                accounts.chosen.get(platform),
                [] if whole else sorted(names),
            )
            if whole or not entry.present:
                entry.failure = Failure("other_account", reason)
                entry.folder = entry.folder if entry.present else None
            else:
                entry.note = reason

    def readings(self) -> list[Reading]:
        """Keep what was read, delete older readings and remember the archives; return all readings."""
        readings = []
        for entry in sorted(self.entries.values(), key=lambda found: (found.shown, found.archive_id)):
            if entry.present and entry.failure is None and entry.facts and entry.folder and entry.facts.platform:
                self._keep(entry, entry.folder)
            elif entry.present and entry.failure and entry.failure.kind == "other_account":
                self.known.seen(entry.archive_id, entry.shown)
            readings.append(self._reading(entry))
        self.known.save()
        return readings

    def _keep(self, entry: ArchiveEntry, folder: Path) -> None:
        self.known.seen(entry.archive_id, entry.shown)
        if entry.recognition is not None and not (folder / _SCAN).exists():
            scan_files.save(folder / _SCAN, entry.recognition)
        self.known.keep(entry.archive_id, folder)
        for old in folder.parent.iterdir():
            if old not in self._used:
                shutil.rmtree(old, ignore_errors=True)

    def _reading(self, entry: ArchiveEntry) -> Reading:
        facts, failure, recognition = entry.facts, entry.failure, entry.recognition or Recognition()
        if failure is None and not recognition.claims and recognition.refusals and entry.present:
            failure = Failure("refused", "; ".join(recognition.refusals))
        if failure is None and facts is not None:
            return Reading(
                archive_id=entry.archive_id,
                path=entry.shown,
                platform=facts.platform,
                account_ids=facts.accounts,
                exported_at=facts.exported_at,
                size_bytes=entry.size,
                status="partial" if entry.note and facts.status == "complete" else facts.status,
                reason="; ".join(part for part in (entry.note, facts.reason) if part),
                folder=entry.folder,
                unknown=facts.unknown,
                remarks=facts.remarks,
            )
        names = sorted({self.sources[name].platforms[0].name for name in recognition.claims if name in self.sources})
        accounts = {survey.account.native_id for survey in recognition.surveys.values() if survey.account}
        dates = [survey.exported_at for survey in recognition.surveys.values() if survey.exported_at is not None]
        return Reading(
            archive_id=entry.archive_id,
            path=entry.shown,
            platform="+".join(names),
            account_ids=tuple(sorted(accounts)),
            exported_at=max(dates, default=None),
            size_bytes=entry.size,
            status="failed",
            reason=failure.reason if failure else "could not be read",
            folder=entry.folder,
            retry=failure is not None and failure.kind in _TRANSIENT,
        )
