"""Disqus posts (comments) to rows. Parents stand before their children in the file."""

from collections.abc import Iterator

from pipeline.formats import xml_elements
from pipeline.model.records import Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.disqus.survey import DisqusFacts, is_owner, person
from pipeline.sources.shared.blogs.discussion import Said, Voice, read
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.shared.xml_exports import blocks

_BROKEN = "this comment's XML is broken beyond repair: ask for the export again"


def parse(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` a post."""
    voices: dict[str, Voice] = {}
    try:
        for block in blocks.read_blocks(member, "post"):
            yield (
                _post(block.pointer, block.node, voices, ctx)
                if block.node
                else SetAside(block.pointer, "not_xml", _BROKEN)
            )
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def _post(pointer: str, node: blocks.Node, voices: dict[str, Voice], ctx: Context) -> Parsed:
    native_id = node.attribute("id") or node.text("id")
    if not native_id:
        return SetAside(pointer, "missing_field", "this comment has no id")
    authors = node.all("author")
    voice = (
        Voice(is_owner(authors[0], ctx.owner("disqus")), person(authors[0]))
        if authors
        else Voice(is_owner=False, person=None)
    )
    voices[native_id] = voice
    if node.text("isSpam").lower() == "true":
        return Skipped(pointer, "spam")
    if node.text("isDeleted").lower() == "true":
        return Skipped(pointer, "deleted_placeholder")
    at = iso_us(node.text("createdAt"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "createdAt can't be read")
    thread = next((each.attribute("id") for each in node.all("thread")), "")
    parent = next((each.attribute("id") for each in node.all("parent")), "")
    link = ctx.facts(DisqusFacts).threads.get(thread, "")
    said = Said(
        pointer, native_id, at, thread or None, parent or None, plain(node.text("message")) or None,
        f"{link}#comment-{native_id}" if link else None,
    )  # fmt: skip
    return read(said, voice, voices.get(parent) if parent else None)
