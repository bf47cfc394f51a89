"""`messages.csv`: conversations of two and of several people. Drafts, advertisements and AI chats are left out.

Format facts: the folder does not say who sent a message, the sender's profile page does, and about 2020 the direction; a
closed account is written "LinkedIn Member" without a page. An advertisement has no member's page as sender, and either a
subject and HTML markup, or a mark of LinkedIn's campaign editor.
"""

import re
from html import unescape
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row
from pipeline.model.codes import Direction
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.linkedin.conversations import conversation, is_outgoing, person_of_name
from pipeline.sources.linkedin.dates import ParsedDate, parse_date
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.people import (
    cell_text,
    is_closed_account,
    is_owner,
    profile_key,
    profile_keys,
    split_names,
)
from pipeline.sources.linkedin.tables import cell, unreadable_date
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import kept

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_SPONSORED: Final = re.compile(
    r"^\W*(?:sponsor|gesponser|patrocin|commandit|sponsrad|promoted|promowan|спонс|реклам|スポンサー|赞助|贊助|스폰서)|(?:sponsoris|patrocinad|sponsorizzat)",
    re.IGNORECASE,
)
"""The title of a sponsored conversation, in English in every export seen."""
_CAMPAIGN: Final = re.compile(r"spinmail|%[A-Z]{4,12}NAME%|%(?:JOBTITLE|INDUSTRY|COMPANY)%", re.IGNORECASE)
"""What the campaign editor leaves in a text: its class of markup, a placeholder that was not filled."""
_YES: Final = frozenset({"yes", "true", "1"})


class _Message(NamedTuple):
    """A message's cells, parsed."""

    pointer: str
    date: ParsedDate
    text: str | None
    thread: str | None
    """Key of the conversation; None for a message between two people in the layout without conversations."""
    recipient_names: str
    """The cell `TO`: one name or several, separated by commas."""
    recipients: tuple[str, ...]
    """Profile keys of the recipients."""
    others: frozenset[str]
    """Native ids of everybody in the conversation but the owner, pages where they are known."""


def clean(content: str) -> str:
    """Return a message's text: markup removed if there is any, entities resolved, escaped quotes as plain quotes."""
    text = content.replace('\\"', '"')
    return plain(text) if _TAG.search(text) else unescape(text).replace("\r\n", "\n").strip()


def message(row: Row, context: Context) -> Parsed:
    """Read one row of `messages.csv`."""
    if any(cell(row, name).lower() in _YES for name in ("IS MESSAGE DRAFT", "IS CONVERSATION DRAFT")):
        return Skipped(row.pointer, "draft")
    if cell(row, "FOLDER").upper() == "SPAM":
        return Skipped(row.pointer, "spam")
    sender_page = profile_key(cell(row, "SENDER PROFILE URL"))
    sender_name = cell_text(cell(row, "FROM"))
    if _is_advertisement(row, sender_page, sender_name, context):
        return Skipped(row.pointer, "sponsored")
    date = parse_date(cell(row, "DATE"))
    if date is None:
        return unreadable_date(row)
    outgoing = is_outgoing(row)
    if outgoing is None and not _owner_is_known(context):
        reason = "which side of the conversation is yours is not known: set ids or names in [owner.linkedin] of dancecard.toml"
        return SetAside(row.pointer, "owner_unknown", reason)
    others = set(context.facts(LinkedInFacts).others.get(conversation(row), ()))
    recipients = profile_keys(cell(row, "RECIPIENT PROFILE URLS"))
    others |= {page for page in (sender_page, *recipients) if page and not is_owner(Person(page), context)}
    has_id = bool(cell(row, "CONVERSATION ID"))
    parsed = _Message(
        row.pointer,
        date,
        text=kept(clean(cell(row, "CONTENT")) or clean(cell(row, "SUBJECT")), context),
        thread=conversation(row) if has_id or len(others) > 1 else None,
        recipient_names=cell_text(cell(row, "TO")),
        recipients=tuple(recipients),
        others=frozenset(others),
    )
    if outgoing is None:
        sender = Person(sender_page) if sender_page else Person(name_id(sender_name), display_name=sender_name)
        outgoing = is_owner(sender, context)
    return _sent(parsed, context) if outgoing else _received(parsed, sender_page, sender_name, context)


def _is_advertisement(row: Row, sender_page: str, sender_name: str, context: Context) -> bool:
    """Return whether a message is an unanswered advertisement. A message of a member with a page never is."""
    if sender_page.startswith("linkedin.com/in/"):
        return False
    if conversation(row) not in context.facts(LinkedInFacts).unanswered:
        return False
    content = cell(row, "CONTENT")
    if _CAMPAIGN.search(content) or _SPONSORED.search(cell(row, "CONVERSATION TITLE")):
        return True
    has_pages = "sender profile url" in row.values  # in older layouts no message has a sender's page
    return has_pages and not is_closed_account(sender_name) and bool(cell(row, "SUBJECT") and _TAG.search(content))


