"""Traps of WXR files that need more than a folder to show."""

import pytest

from pipeline.model.records import CoverageNote, Interaction, SetAside, Stored
from pipeline.model.survey import Context, Owner, ReadSettings
from pipeline.sources.wordpress.clock import Moment, median_gap, moment, stamp
from pipeline.sources.wordpress.source import SOURCE
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

HEAD = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="https://wordpress.org/export/1.2/"><channel>'
    "<wp:base_blog_url>https://hut.example/</wp:base_blog_url>"
    "<wp:author><wp:author_login>ida</wp:author_login><wp:author_email>ida@hut.example</wp:author_email></wp:author>"
    "<wp:author><wp:author_login>jo</wp:author_login><wp:author_email>jo@hut.example</wp:author_email></wp:author>"
)


def item(number: int, creator: str, comment: str = "") -> str:
    return (
        f"<item><dc:creator>{creator}</dc:creator><wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2024-01-0{number} 00:00:00"
        f"</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{comment}</item>"
    )


def comment(number: int, email: str, text: str = "Grüße", parent: int = 0) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>N</wp:comment_author><wp:comment_author_email>{email}"
        f"</wp:comment_author_email><wp:comment_date_gmt>2024-01-05 00:00:00</wp:comment_date_gmt><wp:comment_content>{text}"
        f"</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def outcome(document: bytes, settings: ReadSettings | None = None) -> Outcome:
    return read(SOURCE, TinyArchive("hut.xml", [TinyMember("hut.xml", document)]), settings)


def acts(found: Outcome) -> list[tuple[str, str, str, str | None]]:
    stored = [each for each in found.items["hut.xml"] if isinstance(each, Stored)]
    return [
        (row.person, row.direction, row.kind, row.text)
        for each in stored
        for row in each.rows
        if isinstance(row, Interaction)
    ]


@pytest.mark.parametrize(
    "encoding, mark",
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("iso-8859-1", b""), ("utf-16", b""), ("windows-1252", b"")],
)
@pytest.mark.parametrize("fault", ["", "&nosuch;"])
def test_encodings_strict_and_tolerant(encoding: str, mark: bytes, fault: str) -> None:
    text = HEAD.format(encoding=encoding) + item(1, "ida", comment(1, "bo@reed.example")) + fault + "</channel></rss>"
    assert acts(outcome(mark + text.encode(encoding))) == [("bo@reed.example", "inbound", "comment", "Grüße")]


def test_the_author_of_the_settings_stands_before_the_busiest() -> None:
    document = (
        HEAD.format(encoding="utf-8")
        + item(1, "ida")
        + item(2, "ida")
        + item(3, "jo", comment(1, "ida@hut.example"))
        + "</channel></rss>"
    ).encode()
    assert acts(outcome(document)) == [("jo@hut.example", "outbound", "comment", "Grüße")]
    named = ReadSettings(owners={"wordpress": Owner(emails=frozenset({"jo@hut.example"}))})
    found = outcome(document, named)
    assert acts(found) == [("ida@hut.example", "inbound", "comment", "Grüße")]
    assert {note.reason.rpartition("; ")[2] for note in found.items["hut.xml"] if isinstance(note, CoverageNote)} == {
        "owner: jo, named in the settings"
    }


def test_an_export_of_one_authors_posts_makes_nobody_else_the_owner() -> None:
    """Two archives of one site: the greatest count of published items in any of them decides, in both alike."""
    head, tail = HEAD.format(encoding="utf-8"), "</channel></rss>"
    whole = head + item(1, "ida") + item(2, "ida") + item(3, "jo", comment(1, "ida@hut.example")) + tail
    filtered = head + item(3, "jo", comment(2, "bo@reed.example") + comment(3, "ida@hut.example", parent=2)) + tail
    archives = [TinyArchive("hut.xml", [TinyMember("hut.xml", text.encode())]) for text in (whole, filtered)]
    surveys = [SOURCE.survey(archive, list(SOURCE.recognise(archive)), ReadSettings()) for archive in archives]
    found = []
    for archive, own, other in zip(archives, surveys, reversed(surveys), strict=True):
        merged = own | other
        context = Context(ReadSettings(), merged, {"wordpress": merged.owner})
        items = list(SOURCE.readers["wxr"].parse(archive.members[0], context))  # type: ignore[misc]  # it has a parse function
        found.append(acts(Outcome([], merged, {"hut.xml": items})))
        assert {note.reason.rpartition("; ")[2] for note in items if isinstance(note, CoverageNote)} == {
            "owner: ida, the author with most published items (2)"
        }
    assert found == [
        [("jo@hut.example", "outbound", "comment", "Grüße")],
        [("bo@reed.example", "outbound", "reply", "Grüße")],
    ]


