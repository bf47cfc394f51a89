"""messages.csv: conversations of two and of several; drafts, advertisements and AI chats left out."""

import re
from html import unescape
from typing import Final

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.sources.linkedin.people import is_owner, profile, profiles, value
from pipeline.sources.linkedin.survey import CALLED, OTHERS, UNANSWERED
from pipeline.sources.linkedin.tables import get, no_time
from pipeline.sources.linkedin.times import Written, written
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import kept

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_CLOSED: Final = frozenset({"", "linkedin member"})


def clean(content: str) -> str:
    """Return a message's text: markup removed where there is any, entities resolved, escaped quotes as quotes."""
    text = content.replace('\\"', '"')
    return plain(text) if _TAG.search(text) else unescape(text).replace("\r\n", "\n").strip()


def message(row: Row, context: Context) -> Parsed:
    """Return what became of one message."""
    if any(get(row, name).lower() in {"yes", "true", "1"} for name in ("IS MESSAGE DRAFT", "IS CONVERSATION DRAFT")):
        return Skipped(row.pointer, "draft")
    content, subject, thread = get(row, "CONTENT"), get(row, "SUBJECT"), get(row, "CONVERSATION ID")
    sender, name = profile(get(row, "SENDER PROFILE URL")), value(get(row, "FROM"))
    if get(row, "FOLDER").upper() == "SPAM":
        return Skipped(row.pointer, "spam")
    from_company = not sender or not sender.startswith("linkedin.com/in/")
    unanswered = thread in context.survey.maps.get(UNANSWERED, {})
    if subject and from_company and unanswered and _TAG.search(content) and name.lower() not in _CLOSED:
        return Skipped(row.pointer, "sponsored")
    at = written(get(row, "DATE"))
    if at is None:
        return no_time(row)
    if not _owner_is_known(context):
        words = "which side of the conversation is yours can't be told: set ids or names in [owner.linkedin] of dancecard.toml"
        return SetAside(row.pointer, "unknown_owner", words)
    text = kept(clean(content) or clean(subject), context)
    sent_by = Person(sender) if sender else Person(name_id(name), display_name=name)
    own = is_owner(sent_by, context)
    recipients = profiles(get(row, "RECIPIENT PROFILE URLS"))
    others = set(context.survey.maps.get(OTHERS, {}).get(thread, "").split())
    others |= {page for page in (sender, *recipients) if page and not is_owner(Person(page), context)}
    group = len(others) > 1
    if not own:
        return _received(row, _sender(sender, name, thread, others), at, text, group=group)
    return _sent(row, at, text, (recipients, others), context)


def _owner_is_known(context: Context) -> bool:
    """Tell whether a page, an address or a name of the owner's is known; the member id alone names no side of a message."""
    owner = context.owner("linkedin")
    return bool(owner.names or owner.handles or owner.sites or any("/" in native for native in owner.ids))


def _sender(sender: str, name: str, thread: str, others: set[str]) -> Person:
    """Return who wrote: by profile; a closed account is one placeholder a conversation; others by conversation or name."""
    if sender:
        return Person(sender, display_name=name or None, url=f"https://{sender}")
    if normalise_name(name) in _CLOSED:
        return Person(f"thread:{thread}", display_name=name or None, placeholder=True)
    if len(others) == 1:
        return Person(min(others), display_name=name, url=f"https://{min(others)}")
    return Person(name_id(name) if others else f"thread:{thread}", display_name=name)


def _mentioned(text: str, to: tuple[str, list[str]], others: set[str], context: Context) -> list[Person]:
    """Return whom of a group a text names by @.

    People are known by the names that the archive gives their pages; the row's own names help where commas part as many
    names as there are pages (names may hold commas themselves).
    """
    names = [part.strip() for part in to[0].split(",")]
    told = dict(zip(to[1], names, strict=True)) if len(names) == len(to[1]) else {}
    said, found = normalise_name(text), []
    for page in sorted(others):
        called = {*context.survey.maps.get(CALLED, {}).get(page, "").split("\n"), normalise_name(told.get(page, ""))}
        if any(re.search(rf"@{re.escape(name)}(?!\w)", said) for name in called - {""}):
            found.append(Person(page, display_name=told.get(page), url=f"https://{page}"))
    return [who for who in found if not is_owner(who, context)]


def _received(row: Row, who: Person, at: Written, text: str | None, *, group: bool) -> Parsed:
    thread = get(row, "CONVERSATION ID") or None
    act = Interaction(
        who.native_id,
        "inbound",
        "message",
        at.at,
        resolution_s=at.resolution_s,
        thread=thread,
        is_group=group,
        text=text,
    )
    return Stored(row.pointer, (who, act))


def _sent(row: Row, at: Written, text: str | None, pages: tuple[list[str], set[str]], context: Context) -> Parsed:
    recipients, others = pages
    thread, to = get(row, "CONVERSATION ID"), value(get(row, "TO"))
    group = len(others) > 1
    if group:
        aimed = _mentioned(text or "", (to, recipients), others, context)
        if not aimed:
            return Stored(row.pointer, (Unattributed("message", "outbound", at.at, text, thread=thread or None),))
    elif others:
        page = min(others)
        aimed = [Person(page, display_name=to if len(recipients) == 1 and to else None, url=f"https://{page}")]
    elif recipients or (to and is_owner(Person(name_id(to), display_name=to), context)):
        return Skipped(row.pointer, "self_event")
    elif not thread:
        return SetAside(row.pointer, "missing_field", "a message without recipient and conversation")
    else:
        closed = normalise_name(to) in _CLOSED
        aimed = [Person(f"thread:{thread}", display_name=to or None, placeholder=closed)]
    acts = [
        Interaction(
            who.native_id,
            "outbound",
            "message",
            at.at,
            resolution_s=at.resolution_s,
            thread=thread or None,
            is_group=group,
            text=text,
        )
        for who in aimed
    ]
    return Stored(row.pointer, (*aimed, *acts))
