"""One entry of TikTok's export -> rows, the same for JSON and text. Keys come in lower case; times are UTC.

Only followers, followed accounts, blocked accounts and chats name a person; likes, comments and shares name none.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from pipeline.model.records import Context, Interaction, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time

Entry = Mapping[str, Any]
Handle = Callable[[Entry, str, Context], Parsed]
USERNAME: Final = re.compile(r"[a-z0-9_.]{2,32}")
_MENTION: Final = re.compile(r"(?<![\w.@/])@([A-Za-z0-9_.]{2,32})")
_MISSING: Final = frozenset({"", "n/a", "na", "null", "none", "unknown", "deleted user", "deleted account"})


def lowered(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry with keys in lower case without blanks (`Date`, `date`, `User Name`)."""
    return {key.lower().replace(" ", ""): value for key, value in entry.items()}


def username(value: Any) -> str:
    """Return a user name in lower case, empty for a blank or a placeholder of a closed account."""
    name = text_of(value).lstrip("@").lower()
    return "" if name in _MISSING else name


def _time(entry: Entry) -> int | None:
    return iso_us(entry.get("date"))


def follower(entry: Entry, place: str, context: Context) -> Parsed:
    """Read somebody who follows the owner."""
    return _follow(entry, place, context, inbound=True)


def following(entry: Entry, place: str, context: Context) -> Parsed:
    """Read somebody whom the owner follows."""
    return _follow(entry, place, context, inbound=False)


def _follow(entry: Entry, place: str, context: Context, *, inbound: bool) -> Parsed:
    at, name = _time(entry), username(entry.get("username"))
    if at is None:
        return unreadable_time(place)
    if not name:
        return Stored(place, (Unattributed("follow", "inbound" if inbound else "outbound", at),))
    if name in context.owner("tiktok").ids:
        return Skipped(place, "self_event")
    act = Interaction(name, "inbound" if inbound else "outbound", "follow", at)
    return Stored(place, (Person(name, handle=name), act, Tie(name, "followed_by" if inbound else "follows", at)))


def blocked(entry: Entry, place: str, _context: Context) -> Parsed:
    """Read an account that the owner blocked."""
    name = username(entry.get("username"))
    if not name:
        return SetAside(place, "missing_field", "a blocked account without a user name")
    return Stored(place, (Person(name, handle=name), Tie(name, "blocked", _time(entry))))


def _nameless(kind: str, text_keys: tuple[str, ...], url_keys: tuple[str, ...]) -> Handle:
    def handle(entry: Entry, place: str, context: Context) -> Parsed:
        at = _time(entry)
        if at is None:
            return unreadable_time(place)
        text = next(filter(None, (text_of(entry.get(key)) for key in text_keys)), "")
        url = next(filter(None, (text_of(entry.get(key)) for key in url_keys)), None)
        url = url if url and url.lower() not in _MISSING else None
        return Stored(place, (Unattributed(kind, "outbound", at, text=kept(text, context), url=url),))

    return handle


def not_social(_entry: Entry, place: str, _context: Context) -> Parsed:
    """Leave out a saved video: a note to oneself."""
    return Skipped(place, "not_social")


def live_comment(entry: Entry, place: str, context: Context) -> Parsed:
    """Read a line or question in a live stream: its host isn't named. The time is in epoch seconds."""
    stamp = next((entry[key] for key in ("commenttime", "questiontime", "date") if entry.get(key)), None)
    at = iso_us(stamp)
    digits = str(stamp)
    if at is None and digits.isdecimal() and len(digits) <= 14 and int(digits):
        at = int(digits) * (1_000_000 if int(digits) < 100_000_000_000 else 1000)
    if at is None:
        return unreadable_time(place)
    text = text_of(entry.get("commentcontent")) or text_of(entry.get("questioncontent"))
    return Stored(
        place,
        (Unattributed("comment", "outbound", at, text=kept(text, context), url=text_of(entry.get("link")) or None),),
    )


HANDLES: Final[dict[str, Handle]] = {
    "follower": follower,
    "following": following,
    "blocked": blocked,
    "likes": _nameless("like", (), ("link", "videolink")),
    "comments": _nameless("comment", ("comment",), ("url", "link")),
    "shares": _nameless("repost", (), ("link", "sharedcontent")),
    "posts": _nameless("post", ("title", "description", "desc"), ("link",)),
    "saved": not_social,
}
"""Section -> how one of its entries is read."""


class Chat:
    """A conversation: whom it is with, and whether it is a group, decided by its name and its senders.

    It is one-to-one when its name is a user name and nobody but that user and the owner writes; else a group.
    """

    def __init__(self, name: str, senders: set[str], owners: frozenset[str], ordinal: int = 1) -> None:
        key = username(name)
        self.thread = key or f"nameless chat{f' {ordinal}' if ordinal > 1 else ''}"
        strangers = senders - owners - {key, ""}
        if not owners and len(strangers) == 1 and (key in senders or len(senders) == 1):
            owners = frozenset(strangers)  # two writers, one of them named by the chat: the other one is the owner
            strangers = set()
        self.owners = owners
        self.partner = key if USERNAME.fullmatch(key) and not strangers else ""
        self.ghost = self.partner or ("" if key or strangers else f"thread:{self.thread}")
        """Who writes without a name: the partner, or the closed account with which a nameless chat is."""

    def read(self, entry: Entry, place: str, context: Context) -> Parsed:
        """Read one message."""
        at, sender = _time(entry), username(entry.get("from"))
        if at is None:
            return unreadable_time(place)
        text = kept(text_of(entry.get("content")), context)
        thread = self.thread
        if sender in self.owners and sender:
            if self.partner in self.owners and self.partner:
                return Skipped(place, "self_event")
            if not self.ghost:
                named = {found.lower().rstrip(".") for found in _MENTION.findall(text or "")} - self.owners
                acts = [row for name in sorted(named) for row in self._rows(name, "outbound", at, thread, text)]
                return Stored(place, tuple(acts) or (Unattributed("message", "outbound", at, text, thread=thread),))
            return Stored(place, self._with_ghost("outbound", at, text))
        if not sender:
            if not self.ghost:
                return Stored(place, (Unattributed("message", "inbound", at, text, thread=thread),))
            return Stored(place, self._with_ghost("inbound", at, text))
        if not self.owners:
            reason = "the export doesn't say who you are: add your user name under [owner.tiktok] in dancecard.toml"
            if not self.partner:
                return SetAside(place, "owner_unknown", reason)
        return Stored(place, self._rows(sender, "inbound", at, thread, text))

    def _with_ghost(self, direction: Any, at: int, text: str | None) -> tuple[Person, Interaction]:
        who, act = self._rows(self.ghost, direction, at, self.thread, text)
        return (who if self.partner else who._replace(placeholder=True)), act

    def _rows(self, person: str, direction: Any, at: int, thread: str, text: str | None) -> tuple[Person, Interaction]:
        group = not self.partner and not person.startswith("thread:")
        act = Interaction(
            person,
            direction,
            "message",
            at,
            thread=thread,
            is_group=group,
            text=text,
        )
        return Person(person, handle=None if person.startswith("thread:") else person), act
