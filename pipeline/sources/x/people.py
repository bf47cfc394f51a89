"""How X names people: numeric ids as text, handles, `-1` for those who are gone."""

from typing import Any, NamedTuple

from pipeline.model.records import Context, Person
from pipeline.sources.shared.web.json_items import text_of

HANDLES = "x_handles"
"""Survey map: handle in lower case -> numeric id."""


class Mention(NamedTuple):
    """A person named in a tweet; `start` is the place of the `@` in the escaped text, -1 when unknown."""

    id: str
    handle: str
    name: str
    start: int


def id_of(*values: Any) -> str:
    """Return the first usable numeric id as text; empty for none (`-1`, `0`, floats and words are none)."""
    for value in values:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else text_of(value)
        if text.isascii() and text.isdigit() and text.strip("0"):
            return text
    return ""


def person(native: str, handle: str = "", name: str = "", context: Context | None = None) -> Person | None:
    """Return the person: by id, else by handle (whose id the archive may tell elsewhere); None when neither is there."""
    plain = handle.lstrip("@")
    known = context.survey.maps.get(HANDLES, {}).get(plain.lower(), "") if context else ""
    key = native or known or plain.lower()
    return Person(key, handle=plain or None, display_name=name or None) if key else None


def is_owner(native: str, handle: str, context: Context) -> bool:
    """Tell whether an id or a handle (old ones too) is the owner's."""
    owner = context.owner("x")
    if native:
        return native in owner.ids
    plain = handle.lstrip("@").lower()
    return bool(plain) and plain in {name.lstrip("@").lower() for name in owner.handles}
