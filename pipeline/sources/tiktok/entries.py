"""One entry of a TikTok list to rows, the same for the JSON and the text export.

Format facts: keys differ in case and blanks between generations (`Date`, `date`, `User Name`); times have no zone, the
text export says that they are UTC; likes, comments and shares name no counterpart; a closed account has a blank name.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from pipeline.model.codes import Direction
from pipeline.model.durations import SECOND
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time

Entry: TypeAlias = Mapping[str, object]
"""An entry with keys as `lower_keys` returns them."""
ReadEntry: TypeAlias = Callable[[Entry, str, Context], Parsed]
"""Turns an entry, its pointer and the context into its outcome."""
_ADDRESS: Final = re.compile(r"https?://")
USUAL_KEYS: Final = frozenset({
    "date", "username", "from", "content", "comment", "url", "link", "videolink", "photo", "sharedcontent", "method", "title",
    "description", "desc", "likes", "sound", "whocanview",
})  # fmt: skip
"""Keys of entries in all generations of the export, as `lower_keys` returns them."""
_NEEDED_KEY: Final = {"follower": "username", "following": "username", "blocked": "username", "comments": "comment"}
"""Section -> key without which an entry can't be read."""
_SENDER_AND_CONTENT: Final = 2
_LONGEST_LIST_OF_KEYS: Final = 300
_CLOSED_OR_EMPTY: Final = frozenset({"", "n/a", "na", "null", "none", "unknown", "deleted user", "deleted account"})
_MOST_DIGITS: Final = 14
"""More digits than an epoch time in milliseconds has until the year 5138."""
_MILLISECONDS: Final = 100_000_000_000
"""An epoch time above this number counts milliseconds."""


def lower_keys(entry: Entry) -> JsonObject:
    """Return the entry with keys in lower case and without blanks."""
    return {key.lower().replace(" ", ""): value for key, value in entry.items()}


def is_time(value: object) -> bool:
    """Return whether a value is a date with a time of day."""
    return iso_us(value) is not None


def usual_keys(section: str, entry: Entry) -> JsonObject:
    """Return an entry under the usual keys: renamed and translated ones are found by the shape of their values.

    A time is the date; of what is left, the only value is the user name of a list of accounts, the first ones are sender and
    content of a message, an address is the link, the first other text is the comment. Keys with their usual names stay.

    Args:
        section: a section of `pipeline.sources.tiktok.sections`.
        entry: the entry, with any keys.

    >>> usual_keys("follower", {"Datum": "2024-01-01 00:00:00", "Naam": "pia"})
    {'datum': '2024-01-01 00:00:00', 'naam': 'pia', 'date': '2024-01-01 00:00:00', 'username': 'pia'}
    """
    found = lower_keys(entry)
    free = [key for key in found if key not in USUAL_KEYS]
    timed = [key for key in free if is_time(found[key])]
    if "date" not in found and timed:
        found["date"] = found[timed[0]]
    free = [key for key in free if key not in timed]
    texts = [key for key in free if isinstance(found[key], str)]
    linked = [key for key in texts if _ADDRESS.match(str(found[key]))]
    match section:
        case "follower" | "following" | "blocked" if "username" not in found and len(free) == 1 and not linked:
            found["username"] = found[free[0]]
        case "chats" if "from" not in found and "content" not in found and len(free) >= _SENDER_AND_CONTENT:
            found |= {"from": found[free[0]], "content": found[free[1]]}
        case "comments":
            if "comment" not in found and (plain := [key for key in texts if key not in linked]):
                found["comment"] = found[plain[0]]
            if "url" not in found and linked:
                found["url"] = found[linked[0]]
        case "likes" | "shares" | "reposts" | "posts" if "link" not in found and linked:
            found["link"] = found[linked[0]]
    return found


def read_section_entry(section: str, entry: Entry, pointer: str, context: Context) -> Parsed:
    """Read an entry of a section's list; without the key that the section needs it is set aside with its keys."""
    usual = usual_keys(section, entry)
    needed = _NEEDED_KEY.get(section, "date")
    if needed not in usual:
        named = ", ".join(entry)[:_LONGEST_LIST_OF_KEYS]
        return SetAside(
            pointer, "unknown_layout", f"not understood: please report the headings of this entry ({named})"
        )
    return READ_ENTRY[section](usual, pointer, context)


