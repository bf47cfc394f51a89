"""First look over a WXR file: the site, its authors, who of them is the owner, the clock, who states which web address."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.containers.errors import MemberError
from pipeline.formats import xml_elements
from pipeline.model.naming import normalise_email, normalise_url
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.shared.web.html import host
from pipeline.sources.shared.xml_exports import blocks
from pipeline.sources.wordpress.clock import median_gap, rfc822
from pipeline.sources.wordpress.model import Item, items
from pipeline.sources.wordpress.owner import Author, WordpressFacts, choose


@dataclass
class Seen:
    """What the members of one archive tell together."""

    site: str = ""
    title: str = ""
    exported_at: int | None = None
    wordpress_com: bool = False
    authors: dict[str, dict[str, Author]] = field(default_factory=dict)
    """site -> login -> author."""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    without_gmt: int = 0
    stated: dict[str, str] = field(default_factory=dict)
    """web address -> the one e-mail address that states it, empty when several do."""
    faults: list[str] = field(default_factory=list)


def look(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Survey an archive; a broken member is passed over."""
    claimed = {claim.member for claim in claims}
    seen = Seen()
    for member in archive.members:
        if member.name in claimed:
            try:
                _look(member, seen)
            except (xml_elements.BadXml, MemberError):
                continue
    owner, _note = choose(seen.site, seen.authors.get(seen.site, {}), settings.owners.get("wordpress", Owner()))
    notes = []
    if seen.without_gmt:
        notes.append(_clock_note(seen, settings))
    notes += seen.faults
    day = max((found for member in archive.members if (found := day_in_name(member.name)) is not None), default=None)
    login = min(owner.handles, default="")
    return Survey(
        account=Account(seen.site, login or None, seen.title or None, min(owner.emails, default=None))
        if seen.site
        else None,
        owner=owner,
        exported_at=seen.exported_at or day or day_in_name(archive.file_name),
        notes=notes,
        facts=WordpressFacts(seen.authors, median_gap(seen.pairs), seen.stated, seen.wordpress_com),
    )


def _clock_note(seen: Seen, settings: ReadSettings) -> str:
    gap = median_gap(seen.pairs)
    how = (
        f"the file's median gap of {gap} s was taken" if gap is not None else f"they were read as {settings.time_zone}"
    )
    return f"zone_assumed: {seen.without_gmt} times are written without GMT; {how}"


def site_of(member: Member) -> str:
    """Return the base URL of the site that a member tells in its head, empty when it doesn't."""
    head = {"base_blog_url": "", "base_site_url": "", "link": ""}
    for node in blocks.read_head(member, [*head], "item"):
        head[node.name] = head[node.name] or node.own
    return base_url(**head)


def base_url(base_blog_url: str, base_site_url: str, link: str) -> str:
    """Choose the site's address: the blog's own, else the installation's (never wordpress.com's), else the channel's link."""
    if not base_blog_url and host(base_site_url) != "wordpress.com":
        base_blog_url = base_site_url
    return (base_blog_url or link).rstrip("/")


def _look(member: Member, seen: Seen) -> None:
    authors = _look_at_head(member, seen)
    for item in items(blocks.read_blocks(member, "item", "comment")):
        _look_at_item(item, seen, authors)
    if (bad := blocks.fault(member)) is not None:
        seen.faults.append(
            f"{member.name} is {bad.reason}: the rest was read tolerantly, what stayed unreadable is set aside"
        )


def _look_at_head(member: Member, seen: Seen) -> dict[str, Author]:
    site = site_of(member)
    authors = seen.authors.setdefault(site, {})
    seen.site = seen.site or site
    for node in blocks.read_head(member, ["pubDate", "title", "author", "generator"], "item"):
        if node.name == "author":
            _author(node, authors)
        elif node.name == "pubDate" and (at := rfc822(node.own)) is not None:
            seen.exported_at = max(seen.exported_at or at, at)
        elif node.element.tag == "title":
            seen.title = seen.title or node.own
        elif node.name == "generator" and host(node.own) == "wordpress.com":
            seen.wordpress_com = True
    return authors


def _author(node: blocks.Node, authors: dict[str, Author]) -> None:
    login = node.text("author_login")
    if login:
        count = authors[login].published if login in authors else 0
        email = normalise_email(node.text("author_email"))
        authors[login] = Author(login, node.text("author_id"), email, node.text("author_display_name"), published=count)


def _look_at_item(item: Item, seen: Seen, authors: dict[str, Author]) -> None:
    if item.is_post and (creator := item.get("creator")):
        known = authors.get(creator, Author(creator))
        authors[creator] = replace(known, published=known.published + (item.get("status") in {"publish", ""}))
    times = [(item.get("post_date"), item.get("post_date_gmt"))]
    for comment in item.comments:
        times.append((comment.get("date"), comment.get("date_gmt")))
        email, url = normalise_email(comment.get("author_email")), comment.get("author_url")
        if "@" in email and host(url):
            key = normalise_url(url)
            seen.stated[key] = email if seen.stated.get(key, email) == email else ""
    seen.pairs += times
    if item.get("status") not in {"draft", "auto-draft", "pending"}:
        seen.without_gmt += sum(gmt.startswith("0000") for _local, gmt in times)
