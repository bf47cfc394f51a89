"""Blogger entries to rows: posts to nobody, comments by whom they address."""

from collections.abc import Iterator

from pipeline.formats import xml_elements
from pipeline.model.records import Parsed, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.blogger.entries import Entry, author, is_owner, person
from pipeline.sources.blogger.survey import BloggerFacts, account_of
from pipeline.sources.shared.blogs.discussion import Said, Voice, read
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.shared.xml_exports import blocks

_BROKEN = "this entry's XML is broken beyond repair: ask for the export again"


def voices(member: Member, ctx: Context) -> dict[str, Voice]:
    """Return who wrote which comment; entries are in no order of time."""
    found: dict[str, Voice] = {}
    for block in blocks.read_blocks(member, "entry"):
        if block.node and (entry := Entry(block.node)).kind == "comment":
            who = author(entry)
            found[entry.id] = Voice(is_owner(who, ctx.owner("blogger")), person(who))
    return found


def parse_feed(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` an entry of a blog's own feed."""
    try:
        known = voices(member, ctx)
        account = _account(member, ctx)
        for block in blocks.read_blocks(member, "entry"):
            yield (
                _entry(block.pointer, Entry(block.node), known, ctx, account)
                if block.node
                else SetAside(block.pointer, "not_xml", _BROKEN)
            )
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def parse_comments(member: Member, ctx: Context) -> Iterator[Item]:
    """Yield one `Parsed` an entry of Takeout's separate comment feed.

    What the feed holds isn't documented, so each entry tells by its author: the owner's comments (wherever they stand) go to
    nobody that it names, other people's were received. What a blog's own feed holds as well is told there.
    """
    try:
        known = voices(member, ctx)
        for block in blocks.read_blocks(member, "entry"):
            yield (
                _loose(block.pointer, Entry(block.node), known, ctx)
                if block.node
                else SetAside(block.pointer, "not_xml", _BROKEN)
            )
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)


def _account(member: Member, ctx: Context) -> str | None:
    """Return the member's blog, None when it is the archive's own account (an archive may hold several blogs)."""
    own = account_of(member, [])
    first = ctx.survey.account
    return own.native_id if own and first and own.native_id != first.native_id else None


def _left_out(entry: Entry) -> str:
    if entry.trashed:
        return "trash"
    if "SPAM" in entry.status:
        return "spam"
    if "DELETED" in entry.status or "REMOVED" in entry.status or "GHOSTED" in entry.status:
        return "deleted_placeholder"
    return "draft" if entry.status in {"DRAFT", "SCHEDULED"} else ""


def _entry(pointer: str, entry: Entry, known: dict[str, Voice], ctx: Context, account: str | None) -> Parsed:
    if entry.kind not in {"post", "page", "comment"}:
        if entry.kind in {"template", "settings"}:
            return Skipped(pointer, "own_item")
        return SetAside(pointer, "unknown_kind", f"an entry of type {entry.kind[:40] or 'unknown'}")
    if rule := _left_out(entry):
        return Skipped(pointer, rule)
    at = iso_us(entry.node.text("published"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "published can't be read")
    text = plain(entry.node.text("content") or entry.node.text("summary")) or None
    if entry.kind == "comment":
        answers = entry.answers if entry.answers != entry.post else ""
        said = Said(pointer, entry.id, at, entry.post or None, answers or None, text, entry.url, account)
        return read(said, known[entry.id], known.get(answers) if answers else None)
    if not is_owner(author(entry), ctx.owner("blogger")):
        return Skipped(pointer, "between_others")
    title = plain(entry.node.text("title")) or None
    return Stored(
        pointer,
        (
            Unattributed(
                "post", "outbound", at, text or title, entry.url, f"post:{entry.id}", entry.id, account=account
            ),
        ),
    )


def _loose(pointer: str, entry: Entry, known: dict[str, Voice], ctx: Context) -> Parsed:
    if entry.kind not in {"comment", ""}:
        return SetAside(pointer, "unknown_kind", "an entry of the comment feed that is no comment")
    if rule := _left_out(entry):
        return Skipped(pointer, rule)
    if entry.id in ctx.facts(BloggerFacts).blog_comments:
        return Skipped(pointer, "duplicate_of_other_file")
    owner = ctx.owner("blogger")
    if not (owner.names or owner.emails or any(known_id != _account_id(ctx) for known_id in owner.ids)):
        return SetAside(
            pointer,
            "owner_unknown",
            "no blog says who you are: name yourself in [owner.blogger], or give the blogs too",
        )
    at = iso_us(entry.node.text("published"))
    if at is None:
        return SetAside(pointer, "unreadable_time", "published can't be read")
    text = plain(entry.node.text("content")) or None
    answers = entry.answers if entry.answers != entry.post else ""
    if is_owner(author(entry), owner):
        kind = "reply" if answers else "comment"
        return Stored(pointer, (Unattributed(kind, "outbound", at, text, entry.url, entry.id, entry.post or None),))
    said = Said(pointer, entry.id, at, entry.post or None, answers or None, text, entry.url)
    return read(said, Voice(is_owner=False, person=person(author(entry))), known.get(answers) if answers else None)


def _account_id(ctx: Context) -> str | None:
    return ctx.survey.account.native_id if ctx.survey.account else None
