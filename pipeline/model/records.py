"""What a reader yields: one `Parsed` a record, holding rows in the common vocabulary, or why there are none.

A *record* is the smallest unit that may become a row (CONTRACT): a message, a tweet, a like, a follower, a comment.
Readers know one platform and nothing of contacts, DuckDB or other archives. Times are integer microseconds, UTC.
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
    """How this platform names a counterpart, said whenever a record tells (repetition is harmless).

    native_id: CONTRACT's rule: the platform's id; else handle; else profile URL; else e-mail address; else
    `thread:<id>` of a one-to-one thread; else `name:<normalised name>` (`pipeline.model.naming.name_id`).
    """

    native_id: str
    handle: str | None = None
    display_name: str | None = None
    url: str | None = None
    email: str | None = None
    platform: str | None = None
    """None: the source's own platform."""
    placeholder: bool = False
    """A closed account ("Facebook user", "LinkedIn Member"): never joined with anybody by name."""
    key: str | None = None
    """The owner's own key of the person in open files: equal keys, on whatever platform, are one person."""


class Alias(NamedTuple):
    """Two native ids of one platform that the archive itself states to be one person (say, a Name + Username block)."""

    native_id: str
    other: str
    reason: str
    platform: str | None = None


class Interaction(NamedTuple):
    """A directed event between the owner and one person; one act towards several people is one of these a person."""

    person: str
    """native_id of the person."""
    direction: Direction
    kind: str
    at: int
    """Start of the uncertainty interval, microseconds since 1970 UTC: what is written."""
    resolution_s: int = 1
    """Width in which it is written: 1, 60 for a minute, 86400 for a date."""
    native_id: str | None = None
    """The act's own id on the platform, None where the export has none (then content and ordinal identify it)."""
    thread: str | None = None
    reply_to: str | None = None
    """native_id of the act that this one answers (also reactions, votes, story replies and accepts on an act)."""
    is_group: bool = False
    text: str | None = None
    url: str | None = None
    seq: int | None = None
    """Place in the file, only if the file is known to be in true order of time."""
    surface: Surface | None = None
    """None: `direct` for messages, `public` for the rest, `group` if is_group."""
    automatic: str | None = None
    """The source's own evidence that nobody typed this (Auto-Submitted, no-reply sender …), else None."""
    zone_assumed: bool = False
    """The export gives no zone and none is documented: read in the settings' zone."""
    cls: str | None = None
    """None: the class of the kind. The open interactions format names its class."""
    platform: str | None = None
    account: str | None = None
    """native_id of the owner's account; None: the archive's account on that platform."""


class Tie(NamedTuple):
    """An undated or mutual relation with a person, or an undated act towards one."""

    person: str
    kind: str
    """One of vocabulary.TIE_KINDS."""
    since: int | None = None
    """Earliest date known, microseconds UTC."""
    platform: str | None = None
    account: str | None = None


class Unattributed(NamedTuple):
    """The owner's act whose counterpart the export doesn't name, a post to nobody, or an anonymous act towards the owner."""

    kind: str
    """A kind of the vocabulary, or `post` for a post to nobody."""
    direction: Direction = "outbound"
    at: int | None = None
    text: str | None = None
    url: str | None = None
    native_id: str | None = None
    thread: str | None = None
    platform: str | None = None
    account: str | None = None


Row: TypeAlias = Interaction | Tie | Unattributed | Person | Alias


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that became rows (at least one Interaction, Tie or Unattributed; Person and Alias rows ride along)."""

    pointer: str
    """Place in the member, unique in it: JSON pointer (`/messages/3`), line (`line:17`) or byte offset (`byte:512`)."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that could not be read: nothing is guessed, nothing is lost."""

    pointer: str
    code: str
    """Machine word: unreadable_time, unknown_kind, not_json, missing_field, …"""
    reason: str
    """For the person: what and why, never content of the record."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that a named rule leaves out (vocabulary.SKIP_RULES). May still teach names (Person, Alias)."""

    pointer: str
    rule: str
    rows: tuple[Person | Alias, ...] = ()


Parsed: TypeAlias = Stored | SetAside | Skipped


class CoverageNote(NamedTuple):
    """What this archive shows otherwise than the platform's declaration says (ruling 13 makes the rest).

    Replaces the declared visibility of (cls, direction, surface), for one thread when `thread` is given.
    starts_at / ends_at None: the archive's own window.
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
