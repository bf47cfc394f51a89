"""Find the owner of a Telegram export by what the file states, never as the sender that is left over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import head_values
from pipeline.formats.json_nested import Entry, Path, nested
from pipeline.model.naming import normalise_name
from pipeline.model.survey import Account, Owner, Survey
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import as_object
from pipeline.sources.shared.web.json_items import text_of
from pipeline.sources.telegram.escapes import repaired
from pipeline.sources.telegram.people import chat_id, has_bare_ids, sender_id, user_id


@dataclass(slots=True)
class _Writers:
    """Who writes in a one-to-one chat."""

    chat_name: str
    partner_seen: bool = False
    others: dict[str, str] = field(default_factory=dict)
    """Senders that are not the chat's other person: id -> name."""

    @property
    def owner(self) -> tuple[str, str] | None:
        """The one sender beside the other person.

        None if a sender without the chat's id bears the chat's name: then the ids of chat and sender do not correspond.
        """
        if len(self.others) != 1:
            return None
        [(sender, name)] = self.others.items()
        is_partner = not self.partner_seen and name and normalise_name(name) == normalise_name(self.chat_name)
        return None if is_partner else (sender, name)


def stated_owner(member: Member) -> Survey:
    """Return the owner by `personal_information` of a full export; empty if that part is missing."""
    with member.open() as stream:
        values = head_values(repaired(stream), ("personal_information",))
    person = as_object(values.get("personal_information"))
    number = user_id(person.get("user_id"))
    if not number:
        return Survey()
    name = " ".join(filter(None, (text_of(person.get("first_name")), text_of(person.get("last_name"))))) or None
    handle = text_of(person.get("username")).lstrip("@") or None
    owner = Owner(
        frozenset({number}), frozenset({handle.lower()} if handle else set()), frozenset({name} if name else set())
    )
    return Survey(Account(number, handle, name), owner)


def writing_owner(member: Member, paths: tuple[Path, ...]) -> Survey:
    """Return the owner by the chats: whose saved messages they are, else the one sender beside the other person of one-to-one chats.

    Args:
        member: the JSON file.
        paths: of its arrays of messages.

    Returns:
        A survey with the account; empty if no chat, or several different senders, give evidence.
    """
    chats: dict[str, _Writers] = {}
    for entry, message in _messages(member, paths):
        bare_ids = has_bare_ids(entry.raw)
        sender = sender_id(message.get("from_id"))
        if bare_ids is None or not sender:
            continue
        other, name = chat_id(entry.around.get("id"), bare_ids=bare_ids), text_of(message.get("from"))
        if entry.around.get("type") == "saved_messages":
            if sender == other:
                return _survey(sender, name)
            continue
        writers = chats.setdefault(entry.place.rpartition("/messages/")[0], _Writers(text_of(entry.around.get("name"))))
        if sender == other:
            writers.partner_seen = True
        else:
            writers.others.setdefault(sender, name)
        if len(paths) == 1 and writers.partner_seen and writers.others:
            break
    found = {chat.owner[0]: chat.owner[1] for chat in chats.values() if chat.owner is not None}
    if len(found) != 1:
        return Survey()
    [(sender, name)] = found.items()
    return _survey(sender, name)


def _messages(member: Member, paths: tuple[Path, ...]) -> Iterator[tuple[Entry, dict[str, object]]]:
    """Yield the messages of chats that can name the owner."""
    with member.open() as stream:
        for entry in nested(repaired(stream), paths):
            if entry.around.get("type") not in {"personal_chat", "saved_messages"}:
                continue
            try:
                yield entry, as_object(loads(entry.raw))
            except BadJson:
                continue


def _survey(sender: str, name: str) -> Survey:
    return Survey(Account(sender, None, name or None), Owner(ids=frozenset({sender})))
