"""First look over Blogger's feeds: the blog, and the owner as the author of most of its posts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath

from pipeline.containers.errors import MemberError
from pipeline.formats import xml_elements
from pipeline.model.naming import normalise_email
from pipeline.model.survey import Account, Owner, ReadSettings, SourceFacts, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.blogger.entries import Entry, author, profile
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
        return int(datetime(int(found[3]), int(found[1]), int(found[2]), tzinfo=UTC).timestamp()) * 1_000_000
    except ValueError:
        return None


def look(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Survey an archive; a broken member is passed over."""
    claimed = {claim.member for claim in claims}
    authors: Counter[tuple[str, str, str]] = Counter()
    survey = Survey()
    updated: list[int] = []
    loose = {claim.member for claim in claims if claim.reader == "comments"}
    held: set[str] = set()
    for member in archive.members:
        if member.name in claimed:
            try:
                _look(member, survey, authors, updated, None if member.name in loose else held)
            except (xml_elements.BadXml, MemberError):
                continue
    _choose(survey, authors, settings.owners.get("blogger", Owner()))
    days = [day for name in (archive.file_name, *claimed) if (day := backup_day(name)) is not None]
    survey.facts = BloggerFacts(frozenset(held) if loose else frozenset())
    survey.exported_at = max(days, default=max(updated, default=None))
    return survey


def _look(
    member: Member,
    survey: Survey,
    authors: Counter[tuple[str, str, str]],
    updated: list[int],
    held: set[str] | None,
) -> None:
    """Look at one feed; `held` gathers which comments a blog's own feed holds, None for the separate comment feed."""
    own = account_of(member, updated)
    survey.account = survey.account or (None if held is None else own)
    for block in blocks.read_blocks(member, "entry"):
        if block.node is None:
            continue
        entry = Entry(block.node)
        if entry.kind in {"post", "page"} and (who := author(entry)):
            authors[who.text("uri"), normalise_email(who.text("email")), who.text("name")] += 1
        elif held is not None and entry.kind == "comment":
            held.add(entry.id)
    if (bad := blocks.fault(member)) is not None:
        survey.notes.append(f"{member.name} is {bad.reason}: the rest was read tolerantly")


def account_of(member: Member, updated: list[int]) -> Account | None:
    """Return the blog: its number, which both generations state, else its address, else its folder's name in a Takeout.

    None for a feed that states none of them.
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


def _choose(survey: Survey, authors: Counter[tuple[str, str, str]], named: Owner) -> None:
    """Take the author whom the settings name, else the one of most posts."""
    if named.ids or named.emails or named.names:
        survey.notes.append("owner: named in the settings")
        return
    if not authors:
        survey.notes.append(
            "no post names its author: name yourself in [owner.blogger], or the owner's comments count as readers'"
        )
        return
    (uri, email, name), count = max(authors.items(), key=lambda each: (each[1], each[0]))
    ids = frozenset(filter(None, (uri, profile(uri))))
    survey.owner = Owner(ids=ids, names=frozenset({name} - {""}), emails=frozenset({email} - {"", _NO_MAIL}))
    survey.notes.append(f"owner: {name or uri}, the author of most posts ({count})")
