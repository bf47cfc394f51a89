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


INTRODUCTIONS = [
    "2024年2月5日(月) 10:00 Ana Hill <ana@hill.example>:",
    "2024年2月5日 10:00、Ana Hill <ana@hill.example>のメール:",
    "2024/02/05 10:00、Ana Hill <ana@hill.example>のメール：",
    "2024/02/05 10:00 に Ana さんは書きました:",
    "On 2024/02/05 10:00, Ana Hill wrote:",
    "Ana Hill <ana@hill.example> 于2024年2月5日周一 10:00写道：",
    "Ana Hill <ana@hill.example> 於 2024年2月5日 週一 上午10:00寫道：",
    "在 2024年2月5日，10:00，Ana Hill <ana@hill.example> 写道：",
    '在 2024-02-05 10:00:00，"Ana Hill" <ana@hill.example> 写道：',
    'At 2024-02-05 10:00:00, "Ana Hill" <ana@hill.example> wrote:',
    "2024년 2월 5일 (월) 오전 10:00, Ana Hill <ana@hill.example>님이 작성:",
    "2024. 2. 5. 오전 10:00, Ana Hill <ana@hill.example> 작성:",
    "2024년 2월 5일 오전 10:00, Ana Hill 님이 쓴 글:",
    "Ana Hill <ana@hill.example>, 5 Şub 2024 Pzt, 10:00 tarihinde şunu yazdı:",
    "Ana Hill <ana@hill.example> şunları yazdı (5 Şub 2024 10:00):",
    "05.02.2024 10:00 tarihinde Ana Hill yazdı:",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_introductions_of_east_asia_and_turkey(introduction: str) -> None:
    assert own_words(f"Own.\n\n{introduction}\n> old\n> older") == "Own."
    assert own_words(f"Own.\n{introduction}\n\n> old\n\nAnswer.") == "Own.\n\nAnswer."
    assert own_words(f"Own.\n\n{introduction}\n\nold without marks") == "Own."


def test_a_wrapped_introduction_that_begins_with_the_sender() -> None:
    text = "Own.\n\nAna Hill <ana@hill.example>\n于2024年2月5日周一 10:00写道："
    assert own_words(f"{text}\n> old") == "Own."
    assert own_words(f"{text}\n\nold without marks") == "Own."


@pytest.mark.parametrize(
    "lines",
    [
        "差出人: Ana <ana@hill.example>\n送信日時: 2024年2月5日 10:00\n宛先: Lea\n件名: Re: tea",
        "差出人： Ana\n送信日時： 2024年2月5日\n宛先： Lea\n件名： tea",
        "发件人: Ana <ana@hill.example>\n发送时间: 2024年2月5日 10:00\n收件人: Lea\n主题: tea",
        "发件人：Ana\n发送时间：2024年2月5日\n收件人：Lea\n主题：tea",
        "发件人:Ana\n发送时间:2024年2月5日\n收件人:Lea\n主题:tea",
        "寄件者: Ana\n寄件日期: 2024年2月5日\n收件者: Lea\n主旨: tea",
        "보낸 사람: Ana <ana@hill.example>\n보낸 날짜: 2024년 2월 5일\n받는 사람: Lea\n제목: tea",
        "Kimden: Ana <ana@hill.example>\nGönderildi: 5 Şubat 2024 Pazartesi 10:00\nKime: Lea\nKonu: tea",
        "Gönderen: Ana\nGönderme Tarihi: 5 Şubat 2024\nKime: Lea\nKonu: tea",
        '------------------ 原始邮件 ------------------\n发件人: "Ana" <ana@hill.example>;',
        "------------------\xa0原始邮件\xa0------------------\nold",
        "---------- 转发的邮件 ----------\nold",
        "-----元のメッセージ-----\nold",
        "-----원본 메시지-----\nold",
        "-----Özgün İleti-----\nold",
        "-----Orijinal Mesaj-----\nold",
    ],
)
def test_header_blocks_and_titles_of_east_asia_and_turkey(lines: str) -> None:
    assert own_words(f"Own.\n\n{lines}\n\nold") == "Own."


@pytest.mark.parametrize(
    "text",
    [
        "買うもの：\nお茶",
        "请带：\n1. 茶",
        "준비물:\n차",
        "Bunu kim yazdı\n\nBen değil.",
        "他写道：茶很好。\n我同意。",
        "他在信里写道：\n茶很好。",
        "Annem bana şöyle yazdı:\ngel",
        "会议时间：10:00\n地点：湖边",
    ],
)
def test_own_words_of_east_asia_and_turkey_stay(text: str) -> None:
    assert own_words(text) == text


@given(st.text(st.sampled_from("ab >:-_\n：")))
def test_own_words_only_ever_takes_lines_away(text: str) -> None:
    lines = {"", *(line.strip() for line in text.split("\n"))}
    assert {line.strip() for line in own_words(text).split("\n")} <= lines
