"""A conversation: its title, the other person or the group, and its messages."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.model.codes import Direction
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.shared.web.json_items import kept, text_of, unreadable_time
from pipeline.sources.tiktok.entries import Entry, date_of, user_name

_USER_NAME: Final = re.compile(r"[a-z0-9_.]{2,32}")
_WORD: Final = re.compile(r"[A-Za-z0-9_.]{2,32}")
_MENTION: Final = re.compile(r"(?<![\w.@/])@([A-Za-z0-9_.]{2,32})")
_TITLE: Final = re.compile(r"^(?:Group )?Chat History with\s+(.*?):*\s*$", re.IGNORECASE | re.DOTALL)


def chat_name(title: str, senders: Iterable[str] = ()) -> str:
    """Return the user or group name in a chat's title.

    A title in another language ends in a colon too; the name in it is that of a sender, else its last word.

    >>> chat_name("Chat History with pia.loom:"), chat_name("Tea people")
    ('pia.loom', 'Tea people')
    >>> chat_name("Historial de chat con pia.loom:"), chat_name("pia.loom님과의 채팅 기록:", {"pia.loom"})
    ('pia.loom', 'pia.loom')
    """
    found = _TITLE.match(title.strip())
    if found:
        return found[1].strip()
    if not title.rstrip().endswith(":"):
        return title.strip()
    if re.search(r"\s:+\s*$", title):
        return ""  # the name of a closed account is blank
    words = _WORD.findall(title)
    named = [word for word in words if word.lower() in set(senders)]
    last = title.rstrip(": \n").split()[-1:]
    return (named or ([] if last and _WORD.fullmatch(last[0]) else words[:1]) or last or [""])[-1]


class Chat:
    """A conversation. Format fact: nothing marks a group; a chat is named after the other person or after the group.

    It counts as a chat of two when its name is a user name and nobody but that user and the owner writes in it.
    """

    def __init__(self, name: str, senders: set[str], owners: frozenset[str], ordinal: int = 1) -> None:
        """Decide about the chat from its name and its senders.

        Args:
            name: the name in its title.
            senders: names of the users who write in it, empty for a closed account.
            owners: the owner's user names.
            ordinal: rank among the chats of the same title (chats with closed accounts have none).
        """
        key = user_name(name)
        self.thread = key or f"nameless chat{f' {ordinal}' if ordinal > 1 else ''}"
        strangers = senders - owners - {key, ""}
        if not owners and len(strangers) == 1 and (key in senders or len(senders) == 1):
            # Two writers, one of them named by the title: the other one is the owner.
            owners, strangers = frozenset(strangers), set()
        self.owners = owners
        self.partner = key if _USER_NAME.fullmatch(key) and not strangers else ""
        """The other person of a chat of two, empty for a group or a closed account."""
        self.closed_account = self.partner or ("" if key or strangers else f"thread:{self.thread}")
        """Native id of the sender of messages without a name: the partner, or the thread's closed account."""

    def read(self, entry: Entry, pointer: str, context: Context) -> Parsed:
        """Read one message."""
        at, sender = date_of(entry), user_name(entry.get("from"))
        if at is None:
            return unreadable_time(pointer)
        text = kept(text_of(entry.get("content")), context)
        if sender and sender in self.owners:
            return self._sent(pointer, at, text)
        if not sender:
            if not self.closed_account:
                return Stored(pointer, (self._unattributed("inbound", at, text),))
            return Stored(pointer, self._rows(self.closed_account, "inbound", at, text))
        if not self.owners and not self.partner:
            reason = "the export doesn't say who you are: add your user name under [owner.tiktok] in dancecard.toml"
            return SetAside(pointer, "owner_unknown", reason)
        return Stored(pointer, self._rows(sender, "inbound", at, text))

    def _sent(self, pointer: str, at: int, text: str | None) -> Parsed:
        """Return the rows of an owner's message: to the partner, in a group to the users it mentions by `@`."""
        if self.partner and self.partner in self.owners:
            return Skipped(pointer, "self_event")
        if self.closed_account:
            return Stored(pointer, self._rows(self.closed_account, "outbound", at, text))
        mentioned = {name.lower().rstrip(".") for name in _MENTION.findall(text or "")} - self.owners
        rows = [row for name in sorted(mentioned) for row in self._rows(name, "outbound", at, text)]
        return Stored(pointer, tuple(rows) or (self._unattributed("outbound", at, text),))

    def _unattributed(self, direction: Direction, at: int, text: str | None) -> Unattributed:
        return Unattributed("message", direction, at, text=text, thread=self.thread)

    def _rows(self, native_id: str, direction: Direction, at: int, text: str | None) -> tuple[Person, Interaction]:
        is_closed = native_id.startswith("thread:")
        is_group = not self.partner and not is_closed
        act = Interaction(native_id, direction, "message", at, thread=self.thread, is_group=is_group, text=text)
        return Person(native_id, handle=None if is_closed else native_id, placeholder=is_closed), act
