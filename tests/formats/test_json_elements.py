import io
import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.count_json import Unended, elements_at
from pipeline.formats.decoding import BadJson, Unusable, loads
from pipeline.formats.json_elements import Step, head_values, split_array

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\]}[{,:é', max_size=3), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


class Drip(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size

    def readable(self) -> bool:
        return True

    def read(self, _size: int | None = -1) -> bytes:
        given, self._data = self._data[: self._size], self._data[self._size :]
        return given


def split(data: bytes, *path: Step) -> list[Any]:
    return [loads(raw) for _, raw in split_array(io.BytesIO(data), path)]


@given(st.lists(VALUES, max_size=6), st.integers(4, 40), st.sampled_from([None, 1]), st.booleans())
def test_elements_and_their_count_are_those_of_the_document(
    items: list[Any], size: int, indent: int | None, ascii_: bool
) -> None:
    document = {"a": [1, {"m": "x"}], "t": 'm": [', "m": items, "z": {"m": [1]}}
    data = json.dumps(document, indent=indent, ensure_ascii=ascii_).encode()
    given_ = [loads(raw) for _, raw in split_array(Drip(data, size), ("m",))]  # type: ignore[arg-type] # a RawIOBase that reads
    assert given_ == items
    assert elements_at(Drip(data, size), ("m",)) == len(items)  # type: ignore[arg-type] # as above


@given(st.lists(st.lists(VALUES, max_size=3), max_size=4), st.integers(4, 30))
def test_counts_over_all_inner_arrays(groups: list[list[Any]], size: int) -> None:
    data = (
        b"window.YTD.dm.part0 = "
        + json.dumps([{"c": {"messages": group, "messages2": [1]}} for group in groups]).encode()
    )
    assert elements_at(Drip(data, size), ("*", "c", "messages")) == sum(map(len, groups))  # type: ignore[arg-type] # as above


@pytest.mark.parametrize(
    "data, path, items",
    [
        (b"[]", (), []),
        (b"", (), []),
        (b"no json", (), []),
        (b'{"m": "text"}', ("m",), []),
        (b'{"x": [1]}', ("m",), []),
        (b'{"m": {"a": 1}}', ("m",), [{"a": 1}]),
        (b'{"a": 1}', (), [{"a": 1}]),
        (b"window.YTD.tweets.part0 = [1, 2];", (), [1, 2]),
        (b"\xef\xbb\xbf[1]", (), [1]),
        ('[{"a": "é"}]'.encode("utf-16"), (), [{"a": "é"}]),
        (b'[1, "x,]", [2, "]"], {"k": "}"},]', (), [1, "x,]", [2, "]"], {"k": "}"}]),
        (b'{"f_v1": 1, "f_v2": [7]}', (re.compile(r"f_v[2-9]"),), [7]),
        (b'{"a": {"a": [5]}}', ("a", "a"), [5]),
    ],
)
def test_layouts(data: bytes, path: tuple[Step, ...], items: list[Any]) -> None:
    assert split(data, *path) == items
    assert elements_at(io.BytesIO(data), path) == len(items)


def test_a_deep_element_is_marked_quickly_and_the_next_ones_follow() -> None:
    data = b"[1," + b"[" * 1_000_000 + b"]" * 1_000_000 + b",3]"
    began = time.monotonic()
    elements = dict(split_array(io.BytesIO(data)))
    assert time.monotonic() - began < 10
    assert (elements[0], elements[2]) == (b"1", b"3")
    with pytest.raises(BadJson) as error:
        loads(elements[1])
    assert error.value.code == "too_deep"
    assert elements_at(io.BytesIO(data), ()) == 3


def test_the_last_element_of_a_truncated_file_is_unusable() -> None:
    data = b'{"m": [{"a": 1}, {"a": "cut'
    first, last = [raw for _, raw in split_array(io.BytesIO(data), ("m",))]
    assert first == b'{"a": 1}'
    assert isinstance(last, Unusable)
    assert last.code == "cut_short"
    assert elements_at(io.BytesIO(data), ("m",)) == 2


@pytest.mark.parametrize(
    "data, number, ended",
    [
        (b"window.YTD.follower.part0 = [{}, {}]", 2, True),
        (b"window.YTD.follower.part0 = [{}, {}", 2, False),
        (b"window.YTD.follower.part0 = [{}, ", 1, False),
        (b"window.YTD.follower.part0 = [", 0, False),
        (b"window.YTD.follower.part0 =", 0, False),
        (b'[{}, "in a string ]', 2, False),
        (b"[{}, 12", 2, False),
        (b"no json", 0, True),
        (b"[1]\n;\n", 1, True),
    ],
)
def test_a_file_cut_between_two_records_is_unended(data: bytes, number: int, ended: bool) -> None:
    """Otherwise a list of followers cut there would prove that all others had left."""
    counted = elements_at(io.BytesIO(data), ())
    assert (counted, not isinstance(counted, Unended)) == (number, ended)
    drip = elements_at(Drip(data, 3), ())  # type: ignore[arg-type] # a RawIOBase that reads
    assert (drip, not isinstance(drip, Unended)) == (number, ended)


def test_a_file_cut_after_the_wanted_list_is_unended() -> None:
    assert isinstance(elements_at(io.BytesIO(b'{"m": [1, 2], "title": "a ]}'), ("m",)), Unended)


@given(st.binary(max_size=200))
def test_any_bytes_are_split_and_counted_without_an_exception(data: bytes) -> None:
    for start in (b"", b"[", b'{"m": ['):
        list(split_array(io.BytesIO(start + data), ("m",)))
        list(split_array(io.BytesIO(start + data)))
        elements_at(io.BytesIO(start + data), ("m",))
        head_values(io.BytesIO(start + data), ["a"])


def test_values_beside_the_big_array() -> None:
    data = json.dumps({"title": "t", "messages": list(range(1000)), "participants": [{"name": "x"}]}).encode()
    assert head_values(io.BytesIO(data), ["participants", "title", "none"]) == {
        "title": "t",
        "participants": [{"name": "x"}],
    }
