import io
import struct
import time
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.containers.errors import ContainerError, MemberError
from pipeline.containers.opening import OpenedArchive, open_archive
from pipeline.model.limits import Limits
from pipeline.sources import registry

OPENED: list[OpenedArchive] = []


@pytest.fixture(autouse=True)
def _closing() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


TEXT = b"some words that compress well " * 40


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubled names are meant
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, data in members:
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, method)
    return file.getvalue()


def opened(tmp_path: Path, data: bytes, limits: Limits | None = None, name: str = "a.zip") -> OpenedArchive:
    path = tmp_path / name
    path.write_bytes(data)
    OPENED.append(open_archive(path, limits))
    return OPENED[-1]


def contents(archive: OpenedArchive) -> dict[str, bytes]:
    return {member.name: member.read() for member in archive.members}


def code(archive: OpenedArchive, number: int = 0) -> str:
    with pytest.raises(MemberError) as error:
        archive.members[number].read()
    return error.value.code


def test_a_sound_zip_has_no_findings(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped([("a.txt", TEXT), ("b/c.txt", b"2"), ("b/", b"")]))
    assert archive.audit_findings == []
    assert contents(archive) == {"a.txt": TEXT, "b/c.txt": b"2"}


@pytest.mark.parametrize(
    "data, word",
    [(b"", "empty"), (b"PK\3\4 and no more", "zip"), (b"text", "zip"), (zipped([("a", TEXT)])[:80], "zip")],
)
def test_a_file_that_is_no_zip_is_refused_with_a_reason(tmp_path: Path, data: bytes, word: str) -> None:
    with pytest.raises(ContainerError, match=word):
        opened(tmp_path, data)


def test_an_end_record_that_claims_more_is_found(tmp_path: Path) -> None:
    data = bytearray(zipped([("a", TEXT), ("b", TEXT)]))
    place = data.rfind(b"PK\5\6")
    first = data.find(b"PK\1\2")
    second = data.find(b"PK\1\2", first + 4)
    del data[second:place]
    place = data.rfind(b"PK\5\6")
    data[place + 12 : place + 16] = struct.pack("<L", place - first)
    archive = opened(tmp_path, bytes(data))
    assert "the archive claims 2 files, its directory lists 1" in archive.audit_findings
    assert any("does not list" in finding for finding in archive.audit_findings)
    assert list(contents(archive)) == ["a"]


def test_bytes_before_and_after_the_zip_are_reported(tmp_path: Path) -> None:
    archive = opened(tmp_path, b"MZ" + b"x" * 98 + zipped([("a", b"1")]) + b"tail")
    assert archive.audit_findings == [
        "4 bytes behind the end of the archive",
        "100 bytes before the first file of the archive",
    ]
    assert contents(archive) == {"a": b"1"}


def test_members_that_share_one_body_are_refused_at_once(tmp_path: Path) -> None:
    body = zlib.compress(b"\0" * 1_000_000)[2:-4]
    crc = zlib.crc32(b"\0" * 1_000_000)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(body), 1_000_000, 1, 0) + b"a" + body
    entries = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(body), 1_000_000, 5, 0, 0, 0, 0, 0, 0)
        + b"%05d" % n
        for n in range(2000)
    )
    data = local + entries + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2000, 2000, len(entries), len(local), 0)
    began = time.monotonic()
    with pytest.raises(ContainerError, match="zip bomb"):
        opened(tmp_path, data)
    assert time.monotonic() - began < 2


def test_a_wrong_size_and_a_flipped_bit_affect_one_member(tmp_path: Path) -> None:
    data = bytearray(zipped([("a", TEXT), ("b", b"whole")], zipfile.ZIP_STORED))
    data[data.find(b"words")] ^= 1
    archive = opened(tmp_path, bytes(data))
    assert archive.members[1].read() == b"whole"
    assert code(archive) == "bad_crc"


def test_encryption_and_unknown_methods_are_reported(tmp_path: Path) -> None:
    data = bytearray(zipped([("a", TEXT), ("b", b"open")]))
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    archive = opened(tmp_path, bytes(data))
    assert archive.members[1].read() == b"open"
    assert code(archive) == "needs_password"
    data = bytearray(zipped([("a", TEXT)]))
    data[8:10] = b"\x63\x00"
    place = data.find(b"PK\1\2")
    data[place + 10 : place + 12] = b"\x63\x00"
    assert code(opened(tmp_path, bytes(data))) == "unknown_method"


