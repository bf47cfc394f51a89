"""What a reader yields for each record: its rows in the codes of `pipeline.model.codes`, or the reason why it has none.

A *record* is the smallest unit that may become a row (methods:record-fates): a message, a tweet, a like, a follower, a
comment. Readers know one platform, and nothing of contacts, DuckDB or other archives. Times are integer microseconds since
1970, UTC.
"""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pipeline.model.codes import Direction, Surface, Visibility
from pipeline.model.survey import Account, Context, Owner, ReadSettings, Survey

__all__ = [  # the last five are still imported from here by some sources
    "Account",
    "Alias",
    "Context",
    "CoverageNote",
    "Interaction",
    "ListSeen",
    "Owner",
    "Parsed",
    "Person",
    "ReadSettings",
    "Row",
    "SetAside",
    "Skipped",
    "Stored",
    "Survey",
    "Tie",
    "Unattributed",
]  # fmt: skip


class Person(NamedTuple):
    """How a platform names a person. A reader yields it with every record that states any of it; repetition is harmless."""

    native_id: str
    """The platform's id; else handle; else profile URL; else e-mail address; else `thread:<id>` of a one-to-one thread; else
    `name:<normalised name>` (`pipeline.model.naming.name_id`). Source: methods:native-ids."""
    handle: str | None = None
    display_name: str | None = None
    url: str | None = None
    email: str | None = None
    platform: str | None = None
    """None: the source's own platform."""
    placeholder: bool = False
    """Whether it stands for a closed account ("Facebook user", "LinkedIn Member"), which is never joined by name."""
    key: str | None = None
    """The owner's own key of the person in open interactions files: equal keys, on any platform, are one person."""


class Alias(NamedTuple):
    """Two native ids that the archive itself states to be one person, as in a block of name and username.

    They are of one platform, or, as in an entry of an address book, of two.
    """

    native_id: str
    other: str
    reason: str
    platform: str | None = None
    """Platform of `native_id`; None: the source's own."""
    other_platform: str | None = None
    """Platform of `other`; None: that of `native_id`."""


class Interaction(NamedTuple):
    """A directed act between the owner and one person; an act towards several people is one of these for each person."""

    person: str
    """native_id of the person."""
    direction: Direction
    kind: str
    at: int
    """Time as the export writes it: the start of its second, minute or day."""
    resolution_s: int = 1
    """Resolution of that time in seconds: 1, 60 for a minute, 86400 for a date."""
    native_id: str | None = None
    """The act's id on the platform; None where the export has none, so that content and ordinal identify it."""
    thread: str | None = None
    reply_to: str | None = None
    """native_id of the act that this one answers; reactions, votes, story replies and acceptances answer acts too."""
    is_group: bool = False
    text: str | None = None
    url: str | None = None
    seq: int | None = None
    """Position in the member, if that is known to be in true order of time."""
    surface: Surface | None = None
    """None: `group` if is_group, else `direct` for messages and `public` for all other classes."""
    automatic: str | None = None
    """The source's evidence that the act was automatic (Auto-Submitted header, no-reply sender …); None: there is none."""
    zone_assumed: bool = False
    """Whether the zone of the settings was assumed: the export gives none, and none is documented."""
    cls: str | None = None
    """None: the class of the kind. The open interactions format states a class."""
    platform: str | None = None
    account: str | None = None
    """native_id of the owner's account; None: the archive's account on that platform."""


class Tie(NamedTuple):
    """An undated or mutual relation with a person, or an undated act towards one."""

    person: str
    kind: str
    """One of `codes.TIE_KINDS`."""
    since: int | None = None
    """Earliest date known."""
    platform: str | None = None
    account: str | None = None


class Unattributed(NamedTuple):
    """The owner's act whose counterpart the export doesn't name, a post addressed to no one, or an anonymous act towards the owner."""

    kind: str
    """A kind of `codes.KINDS`, or `post`."""
    direction: Direction = "outbound"
    at: int | None = None
    text: str | None = None
    url: str | None = None
    native_id: str | None = None
    thread: str | None = None
    platform: str | None = None
    account: str | None = None


Row: TypeAlias = Interaction | Tie | Unattributed | Person | Alias


@dataclass(slots=True)  # not frozen: that doubles the time to make one, and there is one a record
class Stored:
    """A record that became rows: at least one Interaction, Tie or Unattributed, and any number of Person and Alias."""

    pointer: str
    """Location in the member, unique in it: JSON pointer (`/messages/3`), line (`line:17`) or byte offset (`byte:512`)."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that could not be read. Nothing is guessed; the ledger counts it."""

    pointer: str
    code: str
    """Code of the reason (methods:set-aside-reasons): unreadable_time, unknown_kind, not_json, missing_field …"""
    reason: str
    """What is wrong and why, in a sentence without any content of the record."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that a rule leaves out (methods:skip-rules). It may still state names (Person, Alias)."""

    pointer: str
    rule: str
    """One of `codes.SKIP_RULES`."""
    rows: tuple[Person | Alias, ...] = ()


Parsed: TypeAlias = Stored | SetAside | Skipped


class CoverageNote(NamedTuple):
    """What an archive shows in another way than its platform declares (methods:coverage-windows).

    It replaces the declared visibility of class, direction and surface, for one thread when `thread` is given. Where
    starts_at or ends_at is None, the archive's own window begins or ends.
    """

    cls: str
    direction: Direction
    visibility: Visibility
    surface: Surface = "all"
    reason: str = ""
    starts_at: int | None = None
    ends_at: int | None = None
    thread: str | None = None
    platform: str | None = None
    account: str | None = None


class ListSeen(NamedTuple):
    """A list of ties that this archive shows; a complete one proves absence (`ties.missing_since`)."""

    kind: str
    complete: bool
    platform: str | None = None
    account: str | None = None
