"""LinkedIn as a source."""

import re
from collections.abc import Iterable
from typing import Final

from pipeline.sources.base import Archive, Claim, Parse, Reader, Source
from pipeline.sources.linkedin import activity, messages, network
from pipeline.sources.linkedin.declaration import LINKEDIN
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.survey import survey
from pipeline.sources.linkedin.tables import TABLES, UNKNOWN, row_counter, table_name, table_of, table_parser
from pipeline.sources.shared.csv_tables.headings import UNKNOWN_TABLE

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
_EXPORT_NAME: Final = re.compile(r"(?:Basic|Complete)_LinkedInDataExport", re.IGNORECASE)
_INFORMING: Final = frozenset({"profile", "ai_messages", "organisations"})
"""Readers of tables without acts between people."""


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim tables by usual name and fitting header, or by a header that only LinkedIn writes.

    Tables with a common header are claimed only beside a distinctive one. A table with a usual name and another header is
    claimed too, so that its rows are set aside: always when only LinkedIn gives that name, else beside another LinkedIn table.
    """
    found = [(member, TABLES.get(table_name(member.name)), table_of(member)) for member in archive.members]
    own = [named for _, named, table in found if named and table is None and named.own_name]
    is_linkedin = bool(own) or _EXPORT_NAME.search(archive.file_name) or any(t and t.distinctive for _, _, t in found)
    for member, named, table in found:
        if table and (table.distinctive or is_linkedin):
            yield Claim(member.name, table.reader, 0.9 if table.distinctive else 0.7)
        elif named and not table and is_linkedin and named.reader not in _INFORMING:
            yield Claim(member.name, UNKNOWN, 0.3)


SOURCE = Source(
    name="linkedin",
    version=3,
    platforms=(LINKEDIN,),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        UNKNOWN: UNKNOWN_TABLE,
        **{reader: Reader(parse, row_counter(reader)) for reader, parse in _PARSERS.items()},
    },
    survey=survey,
    facts=LinkedInFacts,
)
