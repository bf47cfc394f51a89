"""Survey of WXR files: the site, its authors, the owner, the clock, the web addresses that commenters state."""

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
class Findings:
    """Findings over all members of an archive."""

    site: str = ""
    title: str = ""
    exported_at: int | None = None
    wordpress_com: bool = False
    authors: dict[str, dict[str, Author]] = field(default_factory=dict)
    """Site -> login -> author."""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    without_gmt: int = 0
    stated: dict[str, str] = field(default_factory=dict)
    """Web address -> the one e-mail address that states it, empty if several do."""
    faults: list[str] = field(default_factory=list)


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return site, owner, export date and facts of an archive; a broken member is passed over."""
    claimed = {claim.member for claim in claims}
    found = Findings()
    for member in archive.members:
        if member.name in claimed:
            try:
                _survey_member(member, found)
            except (xml_elements.BadXml, MemberError):
                continue
    owner, _note = choose(found.site, found.authors.get(found.site, {}), settings.owners.get("wordpress", Owner()))
    notes = []
    if found.without_gmt:
        notes.append(_clock_note(found, settings))
    notes += found.faults
    day = max((at for member in archive.members if (at := day_in_name(member.name)) is not None), default=None)
    login = min(owner.handles, default="")
    return Survey(
        account=Account(found.site, login or None, found.title or None, min(owner.emails, default=None))
        if found.site
        else None,
        owner=owner,
        exported_at=found.exported_at or day or day_in_name(archive.file_name),
        notes=notes,
        facts=WordpressFacts(found.authors, median_gap(found.pairs), found.stated, found.wordpress_com),
    )


def _clock_note(found: Findings, settings: ReadSettings) -> str:
    gap = median_gap(found.pairs)
    how = (
        f"the file's median gap of {gap} s was taken" if gap is not None else f"they were read as {settings.time_zone}"
    )
    return f"zone_assumed: {found.without_gmt} times are written without GMT; {how}"


def site_of(member: Member) -> str:
    """Return the base URL of the site in a member's head; empty if there is none."""
    head = {"base_blog_url": "", "base_site_url": "", "link": ""}
    for node in blocks.read_head(member, [*head], "item"):
        head[node.name] = head[node.name] or node.own
    return base_url(**head)


def base_url(base_blog_url: str, base_site_url: str, link: str) -> str:
    """Choose the site's address: the blog's own, else the installation's (never wordpress.com's), else the channel's link."""
    if not base_blog_url and host(base_site_url) != "wordpress.com":
        base_blog_url = base_site_url
    return (base_blog_url or link).rstrip("/")


def _survey_member(member: Member, found: Findings) -> None:
    authors = _survey_head(member, found)
    for item in items(blocks.read_blocks(member, "item", "comment")):
        _survey_item(item, found, authors)
    if (bad := blocks.fault(member)) is not None:
        found.faults.append(
            f"{member.name} is {bad.reason}: the rest was read tolerantly, what stayed unreadable is set aside"
        )


def _survey_head(member: Member, found: Findings) -> dict[str, Author]:
    site = site_of(member)
    authors = found.authors.setdefault(site, {})
    found.site = found.site or site
    for node in blocks.read_head(member, ["pubDate", "title", "author", "generator"], "item"):
        if node.name == "author":
            _author(node, authors)
        elif node.name == "pubDate" and (at := rfc822(node.own)) is not None:
            found.exported_at = max(found.exported_at or at, at)
        elif node.element.tag == "title":
            found.title = found.title or node.own
        elif node.name == "generator" and host(node.own) == "wordpress.com":
            found.wordpress_com = True
    return authors


def _author(node: blocks.Node, authors: dict[str, Author]) -> None:
    login = node.text("author_login")
    if login:
        count = authors[login].published if login in authors else 0
        email = normalise_email(node.text("author_email"))
        authors[login] = Author(login, node.text("author_id"), email, node.text("author_display_name"), published=count)


def _survey_item(item: Item, found: Findings, authors: dict[str, Author]) -> None:
    if item.is_post and (creator := item.get("creator")):
        known = authors.get(creator, Author(creator))
        authors[creator] = replace(known, published=known.published + (item.get("status") in {"publish", ""}))
    times = [(item.get("post_date"), item.get("post_date_gmt"))]
    for comment in item.comments:
        times.append((comment.get("date"), comment.get("date_gmt")))
        email, url = normalise_email(comment.get("author_email")), comment.get("author_url")
        if "@" in email and host(url):
            key = normalise_url(url)
            found.stated[key] = email if found.stated.get(key, email) == email else ""
    found.pairs += times
    if item.get("status") not in {"draft", "auto-draft", "pending"}:
        found.without_gmt += sum(gmt.startswith("0000") for _local, gmt in times)
