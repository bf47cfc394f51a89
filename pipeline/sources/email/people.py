"""The owner's addresses, and the people of a mail's header."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.records import Person
from pipeline.model.survey import Context, SourceFacts
from pipeline.sources.email.bulk import is_robot
from pipeline.sources.email.headers import Headers, Mailbox


@dataclass(frozen=True, slots=True)
class EmailFacts(SourceFacts):
    """What single mails need of the whole mailbox."""

    lists: frozenset[str] = frozenset()
    """Addresses at which mailing lists take posts."""
    wordpress_comments: frozenset[str] = frozenset()
    """`<site>#<comment id>` of the comments that WordPress's notifications report: none of them is the owner's."""
    sent_labels: bool = False
    """Whether a label that means Sent is known in this mailbox."""


def bare(address: str) -> str:
    """Return an address without its `+tag`, with which the owner's own may be written."""
    local, _, host = address.rpartition("@")
    return f"{local.partition('+')[0]}@{host}" if "+" in local else address


def own_addresses(context: Context) -> frozenset[str]:
    """Return the owner's addresses, from the settings and the survey."""
    return frozenset(bare(address.strip().lower()) for address in context.owner("email").emails)


def person(mailbox: Mailbox) -> Person:
    """Return the person of an address; a display name that repeats an address is dropped."""
    name = mailbox.name if mailbox.name and "@" not in mailbox.name else None
    return Person(mailbox.address, None, name, None, email=mailbox.address)


def recipients(headers: Headers, own: frozenset[str], lists: Iterable[str]) -> tuple[list[Person], str | None]:
    """Return the people to whom a mail of the owner's is addressed, and why there are none.

    Returns:
        The people; if there are none, the rule that leaves the mail out (None: it names no recipient at all).
    """
    named = headers.people("to", "cc", "bcc")
    others = [one for one in named if bare(one.address) not in own]
    posts = frozenset(lists)
    people = [one for one in others if one.address not in posts and not is_robot(one.address)]
    if people:
        return [person(one) for one in people], None
    if not named:
        return [], None
    if not others:
        return [], "self_event"
    return [], "list_mail" if any(one.address in posts for one in others) else "automatic"
