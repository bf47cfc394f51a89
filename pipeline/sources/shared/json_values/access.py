"""Read fields of foreign JSON without trusting their types.

An export may hold `null`, a number or a list where a text is documented. These functions return the value when it has
the type asked for and the type's empty value otherwise, so that readers handle one case instead of two.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

JsonObject: TypeAlias = dict[str, object]
"""A JSON object as parsed; the types of its values are unknown."""


def as_object(value: object) -> JsonObject:
    """Return the value if it is a JSON object, else an empty one.

    >>> as_object({"name": "Ana"}), as_object(["Ana"])
    ({'name': 'Ana'}, {})
    """
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """Return the value if it is a JSON array, else an empty list.

    >>> as_list([1, 2]), as_list({"0": 1})
    ([1, 2], [])
    """
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """Return the value if it is a text (unchanged, blanks included), else an empty text.

    >>> as_text(" a "), as_text(None)
    (' a ', '')
    """
    return value if isinstance(value, str) else ""


def objects_of(value: object) -> Iterator[JsonObject]:
    """Yield the objects of a JSON array; elements of other types are passed over, and so is a value that is no array.

    >>> list(objects_of([{"a": 1}, "b", None]))
    [{'a': 1}]
    """
    for item in as_list(value):
        if isinstance(item, dict):
            yield item


def first_object(value: object) -> JsonObject:
    """Return the first element of a JSON array if that is an object, else an empty object.

    >>> first_object([{"a": 1}, {"b": 2}]), first_object(["a", {"b": 2}])
    ({'a': 1}, {})
    """
    listed = as_list(value)
    return as_object(listed[0]) if listed else {}


def at_path(value: object, *keys: str) -> object:
    """Return the value under nested keys, None when a step is missing or is no object.

    >>> at_path({"snippet": {"title": "Reel"}}, "snippet", "title")
    'Reel'
    >>> at_path({"snippet": "Reel"}, "snippet", "title") is None
    True
    """
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
