"""Who is in a conversation: the owner, the other person or the group, and who a message's sender is.

Format fact: messages name their sender by display name only; a person of a conversation of two is therefore identified by
the conversation (`thread:<id>`), a person in a group by name.
"""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Alias, Person
from pipeline.model.survey import Owner
from pipeline.sources.shared.meta.automatic_lines import openings
from pipeline.sources.shared.meta.people import is_closed_account
from pipeline.sources.shared.meta.text_repair import clean_name, repair

if TYPE_CHECKING:
    import hashlib


class Sender(NamedTuple):
    """Who wrote a message or reacted to one."""

    person: Person | None
    """None for the owner."""
    beginnings: tuple[str, ...]
    """Beginnings of automatic lines about the sender (`automatic_lines.openings`)."""


class MentionPattern(NamedTuple):
    """How a group's messages mention one of its members."""

    pattern: "re.Pattern[str]"
    person: Person


@dataclass(slots=True)
class ThreadPage:
    """A page of a conversation: what is known before its messages are read, and what reading them adds."""

    thread: str
    """The thread's own number; titles and folder names change."""
    owner_names: frozenset[str]
    """Normalised names of the owner."""
    counterpart: Person | None = None
    """The other person of a conversation of two, None in a group."""
    number: int = 0
    """Page number; page 1 is the newest."""
    is_request: bool = False
    """Whether the owner has not accepted the conversation: received messages are requests."""
    skip_rule: str = ""
    """The rule that leaves out all messages, if any."""
    has_stories: bool = False
    """Whether the platform's automatic lines about stories occur."""
    is_owner_alone: bool = False
    """Whether nobody but the owner is in the conversation."""
    mention_patterns: tuple[MentionPattern, ...] = ()
    handle_by_name: Mapping[str, str] = field(default_factory=dict)
    """Normalised name -> handle, where the archive states both together and for one person only."""
    senders: dict[str, Sender] = field(default_factory=dict)
    """Name as written -> sender."""
    introduced: set[str] = field(default_factory=set)
    """Native ids of the people who have a person row in this page."""
    ordinals: dict[str, int] = field(default_factory=dict)
    """Message id without ordinal -> equal messages so far."""
    digests: "dict[str, hashlib.blake2b]" = field(default_factory=dict)
    """Native id of a writer (`me` for the owner) -> digest of it, which the ids of the writer's messages continue."""
    repeated_calls: Callable[[], Container[str]] = frozenset
    """Returns the pointers of the lines about a call that another line of the page states."""

    def sender(self, raw: object) -> Sender:
        """Return the person behind a sender's name as written."""
        key = raw if isinstance(raw, str) else ""
        known = self.senders.get(key)
        if known is None:
            name = clean_name(repair(key))
            known = self.senders[key] = Sender(self._person(name), openings(name))
        return known

    def _person(self, name: str) -> Person | None:
        normalised = normalise_name(name)
        if normalised and normalised in self.owner_names:
            return None
        if self.counterpart is not None:
            return self.counterpart
        if is_closed_account(name):
            return Person(f"thread:{self.thread}", placeholder=True)
        return Person(name_id(name), display_name=name)

    def introduce(self, person: Person) -> tuple[Person | Alias, ...]:
        """Return a person's row the first time and nothing later: a page has thousands of messages by few people."""
        if person.native_id in self.introduced:
            return ()
        self.introduced.add(person.native_id)
        handle = "" if person.placeholder else self.handle_by_name.get(normalise_name(person.display_name or ""), "")
        if handle and handle != person.native_id:
            return (person, Alias(person.native_id, handle, "the export names this handle and this name together"))
        return (person,)


def normalised_owner_names(owner: Owner) -> frozenset[str]:
    """Return the owner's names and handles as `ThreadPage.owner_names` holds them."""
    return frozenset(normalise_name(repair(name)) for name in owner.names | owner.handles) - {""}


def mention_patterns(people: Sequence[Person]) -> tuple[MentionPattern, ...]:
    """Return how each member of a group is mentioned: `@` with the full name, or with a first name that only one has."""
    first_names = [(person.display_name or "").split(" ", 1)[0].casefold() for person in people]
    found: list[MentionPattern] = []
    for person, first_name in zip(people, first_names, strict=True):
        names = [person.display_name or ""]
        if first_names.count(first_name) == 1:
            names.append(first_name)
        alternatives = "|".join(re.escape(name) for name in names if name)
        if alternatives and not person.placeholder:
            pattern = re.compile(rf"@(?:{alternatives})(?!\w)", re.IGNORECASE)
            found.append(MentionPattern(pattern, person))
    return tuple(found)
