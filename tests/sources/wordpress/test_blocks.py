"""Cutting and cleaning ill-formed XML; HTML to text and links; dates in file names."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.shared.web.html import Link, host, links, plain
from pipeline.sources.shared.xml_exports.blocks import clean
from pipeline.sources.shared.xml_exports.tags import count_tags, cut_blocks


class Trickle(io.BytesIO):
    """A stream that hands out a few bytes at a time, whatever is asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3 if size is None or size < 0 else min(size, 3))


ITEM = frozenset({"item"})
DOCUMENT = b"<r><item a='1'>x</item><!-- <item> --><item/><item><![CDATA[<item>]]></item>\n<wp:item>open<item>last</r>"


def test_blocks_are_cut_by_their_tags() -> None:
    expected = [
        (3, b"<item a='1'>x</item>"), (38, b"<item/>"), (45, b"<item><![CDATA[<item>]]></item>"), (77, b"<wp:item>open"),
        (90, b"<item>last</r>"),
    ]  # fmt: skip
    assert list(cut_blocks(io.BytesIO(DOCUMENT), "item", ITEM)) == expected
    assert list(cut_blocks(Trickle(DOCUMENT), "item", ITEM)) == expected
    assert count_tags(io.BytesIO(DOCUMENT), ITEM) == 5


def test_a_section_left_open_ends_between_two_blocks() -> None:
    document = b"<r><item><![CDATA[open</item>\n<item>two</item><item><![CDATA[closed]]></item></r>"
    assert [data for _, data in cut_blocks(io.BytesIO(document), "item", ITEM)] == [
        b"<item><![CDATA[open</item>", b"<item>two</item>", b"<item><![CDATA[closed]]></item>",
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from([b"<item>", b"</item>", b"<item/>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"x", b"\n"]),
        max_size=25,
    )
)
def test_blocks_and_count_agree_whatever_the_chunks(pieces: list[bytes]) -> None:
    document = b"".join(pieces)
    whole = list(cut_blocks(io.BytesIO(document), "item", ITEM))
    assert whole == list(cut_blocks(Trickle(document), "item", ITEM))
    assert len(whole) == count_tags(io.BytesIO(document), ITEM)
    assert all(document[at : at + len(data)] == data for at, data in whole)


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "a & b &amp; &nbsp;&eacute; &nosuch; &#0;&#65;&#x1F600;&#xD800;",
            "a &amp; b &amp; \xa0é &amp;nosuch; &#65;&#x1F600;",
        ),
        ("a\x00\x0bb", "ab"),
        ("<![CDATA[a & b\x01]]> & c", "<![CDATA[a & b]]> &amp; c"),
        ("&Lt;", "≪"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "markup, expected",
    [
        ("plain &amp; simple", "plain & simple"),
        ("one<br />\ntwo<br>three", "one\ntwo\nthree"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("line\nline <script>alert(1)</script><b>bold</b>", "line\nline bold"),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_plain_text(markup: str, expected: str) -> None:
    assert plain(markup) == expected


def test_links_are_listed_once_and_only_those_of_the_web() -> None:
    markup = '<a href="https://a.example/x">A</a> <a href="mailto:x@y.example">m</a> <a href="https://a.example/x">again</a> <a>none</a>'
    assert links(markup) == [Link("https://a.example/x", "A")]


@pytest.mark.parametrize(
    "url, expected",
    [("https://www.Kestrel.example/x", "kestrel.example"), ("kestrel.example", "kestrel.example"), ("http://[bad", ""), ("", ""),
     ("//cdn.example/x", "cdn.example"), ("nonsense", "")],
)  # fmt: skip
def test_hosts(url: str, expected: str) -> None:
    assert host(url) == expected


@pytest.mark.parametrize(
    "name, expected",
    [("hut.wordpress.2024-06-01.xml", 1_717_200_000_000_000), ("takeout-20240601T101112Z.zip", 1_717_200_000_000_000), ("hut.xml", None),
     ("members.2024-13-01.csv", None)],
)  # fmt: skip
def test_days_in_names(name: str, expected: int | None) -> None:
    assert day_in_name(name) == expected
