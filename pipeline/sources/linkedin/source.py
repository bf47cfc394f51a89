"""LinkedIn as a source."""

from collections.abc import Iterable
from typing import Final

from pipeline.sources.base import Archive, Claim, Parse, Reader, Source
from pipeline.sources.linkedin import activity, messages, network
from pipeline.sources.linkedin.declaration import LINKEDIN
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.survey import survey
from pipeline.sources.linkedin.tables import TABLES, has_columns, row_counter, table_name, table_parser

_PARSERS: Final[dict[str, Parse]] = {
    "connections": network.read_connections,
    "invitations": network.read_invitations,
    "follows": network.read_follows,
    "contacts": network.read_address_book,
    "organisations": network.read_organisations,
    "messages": table_parser("messages", messages.message),
    "ai_messages": table_parser("ai_messages", activity.skip("ai_chat")),
    "comments": table_parser("comments", activity.comment),
    "reactions": table_parser("reactions", activity.reaction),
    "shares": table_parser("shares", activity.share),
    "reposts": table_parser("reposts", activity.repost),
    "votes": table_parser("votes", activity.vote),
    "endorsed": table_parser("endorsed", activity.endorsement("outbound")),
    "endorsed_by": table_parser("endorsed_by", activity.endorsement("inbound")),
    "recommended": table_parser("recommended", activity.recommendation("outbound")),
    "recommended_by": table_parser("recommended_by", activity.recommendation("inbound")),
}


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header; tables with a common header only beside a distinctive one."""
    found = [
        (member.name, table)
        for member in archive.members
        if (table := TABLES.get(table_name(member.name))) and has_columns(member, table.columns)
    ]
    is_linkedin = any(table.distinctive for _, table in found)
    for name, table in found:
        if table.distinctive:
            yield Claim(name, table.reader, 0.9)
        elif is_linkedin:
            yield Claim(name, table.reader, 0.7)


SOURCE = Source(
    name="linkedin",
    version=2,
    platforms=(LINKEDIN,),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        **{reader: Reader(parse, row_counter(reader)) for reader, parse in _PARSERS.items()},
    },
    survey=survey,
    facts=LinkedInFacts,
)
