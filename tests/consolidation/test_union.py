"""Consolidation without duplicates, in any order and under any names of the archives; every member's ledger balances."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.consolidation.harness import ALL, content, home_in, open_file, rows, run

NINE, TEN, ELEVEN = (f"2024-03-01T{hour}:00:00Z" for hour in ("09", "10", "11"))
WHOLE = "club,message,outbound,full,2024-01-01,{0} club,message,inbound,full,2024-01-01,{0}"

FIRST = [
    {"id": "m1", "occurred_at": NINE, "text": "hello"},
    {"id": "m2", "occurred_at": TEN, "direction": "inbound", "text": "helo you"},
]
SECOND = [
    {"id": "m2", "occurred_at": TEN, "direction": "inbound", "text": "hello you"},
    {"id": "m3", "occurred_at": ELEVEN, "contact": "bob", "text": "and you?"},
    {"occurred_at": ELEVEN, "contact": "bob", "text": "ok"},
    {"occurred_at": ELEVEN, "contact": "bob", "text": "ok"},
]


def balanced(members: list[tuple[int, ...]]) -> bool:
    return all(records == sum(parts) for records, *parts in members)


def ledger(store_home: Path) -> list[tuple[object, ...]]:
    store = run(store_home)
    return rows(store, "members", "member", "records_in", "stored", "already_stored", "set_aside", "skipped")


def test_the_same_archives_twice_renamed_and_in_another_order_give_the_same_tables(tmp_path: Path) -> None:
    home = home_in(tmp_path / "home")
    outside = tmp_path / "outside"
    one, two = open_file(outside, "a", FIRST), open_file(outside, "b", SECOND)
    once = content(run(home, [one, two], ALL))
    assert len(once) > 20
    assert len(once["interactions"]) == 5
    assert content(run(home, [one, two], ALL)) == once
    assert content(run(home, [two, one, two], ALL)) == once

    # a byte-identical copy adds nothing; the first path in sorted order is kept
    copies = tmp_path / "zz copies"
    copies.mkdir()
    for number, path in enumerate((two, one)):
        shutil.copyfile(path, copies / f"copy{number}.interactions.csv")
    assert (
        content(run(home, [copies / "copy0.interactions.csv", copies / "copy1.interactions.csv", one, two], ALL))
        == once
    )

    # the files are gone: what was read from them is kept
    shutil.rmtree(outside)
    shutil.rmtree(copies)
    assert content(run(home, [], ALL)) == once
    shutil.rmtree(home / "state")
    assert content(run(home_in(home), [], ALL)) == once

    # another home and other names: equal except for paths and names of members
    other = home_in(tmp_path / "other home")
    one, two = open_file(outside, "z", FIRST), open_file(outside, "y", SECOND)
    renamed = content(run(other, [two, one], ALL))
    for table in set(once) - {"archives", "members", "interactions", "accounts"}:
        assert renamed[table] == once[table], table
    assert {row[0] for row in renamed["archives"]} == {row[0] for row in once["archives"]}


def test_overlap_without_ids_keeps_two_equal_messages_and_loses_none(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    ok = {"occurred_at": ELEVEN, "text": "ok"}
    open_file(home / "exports", "a", [{"occurred_at": NINE, "text": "first"}, ok, ok])
    open_file(home / "exports", "b", [ok, ok, {"occurred_at": ELEVEN, "text": "last"}])
    store = run(home)
    assert Counter(rows(store, "interactions", "text")) == {("first",): 1, ("ok",): 2, ("last",): 1}
    members = rows(store, "members", "records_in", "stored", "already_stored", "set_aside", "skipped")
    assert members == [(3, 1, 2, 0, 0), (3, 3, 0, 0, 0)]


def test_overlap_where_one_archive_holds_more_of_the_equal_messages(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    ok = {"occurred_at": ELEVEN, "text": "ok"}
    open_file(home / "exports", "a", [ok, {"occurred_at": NINE}])
    open_file(home / "exports", "b", [ok, ok, ok])
    store = run(home)
    assert Counter(rows(store, "interactions", "text")) == {("ok",): 3, (None,): 1}
    members = rows(store, "members", "records_in", "stored", "already_stored")
    assert sum(stored for _, stored, _ in members) == 4
    assert sum(already for _, _, already in members) == 1
    assert balanced([(records, stored, already) for records, stored, already in members])


def test_overlap_of_a_source_with_ids_and_one_without(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"id": "m1", "occurred_at": NINE, "text": "hello"}])
    open_file(home / "exports", "b", [{"occurred_at": NINE, "text": "hello"}])
    store = run(home)
    assert rows(store, "interactions", "text") == [("hello",)]
    assert rows(store, "members", "stored", "already_stored") == [(0, 1), (1, 0)]


def test_one_id_with_another_contact_is_set_aside_and_counted(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"id": "m1", "occurred_at": NINE, "text": "to ann"}])
    open_file(home / "exports", "b", [{"id": "m1", "occurred_at": TEN, "contact": "bob", "text": "to bob"}])
    store = run(home)
    assert len(rows(store, "interactions", "text")) == 1
    ((archive, reason, pointer),) = rows(store, "set_aside", "archive_id", "reason_code", "pointer")
    assert (reason, pointer) == ("id_conflict", "line:2")
    assert rows(store, "members", "records_in", "stored", "already_stored", "set_aside", "skipped") == [
        (1, 0, 0, 1, 0),
        (1, 1, 0, 0, 0),
    ]
    states = dict(rows(store, "archives", "archive_id", "status"))
    assert states.pop(archive) == "partial"
    assert list(states.values()) == ["complete"]
    counted = rows(store, "matching_counts", "name", "value")
    assert {value for name, value in counted if name == "id_conflict"} == {1}


def test_a_native_id_is_unique_to_a_platform_and_account(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(
        home / "exports",
        "a",
        [
            {"id": "1", "account": "red", "occurred_at": NINE, "text": "red asks"},
            {"id": "1", "account": "blue", "occurred_at": TEN, "text": "blue asks"},
            {"id": "2", "account": "red", "direction": "inbound", "occurred_at": ELEVEN, "reply_to": "1"},
            {"id": "3", "account": "blue", "direction": "inbound", "occurred_at": ELEVEN, "reply_to": "1"},
        ],
    )
    store = run(home)
    assert rows(store, "accounts", "account_id") == [("club:blue",), ("club:red",)]
    text = dict(rows(store, "interactions", "interaction_id", "text"))
    replies = rows(store, "interactions", "account_id", "reply_to")
    assert {(account, text[to]) for account, to in replies if to} == {
        ("club:red", "red asks"),
        ("club:blue", "blue asks"),
    }


def test_a_reply_resolves_across_files(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"id": "m1", "occurred_at": NINE}])
    answer = {"id": "m2", "occurred_at": "2024-08-01T00:00:00Z", "direction": "inbound", "reply_to": "m1"}
    open_file(home / "exports", "b", [answer])
    found = rows(run(home), "gestures", "initiator", "outcome", "status", "grade")
    assert ("me", "worded", "answered", "A") in found


def test_an_open_file_with_new_bytes_replaces_its_reading(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", FIRST)
    run(home)
    open_file(home / "exports", "a", FIRST[:1])
    store = run(home)
    assert rows(store, "interactions", "native_id") == [("m1",)]
    assert len(rows(store, "archives", "archive_id")) == 1
    before = rows(store, "archives", "archive_id")
    # the archive_id covers the coverage file too
    open_file(home / "exports", "a", FIRST[:1], WHOLE.format("2024-12-31"))
    store = run(home)
    assert rows(store, "archives", "archive_id") != before
    assert len(rows(store, "archives", "archive_id")) == 1
    assert rows(store, "members", "member") == [("a.coverage.csv",), ("a.interactions.csv",)]


def test_the_newest_export_gives_the_current_text_in_any_order(tmp_path: Path) -> None:
    """Versions are ordered by the date of export, which a WordPress export states."""
    found = []
    for name, order in (("one", "ab"), ("two", "ba")):
        home = home_in(tmp_path / name)
        for letter in order:
            text, day = {"a": ("helo", 10), "b": ("hello again", 20)}[letter]
            path = home / "exports" / f"{letter}.xml"
            path.write_text(WXR.format(day=day, text=text), encoding="utf-8")
            store = run(home)
        found.append(content(store))
        assert [row[0] for row in rows(store, "interactions", "text")] == ["hello again"]
        exported = dict(rows(store, "archives", "archive_id", "exported_at"))
        fates = rows(store, "members", "archive_id", "stored", "already_stored")
        assert sorted((exported[archive].day, stored, already) for archive, stored, already in fates) == [
            (10, 2, 0),  # the post, which is unattributed, and the comment
            (20, 0, 2),
        ]
        assert {value for name, value in rows(store, "matching_counts", "name", "value") if name == "edited"} == {1}
    assert found[0] == found[1]


WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.5" created="2024-03-{day} 12:00" -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Notes</title><link>https://notes.example</link><pubDate>Wed, {day} Mar 2024 12:00:00 +0000</pubDate>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://notes.example</wp:base_site_url>
<wp:base_blog_url>https://notes.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>olive</wp:author_login>
<wp:author_email>olive@notes.example</wp:author_email><wp:author_display_name>Olive</wp:author_display_name></wp:author>
<item><title>One</title><link>https://notes.example/one</link><dc:creator>olive</dc:creator>
<content:encoded>words</content:encoded><wp:post_id>5</wp:post_id><wp:post_date_gmt>2024-03-01 08:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Ann</wp:comment_author>
<wp:comment_author_email>ann@mail.example</wp:comment_author_email>
<wp:comment_date_gmt>2024-03-02 08:00:00</wp:comment_date_gmt><wp:comment_content>{text}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>0</wp:comment_parent>
<wp:comment_user_id>0</wp:comment_user_id></wp:comment></item></channel></rss>
"""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"class": "shout"}, "unknown_class"),
        ({"contact": ""}, "missing_field"),
        ({"occurred_at": "yesterday"}, "unreadable_time"),
    ],
)
def test_an_unreadable_row_is_set_aside_with_its_location(tmp_path: Path, change: dict[str, str], code: str) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [FIRST[0], FIRST[1] | change])
    store = run(home)
    assert rows(store, "set_aside", "member", "pointer", "reason_code") == [("a.interactions.csv", "line:3", code)]
    assert rows(store, "members", "records_in", "stored", "set_aside") == [(2, 1, 1)]
    assert rows(store, "archives", "status") == [("partial",)]


def test_an_unreadable_archive_does_not_stop_the_others(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", FIRST)
    (home / "exports" / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    (home / "exports" / "holiday.bin").write_bytes(b"\x00\x01 nothing known")
    (home / "exports" / "later.zip.part").write_bytes(b"PK")
    store = run(home)
    states = dict(rows(store, "archives", "path", "status"))
    assert states == {
        "exports/a.interactions.csv": "complete",
        "exports/broken.zip": "failed",
        "exports/holiday.bin": "unrecognised",
    }
    assert len(rows(store, "interactions", "interaction_id")) == 2
