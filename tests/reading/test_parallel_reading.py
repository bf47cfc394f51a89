"""Several processes stage an archive exactly as one process does."""

import io
import json
import os
import shutil
import signal
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.containers.archive_ids import archive_id
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.model.limits import Limits
from pipeline.model.survey import ReadSettings
from pipeline.reading import parallel_reading
from pipeline.reading.archives import Reading, read_archives
from pipeline.reading.owner_accounts import choose_accounts
from pipeline.reading.parallel_reading import Share, ShareRead, cut, join_shares, read_share, shares_of
from pipeline.reading.read_job import ArchiveChanged, ReadJob, read
from pipeline.reading.scanned_archives import ScannedArchives
from pipeline.reading.scanning import scan
from pipeline.reading.sister_archives import assign
from pipeline.sources import registry
from pipeline.sources.base import Claim
from tests.sources.harness import read_settings

CASES = sorted(
    path.parent
    for path in (Path(__file__).parents[1] / "sources").glob("*/*/expected.json")
    if registry.sources()[path.parent.parent.name].members_apart
)


def job_of(path: Path, staging: Path, settings: ReadSettings | None = None, limits: Limits | None = None) -> ReadJob:
    """Return the job of reading an archive without sister archives."""
    settings, limits, sources = settings or ReadSettings(), limits or Limits(), registry.sources()
    scanned = scan(path, archive_id(path), limits, settings)
    alone = ScannedArchives([scanned], sources, settings)
    assignments = assign(scanned, alone, choose_accounts(alone, {}))
    size = path.stat().st_size if path.is_file() else 1
    return ReadJob(
        path=path, archive_id=scanned.archive_id, size=size, assignments=assignments, exported_at=None, problems=(),
        staging=staging, limits=limits,
    )  # fmt: skip


def shared(job: ReadJob, of: int) -> list[ShareRead]:
    """Read all shares, the last one first: their order must not matter."""
    return [read_share(Share(job, number, of)) for number in reversed(range(of))][::-1]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def conversations(number: int, messages: int = 30) -> dict[str, bytes]:
    """Return a Messenger export of an invented owner."""
    files: dict[str, Any] = {
        "your_facebook_activity/personal_information/profile_information/profile_information.json": {
            "profile_v2": {"name": {"full_name": "Lea Novak"}, "profile_uri": "https://www.facebook.com/lea.novak.1"}
        }
    }
    for n in range(number):
        files[f"your_facebook_activity/messages/inbox/friend{n}_{100 + n}/message_1.json"] = {
            "participants": [{"name": f"Friend {n}"}, {"name": "Lea Novak"}],
            "messages": [
                {
                    "sender_name": "Lea Novak" if place % 2 else f"Friend {n}",
                    "timestamp_ms": 1_600_000_000_000 + n * 1_000_000 - place * 60_000,
                    "content": f"word {place}",
                }
                for place in range(messages)
            ],
            "title": f"Friend {n}",
            "thread_path": f"inbox/friend{n}_{100 + n}",
        }
    return {name: json.dumps(content).encode() for name, content in files.items()}


def zip_of(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, method)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
@pytest.mark.parametrize("of", [2, 5])
def test_shares_give_the_reading_of_one_process(case: Path, of: int, tmp_path: Path) -> None:
    named = case / "name.txt"
    archive = tmp_path / Path(named.read_text(encoding="utf-8").strip() if named.exists() else "export").stem
    shutil.copytree(case / "input", archive)
    job = job_of(archive, tmp_path / "whole", read_settings(case))
    facts = read(job)
    apart = replace(job, staging=tmp_path / "apart")
    assert join_shares(apart, shared(apart, of)) == facts
    assert contents(apart.folder) == contents(job.folder)
    assert list(apart.folder.parent.iterdir()) == [apart.folder]


@given(st.lists(st.integers(0, 1_000)), st.integers(1, 9))
def test_a_cut_keeps_all_members_in_order(sizes: list[int], of: int) -> None:
    wanted = [(0, Claim(str(number), "reader", 1.0)) for number in range(len(sizes))]
    runs = cut(wanted, {str(number): size for number, size in enumerate(sizes)}, of)
    assert len(runs) == of
    assert [claim for run in runs for claim in run] == wanted


