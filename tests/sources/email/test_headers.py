"""Headers as mail really has them: encoded words, 8-bit bytes, lists of people, ids, labels, dates."""

from datetime import UTC, datetime
from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.survey import ReadSettings
from pipeline.sources.email.bulk import is_robot, rule
from pipeline.sources.email.headers import Headers, Mailbox, addresses, decoded
from pipeline.sources.email.labels import folder_meanings, labels, meanings, skip_rule
from pipeline.sources.email.times import When, read, when


@pytest.mark.parametrize(
    "written, expected",
    [
        ("=?UTF-8?Q?Mira_Kestr=C3=A9l?=", "Mira Kestrél"),
        ("=?utf-8?B?xb1hYmE=?= and =?iso-8859-2?Q?=BEaba?=", "Žaba and žaba"),
        ("=?UTF-8?Q?two_?= =?UTF-8?Q?words?=", "two words"),
        ("=?no-such?Q?caf=E9?=", "café"),
        ("=?utf-8?B?broken!?=", "=?utf-8?B?broken!?="),
        ("plain ü", "plain ü"),
    ],
)
def test_encoded_words(written: str, expected: str) -> None:
    assert decoded(written) == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        ("Mira <Mira@Lake.Example>", [("mira@lake.example", "Mira")]),
        ('"Doe, Bo" <bo@hill.example>, mira@lake.example', [("bo@hill.example", "Doe, Bo"), ("mira@lake.example", "")]),
        ("=?UTF-8?Q?Doe=2C_Bo?= <bo@hill.example>", [("bo@hill.example", "Doe, Bo")]),
        ("bo@hill.example (Bo Hill)", [("bo@hill.example", "Bo Hill")]),
        ("undisclosed-recipients:;", []),
        ("friends: bo@hill.example, mira@lake.example;", [("bo@hill.example", ""), ("mira@lake.example", "")]),
        ("not an address", []),
        ("'bo@hill.example' <bo@hill.example>", [("bo@hill.example", "bo@hill.example")]),
        ("", []),
    ],
)
def test_addresses(value: str, expected: list[tuple[str, str]]) -> None:
    assert addresses(value) == tuple(Mailbox(*one) for one in expected)


@given(st.text(max_size=80))
def test_any_value_is_survived(value: str) -> None:
    assert all("@" in one.address for one in addresses(value))
    assert isinstance(decoded(value), str)
    read(value)


def test_folded_and_8_bit_fields() -> None:
    headers = Headers(
        b"Subject: one\r\n two\r\nFROM: M\xfcra <m@lake.example>\r\nTo: \xc5\xbdaba <z@lake.example>\r\nX:y\r\n"
    )
    assert headers.raw("subject") == "one two"
    assert headers.people("from", "to") == [Mailbox("m@lake.example", "Müra"), Mailbox("z@lake.example", "Žaba")]
    assert headers.raw("x") == "y"


@pytest.mark.parametrize(
    "value, expected",
    [
        (b"<a@b>", ["a@b"]),
        (b'<a@b> "in reply" <c@d>', ["a@b", "c@d"]),
        (b"bare@id", ["bare@id"]),
        (b"your letter of Monday", []),
        (b"", []),
    ],
)
def test_message_ids(value: bytes, expected: list[str]) -> None:
    assert Headers(b"In-Reply-To: " + value + b"\n").ids("in-reply-to") == expected


def test_labels_are_decoded_before_they_are_cut() -> None:
    assert labels("=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception,Messages_envoy=C3=A9s?=") == [
        "Boîte de réception",
        "Messages envoyés",
    ]
    assert labels('Posteingang,"a, b",=?UTF-8?Q?Entw=C3=BCrfe?=') == ["Posteingang", "a, b", "Entwürfe"]


@pytest.mark.parametrize(
    "value, rules",
    [
        (b"Sent,Inbox", {"sent"}),
        (b"=?UTF-8?Q?Envoy=C3=A9?=,Ouvert", {"sent"}),
        (b"Gesendet", {"sent"}),
        (b"Papierkorb", {"trash"}),
        (b"Inbox,Category Social,Sent to me", set()),
    ],
)
def test_what_labels_say(value: bytes, rules: set[str]) -> None:
    assert meanings(Headers(b"X-Gmail-Labels: " + value + b"\n")) == rules


