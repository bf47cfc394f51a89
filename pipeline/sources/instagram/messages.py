"""Direct messages. Format fact: they have Messenger's form, with display names for people and automatic lines about stories."""

from collections.abc import Iterable, Iterator

from pipeline.model.naming import normalise_name
from pipeline.model.records import Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.instagram.facts import InstagramFacts
from pipeline.sources.instagram.people import INSTAGRAM, EntryFields
from pipeline.sources.shared.meta.conversation_files import (
    count_messages,
    message_counter,
    open_conversation,
    read_page,
    thread_page,
)
from pipeline.sources.shared.meta.member_paths import parse_path
from pipeline.sources.shared.meta.page_starts import continue_ordinals
from pipeline.sources.shared.meta.participants import ThreadPage


def read_conversation(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of one page of a conversation; broadcast channels address no single person and are left out."""
    file = open_conversation(member)
    if "broadcast" in parse_path(member.name).parts[:-1]:
        for element in file.messages:
            yield Skipped(element.pointer, "broadcast_channel")
        return
    page = thread_page(member, file, context.owner(INSTAGRAM))
    if isinstance(page, ThreadPage):
        page.has_stories = True
        page.handle_by_name = context.facts(InstagramFacts).handle_by_name
        continue_ordinals(page, member.name, context)
    yield from read_page(page, file.messages)


def skip_broadcast_replies(member: Member, _context: Context) -> Iterator[Item]:
    """Leave out the owner's replies in broadcast channels, by the same rule as the channels."""
    for element in open_conversation(member, "replies").messages:
        yield Skipped(element.pointer, "broadcast_channel")


def handles_by_name(entries: Iterable[EntryFields]) -> dict[str, str]:
    """Return normalised name -> username of entries that have both; the username is empty for a name that two people have."""
    found: dict[str, str] = {}
    for entry in entries:
        name = normalise_name(entry.name)
        if name and entry.handle:
            found[name] = entry.handle if found.get(name, entry.handle) == entry.handle else ""
    return found


READERS = {
    "messages": Reader(read_conversation, count_messages),
    "broadcast_replies": Reader(skip_broadcast_replies, message_counter("replies")),
}
