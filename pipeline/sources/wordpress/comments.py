"""`wp:comment` elements as rows: comments and replies in both directions, pings, and acts stored by webmention and fediverse plug-ins."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.codes import Direction
from pipeline.model.naming import name_id
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context, Owner
from pipeline.sources.shared.web.html import host, plain
from pipeline.sources.shared.web.json_items import unknown_kind
from pipeline.sources.wordpress.clock import Moment, moment
from pipeline.sources.wordpress.model import Comment, Item
from pipeline.sources.wordpress.owner import Author, WordpressFacts
from pipeline.sources.wordpress.people import PINGS, alias, is_owner, is_owner_name, person, site_person

NOT_SOCIAL = frozenset({"order_note", "review", "action_log"})
"""Comment types by which shop and scheduler plug-ins keep their own records."""

_PLUGIN_KINDS = {
    "like": "like", "favorite": "like", "favourite": "like",
    "repost": "repost", "announce": "repost", "boost": "repost", "share": "repost",
    "quote": "quote", "mention": "mention", "reply": "reply", "comment": "reply",
    "webmention": "link", "link": "link", "bookmark": "link", "tag": "tag",
}  # fmt: skip
"""comment_type, or for `webmention` the meta `semantic_linkbacks_type`, -> kind."""

_SOURCE_META = (
    "semantic_linkbacks_canonical",
    "source_url",
    "semantic_linkbacks_source",
    "webmention_source_url",
    "source_id",
)


@dataclass(frozen=True, slots=True)
class Place:
    """The item of a comment, its site and its other comments."""

    site: str
    account: str | None
    """None: the archive's own account."""
    item: Item
    ctx: Context
    gap_s: int | None
    by_id: dict[str, Comment]
    owner: Owner
    """The owner's names on this site."""
    authors: Mapping[str, Author]
    """The site's authors by login."""

    @property
    def wordpress_com(self) -> bool:
        """Whether it is an export of wordpress.com."""
        return self.ctx.facts(WordpressFacts).wordpress_com

    def owns(self, comment: Comment) -> bool:
        """Return whether a comment is the owner's."""
        return is_owner(comment, self.owner, wordpress_com=self.wordpress_com)

    @property
    def own_post(self) -> bool:
        """Whether the post is the owner's; a post without a named author counts as such."""
        creator = self.item.get("creator")
        return not creator or is_owner_name(creator, self.owner)

    @property
    def post_author(self) -> Person:
        """The author of a post that isn't the owner's."""
        creator = self.item.get("creator")
        known = self.authors.get(creator, Author(creator))
        name = known.name or creator
        if "@" in known.email:
            return Person(known.email, creator, name, None, email=known.email)
        return Person(name_id(name), creator, name)


def read_comment(comment: Comment, place: Place) -> Parsed:
    """Return the rows of a comment, or why there are none."""
    if comment.node is None:
        return SetAside(comment.pointer, "not_xml", "this comment's XML is broken beyond repair: export the site again")
    if not comment.id:
        return SetAside(comment.pointer, "missing_field", "this comment has no comment_id")
    approved = comment.get("approved").lower()
    if approved in {"trash", "post-trashed"}:
        return Skipped(comment.pointer, "trash")
    if approved == "spam":
        return Skipped(comment.pointer, "spam")
    kind = comment.get("type").lower()
    if kind in NOT_SOCIAL:
        return Skipped(comment.pointer, "not_social")
    when = moment(comment.get("date"), comment.get("date_gmt"), place.gap_s, place.ctx.settings)
    if when is None:
        return SetAside(
            comment.pointer, "unreadable_time", "neither comment_date_gmt nor comment_date is a readable time"
        )
    if kind in PINGS:
        return _ping(comment, place, when)
    if kind in _PLUGIN_KINDS and kind != "comment":
        return _plugin(comment, place, when, kind)
    if kind not in {"", "comment"}:
        return unknown_kind(comment.pointer, f"comment_type {kind}")
    return _outbound(comment, place, when) if place.owns(comment) else _inbound(comment, place, when)


