"""Blogger as a source: the Atom feeds of Takeout and of the classic backup."""

import re
from collections.abc import Iterator

from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Platform, Reader, Shows, Source
from pipeline.sources.blogger.reading import parse_comments, parse_feed
from pipeline.sources.blogger.survey import BloggerFacts, survey
from pipeline.sources.shared.xml_exports import blocks

_FEED = re.compile(r"<(?:[\w.-]+:)?feed[\s>]")
_NEW = re.compile(r"https?://schemas\.google\.com/blogger/2018")
_OLD = re.compile(r"https?://schemas\.google\.com/blogger/2008")
_COMMENT_FEED = re.compile(r"(^|/)Blogger/Comments/[^/]+/", re.IGNORECASE)


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim Atom feeds in one of Blogger's two namespaces; `part` is the schema's year."""
    for member in archive.members:
        head, _ = decode(member.head(1 << 16))
        if _FEED.search(head) is None:
            continue
        if _NEW.search(head):
            yield Claim(member.name, "comments" if _COMMENT_FEED.search(member.name) else "feed", 1.0, "2018")
        elif _OLD.search(head) or "tag:blogger.com,1999:" in head:
            yield Claim(member.name, "feed", 1.0, "2008")


PLATFORM = Platform(
    name="blogger",
    label="Blogger",
    shows=(
        Shows("comment", "inbound", "full", "public", readers=("feed",), reason="comments and replies on the owner's blog"),
        Shows("comment", "outbound", "full", "public", readers=("feed",), reason="the owner's replies on the own blog; those on other blogs name no one"),
    ),
    known_classes=("comment", "follow"),
    reply_links=frozenset({"comment"}),
    how_to_ask=(
        "At **takeout.google.com** choose *Blogger* alone and download the zip. Or in Blogger itself: **Settings → Manage blog → "
        "Back up content**, which gives one XML file."
    ),
    cannot_show="Followers, likes, and the blogs on which the owner commented.",
    notes=(
        "**Layouts.** `Takeout/Blogger/Blogs/<blog>/feed.atom` and the separate comment feeds `Blogger/Comments/<name>/feed.atom` "
        "(2018 schema), and the classic `blog-MM-DD-YYYY.xml`, whose entries have their kind as a category. Entries of the separate "
        "comment feeds that no blog's own feed contains are judged by their author: the owner's comments give `unattributed` rows, "
        "others' were received.\n\n"
        "**Owner.** Named in `[owner.blogger]` (profile number as id, name, e-mail), else the author of most posts; the coverage "
        "states which.\n\n"
        "**Persons.** Keyed by profile number, else the profile's address, else e-mail; a mere name is anonymous and gives "
        "`unattributed` rows.\n\n"
        "**Left out by rule.** Drafts, trash, spam, removed comments, templates and settings, guest to guest."
    ),
)  # fmt: skip

SOURCE = Source(
    name="blogger",
    version=1,
    platforms=(PLATFORM,),
    recognise=recognise,
    readers={
        "feed": Reader(parse_feed, blocks.count_records("entry")),
        "comments": Reader(parse_comments, blocks.count_records("entry")),
    },
    survey=survey,
    facts=BloggerFacts,
)
