"""Survey of the mail in an archive: the owner's addresses, the mailbox's account, the addresses of mailing lists."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import utf8_stream
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.email.apple_mail import apple_mail
from pipeline.sources.email.body import message_text
from pipeline.sources.email.bulk import is_robot
from pipeline.sources.email.headers import Headers, split_message
from pipeline.sources.email.labels import SENT, folder_meanings, meanings, skip_rule
from pipeline.sources.email.notifications.wordpress import comment_key
from pipeline.sources.email.people import EmailFacts, bare
from pipeline.sources.email.splitting import messages
from pipeline.sources.shared.web.json_items import compact_us

_HEAD: Final = 1 << 16
"""Bytes of a message that are read: its header, and the short body of a blog's notification."""
_DELIVERED: Final = ("delivered-to", "x-original-to", "envelope-to", "x-apparently-to")
_RARE: Final = 50
"""An address to which less than one in so many mails was delivered is not taken for the owner's."""
_SENT_UNKNOWN: Final = "no label of this mailbox is known to mean Sent, so drafts that were never sent can't be left out: please report the label"
_TAKEOUT: Final = re.compile(r"takeout-(\d{8})T(\d{6})Z", re.IGNORECASE)
_POST: Final = re.compile(r"mailto:([^?>\s]+@[^?>\s]+)", re.IGNORECASE)


@dataclass
class _Seen:
    messages: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    involved: Counter[str] = field(default_factory=Counter)
    """Addresses by the messages that name them as sender or recipient."""
    senders: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)
    sent_labels: bool = False
    unlabelled: set[str] = field(default_factory=set)
    """Senders of mails that have labels but neither a known Sent nor a Received."""


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return account, owner and list addresses of an archive's mail; members that can't be read are passed over."""
    readers = {claim.member: claim.reader for claim in claims}
    seen = _Seen()
    for member in archive.members:
        if member.name in readers:
            folder = folder_meanings(member.name)
            try:
                for headers, body in _heads(member, readers[member.name]):
                    _survey_message(headers, body, folder | meanings(headers), seen)
            except MemberError:
                continue
    named = frozenset(bare(address.strip().lower()) for address in settings.owners.get("email", Owner()).emails)
    emails, note = _owner(seen, named)
    # the account is the address to which most mail is delivered; of equals the least
    by_use = sorted(named or emails, key=lambda a: (-seen.delivered[a], -seen.sent[a], -seen.involved[a], a))
    account = next(iter(by_use), None)
    drafts = not seen.sent_labels and not emails.isdisjoint(seen.unlabelled)
    dated = _TAKEOUT.search(archive.file_name)
    return Survey(
        account=Account(account, email=account) if account else None,
        owner=Owner(emails=emails),
        exported_at=compact_us(dated[1] + dated[2]) if dated else None,
        facts=EmailFacts(frozenset(seen.lists), frozenset(seen.comments), seen.sent_labels),
        notes=[each for each in (note, _SENT_UNKNOWN if drafts else "") if each],
    )


def _heads(member: Member, reader: str) -> Iterator[tuple[Headers, bytes]]:
    with member.open() as stream:
        if reader == "emlx":
            yield split_message(apple_mail(stream.read(_HEAD)).message)
            return
        if reader == "eml":
            yield split_message(utf8_stream(stream).read(_HEAD))
            return
        for raw in messages(stream, _HEAD):
            if not raw.lead and not raw.attached:
                yield split_message(raw.data)


def _survey_message(headers: Headers, body: bytes, marks: frozenset[str], seen: _Seen) -> None:
    if skip_rule(marks) is not None:
        return
    labelled = "x-gmail-labels" in headers
    seen.sent_labels = seen.sent_labels or (labelled and SENT in marks)
    if "list-id" in headers or "list-post" in headers:
        for address in _POST.findall(headers.raw("list-post")):
            seen.lists.add(address.lower())
        if SENT not in marks:
            return
    seen.messages += 1
    if headers.raw("from").lower().rpartition("<")[2].startswith("wordpress@"):
        if comment := comment_key(message_text(headers, body, mbox=True)):
            seen.comments.add(comment)
        return
    senders = [bare(one.address) for one in headers.people("from")[:1]]
    seen.senders.update(senders)
    if labelled and SENT not in marks and "received" not in headers:
        seen.unlabelled.update(senders)
    if SENT in marks:
        seen.sent.update(senders)
        return
    delivered = next((found for name in _DELIVERED if (found := headers.people(name))), [])
    seen.delivered.update(bare(one.address) for one in delivered[:1])
    if not delivered:
        others = [bare(one.address) for one in headers.people("to", "cc")]
        seen.involved.update(address for address in {*senders, *others} if not is_robot(address))


def _owner(seen: _Seen, named: frozenset[str]) -> tuple[frozenset[str], str]:
    """Return the owner's addresses, and the sentence for `coverage.reason` if they are inferred."""
    most = max(seen.delivered.values(), default=0)

    shown = frozenset(seen.sent) | {a for a, number in seen.delivered.items() if number * _RARE >= most}
    if shown or named:
        return shown | named, ""
    number = max(seen.involved.values(), default=0)
    first = sorted(address for address, count in seen.involved.items() if count == number)
    if seen.messages < 2 or len(first) != 1 or number * 2 <= seen.messages or first[0] not in seen.senders:
        return (
            frozenset(),
            "no mail shows the owner's address: all were taken for received ones; name it in [owner.email] emails",
        )
    return frozenset(first), f"owner: {first[0]}, the one address in most mails ({number} of {seen.messages})"
