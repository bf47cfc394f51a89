"""Read `result.json` one message at a time, after a short pass over the reply links of groups."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.formats.counting import json_array, total
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_nested import Entry, Path, nested
from pipeline.model.codes import DIRECTIONS, Surface
from pipeline.model.naming import name_id
from pipeline.model.records import CoverageNote, ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import one_object, text_of
from pipeline.sources.telegram.chats import GROUPS, Chat, Links
from pipeline.sources.telegram.escapes import repaired
from pipeline.sources.telegram.people import has_bare_ids, owner_ids, sender_id, user_id
from pipeline.sources.telegram.times import when

CONTACTS: Final[Path] = ("contacts", "list")
FREQUENT: Final[Path] = ("frequent_contacts", "list")
CHATS: Final[tuple[Path, ...]] = (("chats", "list", "*", "messages"), ("left_chats", "list", "*", "messages"))
SINGLE: Final[tuple[Path, ...]] = (("messages",),)
FULL: Final = (CONTACTS, FREQUENT, *CHATS)

count_full = total(*(json_array(*path) for path in FULL))
count_chat = json_array(*SINGLE[0])


@dataclass(slots=True)
class Preview:
    """What the first pass over a file finds."""

    links: dict[str, Links] = field(default_factory=dict)
    """Location of a group -> its reply links."""
    bare_ids: bool | None = None
    """Whether senders have bare numbers, as before 2021. One file has one form; None if no message names its sender."""


def read_full(member: Member, context: Context) -> Iterator[Item]:
    """Read contacts and all chats of a full export."""
    preview = _preview(member, CHATS)
    chats: list[Chat] = []
    contacts = False
    with member.open() as stream:
        for entry in nested(repaired(stream), FULL):
            if entry.path == CONTACTS:
                contacts = True
                yield one_object(entry.raw, entry.place, lambda item, place: _contact(item, place, context))
            elif entry.path == FREQUENT:
                yield Skipped(entry.place, "not_social")
            else:
                if entry.index == 0:
                    chats.append(_chat(entry, context, preview))
                yield _message(entry, chats[-1])
    if contacts:
        yield ListSeen("in_address_book", complete=True)
    yield from _coverage(chats, whole=True)


def read_chat(member: Member, context: Context) -> Iterator[Item]:
    """Read the export of a single chat, which shows nothing of other chats."""
    preview = _preview(member, SINGLE)
    chat: Chat | None = None
    with member.open() as stream:
        for entry in nested(repaired(stream), SINGLE):
            if chat is None:
                chat = _chat(entry, context, preview)
            yield _message(entry, chat)
    yield from _coverage([chat] if chat else [], whole=False)


def _chat(entry: Entry, context: Context, preview: Preview) -> Chat:
    """Return the chat of its first message."""
    of_chat = preview.links.get(_chat_place(entry), Links())
    return Chat(entry.around, context, of_chat, bare_ids=bool(preview.bare_ids))


def _chat_place(entry: Entry) -> str:
    return entry.place.rpartition("/messages/")[0]


def _message(entry: Entry, chat: Chat) -> Parsed:
    return one_object(entry.raw, entry.place, lambda item, place: chat.read(item, place, entry.index))


def _preview(member: Member, paths: tuple[Path, ...]) -> Preview:
    """Return the form of the ids, and each group's reply links: a message of the owner's there is one towards each person who answers it."""
    found = Preview()
    with member.open() as stream:
        for entry in nested(repaired(stream), paths):
            if found.bare_ids is None:
                found.bare_ids = has_bare_ids(entry.raw)
            if b'"reply_to_message_id"' not in entry.raw or text_of(entry.around.get("type")) not in GROUPS:
                continue
            try:
                message = loads(entry.raw)
            except BadJson:
                continue
            target = message.get("reply_to_message_id") if isinstance(message, dict) else None
            if not isinstance(target, int) or message.get("reply_to_peer_id"):
                continue
            links = found.links.setdefault(_chat_place(entry), Links())
            links.authors[target] = ""
            if replier := sender_id(message.get("from_id")):
                person = Person(replier, display_name=text_of(message.get("from")) or None)
                links.answered.setdefault(target, {})[replier] = person
    return found


def _contact(item: JsonObject, place: str, context: Context) -> Parsed:
    """Read an entry of the address book; `date` is the day on which it was added."""
    name = " ".join(filter(None, (text_of(item.get("first_name")), text_of(item.get("last_name")))))
    phone = text_of(item.get("phone_number"))
    phone = f"+{phone[2:]}" if phone.startswith("00") else phone
    native_id = user_id(item.get("user_id")) or (name_id(name or phone) if name or phone else "")
    if not native_id:
        return SetAside(place, "missing_field", "a contact without id, name and number")
    if native_id in owner_ids(context.owner("telegram")):
        return Skipped(place, "self_event")
    stamp = when(item, context.settings)
    person = Person(native_id, display_name=name or phone or None)
    return Stored(place, (person, Tie(native_id, "in_address_book", stamp.at if stamp else None)))


def _coverage(chats: list[Chat], *, whole: bool) -> Iterator[CoverageNote]:
    """Yield what each chat shows: a group exported with the owner's messages only shows no answers."""
    groups = [chat for chat in chats if chat.type in GROUPS and (chat.others or chat.mine)]
    for chat in chats:
        if chat.rule or not chat.id or not (chat.others or chat.mine):
            continue
        surface: Surface = "group" if chat.group else "direct"
        hidden = chat.group and not chat.others
        why = "this group was exported with your own messages only" if hidden else ""
        yield CoverageNote("message", "inbound", "none" if hidden else "full", surface, reason=why, thread=chat.id)
        yield CoverageNote("message", "outbound", "full", surface, thread=chat.id)
        if not whole:
            few = "of the reactions to a message, the export names the last few"
            for direction in DIRECTIONS:
                yield CoverageNote("reaction", direction, "partial", surface, reason=few, thread=chat.id)
    if whole and not any(chat.others for chat in groups):
        why = "every group was exported with your own messages only" if groups else "no group is in this export"
        yield CoverageNote("message", "inbound", "none", "group", reason=why)
