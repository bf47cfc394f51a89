"""Cutting an mbox: only real separators cut, nothing is lost, and two independent ways count the same."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.records import SetAside, Skipped, Stored
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.email import count_mail, splitting
from pipeline.sources.email.count_mail import count_mailbox
from pipeline.sources.email.source import SOURCE
from pipeline.sources.email.splitting import messages
from tests.sources.harness import TinyArchive, TinyMember

CONTEXT = Context(ReadSettings(), Survey(), {})
COUNT = count_mailbox()

TAKEOUT = b"From 1723456789012345678@xxx Fri Feb 02 09:15:00 +0000 2024\n"
HEADER = b"From: a@lake.example\nTo: b@hill.example\n\n"


def _bodies(data: bytes) -> list[bytes]:
    return [raw.data for raw in messages(io.BytesIO(data))]


@pytest.mark.parametrize(
    "line",
    [
        b"From 1723456789012345678@xxx Fri Feb 02 09:15:00 +0000 2024",
        b"From a@lake.example Fri Feb  2 09:15:00 2024",
        b"From - Fri Feb 02 09:15:00 2024",
        b"From a@lake.example Fri Feb  2 09:15 CET 2024",
        b"From a@lake.example Fri, 2 Feb 2024 09:15:00 +0100",
        b'From "a b"@lake.example Fri Feb  2 09:15:00 2024 +0100',
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\r",
    ],
)
def test_separators_cut(line: bytes) -> None:
    data = line + b"\n" + HEADER + b"one\n\n" + line + b"\n" + HEADER + b"two\n"
    assert _bodies(data) == [HEADER + b"one\n\n", HEADER + b"two\n"]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"From here on it rains.\nTo: me\n",
        b"From me at 10:30 on 2024-02-02\nTo: me\n",
        b"From a@lake.example Fri Feb  2 09:15:00 2024\nand no header behind it\n",
        b"From a@lake.example Fri Feb  2 09:15:00 2024 was the day\nTo: me\n",
        b">From a@lake.example Fri Feb  2 09:15:00 2024\nTo: me\n",
        b" From a@lake.example Fri Feb  2 09:15:00 2024\nTo: me\n",
    ],
)
def test_other_from_lines_do_not(body: bytes) -> None:
    data = TAKEOUT + HEADER + body
    assert _bodies(data) == [HEADER + body]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == 1


def test_bytes_before_the_first_separator_are_a_record() -> None:
    data = b"the end of a mail\n\n" + TAKEOUT + HEADER
    assert [(raw.offset, raw.lead) for raw in messages(io.BytesIO(data))] == [(0, True), (19, False)]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == 2
    assert _bodies(b"\n\n" + TAKEOUT + HEADER) == [HEADER]


PIECES = st.sampled_from(
    [TAKEOUT, HEADER, b"\n", b"From ", b"words\n", b"From a Fri Feb  2 09:15:00 2024\n", b"X: y\n", b"\r\n", b"x" * 40]
)


@given(st.lists(PIECES, max_size=30), st.integers(1, 60))
def test_any_chunking_gives_the_same(pieces: list[bytes], chunk: int) -> None:
    data = b"".join(pieces)
    whole = list(messages(io.BytesIO(data)))
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == len(whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "_CHUNK", chunk)
        patch.setattr(splitting, "_HOLD", 200)
        assert list(messages(io.BytesIO(data))) == whole
        assert COUNT(TinyMember("a.mbox", data), CONTEXT) == len(whole)
    for raw in whole:
        assert raw.lead or data[raw.offset :].startswith(b"From ")


def test_a_huge_message_is_kept_in_part_and_the_next_one_found() -> None:
    big = HEADER + b"x" * 3_000_000 + b"\n" + b"y\n" * 1_000_000
    data = TAKEOUT + big + TAKEOUT + HEADER + b"after\n"
    first, second = messages(io.BytesIO(data), kept=1000)
    assert first.data == big[:1000]
    assert second.data == HEADER + b"after\n"
    assert second.offset == len(TAKEOUT) + len(big)


def test_monstrous_mail_is_read_in_no_time() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth) for depth in range(3000)
    )
    wide = b'Content-Type: multipart/mixed; boundary="w"\n\n' + b"--w\n\npart\n" * 5000
    fields = b"".join(b"X-Field-%d: y\n" % number for number in range(200_000))
    start = TAKEOUT + b"From: a@lake.example\nDate: Fri, 2 Feb 2024 09:15:00 +0000\n"
    data = b"\n".join([start + nested, start + wide, start + fields + b"\nwords\n"])
    member = TinyMember("a.mbox", data)
    parse = SOURCE.readers["mbox"].parse
    assert parse is not None
    records = [item for item in parse(member, CONTEXT) if isinstance(item, Stored | SetAside | Skipped)]
    assert [type(record) for record in records] == [Stored, Stored, Stored]
    assert COUNT(member, CONTEXT) == 3


@pytest.mark.parametrize(
    "mail",
    [
        b"From: " + b"(" * 60_000 + b"\nTo: b@hill.example\n\nwords",
        b"From: a" + b" " * 200_000 + b"b\n\nwords",
        b"From: a@b.example\nSubject: " + b"=?a?q?" * 40_000 + b"\n\nwords",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"\n--b" * 1_000_000,
        b"From: a@b.example\n\n" + b"a:\n" * 300_000,
        b"From: a@b.example\n\n" + b"-" * 300_000 + b"x",
        b"From: a@b.example\n\n" + b">\n:\n" * 200_000,
        b"From: wordpress@b.example\n\nAuthor:" + b"(" * 300_000 + b"\nEmail:" + b" " * 300_000 + b"x",
        b"From: wordpress@b.example\n\nA: b (IP)\nE: x@y.example\nU: http://z.example\nC: " + b"http://" * 100_000,
        b"From: notify@twitter.com\nAuthentication-Results: x; dkim=pass " + b"header.i=" * 20_000 + b"\n\nwords",
        b"From: a@b.example\nList-Id: <mention." + b"a." * 100_000 + b"\n\nwords",
        b"From: notification@facebookmail.com\nContent-Type: text/html\n\n<span class=mb_text><a href='" + b"profile.php?" * 50_000 + b"'>A</a> likes your post",
    ],
    ids=range(12),
)  # fmt: skip
def test_hostile_mail_costs_no_time(mail: bytes) -> None:
    data = TAKEOUT + b"Date: Fri, 2 Feb 2024 09:15:00 +0000\n" + mail + b"\n"
    member = TinyMember("a.mbox", data)
    SOURCE.survey(
        TinyArchive("a.mbox", [member]), list(SOURCE.recognise(TinyArchive("a.mbox", [member]))), ReadSettings()
    )
    parse = SOURCE.readers["mbox"].parse
    assert parse is not None
    begin = time.process_time()
    assert len([item for item in parse(member, CONTEXT) if isinstance(item, Stored | SetAside | Skipped)]) == 1
    assert time.process_time() - begin < 5