def test_names_are_data(tmp_path: Path) -> None:
    names = [
        "../../etc/x",
        "/abs",
        "C:\\win.txt",
        "n" * 300,
        "NUL",
        "case",
        "CASE",
        "e\u0301",
        "\u00e9",
        '"; drop table x; --',
    ]
    archive = opened(tmp_path, zipped([(name, str(number).encode()) for number, name in enumerate(names)]))
    assert contents(archive) == {name: str(number).encode() for number, name in enumerate(names)}
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_members_of_equal_names_are_both_read(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped([("a", b"1"), ("a", b"2"), ("a", b"3"), ("#2/a", b"4")]))
    assert contents(archive) == {"a": b"1", "#2/a": b"2", "#3/a": b"3", "#2/#2/a": b"4"}
    assert archive.audit_findings == ["3 files have the name of another one in the archive"]


def test_names_over_the_limit_are_cut_and_set_aside(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped([("x" * 2000, b"1")]))
    assert archive.members[0].name == "x" * 1024 + "…"
    assert code(archive) == "name_too_long"


def test_symbolic_links_are_counted_and_ignored(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a", "1")
    found = opened(tmp_path, file.getvalue())
    assert found.remarks == ["1 symbolic links were ignored"]
    assert list(contents(found)) == ["a"]


def test_limits_stop_decompression_bombs(tmp_path: Path) -> None:
    data = zipped([("a", b"\0" * 3_000_000), ("b", b"\0" * 3_000_000)], zipfile.ZIP_BZIP2)
    assert code(opened(tmp_path, data, Limits(member_bytes=1_000_000))) == "over_limit"
    archive = opened(tmp_path, data, Limits(total_bytes=4_000_000))
    assert len(archive.members[0].read()) == 3_000_000
    assert len(archive.members[0].read()) == 3_000_000
    assert code(archive, 1) == "over_limit"
    assert len(opened(tmp_path, data, Limits(members=1)).members) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_in_a_zip_is_read_and_no_deeper(tmp_path: Path, method: int) -> None:
    deepest = zipped([("z", b"3")])
    inner = zipped([("y", b"2"), ("deep.zip", deepest)])
    archive = opened(tmp_path, zipped([("x", b"1"), ("in.zip", inner)], method))
    assert contents(archive) == {"x": b"1", "in.zip!/y": b"2", "in.zip!/deep.zip": deepest}
    assert archive.audit_findings == ["in.zip!/deep.zip: an archive inside an archive inside an archive is not opened"]


def test_a_broken_inner_zip_remains_a_member_and_is_reported(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped([("x", b"1"), ("in.zip", b"broken")]))
    assert [member.name for member in archive.members] == ["x", "in.zip"]
    assert archive.audit_findings[0].startswith("in.zip: can't be opened as a zip")


def test_many_members_and_zip64(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        with archive.open(zipfile.ZipInfo("big"), "w", force_zip64=True) as stream:
            stream.write(b"64")
        for number in range(65_600):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    found = opened(tmp_path, file.getvalue())
    assert (len(found.members), found.members[0].read(), found.audit_findings) == (65_601, b"64", [])


def test_members_written_as_streams_have_no_gaps(tmp_path: Path) -> None:
    class Unseekable(io.RawIOBase):
        data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override] # bytes are all that comes
            self.data += bytes(data)
            return len(data)

    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", TEXT)
        archive.writestr("b", TEXT)
    assert opened(tmp_path, file.data).audit_findings == []


SOUND = zipped([("a.json", b'{"messages": [1, 2, 3]}'), ("b.txt", TEXT), ("in.zip", zipped([("c", b"1")]))])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(SOUND)))
def test_a_damaged_zip_is_read_refused_or_flagged_but_never_silently_shorter(
    tmp_path: Path, flips: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(SOUND)
    for place, value in flips:
        data[place] = value
    del data[len(data) - (length if length < 40 else 0) :]
    try:
        archive = opened(tmp_path, bytes(data))
    except ContainerError:
        return
    whole = True
    with archive:
        for member in archive.members:
            try:
                member.read()
            except MemberError:
                whole = False
    assert len(archive.members) == 3 or not whole or archive.audit_findings or archive.remarks


def test_a_member_of_a_repeated_name_is_recognised_like_the_first(tmp_path: Path) -> None:
    """Regression: the number followed the extension, and no source recognised the second file."""
    path = "messages/inbox/ana_1/message_1.json"
    content = b'{"participants": [{"name": "Ana"}, {"name": "Lea"}], "messages": [], "title": "Ana"}'
    archive = opened(tmp_path, zipped([(path, content), (path, content)]))
    claims = {claim.member: claim.reader for claim in registry.sources()["facebook"].recognise(archive)}
    assert claims == {path: "messages", f"#2/{path}": "messages"}
