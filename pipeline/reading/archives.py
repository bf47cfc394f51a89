"""The way in: all archives of a home, looked over, merged, read, and what came out of each (one `Reading` an archive)."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.containers.archive_ids import size_of
from pipeline.containers.file_names import open_interactions_stem
from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading import surveys
from pipeline.reading.discovery import discover
from pipeline.reading.fingerprints import paths_to_read
from pipeline.reading.identity_cache import identities, stand_in
from pipeline.reading.parallel_reading import read_jobs
from pipeline.reading.read_job import ReadJob
from pipeline.reading.recognition import Recognised
from pipeline.reading.same_owner import unite_accounts
from pipeline.reading.scanning import Scan, scan
from pipeline.reading.sister_archives import Looked, Standing, assign, decide, needs_records, other_account_reason
from pipeline.reading.staging import FORMAT, StagingFacts, digest, load_facts
from pipeline.reading.worker import Bounds, Failure
from pipeline.reading.worker_pool import Pool, Task
from pipeline.sources import registry

_PASSING: Final = frozenset({"ArchiveChanged", "OSError", "out_of_memory", "reader_died", "too_slow"})
"""Kinds of failure that depend on the machine or the moment, not only on the archive's bytes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one archive."""

    archive_id: str
    path: str
    """As shown: relative to the home when inside."""
    platform: str
    """Platforms, sorted, joined with +; empty when unknown."""
    account_ids: tuple[str, ...]
    """native_ids of the owner's accounts in it, sorted."""
    exported_at: int | None
    """Microseconds UTC."""
    size_bytes: int
    status: str
    """complete, partial, failed, unrecognised."""
    reason: str
    folder: Path | None
    """Staged Parquet (`pipeline.model.schemas.STAGED`); None when there is nothing staged."""
    unknown: tuple[str, ...] = ()
    """Unknown kinds of record, one line each, for stderr."""
    remarks: tuple[str, ...] = ()
    retry: bool = False
    """It failed for a reason that may pass: the next run reads it again."""


@dataclass(slots=True)
class _Found:
    """An archive that is here, or whose reading was kept."""

    archive_id: str
    path: Path
    shown: str
    size: int
    here: bool
    recognised: Recognised | None = None
    failure: Failure | None = None
    facts: StagingFacts | None = None
    folder: Path | None = None
    note: str = ""
    """Said in the reason: a part that belongs to another account."""


class ArchiveInInbox(Exception):  # noqa: N818 - reads as the state it tells of
    """The archive to be removed lies in the inbox, so that the next run would read it again."""


class UnknownArchive(Exception):  # noqa: N818 - reads as the state it tells of
    """No archive of this home has that id."""


def read_archives(
    home: Home, settings: Settings, paths: Sequence[Path], progress: Callable[[str], None], workers: int | None = None
) -> list[Reading]:
    """Read the given archives, everything in `HOME/exports`, and what was read before; return one Reading an archive.

    Args:
        home: the home; its lock should be held.
        settings: the owner's settings.
        paths: archives given by the person, in place.
        progress: takes plain lines for the person.
        workers: width of the pool; None for the machine's cores, 0 to read in this process (tests).

    Returns:
        Readings sorted by path. A byte-identical copy adds nothing: the first path in sorted order is kept.

    Raises:
        OSError: when the home can't be written (full disk, read-only).
    """
    limits = settings.limits
    bounds = Bounds(limits.memory_bytes, limits.wall_s, max(limits.total_bytes, 1 << 30))
    with Pool(bounds, limits.wall_s, workers) as pool:
        run = _Run(home, settings, progress, pool)
        run.find(paths)
        run.look()
        run.read()
        return run.finish()


def remove_archive(home: Home, archive_id: str) -> None:
    """Take an archive, its reading and its kept reading out of the home; the owner's file stays where it is.

    Raises:
        UnknownArchive: when the home doesn't know it.
        ArchiveInInbox: when its file lies in `HOME/exports`.
    """
    known = Known(home)
    if archive_id not in known.archives:
        raise UnknownArchive(f"no archive {archive_id} in {home.path}")
    inbox = discover([home.exports])
    if any(identity == archive_id for identity in identities(home, inbox).values()):
        raise ArchiveInInbox(
            "the archive lies in the inbox, and the next run would read it again: move it out of HOME/exports first"
        )
    known.forget(archive_id)
    known.save()
    shutil.rmtree(home.staging / archive_id, ignore_errors=True)


