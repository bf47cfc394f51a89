"""One big archive read by several processes: each reads a run of its members into parts, one more makes the parts a reading.

What comes out is the very folder that `jobs.read` would write, and it comes in whole or not at all. Only an archive that would
else keep one core busy while the others wait is shared out, and only where every source that reads in it allows it
(`Source.members_apart`). Not tars: each process would have to inflate all that stands before its members.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from pipeline.containers.archive_ids import fingerprint
from pipeline.containers.opening import is_tar_name, open_archive, opens_anywhere
from pipeline.reading.completion import finish
from pipeline.reading.jobs import ArchiveChanged, ReadJob, read, settled
from pipeline.reading.parsing import Part, claims_of, read_members
from pipeline.reading.staged_tables import Tables
from pipeline.reading.staging import StagingFacts, stage
from pipeline.reading.worker import Failure
from pipeline.reading.worker_pool import Pool, Task
from pipeline.sources import registry
from pipeline.sources.base import Claim

_LEAST: Final = 2 << 20
"""Bytes of the archive that are worth a share of their own."""
_EACH: Final = 4
"""Shares for each process, so that none waits long for the last one."""


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` runs of an archive's members."""

    job: ReadJob
    number: int
    of: int

    @property
    def folder(self) -> Path:
        """Where its parts go until all shares are read."""
        folder = self.job.folder
        return folder.with_name(f".{folder.name}.{self.number}of{self.of}.tmp")


@dataclass(frozen=True, slots=True)
class ShareRead:
    """What reading a share came to."""

    part: Part
    inflated: int
    """Bytes that its members gave."""
    before: list[list[object]]
    """Fingerprint of the archive while it was read."""


class _OverLimit(Exception):  # noqa: N818 - reads as the state it tells of
    """All shares together inflated to more than one archive may."""


def shares_of(job: ReadJob, jobs: Sequence[ReadJob], width: int) -> int:
    """Return into how many shares a job is cut: 1 unless it would keep a core busy when the other jobs are done.

    Args:
        job: the archive to be read.
        jobs: all that are to be read with it.
        width: processes.
    """
    sources = registry.sources()
    if (
        width < 2
        or job.size * width <= sum(other.size for other in jobs)
        or not all(sources[assignment.source].members_apart for assignment in job.assignments)
    ):
        return 1
    names = [claim.member for _, claim in claims_of(job.assignments)]
    most = min(width * _EACH, job.size // _LEAST, len(names))
    inside_tar = any(is_tar_name(container) for name in names for container in name.split("!")[:-1])
    return most if most > 1 and not inside_tar and opens_anywhere(job.path) else 1


def cut(wanted: Sequence[tuple[int, Claim]], sizes: Mapping[str, int], of: int) -> list[list[tuple[int, Claim]]]:
    """Return `of` runs of claims with about as many bytes each, in order; some are empty when single members are big."""
    weights = [sizes.get(claim.member, 0) + 1 for _, claim in wanted]
    total = sum(weights)
    runs: list[list[tuple[int, Claim]]] = [[] for _ in range(of)]
    for claim, weight, end in zip(wanted, weights, accumulate(weights), strict=True):
        runs[(2 * end - weight) * of // (2 * total)].append(claim)
    return runs


def read_share(share: Share) -> ShareRead:
    """Read a share's members into parts.

    Raises:
        ArchiveChanged: when the archive changed meanwhile.
        OSError: when the parts can't be written.
    """
    job = share.job
    before = fingerprint(job.path)
    share.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(share.folder, ignore_errors=True)  # of a process that died
    share.folder.mkdir(mode=0o700)
    with open_archive(job.path, job.limits) as archive:
        members = {member.name: member for member in archive.members}
        run = cut(claims_of(job.assignments), {name: member.size for name, member in members.items()}, share.of)[
            share.number
        ]
        if any(claim.member not in members for _, claim in run):
            raise ArchiveChanged
        tables = Tables(share.folder, parts=True)
        part = read_members(members, job.assignments, registry.sources(), tables, run)
        tables.close()
        inflated = archive.inflated
    if fingerprint(job.path) != before:
        raise ArchiveChanged
    return ShareRead(part, inflated, before)


def unite(job: ReadJob, shares: Sequence[ShareRead]) -> StagingFacts:
    """Make the shares of an archive its reading, and take the parts away.

    Raises:
        ArchiveChanged: when the archive's bytes are no longer those that were identified.
        OSError: when staging can't be written.
    """
    folders = [Share(job, number, len(shares)).folder for number in range(len(shares))]
    before = fingerprint(job.path)

    def write(folder: Path) -> StagingFacts:
        if any(share.before != before for share in shares):
            raise ArchiveChanged
        whole = shares[0].part
        for share in shares[1:]:
            whole.add(share.part)
        tables = Tables(folder)
        for one in folders:
            tables.append(one)
        with open_archive(job.path, job.limits) as archive:
            facts = finish(archive, job.assignments, registry.sources(), tables, whole)
            if archive.inflated + sum(share.inflated for share in shares) > archive.may_inflate:
                raise _OverLimit
        return settled(job, before, facts, folder)

    try:
        return stage(job.folder, write)
    except _OverLimit:
        return read(job)  # which member goes over the limit shows only when they are read one after another
    finally:
        _clear(folders)


def _clear(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class _Shared:
    """A job whose shares are being read."""

    job: ReadJob
    of: int
    done: dict[int, Any] = field(default_factory=dict)
    """Number of the share -> ShareRead or Failure."""


def read_jobs(pool: Pool, jobs: Sequence[ReadJob]) -> Iterator[tuple[ReadJob, StagingFacts | Failure]]:
    """Read archives in the pool, big ones by several processes; yield each job with what came out, as they come in.

    A share that fails (its process died, it took too long, the disk is full) fails its archive with the same words.
    """
    tasks: list[Task] = []
    meant: list[ReadJob | tuple[_Shared, int]] = []
    for job in jobs:
        of = shares_of(job, jobs, pool.width)
        if of == 1:
            tasks.append(Task(read, (job,)))
            meant.append(job)
            continue
        shared = _Shared(job, of)
        tasks += [Task(read_share, (Share(job, number, of),)) for number in range(of)]
        meant += [(shared, number) for number in range(of)]
    for index, result in pool.run(tasks):
        what = meant[index]
        if isinstance(what, ReadJob):
            yield what, result
            continue
        shared, number = what
        shared.done[number] = result
        if len(shared.done) < shared.of:
            continue
        read_ = [shared.done[place] for place in range(shared.of)]
        failure = next((one for one in read_ if isinstance(one, Failure)), None)
        if failure is not None:
            _clear([Share(shared.job, place, shared.of).folder for place in range(shared.of)])
            yield shared.job, failure
        else:
            pool.add(Task(unite, (shared.job, read_)))
            meant.append(shared.job)
