import csv
import io
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.containers.budget import Budget
from pipeline.containers.streams import StreamMember
from pipeline.formats.count_csv import rows_in
from pipeline.formats.counting import json_array, lines, one, total, xml_elements
from pipeline.formats.csv_rows import Dialect, Row, read_rows
from pipeline.formats.xml_elements import BadXml, read_elements
from pipeline.model.limits import Limits
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources.base import Count

CONTEXT = Context(ReadSettings(), Survey(), {})


def count(counter: Count, data: bytes) -> int:
    return counter(StreamMember("m", len(data), lambda: io.BytesIO(data), Budget(Limits(), len(data))), CONTEXT)


def rows(data: bytes, dialect: Dialect | None = None, header: tuple[str, ...] = ()) -> list[Row]:
    return list(read_rows(io.BytesIO(data), dialect, header))


@given(
    st.lists(st.lists(st.text('a",\n\r;é ', max_size=5), min_size=2, max_size=3), max_size=8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_rows_and_their_count_are_those_that_were_written(cells: list[list[str]], end: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *cells])
    data = file.getvalue().encode()
    assert [list(row.values.values()) for row in rows(data)] == cells
    assert rows_in(io.BytesIO(data), Dialect(), ()) == len(cells)


@given(st.binary(max_size=120), st.booleans())
def test_any_bytes_give_as_many_rows_as_are_counted(data: bytes, backslash: bool) -> None:
    dialect = Dialect(backslash=backslash)
    data = b"a,b\n" + data.replace(b"\0", b"").replace(b"\\", b"").replace(b"\xff\xfe", b"").replace(b"\xfe\xff", b"")
    assert len(rows(data, dialect)) == rows_in(io.BytesIO(data), dialect, ())


@pytest.mark.parametrize(
    "data, found",
    [
        (b'a,b\n1,2\n\n"x\ny",3\n', [("line:2", "1"), ("line:4", "x\ny")]),
        (b'a,b\r\n5" disk,2\r\n"q ""q""",2\r\n', [("line:2", '5" disk'), ("line:3", 'q "q"')]),
        (b'a,b\n1,"2\n3,4\n5,6', [("byte:4", "")]),
        (b'a,b\n1,2\n"3\n3,4\n5,6', [("line:2", "1"), ("byte:8", "")]),
        ("A ,b\nß,2".encode("utf-16"), [("line:2", "ß")]),
        (b"a,b\ncaf\xe9,2\n", [("line:2", "café")]),
        (b"\xef\xbb\xbfa,b\n1,2", [("line:2", "1")]),
        (b"", []),
        (b"a,b\n", []),
    ],
)
def test_rows_with_their_locations(data: bytes, found: list[tuple[str, str]]) -> None:
    read = rows(data)
    assert [(row.pointer, row.get("A")) for row in read] == found
    assert all((row.problem == "unterminated_quote") == row.pointer.startswith("byte:") for row in read)


def test_a_preamble_is_skipped() -> None:
    data = b'Notes:\n"about, ""these"" rows"\n\nFirst Name,Connected On\nAda,1 Jan\n'
    [row] = rows(data, header=("first name", "connected on"))
    assert (row.pointer, row.get("First Name")) == ("line:5", "Ada")
    assert rows_in(io.BytesIO(data), Dialect(), ("first name", "connected on")) == 1
    assert (rows(data, header=("none",)), rows_in(io.BytesIO(data), Dialect(), ("none",))) == ([], 0)


def test_quotes_behind_a_backslash() -> None:
    data = b'a,b\n"x \\" , y",2\n"z",3\n'
    dialect = Dialect(backslash=True)
    assert [row.get("a") for row in rows(data, dialect)] == ['x " , y', "z"]
    assert rows_in(io.BytesIO(data), dialect, ()) == 2


def test_more_cells_than_columns_are_a_problem() -> None:
    assert [row.problem for row in rows(b"a,b\n1,2,,\n1,2,3\n")] == [None, "too_many_fields"]


XML = b"""<?xml version="1.0"?><rss xmlns:wp="u"><channel><item><title>1</title><t><![CDATA[<item> & ]]></t></item>
<!-- <item> --><item/><wp:comment id="3"><wp:by>x&amp;y</wp:by></wp:comment><items/></channel></rss>"""


def test_xml_elements_are_counted_past_cdata_and_comments() -> None:
    assert [count(xml_elements(name), XML) for name in ("item", "comment", "wp:comment", "by", "none")] == [
        2,
        1,
        1,
        1,
        0,
    ]
    assert count(xml_elements("item"), XML * 40_000) == 80_000


def test_xml_elements_with_their_locations() -> None:
    found = list(read_elements(io.BytesIO(XML), ["item", "wp:comment"]))
    assert [(XML[one.offset : one.offset + 5], one.element.tag) for one in found] == [
        (b"<item", "item"), (b"<item", "item"), (b"<wp:c", "wp:comment"),
    ]  # fmt: skip
    assert (found[0].element.findtext("t"), found[2].element.findtext("wp:by")) == ("<item> & ", "x&y")


@pytest.mark.parametrize(
    "data, code",
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "dtd_refused"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "dtd_refused"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]><a/>', "dtd_refused"),
        (b"<x>" * 100_000, "too_deep"),
        (b"<x><a>1</a>", "not_xml"),
        (b"<x><a>1</a><a>&nbsp;</a></x>", "not_xml"),
        (b'<?xml version="1.0" encoding="nonsense"?><x/>', "not_xml"),
        (b"", "not_xml"),
    ],
)
def test_xml_that_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadXml) as error:
        list(read_elements(io.BytesIO(data), ["a"]))
    assert error.value.code == code


@given(st.binary(max_size=200))
def test_any_bytes_as_xml(data: bytes) -> None:
    with suppress(BadXml):
        list(read_elements(io.BytesIO(b"<a>" + data), ["a", "b"]))


@pytest.mark.parametrize(
    "data, number", [(b"", 0), (b"a", 1), (b"a\n\n \nb\r\nc", 3), (b"\n", 0), (b"a\n" * 700_000, 700_000)]
)
def test_lines(data: bytes, number: int) -> None:
    assert count(lines(), data) == number


def test_counters_combine() -> None:
    data = b'{"a": [1, 2], "b_v2": [3], "b_v3": {"x": 1}}'
    parts: list[Any] = [json_array("a"), json_array(re.compile(r"b_v2")), json_array("b_v3"), one()]
    assert [count(part, data) for part in parts] == [2, 1, 1, 1]
    assert count(total(*parts), data) == 5


@pytest.mark.parametrize(
    "data, number",
    [
        (b'{"a": null, "b": [1]}', 0),
        (b'{"a": 7, "b": {"a": [1]}}', 0),
        (b'{"a": "x", "b": [1], "c": 2}', 0),
        (b'{"b": [1], "a": null}', 0),
        (b'{"a": null, "a": [1, 2]}', 2),
        (b'{"b": "a", "a": [1, 2]}', 2),
    ],
)
def test_a_key_with_a_scalar_does_not_name_the_next_array(data: bytes, number: int) -> None:
    """An empty section is often written as `null`; the array after it belongs to another key."""
    assert count(json_array("a"), data) == number


def test_a_scalar_in_place_of_a_list_in_the_middle_of_a_path() -> None:
    data = (
        b'{"chats": [{"messages": null, "photos": [1, 2]}, {"name": "x", "messages": [1]}], "left": {"messages": [1]}}'
    )
    assert count(json_array("chats", "*", "messages"), data) == 1
