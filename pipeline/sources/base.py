"""What a source is: it recognises an archive by what is inside, declares what it can show, and reads its members.

One package a platform under `pipeline/sources/`, holding `source.py` with `SOURCE = Source(...)`. Nothing else has to
know of it: the registry finds it (docs/adding-a-source.md).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pipeline.containers.members import Archive, Member
from pipeline.formats.counting import Count
from pipeline.model.codes import Direction, Surface, Visibility
from pipeline.model.records import CoverageNote, ListSeen, Parsed
from pipeline.model.survey import Context, ReadSettings, SourceFacts, Survey

__all__ = ["Archive", "Claim", "Count", "Item", "Member", "Parse", "Platform", "Reader", "Shows", "Source"]

MEDIA: Final = "media"
"""Name of the reader of what is nothing but pictures, films and sound, in a part of a split export that holds only such."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A source's statement that it reads this member with that reader."""

    member: str
    reader: str
    confidence: float
    """1.0: a tell-tale of this platform only; 0.5: usual name and fitting shape; highest claim on a member wins."""
    part: str | None = None
    """Free for the source: what it found out while recognising (a layout generation, a language)."""


Item: TypeAlias = Parsed | CoverageNote | ListSeen
Parse: TypeAlias = Callable[[Member, Context], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of member is counted and read.

    `count` counts the records independently of `parse` (pipeline.formats.counting has counters for JSON arrays, CSV,
    XML elements, lines); `parse` must yield exactly one Stored, SetAside or Skipped for each. What `parse` fails
    to account for is set aside by the ledger (`unaccounted`).
    A member that only informs (profile, manifest, own videos) has `count=None`: it holds no records and is read in `survey`.
    """

    parse: Parse | None
    count: Count | None


@dataclass(frozen=True, slots=True)
class Shows:
    """One line of a platform's declaration: class x direction x surface -> visibility (METHODS 2.1)."""

    cls: str
    direction: Direction
    visibility: Visibility
    surface: Surface = "all"
    readers: tuple[str, ...] = ()
    """Shown only if a member of one of these readers is present (a missing file means unknown, not zero); () = always."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """What one platform's export can show; `dancecard platforms` and docs/sources/ are generated from it."""

    name: str
    shows: tuple[Shows, ...]
    """Classes and directions that no line names are `none`."""
    known_classes: tuple[str, ...]
    """Classes that exist on the platform at all; each gets a coverage row in both directions."""
    reply_links: frozenset[str] = frozenset()
    """Classes for which the export carries reply links (ruling 4)."""
    how_to_ask: str = ""
    """How the owner asks the platform for the export, in a few sentences (Markdown)."""
    cannot_show: str = ""
    """What the export leaves out, in words for the report."""
    notes: str = ""
    """Layout generations read and traps handled (Markdown)."""
    zone: str | None = None
    """Zone in which the format is documented to write times without one; None: they are read in the settings' zone."""
    label: str = ""
    """Name in the report, `WhatsApp`; empty: the same as `name`."""
    account_is_person: bool = False
    """Whether an account belongs to one person, so that the archives of a second account are set aside (methods:owner-accounts).

    Otherwise an account is a site, a list or a mailbox, of which an owner may have several.
    """
    one_account_per_email: bool = False
    """Whether an e-mail address belongs to one account only, so that archives that state the same address are of one account."""
    is_secondary_account_id: Callable[[str], bool] = field(default=lambda _native_id: False)
    """Whether an id of the owner's account is of the kind that only some files state (LinkedIn's member number beside the
    profile page). Such an id is joined with the one other account of the same name."""

    @property
    def title(self) -> str:
        """Name for readers."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Source:
    """A reader of one producer's exports."""

    name: str
    version: int
    """Raise it when the same bytes would give other rows: its stagings are then made anew."""
    platforms: tuple[Platform, ...]
    """The first is the source's own; further ones it also writes (Instagram's export holds Threads; mail tells of others)."""
    recognise: Callable[[Archive], Iterable[Claim]]
    readers: dict[str, Reader]
    survey: Callable[[Archive, Sequence[Claim], ReadSettings], Survey]
    """Find owner, account, date of the export and the source's own facts in the claimed members. Must not fail on broken members."""
    facts: type[SourceFacts] = SourceFacts
    """Class of the facts that `survey` finds and the readers take from their context (`Context.facts`)."""
    tells_of: frozenset[str] = frozenset()
    """Other sources' platforms of which it also writes rows (notification mail); such a row without an account belongs to the
    owner's standing account there."""
    members_apart: bool = False
    """Whether a reader makes the same of a member wherever it is read: from the member and the context alone, with nothing kept
    from one member to the next. A big archive's members are then shared out to several processes."""
    refusal: Callable[[Archive], str | None] = field(default=lambda _archive: None)
    """A sentence when the archive is this platform's but in a form that can't be read ("ask for JSON"), else None."""
