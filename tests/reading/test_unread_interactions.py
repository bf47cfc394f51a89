"""Files that no reader claims: which look like interactions, and what becomes of an archive that holds one."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.reading.archives import read_archives
from pipeline.reading.unread_interactions import unread_interactions
from tests.sources.harness import TinyMember

OWNER = ("Lea Novak", "lea@novak.example")

INTERACTIONS: dict[str, tuple[str, str | bytes]] = {
    "by two sides, in a language without known words": (
        "a.csv",
        "Kas,Kam,Kada,Ką\nOna K,Lea Novak,2020-02-03 10:00,labas\nLea Novak,Ona K,2020-02-03 11:00,labas\nJonas P,Lea Novak,2020-02-04,taip\n",
    ),
    "by the owner in one column": (
        "b.csv",
        "Kas;Kada;Ką\nOna K;2020-02-03 10:00;labas, kaip sekasi\nLea Novak;2020-02-03 11:00;labai gerai\n",
    ),
    "by a word and a text": ("c.tsv", "Afzender\tDatum\tBericht\nOna K\t3-2-2020 10:00\tdag, hoe gaat het\n"),
    "behind a preamble": ("d.csv", "Notes:\n\nFrom,Sent at,Content\nOna K,2020-02-03T10:00:00Z,good morning\n"),
    "comments under three ids": (
        "komentarai.csv",
        "Komentaro ID,Kanalo ID,Laikas,Vaizdo ID,Tekstas\nUgxA1b2C3d4,UCaaaa1111bb,2025-03-02T08:15:30+00:00,aBcDeF1234,labai gerai\n",
    ),
    "semicolons and UTF-16": ("e.txt", "Von;Datum;Text\nAna;03.02.2020 10:00;bis morgen dann\n".encode("utf-16")),
    "nested JSON": ("f.json", json.dumps({"a": {"b": [{"author": {"name": "x"}, "sender": "Ana", "ts": 1700000000, "body": "see you soon"}]}})),
    "NDJSON": ("g.ndjson", '{"from": "Ana", "created_at": "2020-02-03T10:00:00Z", "text": "see you soon"}\n' * 3),
    "a script": ("h.js", 'window.YTD.notes.part0 = [{"senderId": "ana7", "createdAt": "2020-02-03T10:00:00Z", "text": "see you soon"}]'),
    "blocks": ("i.txt", "Datum: 2020-02-03 10:00\nVan: ana7\nBericht: tot morgen dan\n\nDatum: 2020-02-04 10:00\nVan: lea\nBericht: tot dan\n"),
    "chat lines": ("j.txt", "[03.02.20, 10:00:00] Ana: hi\n[03.02.20, 10:01:00] Lea Novak: hi\n"),
    "mails": ("k.mbox", "From - \nFrom: ana@ruiz.example\nTo: lea@novak.example\nSubject: hi\nDate: Mon, 5 Feb 2024 10:00:00 +0000\n\nhi\n"),
}  # fmt: skip

OTHERS: dict[str, tuple[str, str | bytes]] = {
    "sign-ins": ("a.json", json.dumps([{"action": "Login", "timestamp": 1700000000, "ip_address": "10.0.0.1", "author": "Lea Novak", "user_agent": "Mozilla 5 on Linux"}])),
    "searches": ("b.json", json.dumps([{"timestamp": 1700000000, "title": "Lea Novak searched", "data": [{"text": "cat food near me"}]}])),
    "places": ("c.json", json.dumps([{"time": "2020-02-03T10:00:00Z", "latitude": 1.5, "longitude": 2.5, "name": "Cafe of the park"}])),
    "advertisers": ("d.json", json.dumps([{"name": "Shoes and more", "timestamp": 1700000000}])),
    "orders": ("e.csv", "Order,Date,Title,Price,From\nA1b2C3d4E5,2020-02-03,Blue shoes,12.00,Shop Ltd\n"),
    "watched films": ("f.csv", "Title,Channel,Watched at\nA long film,Films of Ana,2020-02-03 10:00\n"),
    "positions": ("g.csv", "Company,Title,Description,From,To\nAcme Ltd,Head of sales,Sold many things,Jan 2020,Feb 2021\n"),
    "own addresses": ("h.csv", "Email,Confirmed,Updated\nlea@novak.example,Yes,2020-02-03\nl@n.example,No,2020-02-03\n"),
    "settings": ("i.json", json.dumps({"language": "en", "created_at": "2020-02-03T10:00:00Z", "about": "I like long walks"})),
    "a readme": ("README.txt", "Your data\n\nFrom: see the pages of help\nThis file explains what is in the archive.\n"),
    "only a header": ("j.csv", "From,To,Date,Content\n"),
    "no time": ("k.csv", "From,To,Content\nAna,Lea,see you soon\n"),
    "a picture": ("l.jpg", "From,Date,Content\nAna,2020-02-03,see you soon\n"),
    "bytes": ("m.csv", b"\x00\x05From,Date,Content\nAna,2020-02-03,see you soon\n"),
    "empty": ("n.json", ""),
    "broken": ("o.json", "[object Object]"),
}  # fmt: skip


def member(name: str, content: str | bytes) -> TinyMember:
    return TinyMember(name, content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("case", INTERACTIONS)
def test_looks_like_interactions(case: str) -> None:
    assert unread_interactions(member(*INTERACTIONS[case]), OWNER) is not None


@pytest.mark.parametrize("case", OTHERS)
def test_does_not_look_like_interactions(case: str) -> None:
    assert unread_interactions(member(*OTHERS[case]), OWNER) is None


def test_the_reason_has_column_names_and_no_content() -> None:
    reason = unread_interactions(member(*INTERACTIONS["by a word and a text"]), OWNER)
    assert reason == (
        "looks like interactions, but no reader knows its columns (Afzender, Datum, Bericht): please report them"
    )
    for case in ("chat lines", "mails"):
        assert "Ana" not in str(unread_interactions(member(*INTERACTIONS[case]), OWNER))


def test_a_large_file_is_judged_by_its_start() -> None:
    rows = "".join(f"Ana,2020-02-03 10:00,see you soon number {number}\n" for number in range(9_000))
    assert unread_interactions(member("a.csv", "From,Date,Content\n" + rows), ()) is not None


def test_an_archive_with_unread_interactions_is_partial_and_names_them(
    home: Home, toy: ModuleType, tmp_path: Path
) -> None:
    parts = {
        "x/chat.json": toy.chat(toy.messages(3)),
        "x/profile.json": toy.profile(),
        "x/old.csv": b"Afzender,Datum,Bericht\nAna,2020-02-03 10:00,tot morgen dan\n",
        "x/ads.json": str(OTHERS["advertisers"][1]).encode(),
        "__MACOSX/x/._old.csv": b"\0\5\x16\7",
    }
    [reading] = read_archives(
        home, Settings(), [toy.write_zip(tmp_path / "a.zip", parts)], lambda _line: None, workers=0
    )
    assert (reading.status, reading.reason) == ("partial", "1 set aside (unknown_layout: x/old.csv)")


def test_unread_interactions_of_an_unrecognised_archive_change_nothing(
    home: Home, toy: ModuleType, tmp_path: Path
) -> None:
    path = toy.write_zip(tmp_path / "a.zip", {"x/old.csv": b"From,Date,Content\nAna,2020-02-03,see you soon\n"})
    [reading] = read_archives(home, Settings(), [path], lambda _line: None, workers=0)
    assert (reading.status, reading.reason) == ("unrecognised", "no source knows what is in it")
