"""Survey of Blogger feeds: the blog, and its owner as the author of most posts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from pipeline.containers.errors import MemberError
from pipeline.formats import xml_elements
from pipeline.model.durations import SECOND
from pipeline.model.naming import normalise_email
from pipeline.model.survey import Account, Owner, ReadSettings, SourceFacts, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.blogger.entries import Entry, profile
from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.shared.xml_exports import blocks

_BACKUP = re.compile(r"blog-(\d\d)-(\d\d)-(\d{4})\.xml$", re.IGNORECASE)
_BLOG = re.compile(r"Blogger/Blogs/([^/]+)/", re.IGNORECASE)
_NUMBER = re.compile(r"\bblog-(\d+)")
_NO_MAIL = "noreply@blogger.com"


@dataclass(frozen=True, slots=True)
class BloggerFacts(SourceFacts):
    """What the separate comment feeds need of the blogs' own feeds."""

    blog_comments: frozenset[str] = frozenset()
    """Ids of the comments in the blogs' own feeds; empty in an export without separate comment feeds."""


def backup_day(name: str) -> int | None:
    """Return the date in `blog-MM-DD-YYYY.xml`, else in any other usual name."""
    found = _BACKUP.search(name)
    if not found:
        return day_in_name(PurePosixPath(name).name)
    try:
        return int(datetime(int(found[3]), int(found[1]), int(found[2]), tzinfo=UTC).timestamp()) * SECOND
    except ValueError:
        return None


@dataclass
class _Found:
    """Findings over all feeds of an archive."""

    account: Account | None = None
    authors: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(profile address, e-mail address, name) of the authors of posts -> posts."""
    updated: list[int] = field(default_factory=list)
    blog_comments: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return blog, owner, export date and comment ids of an archive; a broken member is passed over."""
    readers = {claim.member: claim.reader for claim in claims}
    found = _Found()
    for member in archive.members:
        if member.name in readers:
            try:
                _survey_feed(member, found, is_blog=readers[member.name] != "comments")
            except (xml_elements.BadXml, MemberError):
                continue
    owner, note = _owner(found.authors, settings.owners.get("blogger", Owner()))
    days = [day for name in (archive.file_name, *readers) if (day := backup_day(name)) is not None]
    has_separate_comments = "comments" in readers.values()
    return Survey(
        account=found.account,
        owner=owner,
        exported_at=max(days, default=max(found.updated, default=None)),
        notes=[*found.notes, note],
        facts=BloggerFacts(frozenset(found.blog_comments) if has_separate_comments else frozenset()),
    )


def _survey_feed(member: Member, found: _Found, *, is_blog: bool) -> None:
    """Add the findings of one feed: a blog's own one, or a separate comment feed."""
    account = account_of(member, found.updated)
    if is_blog:
        found.account = found.account or account
    for block in blocks.read_blocks(member, "entry"):
        if block.node is None:
            continue
        entry = Entry(block.node)
        if entry.kind in {"post", "page"} and (author := entry.author):
            found.authors[author.text("uri"), normalise_email(author.text("email")), author.text("name")] += 1
        elif is_blog and entry.kind == "comment":
            found.blog_comments.add(entry.id)
    if (bad := blocks.fault(member)) is not None:
        found.notes.append(f"{member.name} is {bad.reason}: the rest was read tolerantly")


def account_of(member: Member, updated: list[int]) -> Account | None:
    """Return the blog of a feed: by number, which both generations state, else address, else the name of its folder in a Takeout.

    None for a feed that states none of them. The time of the feed's last change is added to `updated`.
    """
    title, link, number = "", "", ""
    for node in blocks.read_head(member, ["id", "title", "link", "updated"], "entry"):
        if node.name == "id":
            found = _NUMBER.search(node.own)
            number = number or (found[1] if found else "")
        elif node.name == "title":
            title = title or node.own
        elif node.name == "link" and node.attribute("rel") == "alternate":
            link = link or node.attribute("href")
        elif node.name == "updated" and (at := iso_us(node.own)) is not None:
            updated.append(at)
    folder = _BLOG.search(member.name)
    native_id = number or link.rstrip("/") or (folder[1] if folder else "")
    return Account(native_id, link.rstrip("/") or None, title or None) if native_id else None


def _owner(authors: Counter[tuple[str, str, str]], named: Owner) -> tuple[Owner, str]:
    """Return the owner, who is the author of most posts unless the settings name one, and the sentence for `coverage.reason`."""
    if named.ids or named.emails or named.names:
        return Owner(), "owner: named in the settings"
    if not authors:
        return Owner(), (
            "no post names its author: name yourself in [owner.blogger], or the owner's comments count as readers'"
        )
    (uri, email, name), count = max(authors.items(), key=lambda each: (each[1], each[0]))
    ids = frozenset(filter(None, (uri, profile(uri))))
    owner = Owner(ids=ids, names=frozenset({name} - {""}), emails=frozenset({email} - {"", _NO_MAIL}))
    return owner, f"owner: {name or uri}, the author of most posts ({count})"