def _row(
    comment: Comment, place: Place, when: Moment, who: Person, kind: str, *, direction: Direction,
    reply_to: str | None = None, url: str | None = None,
) -> Stored:  # fmt: skip
    act = Interaction(
        who.native_id, direction, kind, when.at, native_id=comment.id,
        thread=place.item.id or None, reply_to=reply_to, text=plain(comment.get("content")) or None,
        url=url or _permalink(comment, place), zone_assumed=when.assumed, account=place.account,
    )  # fmt: skip
    rows: tuple[Row, ...] = (who, *alias(who, place.ctx), act) if direction == "inbound" else (who, act)
    return Stored(comment.pointer, rows)


def _unattributed(comment: Comment, place: Place, when: Moment, direction: Direction, kind: str) -> Stored:
    return Stored(comment.pointer, (
        Unattributed(
            kind, direction, when.at, plain(comment.get("content")) or None,
            url=_permalink(comment, place), native_id=comment.id, thread=place.item.id or None, account=place.account,
        ),
    ))  # fmt: skip


def _permalink(comment: Comment, place: Place) -> str | None:
    link = place.item.get("link")
    return f"{link}#comment-{comment.id}" if link else None


def _outbound(comment: Comment, place: Place, when: Moment) -> Parsed:
    parent = place.by_id.get(comment.parent) if comment.parent else None
    if comment.parent:
        if parent is None or parent.node is None:
            return _unattributed(comment, place, when, "outbound", kind="reply")
        if place.owns(parent):
            return Skipped(comment.pointer, "self_event")
        who = _writer(parent, place)
        if who is None:
            return _unattributed(comment, place, when, "outbound", kind="reply")
        return _row(comment, place, when, who, kind="reply", direction="outbound", reply_to=parent.id)
    if place.own_post:
        return _unattributed(comment, place, when, "outbound", kind="comment")
    return _row(comment, place, when, place.post_author, kind="comment", direction="outbound")


def _writer(comment: Comment, place: Place) -> Person | None:
    return (
        site_person(comment.get("author_url")) if comment.get("type").lower() in PINGS else person(comment, place.site)
    )


def _inbound(comment: Comment, place: Place, when: Moment) -> Parsed:
    who = person(comment, place.site)
    parent = place.by_id.get(comment.parent) if comment.parent else None
    to_owner = place.owns(parent) if parent else place.own_post
    if not to_owner:
        return Skipped(comment.pointer, "between_others")
    kind = "reply" if parent else "comment"
    if who is None:
        return _unattributed(comment, place, when, "inbound", kind=kind)
    # without its parent (spam, deleted) the comment counts as one on the owner's post; the link is kept and counted
    return _row(comment, place, when, who, kind=kind, direction="inbound", reply_to=comment.parent or None)


def _is_own_site(name: str, place: Place) -> bool:
    own = {host(site) for site in (place.site, *place.owner.sites)}
    return name in own


def _ping(comment: Comment, place: Place, when: Moment) -> Parsed:
    url = comment.get("author_url")
    who = site_person(url)
    if who is None:
        return _unattributed(comment, place, when, "inbound", kind="link")
    if _is_own_site(who.native_id, place):
        return Skipped(comment.pointer, "self_event")
    if not place.own_post:
        return Skipped(comment.pointer, "between_others")
    return _row(comment, place, when, who, kind="link", direction="inbound", url=url)


def _plugin(comment: Comment, place: Place, when: Moment, stated: str) -> Parsed:
    meta = comment.meta
    if stated == "webmention":
        stated = meta.get("semantic_linkbacks_type", "").lower() or stated
        kind = _PLUGIN_KINDS.get(stated.partition(":")[0], "link")
    else:
        kind = _PLUGIN_KINDS[stated]
    source = next((meta[name] for name in _SOURCE_META if meta.get(name, "").startswith("http")), "")
    if place.owns(comment):
        return Skipped(comment.pointer, "self_event")
    who = site_person(source or comment.get("author_url")) if kind == "link" else person(comment, place.site)
    who = who or site_person(source, comment.author or None)
    if who is None:
        return _unattributed(comment, place, when, "inbound", kind=kind)
    if _is_own_site(who.native_id, place) or (kind == "link" and _is_own_site(host(source), place)):
        return Skipped(comment.pointer, "self_event")
    parent = place.by_id.get(comment.parent) if comment.parent else None
    if not (place.owns(parent) if parent else place.own_post):
        return Skipped(comment.pointer, "between_others")
    if kind == "reply" and not comment.parent:
        kind = "comment"
    return _row(
        comment, place, when, who, kind=kind, direction="inbound", reply_to=comment.parent or None, url=source or None
    )
