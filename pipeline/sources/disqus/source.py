"""Disqus as a source: the XML export of a site's comments, often gzipped, that its administrator gets by e-mail."""

import re
from collections.abc import Iterator

from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Platform, Reader, Shows, Source
from pipeline.sources.disqus.posts import parse
from pipeline.sources.disqus.survey import DisqusFacts, survey
from pipeline.sources.shared.xml_exports import blocks

_ROOT = re.compile(r"<disqus[\s>]")
_NAMESPACE = re.compile(r"https?://(?:www\.)?disqus\.com")


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim files whose root is `disqus` in Disqus's namespace."""
    for member in archive.members:
        head, _ = decode(member.head(1 << 13))
        if _ROOT.search(head):
            yield Claim(member.name, "comments", 1.0 if _NAMESPACE.search(head) else 0.6)


PLATFORM = Platform(
    name="disqus",
    label="Disqus",
    shows=(
        Shows("comment", "inbound", "full", "public", readers=("comments",), reason="comments and replies on the owner's site"),
        Shows("comment", "outbound", "full", "public", readers=("comments",), reason="the owner's replies on this site; comments elsewhere are in no export"),
    ),
    known_classes=("comment", "reaction", "follow"),
    reply_links=frozenset({"comment"}),
    how_to_ask=(
        "In the Disqus admin of the site open **Community → Export** (`https://<site>.disqus.com/admin/discussions/export/`) and "
        "start the export. A link to a `.xml.gz` is sent by e-mail; give the file unchanged. Name yourself in the settings, "
        "`[owner.disqus]` with your Disqus username as handle: the file doesn't state it."
    ),
    cannot_show="Votes, followers, the commenters' websites, and comments that the owner left on other people's sites.",
    notes=(
        "**Records.** Each `post` (a comment); `category` and `thread` elements only inform.\n\n"
        "**Owner.** The username (name, e-mail) of the settings; else the author of all threads, if it is one person; else unknown, and "
        "then all comments count as the readers'. The coverage states which.\n\n"
        "**Persons.** Keyed by username, else e-mail address (old exports only), else name; anonymous ones, whose names mean "
        "nothing, give `unattributed` rows.\n\n"
        "**Times** are UTC, with or without `Z`. **Left out by rule:** deleted comments (`deleted_placeholder`), spam, guest to guest."
    ),
)  # fmt: skip

SOURCE = Source(
    name="disqus",
    version=1,
    platforms=(PLATFORM,),
    recognise=recognise,
    readers={"comments": Reader(parse, blocks.count_records("post"))},
    survey=survey,
    facts=DisqusFacts,
)
