"""LinkedIn as a source."""

from collections.abc import Iterable
from typing import Final

from pipeline.sources.base import Archive, Claim, Parse, Reader, Source
from pipeline.sources.linkedin import activity, messages, network
from pipeline.sources.linkedin.declaration import LINKEDIN
from pipeline.sources.linkedin.survey import survey
from pipeline.sources.linkedin.tables import TABLES, count_of, each, fits, table_name

_PARSES: Final[dict[str, Parse]] = {
    "connections": network.read_connections,
    "invitations": network.read_invitations,
    "follows": network.read_follows,
    "contacts": network.read_address_book,
    "organisations": network.read_organisations,
    "messages": each("messages", messages.message),
    "ai_messages": each("ai_messages", activity.skip("ai_chat")),
    "comments": each("comments", activity.comment),
    "reactions": each("reactions", activity.reaction),
    "shares": each("shares", activity.share),
    "reposts": each("reposts", activity.repost),
    "votes": each("votes", activity.vote),
    "endorsed": each("endorsed", activity.endorsement("outbound")),
    "endorsed_by": each("endorsed_by", activity.endorsement("inbound")),
    "recommended": each("recommended", activity.recommendation("outbound")),
    "recommended_by": each("recommended_by", activity.recommendation("inbound")),
}


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header; those with common headers only beside one that tells LinkedIn."""
    found = [
        (member.name, table)
        for member in archive.members
        if (table := TABLES.get(table_name(member.name))) and fits(member, table.columns)
    ]
    telling = any(table.telling for _, table in found)
    for name, table in found:
        if table.telling:
            yield Claim(name, table.reader, 0.9)
        elif telling:
            yield Claim(name, table.reader, 0.7)


SOURCE = Source(
    name="linkedin",
    version=2,
    platforms=(LINKEDIN,),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        **{reader: Reader(parse, count_of(reader)) for reader, parse in _PARSES.items()},
    },
    survey=survey,
)
