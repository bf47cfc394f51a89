"""Cutting an mbox: only real separators cut, nothing is lost, and two independent ways count the same."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.records import SetAside, Skipped, Stored
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.email import count_mail, extents, separators, splitting
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
        b"From a@lake.example Fri Feb 02 2024 09:15:00",
        b"From mx.lake.example!a Fri Feb  2 09:15:00 2024 remote from lake",
    ],
)
def test_separators_cut(line: bytes) -> None:
    data = line + b"\n" + HEADER + b"one\n\n" + line + b"\n" + HEADER + b"two\n"
    assert _bodies(data) == [HEADER + b"one\n\n", HEADER + b"two\n"]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == 2


SENT = b"X-Mozilla-Status: 0001\nDate: Fri, 2 Feb 2024 09:15:00 +0000\n" + HEADER


@pytest.mark.parametrize(
    "line",
    [
        b"From ",
        b"From -",
        b"From - ",
        b"From Bo Hill <bo@hill.example>  Fri Feb  2 09:15:00 2024",
        b"From bo at hill.example  Fri Feb  2 09:15:00 2024",
        b"From bo@hill.example 2024-02-02T09:15:00Z",
        b"From bo@hill.example ven. f\xc3\xa9vr. 2 09:15:00 2024",
        b"From ???@??? Fri Feb 02 09:15:00 2024",
        b'From "Bo Hill" Fri Feb  2 09:15:00 2024',
        b"From bo@hill.example Fri Feb  2 09:15:00 2024\n>From - Fri Feb  2 09:15:00 2024",
    ],
)
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_whatever_is_behind_from_a_header_after_a_blank_line_begins_a_message(line: bytes, newline: bytes) -> None:
    data = (line + b"\n" + SENT + b"one\n\n" + line + b"\n" + SENT + b"two\n").replace(b"\n", newline)
    assert _bodies(data) == [(SENT + words).replace(b"\n", newline) for words in (b"one\n\n", b"two\n")]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == 2


@pytest.mark.parametrize(
    "line, date",
    [
        (b"From Bo Hill <bo@hill.example>  Fri Feb  2 09:15:00 2024", "Fri Feb  2 09:15:00 2024"),
        (b"From bo@hill.example Fri Feb 02 2024 09:15:00", "Fri Feb 02 2024 09:15:00"),
        (b"From ", ""),
    ],
)
def test_the_date_of_a_separator(line: bytes, date: str) -> None:
    assert [raw.date for raw in messages(io.BytesIO(line + b"\n" + SENT))] == [date]


def test_thunderbird_mailbox_without_blank_lines() -> None:
    data = b"From - Fri Feb 02 09:15:00 2024\n" + SENT + b"one\nFrom \n" + SENT + b"two\n"
    assert _bodies(data) == [SENT + b"one\n", SENT + b"two\n"]
    assert COUNT(TinyMember("a", data), CONTEXT) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"From Bo:\nTo: me\nSubject: tea\nFrom: Bo\n",
        b"From \nhere on\nDate: x\n",
        b"From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.example>\nDate: x\nSubject: [PATCH]\n",
        b"From nobody Mon Sep 17 00:00:00 2001\nFrom: A <a@b.example>\nDate: x\nMessage-Id: <x@y>\n",
        b"> From - Fri Feb 02 09:15:00 2024\n> From: a@b.example\n> Date: x\n",
        b"The mail from Bo:\nFrom Bo Hill <bo@hill.example>\nDate: x\nTo: me\nMessage-ID: <x@y>\n",
    ],
)
def test_bodies_that_look_like_separators(body: bytes) -> None:
    data = b"From - Fri Feb 02 09:15:00 2024\n" + SENT + body + b"\nend\n"
    assert _bodies(data) == [SENT + body + b"\nend\n"]
    assert COUNT(TinyMember("a", data), CONTEXT) == 1


def _records(data: bytes) -> list[type]:
    parse = SOURCE.readers["mbox"].parse
    assert parse is not None
    items = [type(item) for item in parse(TinyMember("a.mbox", data), CONTEXT)]
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == len(items)
    return items


PASTED = b"From b@hill.example Fri Feb  2 09:15:00 2024\n" + SENT + b"inner\n\n"


def test_mail_in_an_attachment_is_part_of_the_message_around_it() -> None:
    mail = b'Date: Fri, 2 Feb 2024 09:15:00 +0000\nContent-Type: multipart/mixed; boundary="b"\n' + HEADER
    mail += b"--b\n\nsee attachment\n--b\nContent-Disposition: attachment\n\n" + PASTED + b"--b--\n\n"
    assert _records(TAKEOUT + mail + TAKEOUT + SENT + b"two\n") == [Skipped, Stored, Stored]
    whole = [raw for raw in messages(io.BytesIO(TAKEOUT + mail + TAKEOUT + SENT + b"two\n")) if not raw.attached]
    assert [raw.data for raw in whole] == [mail, SENT + b"two\n"]


def test_a_cut_multipart_message_ends_at_the_next_separator() -> None:
    cut = (
        b'Date: Fri, 2 Feb 2024 09:15:00 +0000\nContent-Type: multipart/mixed; boundary="b"\n'
        + HEADER
        + b"--b\n\ncut\n\n"
    )
    assert _bodies(TAKEOUT + cut + TAKEOUT + cut + TAKEOUT + SENT) == [cut, cut, SENT]


@pytest.mark.parametrize("end", [b"\n" + TAKEOUT + SENT + b"two\n", b""])
def test_content_length_counts_when_a_message_or_the_file_ends_there(end: bytes) -> None:
    body = b"words\n\n" + PASTED
    mail = b"Content-Length: %d\n" % len(body) + SENT + body
    assert _records(TAKEOUT + mail + end) == [Skipped, Stored] + [Stored] * bool(end)
    wrong = b"Content-Length: %d\n" % (len(body) - 3) + SENT + body
    assert _records(TAKEOUT + wrong + end) == [Stored, Stored] + [Stored] * bool(end)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_mmdf(newline: bytes) -> None:
    line, one, two = b"\x01\x01\x01\x01\n", SENT + b"one\n", SENT + b"two\nFrom - Fri Feb 02 09:15:00 2024\n" + SENT
    data = (line + one + line + line + b"From - Fri Feb 02 09:15:00 2024\n" + two + line).replace(b"\n", newline)
    assert _bodies(data) == [one.replace(b"\n", newline), two.replace(b"\n", newline)]
    assert COUNT(TinyMember("a.mmdf", data), CONTEXT) == 2


def test_a_message_that_swallowed_others_is_set_aside() -> None:
    mail = SENT.replace(b"\n\n", b"\nMessage-ID: <x@y.example>\n\n") + b"words\n\n"
    assert _records(TAKEOUT + mail + b"=== next ===\n\n" + mail + b"=== next ===\n\n" + mail) == [SetAside]
    assert _records(TAKEOUT + mail + b"forwarded:\n\n" + mail) == [Stored]
    attached = b"--b\nContent-Type: message/rfc822\n\n" + mail
    assert _records(TAKEOUT + b"Content-Type: multipart/mixed; boundary=b\n" + mail + attached * 3 + b"--b--\n") == [
        Stored
    ]


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
    [TAKEOUT, HEADER, SENT, b"\n", b"From ", b"From \n", b"From - \r\n", b"From Bo Hill\n", b"words\n", b"\r\n", b"x" * 40, b"X: y\n",
     b"From a Fri Feb  2 09:15:00 2024\n", b"From a Mon Sep 17 00:00:00 2001\n", b">From b\n", b"Content-Length: 70\n", b"\n--b\n", b"\n--b--\n",
     b"Content-Type: multipart/mixed; boundary=b\n", b"\x01\x01\x01\x01\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.integers(1, 60))
def test_any_chunking_gives_the_same(pieces: list[bytes], chunk: int) -> None:
    data = b"".join(pieces)
    whole = list(messages(io.BytesIO(data)))
    assert COUNT(TinyMember("a.mbox", data), CONTEXT) == len(whole)
    with pytest.MonkeyPatch.context() as patch:
        # small windows, so that what decides lies in other chunks
        patch.setattr(separators, "WINDOW", 300)
        patch.setattr(extents, "AHEAD", 250)
        patch.setattr(splitting, "_HOLD", 800)
        patch.setattr(splitting, "LONGEST_MARK", 20)
        whole = list(messages(io.BytesIO(data)))
        counted = COUNT(TinyMember("a.mbox", data), CONTEXT)
        patch.setattr(splitting, "_CHUNK", chunk)
        patch.setattr(count_mail, "_CHUNK", chunk)
        assert list(messages(io.BytesIO(data))) == whole
        assert COUNT(TinyMember("a.mbox", data), CONTEXT) == counted
    for raw in whole:
        assert raw.lead or data.startswith(b"\x01") or data[raw.offset :].startswith(b"From ")


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