@pytest.mark.parametrize(
    "sent, draft, trash, spam",
    [
        ("Sent", "Drafts", "Trash", "Spam"),
        ("Sent Mail", "Draft", "Bin", "Junk"),
        ("Gesendet", "Entwürfe", "Papierkorb", "Spam"),
        ("Envoyés", "Brouillons", "Corbeille", "Courrier indésirable"),
        ("Messages envoyés", "Brouillon", "Éléments supprimés", "Indésirables"),
        ("Enviados", "Borradores", "Papelera", "Correo no deseado"),
        ("Inviati", "Bozze", "Cestino", "Posta indesiderata"),
        ("Enviados", "Rascunhos", "Lixeira", "Spam"),
        ("Verzonden", "Concepten", "Prullenbak", "Ongewenste e-mail"),
        ("Wysłane", "Wersje robocze", "Kosz", "Spam"),
        ("Odeslaná pošta", "Koncepty", "Koš", "Spam"),
        ("Odoslané", "Koncepty", "Kôš", "Spam"),
        ("Poslano", "Osnutki", "Smetnjak", "Vsiljena pošta"),
        ("Poslano", "Skice", "Otpad", "Neželjena pošta"),
        ("Послато", "Недовршене", "Отпад", "Непожељно"),
        ("Отправленные", "Черновики", "Корзина", "Спам"),
        ("Надіслані", "Чернетки", "Кошик", "Спам"),
        ("Изпратени", "Чернови", "Кошче", "Спам"),
        ("Απεσταλμένα", "Πρόχειρα", "Κάδος απορριμμάτων", "Ανεπιθύμητα"),
        ("Elküldött", "Piszkozatok", "Kuka", "Spam"),
        ("Mesaje trimise", "Ciorne", "Coș de gunoi", "Spam"),
        ("Gönderilmiş Postalar", "Taslaklar", "Çöp Kutusu", "Spam"),
        ("Lähetetyt", "Luonnokset", "Roskakori", "Roskaposti"),
        ("Skickat", "Utkast", "Papperskorgen", "Skräppost"),
        ("Sendt", "Kladder", "Papirkurv", "Spam"),
        ("Sendt", "Utkast", "Papirkurv", "Søppelpost"),
        ("Saadetud kirjad", "Mustandid", "Prügikast", "Rämpspost"),
        ("Nosūtītie", "Melnraksti", "Miskaste", "Mēstules"),
        ("Išsiųsti laiškai", "Juodraščiai", "Šiukšliadėžė", "Šlamštas"),
        ("Enviats", "Esborranys", "Paperera", "Correu brossa"),
        ("Terkirim", "Draf", "Sampah", "Spam"),
        ("Thư đã gửi", "Thư nháp", "Thùng rác", "Thư rác"),
        ("ส่งแล้ว", "ร่างจดหมาย", "ถังขยะ", "จดหมายขยะ"),
        ("भेजे गए", "ड्राफ़्ट", "ट्रैश", "स्पैम"),
        ("נשלח", "טיוטות", "אשפה", "ספאם"),
        ("البريد المرسل", "المسودات", "المهملات", "الرسائل غير المرغوب فيها"),
        ("送信済み", "下書き", "ゴミ箱", "迷惑メール"),
        ("보낸편지함", "임시보관함", "휴지통", "스팸함"),
        ("已发送邮件", "草稿", "已删除邮件", "垃圾邮件"),
        ("寄件備份", "草稿", "垃圾桶", "垃圾郵件"),
    ],
)
def test_system_labels_in_forty_languages(sent: str, draft: str, trash: str, spam: str) -> None:
    for name, expected in ((sent, "sent"), (draft, "draft"), (trash, "trash"), (spam, "spam")):
        encoded = Header(name, "utf-8", maxlinelen=40).encode()
        for written in (name, f"{encoded},Boats", f'Boats,"{encoded}"', f"\\\\{name}"):
            assert meanings(Headers(f"X-Gmail-Labels: {written}\n".encode())) == {expected}, written
        assert folder_meanings(f"Mail/{name}.mbox/mbox") == {expected}


def test_labels_are_no_folders_of_templates() -> None:
    assert meanings(Headers(b"X-Gmail-Labels: Inbox,Templates\n")) == set()
    assert folder_meanings("Local Folders/Templates") == {"draft"}


@pytest.mark.parametrize(
    "fields, expected",
    [
        (b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n", set()),
        (b"X-Mozilla-Status: 0009\n", {"trash"}),
        (b"X-Mozilla-Status: 001f\n", {"trash"}),
        (b"X-Mozilla-Status: 9018\n", {"trash"}),
        (b"X-Mozilla-Status: 8013\nX-Mozilla-Status2: 10000000\n", set()),
        (b"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00200000\n", {"trash"}),
        (b"X-Mozilla-Status2: 01000000\n", {"draft"}),
        (b"X-Mozilla-Status: 0801\n", {"draft"}),
        (b"X-Mozilla-Status: none\n", set()),
        (b"X-Mozilla-Draft-Info: internal/draft; vcard=0\n", {"draft"}),
        (b"X-Mozilla-Keys: nonjunk $label1\n", set()),
        (b"X-Status: AF\n", set()),
        (b"X-Status: D\n", {"trash"}),
    ],
)
def test_flags_of_mail_programs(fields: bytes, expected: set[str]) -> None:
    assert meanings(Headers(fields)) == expected


def test_what_folders_say() -> None:
    assert folder_meanings("ImapMail/imap.post.example/[Gmail].sbd/Entw&APw-rfe") == {"draft"}
    assert folder_meanings("Maildir/.INBOX.Gel&APY-schte Elemente.2023/cur/170.M1.host") == {"trash"}
    assert folder_meanings("Maildir/[Gmail].Sent Mail/cur/170.M1.host:2,S") == {"sent"}
    assert folder_meanings("Mail/Sent.sbd/2019") == {"sent"}
    assert folder_meanings("Sent Messages (Lea).mbox/4F/Data/1/Messages/1.eml") == {"sent"}
    assert folder_meanings("Mail/Sent (2).mbox") == {"sent"}
    assert folder_meanings("Mail/Q&A-Boats") == frozenset()
    assert folder_meanings("Takeout/Mail/Sent.mbox") == {"sent"}
    assert folder_meanings("Sent Messages.mbox/mbox") == {"sent"}
    assert folder_meanings("Mail/Gesendet-001.mbox") == {"sent"}
    assert folder_meanings("Maildir/.INBOX.Sent/cur/170.M1.host:2,S") == {"sent"}
    assert folder_meanings("Maildir/.Trash/cur/170.M1.host:2,S") == {"trash"}
    assert skip_rule(folder_meanings("Profile/Junk")) == "spam"
    assert folder_meanings("Takeout/Mail/All mail Including Spam and Trash.mbox") == frozenset()


def _at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]  # the parts of a time


