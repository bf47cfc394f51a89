"""What a reader yields: one `Parsed` a record, holding rows in the common vocabulary, or why there are none.

A *record* is the smallest unit that may become a row (CONTRACT): a message, a tweet, a like, a follower, a comment.
Readers know one platform and nothing of contacts, DuckDB or other archives. Times are integer microseconds, UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from pipeline.model.codes import Direction, Surface, Visibility


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


@dataclass(frozen=True, slots=True)
class Account:
    """The owner's account on a platform."""

    native_id: str
    handle: str | None = None
    display_name: str | None = None
    email: str | None = None
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """All that names the owner on one platform: from the archive, from its sister archives, from `[owner.<platform>]`."""

    ids: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def __or__(self, other: "Owner") -> "Owner":
        """Unite two sets of names."""
        return Owner(
            self.ids | other.ids, self.handles | other.handles, self.names | other.names,
            self.emails | other.emails, self.sites | other.sites,
        )  # fmt: skip


@dataclass(slots=True)
class Survey:
    """What a first look over an archive's members tells, before any record is read. Small, JSON-able, mergeable.

    Surveys of all archives of one source and account are merged (`Survey.__or__` in the order of exported_at), because
    exports come in several parts and the owner's profile lies in one of them.
    """

    account: Account | None = None
    owner: Owner = field(default_factory=Owner)
    exported_at: int | None = None
    """The export's own statement: manifest, generation date, date in its usual file name. Never a file system's time."""
    account_created_at: int | None = None
    starts_at: int | None = None
    """Start of the stated range, when the export states one."""
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    """Look-ups that other members need: video -> channel, profile URL -> date connected …"""
    notes: list[str] = field(default_factory=list)
    """Said in `coverage.reason` (for example which author was taken for the owner)."""

    def __or__(self, other: "Survey") -> "Survey":
        """Merge: owner's names and maps unite; own facts stand before the other's."""
        maps = {name: {**other.maps.get(name, {}), **self.maps.get(name, {})} for name in {*self.maps, *other.maps}}
        return Survey(
            self.account or other.account, self.owner | other.owner, self.exported_at, self.account_created_at or
            other.account_created_at, self.starts_at, maps, [*self.notes, *(n for n in other.notes if n not in self.notes)],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The owner's settings that readers may use (`dancecard.toml`)."""

    time_zone: str = "UTC"
    """IANA name in which times without a zone are read; `zone_is_set` tells whether the owner chose it."""
    zone_is_set: bool = False
    owners: Mapping[str, Owner] = field(default_factory=dict)
    """platform -> the `[owner.<platform>]` table."""
    max_text: int = 1_000_000
    """Characters kept of one text."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a reader may know beside the member's bytes."""

    settings: ReadSettings
    survey: Survey
    """The archive's own, merged with its sister archives'."""
    owners: Mapping[str, Owner]
    """platform -> owner's names (settings united with survey; for the source's own platform and any other it writes)."""

    def owner(self, platform: str) -> Owner:
        """Return what names the owner on that platform (empty when nothing does)."""
        return self.owners.get(platform, Owner())
