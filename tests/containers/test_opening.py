import gzip
import io
import os
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.containers.archive_ids import archive_id
from pipeline.containers.errors import ContainerError, MemberError
from pipeline.containers.opening import open_archive
from pipeline.home.paths import Home
from pipeline.model.limits import Limits
from pipeline.reading.discovery import discover

FILES = {"x/a.json": b'{"a": 1}', "x/big.bin": b"\1" * 5_000_000, "x/empty": b""}


def tarred(mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload] # the mode is a parameter of the test
        for name, data in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


@pytest.mark.parametrize(
    "mode, name", [("w", "a.tar"), ("w:gz", "a.tar.gz"), ("w:gz", "a.tgz"), ("w:bz2", "a.tar.bz2"), ("w:gz", "unnamed")]
)
def test_tars_are_read_like_folders(tmp_path: Path, mode: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(tarred(mode))
    with open_archive(path) as archive:
        assert {member.name: member.read() for member in archive.members} == FILES
        assert {member.name: member.read() for member in archive.members} == FILES
        assert archive.audit_findings == []
        assert archive.remarks == ["1 links or special files were ignored"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_cut_tar_is_refused_or_flagged(tmp_path: Path, mode: str) -> None:
    data = tarred(mode)
    for length in (len(data) // 2, len(data) * 9 // 10, 700, 100):
        path = tmp_path / "a.tar"
        path.write_bytes(data[:length])
        try:
            archive = open_archive(path)
        except ContainerError:
            continue
        assert archive.audit_findings
        archive.close()


def test_a_damaged_header_does_not_end_a_tar_silently(tmp_path: Path) -> None:
    data = bytearray(tarred("w"))
    data[1024] ^= 0xFF
    path = tmp_path / "a.tar"
    path.write_bytes(bytes(data))
    with open_archive(path) as archive:
        assert [member.name for member in archive.members] == ["x/a.json"]
        assert archive.audit_findings


def test_a_folder_is_read_in_order_links_and_pipes_ignored(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    (folder / "half.zip.crdownload").write_bytes(b"1")
    with open_archive(folder) as archive:
        assert {member.name: member.read() for member in archive.members} == FILES
        assert archive.remarks == ["3 links or special files were ignored"]


def test_archives_in_a_folder_are_opened_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "part-1.tgz").write_bytes(tarred("w:gz"))
    (folder / "bad.zip").write_bytes(b"no")
    with open_archive(folder) as archive:
        assert [member.name for member in archive.members] == ["bad.zip", *(f"part-1.tgz!/{name}" for name in FILES)]
        assert archive.audit_findings[0].startswith("bad.zip: can't be opened")


def test_single_files_plain_and_gzipped(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(b"<a/>"))
    (tmp_path / "b.json").write_bytes(b"[1]")
    with open_archive(tmp_path / "a.xml.gz") as archive:
        assert [(member.name, member.read()) for member in archive.members] == [("a.xml", b"<a/>")]
    with open_archive(tmp_path / "b.json") as archive:
        assert [(member.name, member.read()) for member in archive.members] == [("b.json", b"[1]")]


def test_a_cut_gzip_fails_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(os.urandom(100_000))[:50_000])
    with open_archive(tmp_path / "a.xml.gz") as archive, pytest.raises(MemberError) as error:
        archive.members[0].read()
    assert error.value.code == "cut_short"


@pytest.mark.parametrize(
    "name, data, code",
    [
        ("a", b"", "empty_file"),
        ("a.gz", b"text", "not_an_archive"),
        ("a.tar", b"text", "not_an_archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "unknown_container"),
        ("a", b"Rar!\x1a\x07\0", "unknown_container"),
    ],
)
def test_a_file_must_open_as_its_name_or_signature_promises(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ContainerError) as error:
        open_archive(tmp_path / name)
    assert error.value.code == code


def test_an_archive_over_the_limit_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12")
    with pytest.raises(ContainerError, match="larger than 1 bytes"):
        open_archive(tmp_path / "a", Limits(archive_bytes=1))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ContainerError, match="neither a file nor a folder"):
        open_archive(tmp_path / "pipe")
    with pytest.raises(OSError, match="neither a file nor a folder"):
        archive_id(tmp_path / "pipe")


def test_discovery_of_archives_in_an_inbox(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "h")
    for name in (
        ".hidden",
        "a.zip",
        "b.part",
        "c.crdownload",
        "d.tmp",
        "n.interactions.csv",
        "n.coverage.csv",
        "m.coverage.csv",
    ):
        (home.exports / name).write_text("x")
    (home.exports / "folder").mkdir()
    given_ = [home.exports, tmp_path / "other" / ".." / "z.zip", home.exports / "a.zip"]
    assert [path.name for path in discover(given_)] == [
        "a.zip",
        "folder",
        "m.coverage.csv",
        "n.interactions.csv",
        "z.zip",
    ]


def test_an_interactions_file_and_its_coverage_file_are_one_archive(tmp_path: Path) -> None:
    path = tmp_path / "n.interactions.csv"
    path.write_text("id\n")
    alone = archive_id(path)
    (tmp_path / "n.coverage.csv").write_text("platform\n")
    assert archive_id(path) != alone
    with open_archive(path) as archive:
        assert [member.name for member in archive.members] == ["n.interactions.csv", "n.coverage.csv"]


def test_the_archive_id_depends_on_content_only(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "in").mkdir(parents=True)
        (tmp_path / place / "in" / "a").write_text("1")
        (tmp_path / f"{place}.bin").write_text("1")
    assert archive_id(tmp_path / "one") == archive_id(tmp_path / "two") != archive_id(tmp_path / "one.bin")
    assert archive_id(tmp_path / "one.bin") == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([b"", b"PK\3\4", b"\x1f\x8b\x08", b"BZh9", b"MZ", b"\0" * 257 + b"ustar"]),
    st.binary(max_size=2000),
    st.sampled_from(["a", "a.zip", "a.tar", "a.gz", "a.tgz"]),
)
def test_any_bytes_open_or_are_refused(tmp_path: Path, start: bytes, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(start + data)
    with suppress(ContainerError), open_archive(path) as archive:
        for member in archive.members:
            member.head()
            with suppress(MemberError):
                member.read()


SYSTEM_FILES = (
    "__MACOSX/export/._messages.csv",
    "__MACOSX/._inner.zip",
    "export/._messages.csv",
    "export/.DS_Store",
    "export/Thumbs.db",
    "export/photos/DESKTOP.INI",
    "export/~$messages.csv",
    "export/.~lock.messages.csv#",
    ".Spotlight-V100/Store-V2/store.db",
    ".Trashes/501/messages.csv",
    ".AppleDouble/messages.csv",
    "export/@eaDir/messages.csv/SYNO_META.zip",
    "export/messages.csv:Zone.Identifier",
)


def zipped(names: tuple[str, ...]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"FROM,TO,DATE,CONTENT\n")
    return file.getvalue()


@pytest.mark.parametrize("container", ["zip", "zip in zip", "tar", "folder", "zip in folder"])
def test_system_files_are_passed_over_in_every_container(tmp_path: Path, container: str) -> None:
    path, names = tmp_path / "a", (*SYSTEM_FILES, "export/messages.csv")
    prefix = "b.zip!/" if " in " in container else ""
    if container == "tar":
        path = tmp_path / "a.tar"
        with tarfile.open(path, "w") as archive:
            for name in names:
                archive.addfile(tarfile.TarInfo(name))
    elif container == "zip":
        path.write_bytes(zipped(names))
    elif container == "zip in zip":
        with zipfile.ZipFile(path, "w") as outer:
            outer.writestr("b.zip", zipped(names))
    elif container == "zip in folder":
        path.mkdir()
        (path / "b.zip").write_bytes(zipped(names))
    else:
        for name in names:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(b"")
    with open_archive(path) as opened:
        assert [member.name for member in opened.members] == [f"{prefix}export/messages.csv"]
        assert opened.system_files == sorted(prefix + name for name in SYSTEM_FILES)
        assert opened.audit_findings == []


def test_a_folder_keeps_its_id_when_a_system_file_appears(tmp_path: Path) -> None:
    (tmp_path / "messages.csv").write_bytes(b"FROM,TO\n")
    before = archive_id(tmp_path)
    (tmp_path / ".DS_Store").write_bytes(b"Bud1")
    assert archive_id(tmp_path) == before


def test_system_files_in_the_inbox_are_no_archives(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    for name in ("Thumbs.db", "desktop.ini", "~$members.csv", "members.csv"):
        (home.exports / name).write_bytes(b"1")
    for folder in ("__MACOSX", "@eaDir", "$RECYCLE.BIN"):
        (home.exports / folder).mkdir()
    assert [path.name for path in discover([home.exports])] == ["members.csv"]
