"""What is kept of a mail's text: parts, charsets, encodings, quotes, signatures."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.email.body import message_text
from pipeline.sources.email.headers import split_message
from pipeline.sources.email.quotes import own_words


def _text(message: bytes, *, mbox: bool = False) -> str:
    return message_text(*split_message(message), mbox=mbox)


def test_plain_part_stands_before_html() -> None:
    mail = (
        b"Content-Type: multipart/mixed; boundary=out\n\npreamble\n--out\n"
        b'Content-Type: multipart/alternative; boundary="out-in"\n\n'
        b"--out-in\nContent-Type: text/html\n\n<p>html</p>\n--out-in\nContent-Type: text/plain\n\nplain\n--out-in--\n"
        b"--out\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n"
        b"--out\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\nforwarded\n--out\n\nand more\n--out--\nepilogue\n"
    )
    assert _text(mail) == "plain\n\nand more"


def test_html_is_turned_into_text_without_the_quoted_mail() -> None:
    mail = (
        b"Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style></head><body><div>Caf\xc3\xa9 &amp; tea<br>soon</div>"
        b'<div class="gmail_quote">On Monday Bo wrote:<blockquote>old</blockquote></div></body></html>'
    )
    assert _text(mail) == "Café & tea\nsoon"


def test_an_empty_plain_part_leaves_the_word_to_html() -> None:
    mail = (
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n"
        b"--b\nContent-Type: text/html\n\n<b>here</b>\n--b--\n"
    )
    assert _text(mail) == "here"


@pytest.mark.parametrize(
    "charset, data, expected",
    [
        ("utf-8", "žaba".encode(), "žaba"),
        ("iso-8859-2", "žaba".encode("iso-8859-2"), "žaba"),
        ("iso-2022-jp", "ボート".encode("iso-2022-jp"), "ボート"),
        ("iso-8859-1", "declared wrongly: ž".encode(), "declared wrongly: ž"),
        ("no-such-charset", b"\x93quoted\x94", "“quoted”"),
        ("rot13", b"plain", "plain"),
        ("", b"caf\xe9", "café"),
    ],
)
def test_charsets(charset: str, data: bytes, expected: str) -> None:
    kind = f'text/plain; charset="{charset}"'.encode() if charset else b"text/plain"
    assert _text(b"Content-Type: " + kind + b"\n\n" + data) == expected


def test_transfer_encodings_and_the_escape_of_mbox() -> None:
    assert _text(b"Content-Transfer-Encoding: quoted-printable\n\nsoft=\n break =C5=BE") == "soft break ž"
    assert _text(b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"whole words")) == "whole words"
    assert _text(b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"cut words")[:-3]) == "cut wo"
    assert _text(b"\n>From me\n>>From you\n", mbox=True) == "From me\n>From you"
    assert _text(b"\n>From me\n", mbox=False) == ">From me"


def test_soft_line_breaks_of_flowed_text_are_joined() -> None:
    assert _text(b"Content-Type: text/plain; format=flowed\n\none \ntwo\nthree\n") == "one two\nthree"


def test_a_boundary_that_begins_like_another_one() -> None:
    mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--bb\nstill one\n--b--\n"
    assert _text(mail) == "one\n--bb\nstill one"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Own.\n\nOn Fri, 2 Feb 2024, Bo <bo@hill.example> wrote:\n> old\n> older", "Own."),
        ("Own.\n\nOn Fri, 2 Feb 2024 at 10:15, Bo Hill <bo@hill.example>\nwrote:\n\n> old", "Own."),
        ("Eigenes.\n\nAm 2.2.2024 um 10:15 schrieb Bo:\n> alt", "Eigenes."),
        ("Lastno.\n\n2. 2. 2024 ob 10:15 je oseba Bo napisala:\n> staro", "Lastno."),
        ("Own.\n\nOn Friday Bo wrote:\n\nold without marks", "Own."),
        ("On Friday Bo wrote:\n> first question?\nFirst answer.\n\n> second?\nSecond answer.", "First answer.\n\nSecond answer."),
        ("Own.\n\n-----Original Message-----\nFrom: Bo\nTo: Lea\n\nold", "Own."),
        ("Own.\n\n---------- Forwarded message ---------\nold", "Own."),
        ("Own.\n\n________________________________\nVon: Bo\nGesendet: Montag\nAn: Lea\n\nalt", "Own."),
        ("Own.\n\nDe : Bo\nold", "Own.\n\nDe : Bo\nold"),
        ("Own.\n\nFrom: Bo\nSent: Monday\nTo: Lea\nSubject: x\n\nold", "Own."),
        ("Own.\n-- \nLea\nhttps://lea.example", "Own."),
        ("I wrote:\n1. boats", "I wrote:\n1. boats"),
        ("List:\n- one\n- two\n\n--- a title ---\nrest", "List:\n- one\n- two\n\n--- a title ---\nrest"),
        ("> only a quote", ""),
        ("Is 3 > 2: yes", "Is 3 > 2: yes"),
    ],
)  # fmt: skip
def test_own_words(text: str, expected: str) -> None:
    assert own_words(text) == expected


@given(st.text(st.sampled_from("ab >:-_\n")))
def test_own_words_only_ever_takes_lines_away(text: str) -> None:
    lines = {"", *(line.strip() for line in text.split("\n"))}
    assert {line.strip() for line in own_words(text).split("\n")} <= lines
