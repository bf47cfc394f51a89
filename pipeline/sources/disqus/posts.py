"""Disqus posts (comments) as rows. A parent precedes its children in the file."""

from collections.abc import Iterator

from pipeline.formats import xml_elements
from pipeline.model.records import Parsed, SetAside, Skipped
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.disqus.survey import DisqusFacts, is_owner, person
from pipeline.sources.shared.blogs.discussion import Author, Comment, comment_rows
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.shared.xml_exports import blocks

_BROKEN = "the XML of this comment is broken beyond repair: ask for the export again"


def parse(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` a post."""
    authors: dict[str, Author] = {}
    try:
        for block in blocks.read_blocks(member, "post"):
            if block.node:
                yield _post(block.pointer, block.node, authors, ctx)
            else:
                yield SetAside(block.pointer, "not_xml", _BROKEN)
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def _post(pointer: str, node: blocks.Node, authors: dict[str, Author], ctx: Context) -> Parsed:
    """Return the rows of a post, and note its author in `authors`."""
    native_id = node.attribute("id") or node.text("id")
    if not native_id:
        return SetAside(pointer, "missing_field", "this comment has no id")
    author = Author(is_owner=False, person=None)
    for element in node.all("author")[:1]:
        author = Author(is_owner(element, ctx.owner("disqus")), person(element))
    authors[native_id] = author
    if node.text("isSpam").lower() == "true":
        return Skipped(pointer, "spam")
    if node.text("isDeleted").lower() == "true":
        return Skipped(pointer, "deleted_placeholder")
    at = iso_us(node.text("createdAt"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "createdAt can't be read")
    thread = next((element.attribute("id") for element in node.all("thread")), "")
    parent = next((element.attribute("id") for element in node.all("parent")), "")
    link = ctx.facts(DisqusFacts).threads.get(thread, "")
    comment = Comment(
        pointer, native_id, at, thread or None, parent_id=parent or None, text=plain(node.text("message")) or None,
        url=f"{link}#comment-{native_id}" if link else None,
    )  # fmt: skip
    return comment_rows(comment, author, authors.get(parent) if parent else None)