def user_name(value: object) -> str:
    """Return a user name in lower case, empty for a blank or the placeholder of a closed account.

    >>> user_name("@Pia.Loom "), user_name("Deleted User")
    ('pia.loom', '')
    """
    name = text_of(value).lstrip("@").lower()
    return "" if name in _CLOSED_OR_EMPTY else name


def date_of(entry: Entry) -> int | None:
    """Return the entry's time in microseconds UTC, None when it has no readable one."""
    return iso_us(entry.get("date"))


def _follow(direction: Direction, tie: str) -> ReadEntry:
    def read(entry: Entry, pointer: str, context: Context) -> Parsed:
        at, name = date_of(entry), user_name(entry.get("username"))
        if at is None:
            return unreadable_time(pointer)
        if not name:
            return Stored(pointer, (Unattributed("follow", direction, at),))
        if name in context.owner("tiktok").ids:
            return Skipped(pointer, "self_event")
        act = Interaction(name, direction, "follow", at)
        return Stored(pointer, (Person(name, handle=name), act, Tie(name, tie, at)))

    return read


def blocked(entry: Entry, pointer: str, _context: Context) -> Parsed:
    """Read an account that the owner blocked."""
    name = user_name(entry.get("username"))
    if not name:
        return SetAside(pointer, "missing_field", "a blocked account without a user name")
    return Stored(pointer, (Person(name, handle=name), Tie(name, "blocked", date_of(entry))))


def _unattributed(kind: str, text_keys: tuple[str, ...], url_keys: tuple[str, ...]) -> ReadEntry:
    """Return a reader of acts without counterpart; text and address are the first non-empty of the given keys."""

    def read(entry: Entry, pointer: str, context: Context) -> Parsed:
        at = date_of(entry)
        if at is None:
            return unreadable_time(pointer)
        text = next(filter(None, (text_of(entry.get(key)) for key in text_keys)), "")
        url = next(filter(None, (text_of(entry.get(key)) for key in url_keys)), None)
        url = url if url and url.lower() not in _CLOSED_OR_EMPTY else None
        return Stored(pointer, (Unattributed(kind, "outbound", at, text=kept(text, context), url=url),))

    return read


def saved_video(_entry: Entry, pointer: str, _context: Context) -> Parsed:
    """Leave out a saved video, which addresses no other person."""
    return Skipped(pointer, "not_social")


def live_comment(entry: Entry, pointer: str, context: Context) -> Parsed:
    """Read a comment or question in a live stream. Format facts: its host is not named; its time is an epoch time."""
    stamp = next((entry[key] for key in ("commenttime", "questiontime", "date") if entry.get(key)), None)
    at = iso_us(stamp)
    digits = str(stamp)
    if at is None and digits.isdecimal() and len(digits) <= _MOST_DIGITS and int(digits):
        at = int(digits) * (SECOND if int(digits) < _MILLISECONDS else 1000)
    if at is None:
        return unreadable_time(pointer)
    text = text_of(entry.get("commentcontent")) or text_of(entry.get("questioncontent"))
    url = text_of(entry.get("link")) or None
    return Stored(pointer, (Unattributed("comment", "outbound", at, text=kept(text, context), url=url),))


READ_ENTRY: Final[dict[str, ReadEntry]] = {
    "follower": _follow("inbound", "followed_by"),
    "following": _follow("outbound", "follows"),
    "blocked": blocked,
    "likes": _unattributed("like", (), ("link", "videolink")),
    "comments": _unattributed("comment", ("comment",), ("url", "link")),
    "shares": _unattributed("repost", (), ("link", "sharedcontent")),
    "reposts": _unattributed("repost", (), ("link", "sharedcontent")),
    "posts": _unattributed("post", ("title", "description", "desc"), ("link",)),
    "saved": saved_video,
}
"""Section -> reader of one of its entries."""

TIE_OF_LIST: Final = {"follower": "followed_by", "following": "follows", "blocked": "blocked"}
"""Section that is a whole list of relations -> kind of tie whose absence it proves."""
