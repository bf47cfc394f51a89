"""Blogger entries as rows: the owner's posts, and the comments below them."""

from collections.abc import Iterator

from pipeline.formats import xml_elements
from pipeline.model.records import Parsed, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.blogger.entries import Entry, is_owner, person
from pipeline.sources.blogger.survey import BloggerFacts, account_of
from pipeline.sources.shared.blogs.discussion import Author, Comment, comment_rows
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.shared.xml_exports import blocks

_BROKEN = "the XML of this entry is broken beyond repair: ask for the export again"
_KINDS = {"post", "page", "comment"}


def comment_authors(member: Member, ctx: Context) -> dict[str, Author]:
    """Return comment id -> its author, of all comments in a feed: entries are not in the order of their times."""
    found: dict[str, Author] = {}
    for block in blocks.read_blocks(member, "entry"):
        if block.node and (entry := Entry(block.node)).kind == "comment":
            found[entry.id] = Author(is_owner(entry.author, ctx.owner("blogger")), person(entry.author))
    return found


def parse_feed(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` an entry of a blog's own feed."""
    try:
        authors = comment_authors(member, ctx)
        account = _account(member, ctx)
        for block in blocks.read_blocks(member, "entry"):
            if block.node:
                yield _entry(block.pointer, Entry(block.node), authors, ctx=ctx, account=account)
            else:
                yield SetAside(block.pointer, "not_xml", _BROKEN)
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def parse_comments(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` an entry of Takeout's separate comment feed.

    The content of that feed is not documented, so each entry is judged by its author: the owner's comments, on whatever blog, have
    no known counterpart; other people's were received. A comment that a blog's own feed contains too is read there.
    """
    try:
        authors = comment_authors(member, ctx)
        for block in blocks.read_blocks(member, "entry"):
            if block.node:
                yield _separate_comment(block.pointer, Entry(block.node), authors, ctx)
            else:
                yield SetAside(block.pointer, "not_xml", _BROKEN)
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def _account(member: Member, ctx: Context) -> str | None:
    """Return the member's blog; None if it is the archive's own account (an archive may contain several blogs)."""
    own = account_of(member, [])
    first = ctx.survey.account
    return own.native_id if own and first and own.native_id != first.native_id else None


def _skip_rule(entry: Entry) -> str:
    """Return the rule by which an entry's status leaves it out; empty if none does."""
    if entry.trashed:
        return "trash"
    if "SPAM" in entry.status:
        return "spam"
    if "DELETED" in entry.status or "REMOVED" in entry.status or "GHOSTED" in entry.status:
        return "deleted_placeholder"
    return "draft" if entry.status in {"DRAFT", "SCHEDULED"} else ""


def _entry(pointer: str, entry: Entry, authors: dict[str, Author], *, ctx: Context, account: str | None) -> Parsed:
    if entry.kind not in _KINDS:
        if entry.kind in {"template", "settings"}:
            return Skipped(pointer, "own_item")
        return SetAside(pointer, "unknown_kind", f"an entry of type {entry.kind[:40] or 'unknown'}")
    if rule := _skip_rule(entry):
        return Skipped(pointer, rule)
    at = iso_us(entry.node.text("published"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "published can't be read")
    text = plain(entry.node.text("content") or entry.node.text("summary")) or None
    if entry.kind == "comment":
        parent = entry.parent_comment
        comment = Comment(
            pointer,
            entry.id,
            at,
            entry.post or None,
            parent_id=parent or None,
            text=text,
            url=entry.url,
            account=account,
        )
        return comment_rows(comment, authors[entry.id], authors.get(parent) if parent else None)
    if not is_owner(entry.author, ctx.owner("blogger")):
        return Skipped(pointer, "between_others")
    title = plain(entry.node.text("title")) or None
    post = Unattributed(
        "post",
        "outbound",
        at,
        text or title,
        url=entry.url,
        native_id=f"post:{entry.id}",
        thread=entry.id,
        account=account,
    )
    return Stored(pointer, (post,))


def _separate_comment(pointer: str, entry: Entry, authors: dict[str, Author], ctx: Context) -> Parsed:
    if entry.kind not in {"comment", ""}:
        return SetAside(pointer, "unknown_kind", "an entry of the comment feed that is no comment")
    if rule := _skip_rule(entry):
        return Skipped(pointer, rule)
    if entry.id in ctx.facts(BloggerFacts).blog_comments:
        return Skipped(pointer, "duplicate_of_other_file")
    owner = ctx.owner("blogger")
    account = ctx.survey.account.native_id if ctx.survey.account else None
    if not (owner.names or owner.emails or any(native_id != account for native_id in owner.ids)):
        reason = "no blog states who you are: name yourself in [owner.blogger], or give the blogs too"
        return SetAside(pointer, "owner_unknown", reason)
    at = iso_us(entry.node.text("published"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "published can't be read")
    text = plain(entry.node.text("content")) or None
    parent = entry.parent_comment
    if is_owner(entry.author, owner):
        kind = "reply" if parent else "comment"
        own = Unattributed(kind, "outbound", at, text, url=entry.url, native_id=entry.id, thread=entry.post or None)
        return Stored(pointer, (own,))
    comment = Comment(pointer, entry.id, at, entry.post or None, parent_id=parent or None, text=text, url=entry.url)
    author = Author(is_owner=False, person=person(entry.author))
    return comment_rows(comment, author, authors.get(parent) if parent else None)
