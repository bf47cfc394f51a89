"""Read and count a chat: all records under one order of dates and one owner, or set aside with the reason."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.codes import DIRECTIONS, Surface
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import CoverageNote, Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.web.json_items import kept
from pipeline.sources.whatsapp.chat import Chat, ChatName, Message, WhatsappFacts, parse_chat
from pipeline.sources.whatsapp.counting import count_records
from pipeline.sources.whatsapp.dates import Order, decide, moment, utc_us
from pipeline.sources.whatsapp.lookalikes import hidden_heads
from pipeline.sources.whatsapp.senders import phone_digits, sender_name

_MENTION: Final = re.compile("@\u2068([^\u2068\u2069\n]{1,100}?)\u2069|@\u2068?(\\d{7,15})")
_MACHINES: Final = {"meta ai": "ai_chat", "whatsapp": "automatic"}
"""Names of senders that are no people -> the rule by which they are left out."""
_UNKNOWN_LAYOUT: Final = "not understood: no line begins with a date and a time as WhatsApp's exports write them. Please report how the first line of the file is laid out"

_HIDDEN_HEADS: Final = "its text holds lines that look like the beginning of further messages ({}), in another form than the file's. Please report how they are laid out"


def chat_of(member: Member, context: Context) -> Chat:
    """Return the chat of a member."""
    name, language = context.facts(WhatsappFacts).chats.get(member.name, ChatName())
    text, _encoding = decode(member.read())
    return parse_chat(text, name, language, context.owner("whatsapp"))


def count_chat(member: Member, _context: Context) -> int:
    """Count the records of a chat, independently of how they are read."""
    return count_records(member)


def read_chat(member: Member, context: Context) -> Iterator[Item]:
    """Read a chat."""
    chat = chat_of(member, context)
    if not chat.messages:
        if member.read().strip():
            yield SetAside("line:1", "unknown_layout", _UNKNOWN_LAYOUT)
        return
    order = decide([message.line.head for message in chat.messages], chat.language, context.settings)
    reader = _Reader(chat, order, context)
    for seq, message in enumerate(chat.messages):
        yield reader.read(message, seq)
    yield from reader.coverage()


class _Reader:
    """Reads the records of one chat."""

    def __init__(self, chat: Chat, order: Order, context: Context) -> None:
        self.chat, self.order, self.context = chat, order, context
        self.me = normalise_name(chat.owner)
        self.alone = bool(self.me) and not chat.group and normalise_name(chat.name) == self.me
        """Whether it is a chat with oneself."""
        self.rule = "" if chat.group else _MACHINES.get(normalise_name(chat.name or chat.partner), "")
        self.thread = normalise_name(chat.name or chat.partner or ", ".join(chat.senders))
        self.first: int | None = None
        self.phones = {digits: name for name in chat.senders if (digits := phone_digits(name))}

    def read(self, message: Message, seq: int) -> Parsed:
        """Return the rows of a record, or why there are none."""
        place = f"line:{message.line.number}"
        kind = message.content.kind
        if kind == "system":
            return Skipped(place, "system_line")
        if kind in {"deleted", "deleted_by_me"}:
            return Skipped(place, "deleted_placeholder")
        if self.alone:
            return Skipped(place, "self_event")
        if rule := self.rule or _MACHINES.get(normalise_name(message.name), ""):
            return Skipped(place, rule)
        if hidden := hidden_heads(message.line.more, self.chat.senders, message.line.head.form.closing):
            return SetAside(place, "unknown_layout", _HIDDEN_HEADS.format(hidden))
        written = moment(message.line.head, self.order.places)
        if written is None:
            return self._no_time(place, message)
        if not self.chat.owner_known:
            return SetAside(place, "owner_unknown", _who_are_you(len(self.chat.senders)))
        at = utc_us(written, self.context.settings)
        self.first = at if self.first is None else min(self.first, at)
        width = 1 if message.line.head.has_seconds else 60
        text = kept(message.content.text, self.context)
        mine = bool(self.me) and normalise_name(message.name) == self.me
        if not message.name:  # Android writes no name on the line of a missed call
            if self.chat.group or not self.chat.partner:
                return Skipped(place, "system_line")
            people = [self.chat.partner]
        elif not mine:
            people = [message.name]
        else:
            people = [self.chat.partner] if not self.chat.group else self._mentioned(message)
        if not people or not people[0]:
            return Stored(place, (Unattributed(kind, "outbound", at, text, thread=self.thread),))
        direction = DIRECTIONS[0] if mine else DIRECTIONS[1]
        rows: list[Person | Interaction] = []
        for name in people:
            person = Person(name_id(name), display_name=name)
            rows += [
                person,
                Interaction(
                    person.native_id, direction, kind, at, resolution_s=width, thread=self.thread, is_group=self.chat.group, text=text, seq=seq,
                    zone_assumed=True,
                ),
            ]  # fmt: skip
        return Stored(place, tuple(rows))

    def _no_time(self, place: str, message: Message) -> SetAside:
        if message.line.head.period == "?":
            return SetAside(
                place,
                "unknown_layout",
                "not understood: the word beside the time of day is in a language that isn't known. Please report it",
            )
        if not message.line.head.third:
            return SetAside(
                place, "unreadable_time", "its date has no year, which this export writes only for years past"
            )
        if message.line.head.month_word and not message.line.head.second:
            why = "the name of its month means different months in different languages, and no other line decides"
            return SetAside(place, "ambiguous_date", why)
        if self.order.places is None and message.line.head.places is None:
            why = (
                f"{self.order.reason}: set time_zone in dancecard.toml to where you are, or export the chat again when it contains a"
                " day after the 12th"
            )
            return SetAside(place, "ambiguous_date", why)
        return SetAside(place, "unreadable_time", "its date or time does not exist, or its calendar is not read")

    def _mentioned(self, message: Message) -> list[str]:
        """Return the people whom the owner's message in a group addresses: names after an `@`, or phone numbers of senders."""
        raw = "\n".join([message.line.head.rest, *message.line.more])
        found: dict[str, str] = {}
        for name, number in _MENTION.findall(raw):
            who = self.phones.get(number, f"+{number}") if number else sender_name(name)
            if who and normalise_name(who) != self.me:
                found.setdefault(normalise_name(who), who)
        return list(found.values())

    def coverage(self) -> Iterator[CoverageNote]:
        """Yield that this chat is shown from its first message on, with the order in which its dates were read."""
        if self.first is None:
            return
        surface: Surface = "group" if self.chat.group else "direct"
        for direction in DIRECTIONS:
            yield CoverageNote(
                "message",
                direction,
                "full",
                surface,
                reason=self.order.reason,
                starts_at=self.first,
                ends_at=None,
                thread=self.thread,
            )


def _who_are_you(writers: int) -> str:
    return (
        f"the file doesn't say which of its {writers} writers you are: write your name, as in the file, in dancecard.toml,"
        ' [owner.whatsapp] names = ["…"]'
    )
