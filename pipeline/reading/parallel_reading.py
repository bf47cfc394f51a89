"""Read one big archive in several processes: each stages a share of its members, then one process joins the shares.

The result equals that of `read_job.read`, and is complete or absent like it. An archive is shared out only when it would keep
one core busy while the others wait, and only when every source that reads in it allows that (`Source.members_apart`).
Tars are not: each process would have to decompress everything before its members.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final

from pipeline.containers.archive_ids import fingerprint
from pipeline.containers.opening import is_tar_name, open_archive, opens_anywhere
from pipeline.reading.archive_tables import write_archive_tables
from pipeline.reading.assignments import IndexedClaim
from pipeline.reading.members_read import MembersRead
from pipeline.reading.parsing import read_members
from pipeline.reading.read_job import ArchiveChanged, ReadJob, read, staging_facts
from pipeline.reading.staged_tables import Tables
from pipeline.reading.staging import StagingFacts, stage
from pipeline.reading.worker import Failure
from pipeline.reading.worker_pool import Pool, Task
from pipeline.sources import registry

_LEAST: Final = 2 << 20
"""Bytes of the archive that are worth one share."""
_EACH: Final = 4
"""Shares for each process, so that the last share doesn't keep the others waiting for long."""


@dataclass(frozen=True, slots=True)
class Share:
    """One of `of` consecutive runs of an archive's members.

    Attributes:
        job: the archive.
        number: from 0.
        of: number of shares.
    """

    job: ReadJob
    number: int
    of: int

    @property
    def folder(self) -> Path:
        """Folder of its staged batches until all shares are read."""
        folder = self.job.folder
        return folder.with_name(f".{folder.name}.{self.number}of{self.of}.tmp")


@dataclass(frozen=True, slots=True)
class ShareRead:
    """The result of reading a share.

    Attributes:
        read: what its members gave beside the staged rows.
        inflated: uncompressed bytes of its members.
        before: fingerprint of the archive while the share was read.
    """

    read: MembersRead
    inflated: int
    before: list[list[object]]


class _OverLimit(Exception):  # noqa: N818 - named for the state of the archive
    """All shares together inflate to more than the limit of one archive."""


def shares_of(job: ReadJob, jobs: Sequence[ReadJob], width: int) -> int:
    """Return the number of shares of a job: 1 unless it would keep a core busy when the other jobs are done.

    Args:
        job: the archive to be read.
        jobs: all archives that are read with it.
        width: number of processes.
    """
    sources = registry.sources()
    if (
        width < 2
        or job.size * width <= sum(other.size for other in jobs)
        or not all(sources[assignment.source].members_apart for assignment in job.assignments)
    ):
        return 1
    names = [claim.member for _, claim in job.plan.claims()]
    most = min(width * _EACH, job.size // _LEAST, len(names))
    inside_tar = any(is_tar_name(container) for name in names for container in name.split("!")[:-1])
    return most if most > 1 and not inside_tar and opens_anywhere(job.path) else 1


def cut(wanted: Sequence[IndexedClaim], sizes: Mapping[str, int], of: int) -> list[list[IndexedClaim]]:
    """Return consecutive runs of claims with about as many bytes each; some are empty when single members are big.

    Args:
        wanted: the claims, in order.
        sizes: member -> bytes.
        of: number of runs.
    """
    weights = [sizes.get(claim.member, 0) + 1 for _, claim in wanted]
    total = sum(weights)
    runs: list[list[IndexedClaim]] = [[] for _ in range(of)]
    for claim, weight, end in zip(wanted, weights, accumulate(weights), strict=True):
        runs[(2 * end - weight) * of // (2 * total)].append(claim)
    return runs


def read_share(share: Share) -> ShareRead:
    """Stage the members of a share as batches in its folder.

    Raises:
        ArchiveChanged: when the archive changed meanwhile.
        OSError: when the batches can't be written.
    """
    job = share.job
    before = fingerprint(job.path)
    share.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.rmtree(share.folder, ignore_errors=True)  # left by a process that died
    share.folder.mkdir(mode=0o700)
    with open_archive(job.path, job.limits) as archive:
        members = {member.name: member for member in archive.members}
        sizes = {name: member.size for name, member in members.items()}
        claims = cut(job.plan.claims(), sizes, share.of)[share.number]
        if any(claim.member not in members for _, claim in claims):
            raise ArchiveChanged
        tables = Tables(share.folder, batches=True)
        members_read = read_members(members, job.plan, tables, claims)
        tables.close()
        inflated = archive.inflated
    if fingerprint(job.path) != before:
        raise ArchiveChanged
    return ShareRead(members_read, inflated, before)


def join_shares(job: ReadJob, shares: Sequence[ShareRead]) -> StagingFacts:
    """Join the shares of an archive to its reading, and delete their folders.

    Raises:
        ArchiveChanged: when the archive's bytes are no longer those that were identified.
        OSError: when staging can't be written.
    """
    folders = [Share(job, number, len(shares)).folder for number in range(len(shares))]
    before = fingerprint(job.path)

    def write(folder: Path) -> StagingFacts:
        if any(share.before != before for share in shares):
            raise ArchiveChanged
        whole = shares[0].read
        for share in shares[1:]:
            whole.merge(share.read)
        tables = Tables(folder)
        for one in folders:
            tables.append(one)
        with open_archive(job.path, job.limits) as archive:
            facts = write_archive_tables(archive, job.plan, tables, whole)
            if archive.inflated + sum(share.inflated for share in shares) > archive.may_inflate:
                raise _OverLimit
        return staging_facts(job, before, facts, folder)

    try:
        return stage(job.folder, write)
    except _OverLimit:
        return read(job)  # only reading the members in turn shows which one exceeds the limit
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
    done: dict[int, ShareRead | Failure] = field(default_factory=dict)
    """Number of the share -> its result."""


def read_jobs(pool: Pool, jobs: Sequence[ReadJob]) -> Iterator[tuple[ReadJob, StagingFacts | Failure]]:
    """Read archives in the pool, big ones in several processes; yield each job with its result as it ends.

    A share that fails (its process died, it took too long, the disk is full) fails its archive with the same reason.

    Args:
        pool: child processes.
        jobs: the archives, in the order in which they are started.
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
        results = [shared.done[place] for place in range(shared.of)]
        failure = next((one for one in results if isinstance(one, Failure)), None)
        if failure is not None:
            _clear([Share(shared.job, place, shared.of).folder for place in range(shared.of)])
            yield shared.job, failure
        else:
            pool.add(Task(join_shares, (shared.job, results)))
            meant.append(shared.job)
