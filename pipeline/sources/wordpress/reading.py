"""Read a WXR member: every item and every comment is a record."""

from collections.abc import Iterator

from pipeline.formats import xml_elements
from pipeline.model.records import CoverageNote, Interaction, Parsed, Stored
from pipeline.model.survey import Context
from pipeline.sources.base import Item as Yielded
from pipeline.sources.base import Member
from pipeline.sources.shared.xml_exports import blocks
from pipeline.sources.wordpress.comments import Place, read_comment
from pipeline.sources.wordpress.declaration import WORDPRESS
from pipeline.sources.wordpress.items import Site, read_item
from pipeline.sources.wordpress.model import items
from pipeline.sources.wordpress.survey import site_of

count_wxr = blocks.count_records("item", "comment")

_PLUGIN_REASON = "only what a webmention or fediverse plug-in received and kept as comments"


def parse_wxr(member: Member, ctx: Context) -> Iterator[Yielded]:
    """Yield one `Parsed` an item and one a comment, then a note on reactions if a plug-in's are among them."""
    site = Site.of(site_of(member), ctx)
    reactions = False
    try:
        for item in items(blocks.read_blocks(member, "item", "comment")):
            yield read_item(item, site, ctx)
            by_id = {each.id: each for each in item.comments if each.id}
            place = Place(
                site.url, site.account, item, ctx, gap_s=site.gap_s, by_id=by_id, owner=site.owner, authors=site.authors
            )
            for comment in item.comments:
                parsed = read_comment(comment, place)
                reactions = reactions or _is_reaction(parsed)
                yield parsed
    except xml_elements.BadXml as bad:
        yield blocks.unreadable(bad)
        return
    for shows in WORDPRESS.shows if site.note else ():
        yield CoverageNote(
            shows.cls,
            shows.direction,
            shows.visibility,
            shows.surface,
            reason=f"{shows.reason}; {site.note}",
            account=site.account,
        )
    if reactions:
        yield CoverageNote("reaction", "inbound", "partial", reason=_PLUGIN_REASON, account=site.account)


def _is_reaction(parsed: Parsed) -> bool:
    return isinstance(parsed, Stored) and any(
        isinstance(row, Interaction) and row.kind == "like" for row in parsed.rows
    )
