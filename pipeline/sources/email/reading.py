"""Messages as rows: left out by rule, an act on another platform that a notification reports, or a mail between two people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pipeline.formats.decoding import cut_text, utf8_stream
from pipeline.model.records import CoverageNote, Interaction, Parsed, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.email import bulk
from pipeline.sources.email.apple_mail import apple_mail
from pipeline.sources.email.body import message_text
from pipeline.sources.email.headers import Headers, split_message
from pipeline.sources.email.labels import SENT, folder_meanings, meanings, skip_rule
from pipeline.sources.email.notifications import read_notification
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.people import EmailFacts, bare, own_addresses, person, recipients
from pipeline.sources.email.quotes import own_words
from pipeline.sources.email.splitting import KEPT, Raw, messages
from pipeline.sources.email.swallowed import swallowed
from pipeline.sources.email.times import When, when

NOTIFICATIONS_ONLY = (
    "only what notification mails in the mailbox report: they prove that something happened, never that nothing did"
)
_LONGEST_FILE: Final = 64 << 20
"""Bytes of an .emlx file that are read: its flags are behind the message."""
_SWALLOWED: Final = "its text holds the headers of {} other mails: the file separates its messages in a way that is not known, please report it"


@dataclass(frozen=True, slots=True)
class _Place:
    """The facts that all messages of a member share."""

    context: Context
    own: frozenset[str]
    lists: frozenset[str]
    folder: frozenset[str]
    mbox: bool
    sent_labels: bool

    @classmethod
    def of(cls, member: Member, context: Context, *, mbox: bool) -> "_Place":
        facts = context.facts(EmailFacts)
        folder = folder_meanings(member.name)
        return cls(context, own_addresses(context), facts.lists, folder, mbox=mbox, sent_labels=facts.sent_labels)


def read_mbox(member: Member, context: Context) -> Iterator[Item]:
    """Yield one `Parsed` a message, then coverage notes on the platforms that notifications reported."""
    place = _Place.of(member, context, mbox=True)
    seen: set[CoverageNote] = set()
    with member.open() as stream:
        for raw in messages(stream):
            yield _noted(_message(raw, place), seen)
    yield from _sorted(seen)


def read_eml(member: Member, context: Context) -> Iterator[Item]:
    """Yield the one message of a file."""
    place = _Place.of(member, context, mbox=False)
    seen: set[CoverageNote] = set()
    with member.open() as stream:
        data = utf8_stream(stream).read(KEPT)
    if data:
        yield _noted(_message(Raw(0, "", data), place), seen)
    yield from _sorted(seen)


def read_emlx(member: Member, context: Context) -> Iterator[Item]:
    """Yield the one message of Apple Mail's file."""
    seen: set[CoverageNote] = set()
    with member.open() as stream:
        data = stream.read(_LONGEST_FILE)
    if data:
        found, place = apple_mail(data), _Place.of(member, context, mbox=False)
        marked = replace(place, folder=place.folder | found.marks)
        yield _noted(_message(Raw(0, "", found.message[:KEPT]), marked), seen)
    yield from _sorted(seen)


def _sorted(seen: set[CoverageNote]) -> list[CoverageNote]:
    return sorted(seen, key=lambda note: (note.platform or "", note.account or "", note.cls))


def _noted(parsed: Parsed, seen: set[CoverageNote]) -> Parsed:
    """Add platform, account and class of a reported act to `seen`, and return the record."""
    if isinstance(parsed, Stored):
        seen.update(
            CoverageNote(
                row.cls or "",
                "inbound",
                "partial",
                reason=NOTIFICATIONS_ONLY,
                platform=row.platform,
                account=row.account,
            )
            for row in parsed.rows
            if isinstance(row, Interaction) and row.platform is not None
        )
    return parsed


def _message(raw: Raw, place: _Place) -> Parsed:
    pointer = f"byte:{raw.offset}"
    if raw.attached:
        return Skipped(pointer, "not_social")
    headers, body = split_message(raw.data)
    if raw.lead or not headers:
        return SetAside(pointer, "not_a_message", "these bytes have no mail header in front of them: was the file cut?")

    marks = place.folder | meanings(headers)
    senders = headers.people("from") or headers.people("sender")
    sender = senders[0] if senders else None
    own = sender is not None and bare(sender.address) in place.own
    rule = skip_rule(marks)
    if rule is not None and not (rule == "draft" and "received" in headers and not own):
        return Skipped(pointer, rule)  # but a mail that arrived is no draft, whatever the owner calls a label
    if own and place.sent_labels and SENT not in marks and "x-gmail-labels" in headers and "received" not in headers:
        return Skipped(pointer, "draft")  # labelled, but not as sent, and no server has seen it
    if sender is not None and SENT not in marks:
        mail = Mail(pointer, headers, body, sender, context=place.context, mbox=place.mbox, separator=raw.date)
        if (notified := read_notification(mail)) is not None:
            return notified
    if (rule := bulk.rule(headers, sender.address if sender else "")) is not None:
        return Skipped(pointer, rule)
    if sender is None and SENT not in marks:
        return SetAside(pointer, "missing_field", "the From line names no e-mail address")
    moment = when(headers, raw.date, place.context.settings)
    if moment is None:
        return SetAside(
            pointer, "unreadable_time", "neither Date nor Received nor the separator line has a usable time"
        )
    if (number := swallowed(headers, body)) > 0:
        return SetAside(pointer, "unknown_layout", _SWALLOWED.format(number))
    if own or SENT in marks:
        return _sent(pointer, headers, body, moment, place=place)
    assert sender is not None  # noqa: S101 - for the type checker: without a sender it is set aside above
    who = person(sender)
    return Stored(pointer, (who, _row(who.native_id, headers, body, moment, place=place, outbound=False)))


def _sent(pointer: str, headers: Headers, body: bytes, moment: When, place: _Place) -> Parsed:
    """The owner's mail: one row a recipient."""
    people, rule = recipients(headers, place.own, place.lists)
    if rule is not None:
        return Skipped(pointer, rule)
    if not people:
        act = _row("", headers, body, moment, place=place, outbound=True)
        return Stored(
            pointer,
            (Unattributed("message", "outbound", act.at, act.text, native_id=act.native_id, thread=act.thread),),
        )
    rows: list[Row] = [*people]
    first = _row(people[0].native_id, headers, body, moment, place=place, outbound=True)
    rows += [first._replace(person=one.native_id) for one in people]
    return Stored(pointer, tuple(rows))


def _row(who: str, headers: Headers, body: bytes, moment: When, place: _Place, *, outbound: bool) -> Interaction:
    text = own_words(message_text(headers, body, mbox=place.mbox))
    native = message_id(headers)
    references = headers.ids("references")
    parents = headers.ids("in-reply-to") or references[-1:]
    reply_to = parents[0] if parents and parents[0] != native else None
    return Interaction(
        who, "outbound" if outbound else "inbound", "message", moment.at, native_id=native,
        thread=_thread(headers, references, reply_to, native), reply_to=reply_to,
        text=cut_text(text, place.context.settings.max_text) or None, zone_assumed=moment.assumed,
    )  # fmt: skip


def message_id(headers: Headers) -> str | None:
    """Return the Message-ID without angle brackets, None when there is none."""
    return next(iter(headers.ids("message-id")), None)


def _thread(headers: Headers, references: list[str], reply_to: str | None, native: str | None) -> str | None:
    """Return Gmail's thread id, which is the same in every label's file; else the root of the References."""
    gmail = headers.raw("x-gm-thrid")
    return f"gm:{gmail}" if gmail else next(iter(references), None) or reply_to or native
