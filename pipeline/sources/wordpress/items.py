"""WXR items as rows: a published post of the owner's gives a `link` to each other site that it links to."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.records import Interaction, Parsed, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context, Owner
from pipeline.sources.shared.web.html import host, links, plain
from pipeline.sources.wordpress.clock import Moment, moment, rfc822
from pipeline.sources.wordpress.model import Item
from pipeline.sources.wordpress.owner import Author, WordpressFacts, decide
from pipeline.sources.wordpress.people import is_owner_name, site_person

_UNPUBLISHED = frozenset({"draft", "auto-draft", "pending", "future"})


@dataclass(frozen=True, slots=True)
class Site:
    """The site of an item."""

    url: str
    account: str | None
    gap_s: int | None
    own_hosts: frozenset[str]
    owner: Owner
    """The owner's names on the site."""
    authors: Mapping[str, Author]
    note: str
    """The sentence for `coverage.reason` about who was taken for the owner."""

    @classmethod
    def of(cls, url: str, ctx: Context) -> "Site":
        """Return the site of a member, by its address and the survey."""
        facts = ctx.facts(WordpressFacts)
        own = ctx.survey.account
        owner, note = decide(url, ctx)
        hosts = {name for site in (url, *owner.sites) if (name := host(site))}
        # wordpress.com serves a site's pictures from another host
        hosts |= {name.replace(".wordpress.com", ".files.wordpress.com") for name in hosts}
        return cls(
            url=url,
            account=None if not url or (own and own.native_id == url) else url,
            gap_s=facts.gap_s,
            own_hosts=frozenset(hosts),
            owner=owner,
            authors=facts.authors.get(url, {}),
            note=note,
        )


def read_item(item: Item, site: Site, ctx: Context) -> Parsed:
    """Return the rows of an item, or why there are none."""
    if item.node is None:
        return SetAside(
            item.pointer, "not_xml", "this item's XML is broken beyond repair; its readable comments were kept"
        )
    status = item.get("status").lower()
    if not item.is_post:
        return Skipped(item.pointer, "own_item")
    if status == "trash":
        return Skipped(item.pointer, "trash")
    if status in _UNPUBLISHED:
        return Skipped(item.pointer, "draft")
    if status not in {"publish", ""}:
        return Skipped(item.pointer, "own_item")
    creator = item.get("creator")
    if creator and not is_owner_name(creator, site.owner):
        return Skipped(item.pointer, "between_others")
    when = moment(item.get("post_date"), item.get("post_date_gmt"), site.gap_s, ctx.settings)
    if when is None:
        published = rfc822(item.get("pubDate"))
        if published is None:
            return SetAside(
                item.pointer, "unreadable_time", "none of post_date_gmt, post_date and pubDate is a readable time"
            )
        when = Moment(published)
    return Stored(item.pointer, tuple(_links(item, site, when)) or (_post(item, site, when),))


def _post(item: Item, site: Site, when: Moment) -> Unattributed:
    return Unattributed(
        "post", "outbound", when.at, plain(item.content) or plain(item.get("title")) or None, url=item.get("link") or None,
        native_id=f"post:{item.id}", thread=item.id or None, account=site.account,
    )  # fmt: skip


def _links(item: Item, site: Site, when: Moment) -> list[Row]:
    """Return a person and a link for each other site that the post names, in order; a site named twice is one act."""
    rows: list[Row] = []
    seen: set[str] = set()
    for link in links(item.content):
        who = site_person(link.href)
        if who is None or who.native_id in seen or who.native_id in site.own_hosts:
            continue
        seen.add(who.native_id)
        rows += [who, Interaction(
            who.native_id, "outbound", "link", when.at, native_id=f"post:{item.id}:{who.native_id}", thread=item.id or None,
            text=link.words or None, url=link.href, zone_assumed=when.assumed, account=site.account,
        )]  # fmt: skip
    return rows