def _owner_is_known(context: Context) -> bool:
    """Return whether a page, site or name of the owner is known; the numeric member id alone matches no side of a message."""
    owner = context.owner("linkedin")
    return bool(owner.names or owner.handles or owner.sites or any("/" in native for native in owner.ids))


def _act(message: _Message, native_id: str, direction: Direction) -> Interaction:
    return Interaction(
        native_id,
        direction,
        "message",
        message.date.at,
        resolution_s=message.date.resolution_s,
        thread=message.thread,
        is_group=len(message.others) > 1,
        text=message.text,
        zone_assumed=message.date.lacks_zone,
    )


def _unattributed(message: _Message, direction: Direction) -> Parsed:
    lost = Unattributed("message", direction, message.date.at, text=message.text, thread=message.thread)
    return Stored(message.pointer, (lost,))


def _received(message: _Message, page: str, name: str, context: Context) -> Parsed:
    """Return the row of a message by another person; a closed account outside any conversation leaves it unattributed."""
    person = _sender(message, page, name, context)
    if person is None:
        return _unattributed(message, "inbound")
    return Stored(message.pointer, (person, _act(message, person.native_id, "inbound")))


def _sender(message: _Message, page: str, name: str, context: Context) -> Person | None:
    """Return the sender by profile page, else by the conversation's only other person, else by name.

    A closed account is a placeholder for its conversation, None without a conversation.
    """
    if page:
        return Person(page, display_name=name or None, url=f"https://{page}")
    if is_closed_account(name):
        return (
            Person(f"thread:{message.thread}", display_name=name or None, placeholder=True) if message.thread else None
        )
    if len(message.others) == 1:
        (only,) = message.others
        return _person(only, name)
    return person_of_name(name, message.others, context.facts(LinkedInFacts))


def _person(native_id: str, name: str | None) -> Person:
    is_page = not native_id.startswith("name:")
    shown = name or (None if is_page else native_id.removeprefix("name:"))
    return Person(native_id, display_name=shown, url=f"https://{native_id}" if is_page else None)


def _sent(message: _Message, context: Context) -> Parsed:
    """Return a row for each recipient: the other person of a conversation of two, in a group those mentioned by `@`."""
    if len(message.others) > 1:
        recipients = _mentioned(message, context)
        if not recipients:
            return _unattributed(message, "outbound")
    elif message.others:
        (only,) = message.others
        is_named = len(message.recipients) == 1 or only == name_id(message.recipient_names)
        shown = message.recipient_names if is_named or not message.recipients else ""
        recipients = [_person(only, shown or None)]
    elif message.recipients or _names_owner(message.recipient_names, context):
        return Skipped(message.pointer, "self_event")
    elif message.thread is None:
        return SetAside(message.pointer, "missing_field", "a message without recipient and conversation")
    else:
        name = message.recipient_names or None
        recipients = [Person(f"thread:{message.thread}", display_name=name, placeholder=True)]
    acts = [_act(message, person.native_id, "outbound") for person in recipients]
    return Stored(message.pointer, (*recipients, *acts))


def _names_owner(name: str, context: Context) -> bool:
    return bool(name) and is_owner(Person(name_id(name), display_name=name), context)


def _mentioned(message: _Message, context: Context) -> list[Person]:
    """Return the people of a group whom a message mentions by `@`.

    Names come from the archive's other rows about a page; the row's own `TO` names count when commas separate as many
    names as there are recipient pages (a name may hold a comma itself).
    """
    facts = context.facts(LinkedInFacts)
    names = [part.strip() for part in message.recipient_names.split(",")]
    by_page = dict(zip(message.recipients, names, strict=True)) if len(names) == len(message.recipients) else {}
    if not message.recipients:
        split = split_names(message.recipient_names, facts.known_names)
        by_page = {person_of_name(name, message.others, facts).native_id: name for name in split}
    text = normalise_name(message.text or "")
    found: list[Person] = []
    for native_id in sorted(message.others):
        called = {*facts.names_of_page.get(native_id, ()), normalise_name(by_page.get(native_id, ""))}
        if any(re.search(rf"@{re.escape(name)}(?!\w)", text) for name in called - {""}):
            found.append(_person(native_id, by_page.get(native_id)))
    return [person for person in found if not is_owner(person, context)]
