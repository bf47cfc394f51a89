"""`messages.csv`: conversations of two and of several people. Drafts, advertisements and AI chats are left out.

Format facts: the folder does not say who sent a message, the sender's profile page does; a closed account is written
"LinkedIn Member" without a page; an advertisement has a subject, HTML markup and no member's page as sender.
"""

import re
from html import unescape
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.linkedin.dates import ParsedDate, parse_date
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.people import cell_text, is_owner, profile_key, profile_keys
from pipeline.sources.linkedin.tables import cell, unreadable_date
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import kept

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_CLOSED_ACCOUNT: Final = frozenset({"", "linkedin member"})
_YES: Final = frozenset({"yes", "true", "1"})


class _Message(NamedTuple):
    """A message's cells, parsed."""

    pointer: str
    date: ParsedDate
    text: str | None
    thread: str
    recipient_names: str
    """The cell `TO`: one name or several, separated by commas."""
    recipients: tuple[str, ...]
    """Profile keys of the recipients."""
    others: frozenset[str]
    """Profile keys of everybody in the conversation but the owner."""


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
    if not _owner_is_known(context):
        reason = "which side of the conversation is yours can't be told: set ids or names in [owner.linkedin] of dancecard.toml"
        return SetAside(row.pointer, "unknown_owner", reason)
    thread = cell(row, "CONVERSATION ID")
    recipients = profile_keys(cell(row, "RECIPIENT PROFILE URLS"))
    others = set(context.facts(LinkedInFacts).others.get(thread, ()))
    others |= {page for page in (sender_page, *recipients) if page and not is_owner(Person(page), context)}
    parsed = _Message(
        row.pointer,
        date,
        text=kept(clean(cell(row, "CONTENT")) or clean(cell(row, "SUBJECT")), context),
        thread=thread,
        recipient_names=cell_text(cell(row, "TO")),
        recipients=tuple(recipients),
        others=frozenset(others),
    )
    sender = Person(sender_page) if sender_page else Person(name_id(sender_name), display_name=sender_name)
    if is_owner(sender, context):
        return _sent(parsed, context)
    return _received(parsed, sender_page, sender_name)


def _is_advertisement(row: Row, sender_page: str, sender_name: str, context: Context) -> bool:
    from_member = sender_page.startswith("linkedin.com/in/") or sender_name.lower() in _CLOSED_ACCOUNT
    unanswered = cell(row, "CONVERSATION ID") in context.facts(LinkedInFacts).unanswered
    return bool(cell(row, "SUBJECT") and not from_member and unanswered and _TAG.search(cell(row, "CONTENT")))


def _owner_is_known(context: Context) -> bool:
    """Return whether a page, site or name of the owner is known; the numeric member id alone matches no side of a message."""
    owner = context.owner("linkedin")
    return bool(owner.names or owner.handles or owner.sites or any("/" in native for native in owner.ids))


def _received(message: _Message, sender_page: str, sender_name: str) -> Parsed:
    person = _sender(message, sender_page, sender_name)
    act = Interaction(
        person.native_id,
        "inbound",
        "message",
        message.date.at,
        resolution_s=message.date.resolution_s,
        thread=message.thread or None,
        is_group=len(message.others) > 1,
        text=message.text,
    )
    return Stored(message.pointer, (person, act))


def _sender(message: _Message, page: str, name: str) -> Person:
    """Return the sender by profile page; without a page by conversation or name, a closed account as a placeholder."""
    if page:
        return Person(page, display_name=name or None, url=f"https://{page}")
    if normalise_name(name) in _CLOSED_ACCOUNT:
        return Person(f"thread:{message.thread}", display_name=name or None, placeholder=True)
    if len(message.others) == 1:
        (only,) = message.others
        return Person(only, display_name=name, url=f"https://{only}")
    return Person(name_id(name) if message.others else f"thread:{message.thread}", display_name=name)


def _sent(message: _Message, context: Context) -> Parsed:
    """Return a row for each recipient: the other person of a conversation of two, in a group those mentioned by `@`."""
    is_group = len(message.others) > 1
    thread = message.thread or None
    if is_group:
        recipients = _mentioned(message, context)
        if not recipients:
            lost = Unattributed("message", "outbound", message.date.at, text=message.text, thread=thread)
            return Stored(message.pointer, (lost,))
    elif message.others:
        (page,) = message.others
        shown = message.recipient_names if len(message.recipients) == 1 else ""
        recipients = [Person(page, display_name=shown or None, url=f"https://{page}")]
    elif message.recipients or _names_owner(message.recipient_names, context):
        return Skipped(message.pointer, "self_event")
    elif not thread:
        return SetAside(message.pointer, "missing_field", "a message without recipient and conversation")
    else:
        is_closed = normalise_name(message.recipient_names) in _CLOSED_ACCOUNT
        name = message.recipient_names or None
        recipients = [Person(f"thread:{thread}", display_name=name, placeholder=is_closed)]
    acts = [
        Interaction(
            person.native_id,
            "outbound",
            "message",
            message.date.at,
            resolution_s=message.date.resolution_s,
            thread=thread,
            is_group=is_group,
            text=message.text,
        )
        for person in recipients
    ]
    return Stored(message.pointer, (*recipients, *acts))


def _names_owner(name: str, context: Context) -> bool:
    return bool(name) and is_owner(Person(name_id(name), display_name=name), context)


def _mentioned(message: _Message, context: Context) -> list[Person]:
    """Return the people of a group whom a message mentions by `@`.

    Names come from the archive's other rows about a page; the row's own `TO` names count when commas separate as many
    names as there are recipient pages (a name may hold a comma itself).
    """
    names = [part.strip() for part in message.recipient_names.split(",")]
    by_page = dict(zip(message.recipients, names, strict=True)) if len(names) == len(message.recipients) else {}
    text = normalise_name(message.text or "")
    names_of_page = context.facts(LinkedInFacts).names_of_page
    found: list[Person] = []
    for page in sorted(message.others):
        called = {*names_of_page.get(page, ()), normalise_name(by_page.get(page, ""))}
        if any(re.search(rf"@{re.escape(name)}(?!\w)", text) for name in called - {""}):
            found.append(Person(page, display_name=by_page.get(page), url=f"https://{page}"))
    return [person for person in found if not is_owner(person, context)]
