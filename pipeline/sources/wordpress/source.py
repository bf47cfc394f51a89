"""WordPress as a source: WXR files, found by the namespace in their head."""

import re
from collections.abc import Iterator

from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Reader, Source
from pipeline.sources.wordpress.declaration import WORDPRESS
from pipeline.sources.wordpress.owner import WordpressFacts
from pipeline.sources.wordpress.reading import count_wxr, parse_wxr
from pipeline.sources.wordpress.survey import survey

_NAMESPACE = re.compile(r"https?://wordpress\.org/export/(\d+(?:\.\d+)*)/")
_RSS = re.compile(r"<rss[\s>]")


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim RSS files with WordPress's export namespace; `part` is the WXR version."""
    for member in archive.members:
        head, _ = decode(member.head(1 << 16))
        if (found := _NAMESPACE.search(head)) and _RSS.search(head):
            yield Claim(member.name, "wxr", 1.0, found[1])
        elif "<wp:wxr_version>" in head and _RSS.search(head):
            yield Claim(member.name, "wxr", 0.9)


SOURCE = Source(
    name="wordpress",
    version=3,
    platforms=(WORDPRESS,),
    recognise=recognise,
    readers={"wxr": Reader(parse_wxr, count_wxr)},
    survey=survey,
    facts=WordpressFacts,
)
