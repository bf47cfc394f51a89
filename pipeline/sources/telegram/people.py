"""People in Telegram's export: ids with a prefix, mentions; and texts in their two forms."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.model.records import Person
from pipeline.model.survey import Owner
from pipeline.sources.shared.json_values.access import JsonObject, objects_of
from pipeline.sources.shared.web.json_items import text_of

SERVICE_ID: Final = "777000"
"""Telegram's own account: login codes and announcements."""
_ID: Final = re.compile(r"(user|channel|chat)?(\d{1,20})")
_SENDER_ID: Final = re.compile(rb'"(?:from|actor)_id"\s*:\s*(?:(\d)|")')
_NEGATIVE: Final = re.compile(r"-(?:100(?=\d{9}))?(\d{1,18})")
"""Id of a group as bots see it: `-123`, and of a supergroup `-100123`."""
_MESSAGE_ID: Final = re.compile(r"-?\d{1,20}")
_USERNAME: Final = re.compile(r"@([A-Za-z]\w{3,31})")


def peer(value: object) -> tuple[str, str]:
    """Return (kind, digits) of `user123`, `channel123`, `chat123` or a bare number (very old exports: a user); else empty."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    found = _ID.fullmatch(text.strip())
    return (found[1] or "user", found[2]) if found else ("", "")


def user_id(value: object) -> str:
    """Return the number of a user; empty for any other id."""
    kind, digits = peer(value)
    return digits if kind == "user" and int(digits or 0) else ""


def has_bare_ids(raw: bytes) -> bool | None:
    """Return whether a message names its sender by a bare number, as exports before 2021 do; None if it names no sender.

    >>> has_bare_ids(b'{"from_id": 7}'), has_bare_ids(b'{"from_id": "user7"}'), has_bare_ids(b'{"from": null}')
    (True, False, None)
    """
    found = _SENDER_ID.search(raw)
    return found and found[1] is not None


def sender_peer(value: object) -> tuple[str, str]:
    """Return (kind, digits) of a `from_id` or `actor_id`.

    A bare number is from before 2021, when ids had 31 bits. Some versions added 2^32 to it for a user and 2^33 for a group.

    >>> sender_peer(7), sender_peer(4294967303), sender_peer(8589934599), sender_peer("user4294967303")
    (('user', '7'), ('user', '7'), ('channel', '7'), ('user', '4294967303'))
    """
    if isinstance(value, int) and value >> 32 in {1, 2}:
        return ("user" if value >> 32 == 1 else "channel"), str(value & 0xFFFFFFFF)
    return peer(value)


def sender_id(value: object) -> str:
    """Return the number of a user in a `from_id` or `actor_id`; empty for any other sender."""
    kind, digits = sender_peer(value)
    return digits if kind == "user" and int(digits or 0) else ""


def chat_id(value: object, *, bare_ids: bool) -> str:
    """Return the number of a chat's other side; empty for no id.

    Exports with bare sender ids add 2^32 to the id of a user's chat and 2^33 to that of a group, so that the id of a chat is not
    that of its messages' sender. Later ids may be as large without such a shift.

    >>> chat_id(4294967303, bare_ids=True), chat_id(4294967303, bare_ids=False), chat_id(8589934599, bare_ids=True)
    ('7', '4294967303', '7')
    >>> chat_id(-1001555000111, bare_ids=False), chat_id(-4242, bare_ids=False)
    ('1555000111', '4242')
    """
    negative = _NEGATIVE.fullmatch(str(value)) if isinstance(value, str | int) else None
    digits = negative[1] if negative else peer(value)[1]
    is_shifted = bare_ids and digits and int(digits) >> 32 in {1, 2}
    return str(int(digits) & 0xFFFFFFFF) if is_shifted else digits


def message_id(value: object) -> str:
    """Return the id of a message; it is negative for messages from before a group became a supergroup."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if _MESSAGE_ID.fullmatch(text) else ""


def owner_ids(owner: Owner) -> frozenset[str]:
    """Return the owner's numbers; the settings may write them as `user123`."""
    return frozenset(user_id(value) for value in owner.ids) - {""}


def owner_handles(owner: Owner) -> frozenset[str]:
    """Return the owner's user names in lower case."""
    return frozenset(handle.casefold().lstrip("@") for handle in owner.handles)


def plain_text(message: JsonObject) -> str:
    """Return the text: a string, or an array that mixes strings and `{type, text}`; else joined from `text_entities`."""
    for key in ("text", "text_entities"):
        value = message.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, list):
            parts = [part if isinstance(part, str) else text_of_part(part) for part in value]
            if joined := "".join(parts):
                return joined
    return ""


def text_of_part(part: object) -> str:
    """Return the text of one formatted part, unstripped."""
    text = part.get("text") if isinstance(part, dict) else None
    return text if isinstance(text, str) else ""


def mentions(message: JsonObject) -> Iterator[Person]:
    """Yield the people whom a text mentions: by user name (`mention`), or by name and id (`mention_name`)."""
    for key in ("text_entities", "text"):
        found = list(objects_of(message.get(key)))
        for part in found:
            text = text_of(part.get("text"))
            if part.get("type") == "mention_name" and (number := user_id(part.get("user_id"))):
                yield Person(number, display_name=text.lstrip("@") or None)
            elif part.get("type") == "mention" and (name := _USERNAME.fullmatch(text)):
                yield Person(name[1].lower(), handle=name[1].lower())
        if found:
            return