class _Run:
    """One call of `read_archives`."""

    def __init__(self, home: Home, settings: Settings, progress: Callable[[str], None], pool: Pool) -> None:
        self.home, self.settings, self.progress, self.pool = home, settings, progress, pool
        self.known = Known(home)
        self.sources = registry.sources()
        self.readable = settings.read_settings()
        self.archives: dict[str, _Found] = {}
        self._used: set[Path] = set()
        """Readings that this run needs; others of the same archives are cleared."""

    def find(self, paths: Sequence[Path]) -> None:
        """List archives: given, in the inbox, at known paths; and those of which only the reading is left."""
        self._sweep()
        here = paths_to_read(self.home, paths, self.known)
        for path, identity in sorted(identities(self.home, here).items(), key=lambda item: self.home.shown(item[0])):
            shown = self.home.shown(path)
            if isinstance(identity, OSError):
                reason = f"can't be read: {(identity.strerror or type(identity).__name__).lower()}"
                archive = _Found(
                    stand_in(shown), path, shown, size_of(path), here=True, failure=Failure("unreadable", reason)
                )
                self.archives[archive.archive_id] = archive
                continue
            if open_interactions_stem(path) is not None:
                self.known.replaced(identity, shown)
            if identity not in self.archives:
                self.archives[identity] = _Found(identity, path, shown, size_of(path), here=True)
            elif identity in self.known.archives:
                self.known.seen(identity, shown)
        for identity, known in self.known.archives.items():
            if identity not in self.archives:
                self._gone(identity, known.paths)

    def _sweep(self) -> None:
        """Clear what a killed run left behind; the lock says that nobody else is at work."""
        for left in (
            *self.home.staging.glob("*/.*.tmp"),
            *self.home.kept_readings.glob(".*.tmp"),
            *self.home.tmp.iterdir(),
        ):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def _gone(self, identity: str, paths: Sequence[str]) -> None:
        folder = self.known.kept(identity)
        facts = load_facts(folder)
        if facts is None:
            return
        shown = paths[0] if paths else identity
        archive = _Found(identity, self.home.located(shown), shown, facts.size_bytes, here=False)
        archive.recognised, archive.facts, archive.folder = (
            surveys.load(folder / "look.json", self.sources) or Recognised(),
            facts,
            folder,
        )
        self.archives[identity] = archive

    def look(self) -> None:
        """Recognise and survey all archives that are here; what is known from before costs nothing."""
        key = digest(
            FORMAT, {name: source.version for name, source in self.sources.items()}, self.readable, self.settings.limits
        )
        folder = self.home.state / "looks"
        wanted = []
        for archive in self.archives.values():
            if archive.here and archive.failure is None:
                archive.recognised = surveys.load(folder / f"{archive.archive_id}.{key}.json", self.sources)
                if archive.recognised is None:
                    wanted.append(archive)
        tasks = [
            Task(scan, (archive.path, archive.archive_id, self.settings.limits, self.readable)) for archive in wanted
        ]
        for number, result in self.pool.run(tasks):
            archive = wanted[number]
            if isinstance(result, Scan):
                archive.recognised = result.recognised
                for old in folder.glob(f"{archive.archive_id}.*"):
                    old.unlink(missing_ok=True)
                if result.recognised.failure is None or result.recognised.failure[0] != "unreadable":
                    surveys.save(folder / f"{archive.archive_id}.{key}.json", result.recognised)
            elif isinstance(result, Failure):
                archive.failure = result
        for archive in self.archives.values():
            if archive.recognised is not None and archive.recognised.failure and archive.here:
                archive.failure, archive.recognised = Failure(*archive.recognised.failure), None

    def read(self) -> None:
        """Read all archives with their merged contexts, once it is settled which account stands on each platform."""
        gone = (archive.facts.accounts for archive in self.archives.values() if archive.facts and not archive.here)
        kept = {account for accounts in gone for account in accounts}
        looked = unite_accounts(self._looked(), self.sources, self.readable, kept)
        records: dict[tuple[str, str], int] = {}
        if needs_records(looked, self.sources, self.readable):
            neutral = Standing()
            bearing = [a for a in looked if self._bears_account(a)]
            self._read_some(bearing, looked, neutral)
            for archive in bearing:
                facts = self.archives[archive.archive_id].facts
                records |= {
                    (archive.archive_id, name): facts.records if facts else 0 for name in archive.recognised.surveys
                }
        standing = decide(looked, self.sources, self.readable, records)
        self._read_some(looked, looked, standing)
        self._tell_others(looked, standing)

    def _bears_account(self, archive: Looked) -> bool:
        return any(
            survey.account
            and (survey.account.platform or self.sources[name].platforms[0].name)
            in registry.person_platforms(self.sources)
            for name, survey in archive.recognised.surveys.items()
            if name in self.sources
        )

    def _looked(self) -> list[Looked]:
        found = sorted(self.archives.values(), key=lambda archive: archive.archive_id)
        return [Looked(archive.archive_id, archive.recognised) for archive in found if archive.recognised is not None]

    def _read_some(self, some: Sequence[Looked], looked: Sequence[Looked], standing: Standing) -> None:
        jobs = []
        for one in some:
            archive = self.archives[one.archive_id]
            if not archive.here:
                continue
            assignments = assign(one, looked, self.sources, self.readable, standing)
            exported = max(
                (s.exported_at for s in one.recognised.surveys.values() if s.exported_at is not None), default=None
            )
            problems = (*one.recognised.problems, *(one.recognised.refusals if assignments else ()))
            job = ReadJob(
                path=archive.path,
                archive_id=archive.archive_id,
                size=archive.size,
                assignments=assignments,
                exported_at=exported,
                problems=problems,
                staging=self.home.staging,
                limits=self.settings.limits,
            )
            archive.folder, archive.failure = job.folder, None
            archive.facts = load_facts(job.folder)
            self._used.add(job.folder)
            if archive.facts is None:
                jobs.append(job)
        self._run(sorted(jobs, key=lambda job: -job.size), attempts=2)  # the long ones first, so that no core waits

    def _run(self, jobs: Sequence[ReadJob], attempts: int) -> None:
        again = []
        for job, result in read_jobs(self.pool, jobs):
            archive = self.archives[job.archive_id]
            if isinstance(result, StagingFacts):
                archive.facts = result
                if archive.recognised and archive.recognised.claims and not job.assignments:
                    continue  # all of it is another account's, which is said at the end
                self.progress(
                    f"{archive.shown}: {result.platform or 'unknown'}, {result.status}, {result.records} records"
                )
            elif result.kind == "ArchiveChanged" and attempts > 1:
                again.append(job)
            else:
                changed = result.kind == "ArchiveChanged"
                archive.failure = (
                    Failure(result.kind, "changed while it was read: run again when it is complete")
                    if changed
                    else result
                )
                archive.folder = None
        if again:
            self._run(again, attempts - 1)

    def _tell_others(self, looked: Sequence[Looked], standing: Standing) -> None:
        """Mark what belongs to another account."""
        by_archive: dict[str, list[str]] = {}
        for identity, name in standing.others:
            by_archive.setdefault(identity, []).append(name)
        claims = {one.archive_id: set(one.recognised.claims) for one in looked}
        for identity, names in by_archive.items():
            archive = self.archives[identity]
            whole = claims[identity] <= set(names)
            first = min(names)
            survey = archive.recognised.surveys[first] if archive.recognised else None
            account = survey.account if survey else None
            platform = (account.platform if account else None) or self.sources[first].platforms[0].name
            other = standing.others[identity, first]
            reason = other_account_reason(
                platform, other, standing.accounts.get(platform), [] if whole else sorted(names)
            )
            if whole or not archive.here:
                archive.failure = Failure("other_account", reason)
                archive.folder = archive.folder if archive.here else None
            else:
                archive.note = reason

    def finish(self) -> list[Reading]:
        """Keep the readings, clear old ones, remember the archives; return what came out."""
        readings = []
        for archive in sorted(self.archives.values(), key=lambda found: (found.shown, found.archive_id)):
            if archive.here and archive.failure is None and archive.facts and archive.folder and archive.facts.platform:
                self._keep(archive, archive.folder)
            elif archive.here and archive.failure and archive.failure.kind == "other_account":
                self.known.seen(archive.archive_id, archive.shown)
            readings.append(self._reading(archive))
        self.known.save()
        return readings

    def _keep(self, archive: _Found, folder: Path) -> None:
        self.known.seen(archive.archive_id, archive.shown)
        if archive.recognised is not None and not (folder / "look.json").exists():
            surveys.save(folder / "look.json", archive.recognised)
        self.known.keep(archive.archive_id, folder)
        for old in folder.parent.iterdir():
            if old not in self._used:
                shutil.rmtree(old, ignore_errors=True)

    def _reading(self, archive: _Found) -> Reading:
        facts, failure, recognised = archive.facts, archive.failure, archive.recognised or Recognised()
        if failure is None and not recognised.claims and recognised.refusals and archive.here:
            failure = Failure("refused", "; ".join(recognised.refusals))
        if failure is None and facts is not None:
            noted = "; ".join(part for part in (archive.note, facts.reason) if part)
            status = "partial" if archive.note and facts.status == "complete" else facts.status
            return Reading(
                archive.archive_id, archive.shown, facts.platform, facts.accounts, facts.exported_at, archive.size, status, noted,
                archive.folder, facts.unknown, facts.remarks,
            )  # fmt: skip
        names = sorted({self.sources[name].platforms[0].name for name in recognised.claims if name in self.sources})
        told = [survey.account.native_id for survey in recognised.surveys.values() if survey.account]
        dates = [survey.exported_at for survey in recognised.surveys.values() if survey.exported_at is not None]
        return Reading(
            archive.archive_id, archive.shown, "+".join(names), tuple(sorted(set(told))), max(dates, default=None), archive.size,
            "failed", failure.reason if failure else "could not be read", archive.folder,
            retry=failure is not None and failure.kind in _PASSING,
        )  # fmt: skip
