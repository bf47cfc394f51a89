"""Identify people on X. Format facts: accounts are numeric ids or handles, by file; `-1` is an account that is gone."""

from typing import NamedTuple

from pipeline.model.records import Person
from pipeline.model.survey import Context
from pipeline.sources.shared.web.json_items import text_of
from pipeline.sources.x.facts import XFacts


class Mention(NamedTuple):
    """An account named in a tweet."""

    id: str
    """Numeric id, empty when the record gives none."""
    handle: str
    name: str = ""
    start: int = -1
    """Offset of the `@` in the text as written (with HTML entities), -1 when unknown."""


def id_of(*values: object) -> str:
    """Return the first usable numeric id as text; `-1`, `0`, floats and words are none.

    >>> id_of("-1", 12), id_of(1.2e18)
    ('12', '')
    """
    for value in values:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value)
        if text.isascii() and text.isdigit() and text.strip("0"):
            return text
    return ""


def person_of(mention: Mention, context: Context) -> Person | None:
    """Return the person by numeric id, else by the id that the archive gives the handle, else by handle; None without both."""
    handle = mention.handle.lstrip("@")
    known = context.facts(XFacts).id_of_handle.get(handle.lower(), "")
    key = mention.id or known or handle.lower()
    return Person(key, handle=handle or None, display_name=mention.name or None) if key else None


def person_by_key(key: str, context: Context) -> Person | None:
    """Return the person of an id or handle as `XFacts.author_of_status` holds them; None for an empty key."""
    if key.isdigit():
        return Person(key)
    return person_of(Mention("", key), context) if key else None


def author_of(status: str, context: Context) -> Person | None:
    """Return the author of a status as far as the archive names them elsewhere."""
    return person_by_key(context.facts(XFacts).author_of_status.get(status, ""), context)


def is_owner_id(native_id: str, context: Context) -> bool:
    """Return whether a numeric id is the owner's."""
    return native_id in context.owner("x").ids


def is_owner(native_id: str, handle: str, context: Context) -> bool:
    """Return whether an account is the owner's: by numeric id, without one by handle, former handles included."""
    if native_id:
        return is_owner_id(native_id, context)
    plain = handle.lstrip("@").lower()
    return bool(plain) and plain in {name.lstrip("@").lower() for name in context.owner("x").handles}


def is_owner_person(person: Person, context: Context) -> bool:
    """Return whether a person is the owner."""
    numeric = person.native_id if person.native_id.isdigit() else ""
    return is_owner(numeric, person.handle or person.native_id, context)
