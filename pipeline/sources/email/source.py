"""The source of mail: mbox files by their first line, .eml files and maildir folders by their header."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.counting import one
from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.email.count_mail import count_mailbox
from pipeline.sources.email.declaration import EMAIL
from pipeline.sources.email.people import EmailFacts
from pipeline.sources.email.reading import read_eml, read_emlx, read_mbox
from pipeline.sources.email.separators import separator_at
from pipeline.sources.email.splitting import MMDF
from pipeline.sources.email.survey import survey

_FIELDS: Final = re.compile(
    r"^(?:from|date|to|subject|message-id|received|return-path|mime-version|delivered-to|x-gm-thrid)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_MAILDIR: Final = re.compile(r"(?:^|/)(?:cur|new)/[^/]+$")
_OUTLOOK: Final = (".pst", ".ost")
_BOXES: Final = (".mbox", ".mbx", ".mbs", ".mboxrd", ".mboxo", ".mboxcl", ".mboxcl2", ".mmdf")
_INDEX: Final = ".msf"
"""Thunderbird's index of a mailbox, `Archive.2019.msf` beside `Archive.2019`."""


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
    indexed = {
        member.name.lower().removesuffix(_INDEX) for member in archive.members if member.name.lower().endswith(_INDEX)
    }
    for member in archive.members:
        name = member.name.lower()
        base = name.rpartition("/")[2]
        if name.endswith(_BOXES) or "." not in base or name in indexed:
            yield from _box(member, certain=name.endswith(_BOXES) or base == "mbox" or name in indexed)
        elif name.endswith(".eml"):
            yield from _mail(member, 1.0, least=1)
        elif name.endswith(".emlx"):
            yield from _mail(member, 1.0, least=1, reader="emlx")
        if _MAILDIR.search(name):
            yield from _mail(member, 0.8, least=2)
        elif base.isdecimal():  # MH: a file a mail, named by its number
            yield from _mail(member, 0.6, least=4)


def _box(member: Member, *, certain: bool) -> Iterator[Claim]:
    head = member.head(1 << 16).removeprefix(b"\xef\xbb\xbf")
    first = len(head) - len(head.lstrip(b"\r\n"))
    if head.startswith(MMDF) or (head.startswith(b"From ", first) and separator_at(head, first) is not None):
        yield Claim(member.name, "mbox", 1.0 if b"X-GM-THRID:" in head[:2048] or certain else 0.9)
    elif certain and any(separator_at(head, at.end()) for at in re.finditer(rb"\n(?=From )", head)):
        yield Claim(member.name, "mbox", 0.8)


def _mail(member: Member, confidence: float, least: int, reader: str = "eml") -> Iterator[Claim]:
    head = re.split(r"\r?\n\r?\n", decode(member.head(1 << 16))[0].lstrip(), maxsplit=1)[0]
    if len({found.lower() for found in _FIELDS.findall(head)}) >= least:
        yield Claim(member.name, reader, confidence)


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
    version=4,
    platforms=(EMAIL,),
    recognise=recognise,
    readers={
        "mbox": Reader(read_mbox, count_mailbox()),
        "eml": Reader(read_eml, one()),
        "emlx": Reader(read_emlx, one()),
    },
    survey=survey,
    facts=EmailFacts,
    members_apart=True,
    tells_of=frozenset({"x", "facebook", "linkedin", "mastodon", "substack", "reddit", "youtube"}),
    refusal=refusal,
)
