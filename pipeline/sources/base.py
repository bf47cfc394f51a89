"""The interface of a source: it recognises the members of an archive by their content, declares what they can show, and reads them.

A source is one package under `pipeline/sources/` with a module `source` that defines `SOURCE = Source(...)`. The registry finds it
(docs/adding-a-source.md).
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
"""Name of the reader of pictures, films and sound, for the parts of a split export that contain nothing else."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A source's statement that it reads this member with that reader."""

    member: str
    reader: str
    confidence: float
    """1.0: a mark of this platform only; 0.5: a usual name and a fitting shape. The highest claim on a member wins."""
    part: str | None = None
    """For the source's own use: what recognition found out, such as a layout generation or a language."""


Item: TypeAlias = Parsed | CoverageNote | ListSeen
Parse: TypeAlias = Callable[[Member, Context], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of member is counted and read.

    `count` counts the records independently of `parse` (pipeline.formats.counting has counters for JSON arrays, CSV,
    XML elements, lines); `parse` must yield exactly one Stored, SetAside or Skipped for each. What `parse` fails
    to account for is set aside by the ledger (`unaccounted`).
    A member that only informs (profile, manifest, own videos) has `count=None`: it has no records and is read in `survey`.
    """

    parse: Parse | None
    count: Count | None


@dataclass(frozen=True, slots=True)
class Shows:
    """One line of a platform's declaration: class x direction x surface -> visibility.

    Source: methods:coverage-windows.
    """

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
    """Classes for which the export carries reply links.

    Source: methods:explicit-answers.
    """
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
    """Raise it when the same bytes would give other rows or facts, so that archives are read again."""
    platforms: tuple[Platform, ...]
    """The first is the source's own; further ones it also writes (Instagram's export contains Threads; mail reports acts on others)."""
    recognise: Callable[[Archive], Iterable[Claim]]
    readers: dict[str, Reader]
    survey: Callable[[Archive, Sequence[Claim], ReadSettings], Survey]
    """Return owner, account, date of the export and the source's own facts, from the claimed members. Must not fail on broken members."""
    facts: type[SourceFacts] = SourceFacts
    """Class of the facts that `survey` finds and the readers take from their context (`Context.facts`)."""
    tells_of: frozenset[str] = frozenset()
    """Other sources' platforms for which it also writes rows (notification mail). Such a row without an account belongs to the
    owner's account there."""
    members_apart: bool = False
    """Whether the rows of a member depend on the member and the context alone, with no state from one member to the next. Then the
    members of a big archive are read in several processes."""
    refusal: Callable[[Archive], str | None] = field(default=lambda _archive: None)
    """Return a sentence for an archive of this platform in a form that can't be read ("ask for JSON"); None for any other."""
