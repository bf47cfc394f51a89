"""Direct messages on Instagram: Messenger's form, with display names for people and lines that tell of stories."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pipeline.model.naming import normalise_name
from pipeline.model.records import Context, Skipped
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.instagram.people import INSTAGRAM
from pipeline.sources.shared.meta.messages import Page
from pipeline.sources.shared.meta.paths import place
from pipeline.sources.shared.meta.threads import count_messages, count_on, counter, open_page, page_of, read_page

HANDLES: Final = "handles"
"""Survey map: normalised name -> username, of people whom the export names with both; empty for a name that two have."""


def conversation(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of one page of a conversation. Broadcast channels speak to everybody: left out."""
    head, items = open_page(member)
    if "broadcast" in place(member.name).parts[:-1]:
        for pointer, _ in items:
            yield Skipped(pointer, "broadcast_channel")
        return
    page = page_of(member, head, items, context.owner(INSTAGRAM))
    if isinstance(page, Page):
        page.stories = True
        page.handles = context.survey.maps.get(HANDLES, {})
        count_on(page, member.name, context)
    yield from read_page(page, items)


def broadcast_replies(member: Member, _context: Context) -> Iterator[Item]:
    """Leave out the owner's replies in broadcast channels, by the same rule as the channels."""
    _, items = open_page(member, "replies")
    for pointer, _ in items:
        yield Skipped(pointer, "broadcast_channel")


def handles_by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return name -> username from (name, username) pairs; a name that two people have stands with an empty username."""
    found: dict[str, str] = {}
    for name, handle in pairs:
        plain = normalise_name(name)
        if plain and handle:
            found[plain] = handle if found.get(plain, handle) == handle else ""
    return found


READERS: dict[str, Any] = {
    "messages": Reader(conversation, count_messages),
    "broadcast_replies": Reader(broadcast_replies, counter("replies")),
}
