"""The source of mail: mbox files by their first line, .eml files and maildir folders by their header."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.counting import one
from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.email.declaration import EMAIL
from pipeline.sources.email.people import EmailFacts
from pipeline.sources.email.reading import read_eml, read_mbox
from pipeline.sources.email.splitting import SEPARATOR, count_mbox
from pipeline.sources.email.survey import survey

_FIELDS: Final = re.compile(
    r"^(?:from|date|to|subject|message-id|received|return-path|mime-version|delivered-to|x-gm-thrid)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_MAILDIR: Final = re.compile(r"(?:^|/)(?:cur|new)/[^/]+$")
_OUTLOOK: Final = (".pst", ".ost")
_BOXES: Final = (".mbox", ".mbx")


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim mboxes (named so, or nameless like Thunderbird's and Apple's, with a separator first), .eml and maildir files.

    Among mails, an .eml file without a header is claimed as a broken one, so that it is reported; alone it is not claimed.
    """
    claims = list(_claims(archive))
    yield from claims
    sound = {claim.member for claim in claims}
    for member in archive.members if claims else ():
        if member.name.lower().endswith(".eml") and member.name not in sound and member.head(1):
            yield Claim(member.name, "eml", 0.5)


def _claims(archive: Archive) -> Iterator[Claim]:
    for member in archive.members:
        name = member.name.lower()
        base = name.rpartition("/")[2]
        if name.endswith(_BOXES) or "." not in base:
            yield from _box(member, certain=name.endswith(_BOXES) or base == "mbox")
        elif name.endswith(".eml"):
            yield from _mail(member, 1.0, least=1)
        if _MAILDIR.search(name):
            yield from _mail(member, 0.8, least=2)


def _box(member: Member, *, certain: bool) -> Iterator[Claim]:
    head = member.head(1 << 16).removeprefix(b"\xef\xbb\xbf")
    if SEPARATOR.match(head):
        yield Claim(member.name, "mbox", 1.0 if b"X-GM-THRID:" in head[:2048] or certain else 0.9)
    elif (
        certain
        and b"\nFrom " in head
        and any(SEPARATOR.match(head, at.end()) for at in re.finditer(rb"\n(?=From )", head))
    ):
        yield Claim(member.name, "mbox", 0.8)


def _mail(member: Member, confidence: float, least: int) -> Iterator[Claim]:
    head = re.split(r"\r?\n\r?\n", decode(member.head(1 << 16))[0].lstrip(), maxsplit=1)[0]
    if len({found.lower() for found in _FIELDS.findall(head)}) >= least:
        yield Claim(member.name, "eml", confidence)


def refusal(archive: Archive) -> str | None:
    """Return what to do about Outlook's own files, which only Outlook reads."""
    if any(member.name.lower().endswith(_OUTLOOK) and member.head(4) == b"!BDN" for member in archive.members):
        return (
            "an Outlook data file (.pst, .ost) can't be read: open it in Thunderbird or another mail program that imports it, "
            "and give that program's mbox or .eml files"
        )
    return None


SOURCE = Source(
    name="email",
    version=3,
    platforms=(EMAIL,),
    recognise=recognise,
    readers={"mbox": Reader(read_mbox, count_mbox()), "eml": Reader(read_eml, one())},
    survey=survey,
    facts=EmailFacts,
    members_apart=True,
    tells_of=frozenset({"x", "facebook", "linkedin", "mastodon", "substack", "reddit", "youtube"}),
    refusal=refusal,
)