def test_a_cut_gives_each_about_as_many_bytes() -> None:
    wanted = [(0, Claim(name, "reader", 1.0)) for name in "abcdef"]
    runs = cut(wanted, {"a": 300, "b": 100, "c": 100, "d": 100, "e": 100, "f": 200}, 3)
    assert [[claim.member for _, claim in run] for run in runs] == [["a"], ["b", "c", "d"], ["e", "f"]]


def test_a_big_archive_is_shared_out_and_small_ones_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = replace(job_of(zip_of(tmp_path / "a.zip", conversations(40)), tmp_path / "staging"), size=100 << 20)
    assert shares_of(job, [job], 2) == 8
    assert shares_of(job, [job], 1) == 1
    assert shares_of(job, [job, job], 2) == 1, "two such archives keep two cores busy"
    assert shares_of(replace(job, size=3 << 20), [job], 2) == 1
    facebook = registry.sources()["facebook"]
    monkeypatch.setattr(registry, "sources", lambda: {"facebook": replace(facebook, members_apart=False)})
    assert shares_of(job, [job], 2) == 1, "the source doesn't allow reading its members apart"


def test_a_tar_is_read_by_one_process(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a.tar.gz", "folder/a.tar.gz"):
        with tarfile.open(tmp_path / name, "w:gz") as tar:
            for member, data in conversations(4).items():
                entry = tarfile.TarInfo(member)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
    for path in (tmp_path / "a.tar.gz", tmp_path / "folder"):
        job = replace(job_of(path, tmp_path / "staging"), size=100 << 20)
        assert len(job.assignments) == 1
        assert shares_of(job, [job], 2) == 1


def run(home: Path, path: Path, workers: int) -> Reading:
    [reading] = read_archives(Home.open(home), Settings(), [path], lambda _line: None, workers=workers)
    return reading


def test_two_processes_read_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad member is set aside by its share and does not affect the others."""
    monkeypatch.setattr(parallel_reading, "_LEAST", 1)
    path = zip_of(tmp_path / "a.zip", conversations(9), zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Friend 4", b"Fiend 44", 1))  # its checksum differs now
    alone, together = run(tmp_path / "one", path, 0), run(tmp_path / "two", path, 2)
    assert alone.folder is not None
    assert together.folder is not None
    assert (together.status, together.reason) == ("partial", "1 set aside (bad_crc)")
    assert replace(together, folder=None) == replace(alone, folder=None)
    assert contents(together.folder) == contents(alone.folder)


def _dies(share: Share) -> ShareRead:
    if share.number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_share(share)


def test_a_process_that_dies_fails_the_archive_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel_reading, "_LEAST", 1)
    monkeypatch.setattr(parallel_reading, "read_share", _dies)
    reading = run(tmp_path / "home", zip_of(tmp_path / "a.zip", conversations(9)), 2)
    assert (reading.status, reading.reason, reading.folder) == (
        "failed", "the reading process died twice (SIGKILL): the archive may need more memory or be hostile", None,
    )  # fmt: skip
    assert [file for file in (tmp_path / "home").rglob("*") if file.suffix in (".arrows", ".tmp", ".parquet")] == []


@pytest.mark.parametrize("when", ["between the shares", "after them"])
def test_an_archive_that_changes_meanwhile_is_not_staged(tmp_path: Path, when: str) -> None:
    path = zip_of(tmp_path / "a.zip", conversations(4))
    job = job_of(path, tmp_path / "staging")
    done = [read_share(Share(job, 0, 2))]
    if when == "between the shares":
        os.utime(path, (1, 1))
    done = [*done, read_share(Share(job, 1, 2))]
    if when == "after them":
        zip_of(path, conversations(4, messages=31))
    with pytest.raises(ArchiveChanged):
        join_shares(job, done)
    assert list(job.folder.parent.iterdir()) == []


def test_a_limit_of_the_whole_archive_holds_for_all_shares_together(tmp_path: Path) -> None:
    members = conversations(6, messages=2_000)
    limits = Limits(total_bytes=sum(map(len, members.values())) * 2 // 3)
    job = job_of(zip_of(tmp_path / "a.zip", members), tmp_path / "whole", limits=limits)
    facts = read(job)
    assert "over_limit" in facts.reason
    apart = replace(job, staging=tmp_path / "apart")
    assert join_shares(apart, shared(apart, 3)) == facts
    assert contents(apart.folder) == contents(job.folder)