def test_a_draft_alone_names_its_author() -> None:
    """A file without `wp:author` blocks whose one post isn't published: who wrote it is the owner of its comments."""
    head = HEAD.format(encoding="utf-8").partition("<wp:author>")[0]
    draft = item(1, "ida", comment(1, "bo@reed.example")).replace(">publish<", ">draft<")
    assert acts(outcome((head + draft + "</channel></rss>").encode())) == [
        ("bo@reed.example", "inbound", "comment", "Grüße")
    ]


def test_two_sites_in_one_archive_have_an_owner_each() -> None:
    first = HEAD.format(encoding="utf-8") + item(1, "ida", comment(1, "jo@hut.example")) + "</channel></rss>"
    second = (
        HEAD.format(encoding="utf-8").replace("https://hut.example/", "https://shed.example/")
        + item(1, "jo", comment(1, "ida@hut.example"))
        + "</channel></rss>"
    )
    found = read(
        SOURCE, TinyArchive("two.zip", [TinyMember("a.xml", first.encode()), TinyMember("hut.xml", second.encode())])
    )
    assert acts(found) == [("ida@hut.example", "inbound", "comment", "Grüße")]
    assert {row.account for each in found.items["hut.xml"] if isinstance(each, Stored) for row in each.rows
            if isinstance(row, Interaction)} == {"https://shed.example"}  # fmt: skip


def test_one_web_address_of_two_people_is_no_alias() -> None:
    def with_url(number: int, email: str) -> str:
        return comment(number, email).replace(
            "</wp:comment_author_email>",
            "</wp:comment_author_email><wp:comment_author_url>https://firm.example/</wp:comment_author_url>",
        )

    document = (
        HEAD.format(encoding="utf-8")
        + item(1, "ida", with_url(1, "a@firm.example") + with_url(2, "b@firm.example"))
        + "</channel></rss>"
    )
    rows = [
        row for each in outcome(document.encode()).items["hut.xml"] if isinstance(each, Stored) for row in each.rows
    ]
    assert not [row for row in rows if type(row).__name__ == "Alias"]


def test_a_hundred_thousand_nested_tags_are_set_aside() -> None:
    deep = "<b>" * 100_000 + "</b>" * 100_000
    document = (
        HEAD.format(encoding="utf-8") + item(1, "ida") + item(2, "ida", deep) + item(3, "ida") + "</channel></rss>"
    )
    found = outcome(document.encode())
    assert [type(each).__name__ for each in found.items["hut.xml"][:3]] == ["Stored", "SetAside", "Stored"]


def test_billion_laughs_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss xmlns:wp="http://wordpress.org/export/1.2/"><item>&b;</item></rss>'
    (only,) = outcome(bomb).items["hut.xml"]
    assert isinstance(only, SetAside)
    assert (only.code, only.pointer) == ("dtd_refused", "byte:0")


def test_the_median_gap_serves_rows_without_gmt() -> None:
    gap = median_gap(
        [
            ("2020-01-01 10:00:00", "2020-01-01 09:00:00"),
            ("2020-01-01 10:00:00", "2020-01-01 17:00:00"),
            ("2020-06-01 10:00:00", "2020-06-01 08:00:00"),
        ]
    )
    assert gap == 3600
    nine = stamp("2020-01-01 09:00:00")
    assert nine is not None
    assert moment("2020-01-01 10:00:00", "0000-00-00 00:00:00", gap, ReadSettings()) == Moment(nine, assumed=True)
    assert moment("2020-01-01 10:00:00", "2020-01-01 09:00:00", -9, ReadSettings()) == Moment(nine)
    assert moment("2020-01-01 10:00:00", "", None, ReadSettings("Europe/Ljubljana")) == Moment(nine, assumed=True)
    assert moment("9999-01-01 10:00:00", "", None, ReadSettings()) is None


def test_an_unknown_comment_type_is_said_by_its_name() -> None:
    odd = comment(1, "bo@reed.example").replace(
        "</wp:comment>", "<wp:comment_type>superlike</wp:comment_type></wp:comment>"
    )
    found = outcome((HEAD.format(encoding="utf-8") + item(1, "ida", odd) + "</channel></rss>").encode())
    aside = [each for each in found.items["hut.xml"] if isinstance(each, SetAside)]
    assert [each.code for each in aside] == ["unknown_kind"]
    assert "superlike" in aside[0].reason


def test_a_line_break_in_a_login_costs_nobody_a_comment() -> None:
    broken = item(1, "jo\nlo", comment(1, "bo@reed.example")) + item(2, "ida", comment(2, "bo@reed.example"))
    document = HEAD.format(encoding="utf-8") + broken + "</channel></rss>"
    assert acts(outcome(document.encode())) == [("bo@reed.example", "inbound", "comment", "Grüße")]
