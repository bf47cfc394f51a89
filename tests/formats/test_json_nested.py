"""Elements of nested arrays, with their locations and the scalars around them."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats.count_json import elements_at
from pipeline.formats.decoding import loads
from pipeline.formats.json_nested import nested

PATHS = (("chats", "list", "*", "messages"), ("contacts",))


def found(data: bytes) -> list[tuple[str, Any]]:
    return [(entry.place, loads(entry.raw)) for entry in nested(io.BytesIO(data), PATHS)]


def test_pointers_and_surrounding_scalars() -> None:
    data = b'{"x": {"deep": [1]}, "contacts": [7, {"a": [8]}], "chats": {"about": "", "list": [{"name": "N", "id": 1, "messages": [{"m": 1}], "z": 2}]}}'
    entries = list(nested(io.BytesIO(data), PATHS))
    assert [(entry.path[0], entry.place, entry.index, entry.raw) for entry in entries] == [
        ("contacts", "/contacts/0", 0, b"7"),
        ("contacts", "/contacts/1", 1, b'{"a": [8]}'),
        ("chats", "/chats/list/0/messages/0", 0, b'{"m": 1}'),
    ]
    assert entries[2].around == {"name": "N", "id": 1, "z": 2}


@pytest.mark.parametrize(
    "data, expected",
    [
        (b"", []),
        (b"[1, 2]", []),
        (b'{"contacts": null, "other": [1]}', []),
        (b'{"contacts": {"a": 1}}', [("/contacts/0", {"a": 1})]),
        (b'{"chats": {"list": [null, 3, {"messages": 4}, {"messages": [5]}]}}', [("/chats/list/3/messages/0", 5)]),
        (b'{"chats": {"list": {"a/b": {"messages": [6]}}}}', [("/chats/list/a~1b/messages/0", 6)]),
    ],
)
def test_unusual_shapes(data: bytes, expected: list[tuple[str, Any]]) -> None:
    assert found(data) == expected


_VALUES = st.recursive(
    st.none() | st.integers(0, 9) | st.text('a[]{}\\",:é', max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "messages", "list"]), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.lists(_VALUES, max_size=3), st.lists(st.dictionaries(st.sampled_from(["id", "messages"]), _VALUES), max_size=3)
)
def test_as_many_elements_as_are_counted(contacts: list[Any], chats: list[dict[str, Any]]) -> None:
    data = json.dumps({"contacts": contacts, "chats": {"list": chats}}).encode()
    assert len(found(data)) == sum(elements_at(io.BytesIO(data), path) for path in PATHS)


@given(st.binary(max_size=80))
def test_any_bytes_end(data: bytes) -> None:
    assert all(entry.index >= 0 for entry in nested(io.BytesIO(b'{"contacts": [' + data), PATHS))