ARRIVED = b"Received: from a by b; Fri, 2 Feb 2024 09:20:00 +0000\n"


@pytest.mark.parametrize(
    "fields, separator, expected",
    [
        (b"Date: Fri, 2 Feb 2024 10:15:30 +0100 (CET)\n", "", When(_at(2024, 2, 2, 9, 15, 30))),
        (b"Date: 2 Feb 24 10:15 PST\n", "", When(_at(2024, 2, 2, 18, 15))),
        (b"Date: Fri, 2 Feb 2024 10:15:60 -0000\n", "", When(_at(2024, 2, 2, 10, 15, 59))),
        (b"", "Fri Feb 02 09:15:00 +0000 2024", When(_at(2024, 2, 2, 9, 15))),
        (b"", "Fri Feb  2 09:15:00 2024", When(_at(2024, 2, 2, 8, 15), assumed=True)),
        (b"Date: Fri, 2 Feb 2024 10:15:30\n", "", When(_at(2024, 2, 2, 9, 15, 30), assumed=True)),
        (b"Date: Fri, 2 Feb 2024 10:15:30 XYZT\n" + ARRIVED, "", When(_at(2024, 2, 2, 9, 20))),
        (b"Date: Thu, 01 Jan 1970 00:00:00 +0000\n" + ARRIVED, "", When(_at(2024, 2, 2, 9, 20))),
        (b"Date: Fri, 2 Feb 2034 10:15:30 +0000\n" + ARRIVED, "", When(_at(2024, 2, 2, 9, 20))),
        (b"Date: Tue, 2 Feb 2010 10:15:30 +0000\n" + ARRIVED, "", When(_at(2010, 2, 2, 10, 15, 30))),
        (b"Date: Fri, 31 Feb 2024 10:15:30 +0000\n", "", None),
        (b"Date: Fri, 2 Feb 9999 10:15:30 +0000\n", "", None),
        (b"Date: yesterday\n", "", None),
    ],
)
def test_when(fields: bytes, separator: str, expected: When | None) -> None:
    assert when(Headers(fields), separator, ReadSettings("Europe/Ljubljana", zone_is_set=True)) == expected


@pytest.mark.parametrize(
    "fields, sender, expected",
    [
        (b"", "bo@hill.example", None),
        (b"Auto-Submitted: no\nReturn-Path: <bo@hill.example>\n", "bo@hill.example", None),
        (b"Auto-Submitted: auto-replied\n", "bo@hill.example", "automatic"),
        (b"Precedence: bulk\n", "bo@hill.example", "list_mail"),
        (b"List-Unsubscribe: <https://x.example/>\n", "bo@hill.example", "list_mail"),
        (b"List-Id: <x.example>\nAuto-Submitted: auto-generated\n", "bo@hill.example", "automatic"),
        (b"Content-Type: multipart/report; report-type=delivery-status\n", "bo@hill.example", "automatic"),
        (b"Return-Path: <>\n", "bo@hill.example", "automatic"),
        (b"X-Autoreply: yes\n", "bo@hill.example", "automatic"),
        (b"", "no-reply@shop.example", "automatic"),
    ],
)
def test_mail_that_is_not_from_person_to_person(fields: bytes, sender: str, expected: str | None) -> None:
    assert rule(Headers(fields), sender) == expected


@pytest.mark.parametrize(
    "address",
    [
        "noreply@x.example",
        "do-not-reply@x.example",
        "shop+noreply@x.example",
        "mailer-daemon@x.example",
        "bounce-12@x.example",
    ],
)
def test_robots(address: str) -> None:
    assert is_robot(address)


@pytest.mark.parametrize("address", ["bo@x.example", "reply@x.example", "noreen@x.example", "hello@noreply.example"])
def test_people(address: str) -> None:
    assert not is_robot(address)
