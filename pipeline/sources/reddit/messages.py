"""Private messages and chats.

Format facts: a private message names sender and recipient; a chat message names its sender and its channel only, so the
other participants are the other users who write in the channel.
"""

import re
from typing import Final

from pipeline.formats.csv_rows import Row
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.reddit.facts import RedditFacts
from pipeline.sources.reddit.identifiers import (
    absolute_url,
    full_id,
    is_automatic_sender,
    mentioned_users,
    person_of,
    user_name,
)
from pipeline.sources.shared.web.json_items import iso_us, kept, unreadable_time

_USER: Final = re.compile(r"[a-z0-9_-]{3,20}")
_GROUP_TYPES: Final = ("group", "channel", "subreddit", "public")


def _unknown_owner(row: Row) -> SetAside:
    reason = "the export doesn't say who you are: add your user name under [owner.reddit] in dancecard.toml"
    return SetAside(row.pointer, "owner_unknown", reason)


def message(row: Row, context: Context) -> Parsed:
    """Read a private message; the owner is its sender or its recipient."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    owners = context.owner("reddit").ids
    sender, recipient = row.get("from"), row.get("to")
    outbound = user_name(sender) in owners
    if not outbound and is_automatic_sender(sender, context):
        return Skipped(row.pointer, "system_line")
    if outbound and user_name(recipient) in owners:
        return Skipped(row.pointer, "self_event")
    if outbound and is_automatic_sender(recipient, context):
        return Skipped(row.pointer, "not_social")
    if not outbound and user_name(recipient) not in owners:
        if not owners:
            return _unknown_owner(row)
        if not is_automatic_sender(recipient, context):
            return Skipped(row.pointer, "between_others")
        return Skipped(row.pointer, "not_social")  # moderators' mail to a subreddit
    other = recipient if outbound else sender
    message_id = full_id(row.get("id"), "t4_")
    thread = full_id(row.get("thread_id"), "t4_") or message_id
    person = person_of(other) if user_name(other) else Person(f"thread:{thread}", placeholder=True)
    act = Interaction(
        person.native_id,
        "outbound" if outbound else "inbound",
        "message",
        at,
        native_id=message_id,
        thread=thread,
        text=kept(row.get("body") or row.get("subject"), context),
        url=absolute_url(row.get("permalink")),
    )
    return Stored(row.pointer, (person, act))


def chat(row: Row, context: Context) -> Parsed:
    """Read a chat message: `username` is its sender, `channel_url` its conversation."""
    at = iso_us(row.get("created_at"))
    if at is None:
        return unreadable_time(row.pointer)
    owners, sender = context.owner("reddit").ids, user_name(row.get("username"))
    if not owners:
        return _unknown_owner(row)
    if is_automatic_sender(row.get("username"), context) and sender not in owners:
        return Skipped(row.pointer, "system_line")
    channel = row.get("channel_url")
    others = frozenset(context.facts(RedditFacts).channel_members.get(channel, ())) - owners
    is_group = is_group_chat(row, len(others))
    # Counterpart and direction are filled in below.
    act = Interaction(
        "",
        "outbound",
        "message",
        at,
        native_id=full_id(row.get("message_id"), "chat_"),
        thread=channel or None,
        reply_to=full_id(row.get("thread_parent_message_id"), "chat_"),
        is_group=is_group,
        text=kept(row.get("message"), context),
    )
    if sender not in owners:
        person = person_of(row.get("username")) if sender else Person(f"thread:{channel}", placeholder=True)
        return Stored(row.pointer, (person, act._replace(person=person.native_id, direction="inbound")))
    if is_group:
        return _sent_to_group(row, act, context)
    person = _chat_partner(row, others, owners)
    return Stored(row.pointer, (person, act._replace(person=person.native_id)))


def _chat_partner(row: Row, others: frozenset[str], owners: frozenset[str]) -> Person:
    """Return the other person of a chat of two: the other writer, else the user whom the channel is named after."""
    shown = user_name(row.get("channel_name"))
    partner = next(iter(others)) if others else shown if _USER.fullmatch(shown) else ""
    if not partner or partner in owners:
        return Person(f"thread:{row.get('channel_url')}", placeholder=True)
    return Person(partner, handle=partner)


def _sent_to_group(row: Row, act: Interaction, context: Context) -> Parsed:
    """Return a row for each user whom the owner's line answers, mentions, or who answers it by a link."""
    facts = context.facts(RedditFacts)
    answered = facts.group_message_authors.get(row.get("thread_parent_message_id"), "")
    answering = facts.answering_users.get(row.get("message_id"), ())
    addressed = {*mentioned_users(row.get("message")), *answering, answered} - {""} - context.owner("reddit").ids
    rows: list[Person | Interaction] = []
    for name in sorted(addressed):
        link = act.reply_to if name == answered else None
        rows += [Person(name, handle=name), act._replace(person=name, reply_to=link)]
    lost = Unattributed("message", "outbound", act.at, text=act.text, native_id=act.native_id, thread=act.thread)
    return Stored(row.pointer, tuple(rows) or (lost,))


def is_group_chat(row: Row, others: int) -> bool:
    """Return whether a chat is a group: more than one other writer, a subreddit's channel, or a type that says so."""
    kind = row.get("conversation_type").lower()
    return others > 1 or bool(row.get("subreddit")) or any(word in kind for word in _GROUP_TYPES)
