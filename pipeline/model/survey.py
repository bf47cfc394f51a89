"""What is known of an archive before its records are read: whose it is, when it was made, and the source's own facts.

Each source surveys an archive once. Surveys are small: they are kept as JSON between runs, sent between processes, and merged
over all archives of one source and account, because an export may have several parts, and one part may need facts from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self, TypeVar


@dataclass(frozen=True, slots=True)
class Account:
    """The owner's account on a platform."""

    native_id: str
    handle: str | None = None
    display_name: str | None = None
    email: str | None = None
    platform: str | None = None
    """None: the source's own platform."""


@dataclass(frozen=True, slots=True)
class Owner:
    """All names of the owner on one platform: from the archive, from its sister archives, from `[owner.<platform>]`.

    Example:
        >>> sorted((Owner(ids=frozenset({"7"})) | Owner(ids=frozenset({"8"}))).ids)
        ['7', '8']
    """

    ids: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def __or__(self, other: "Owner") -> "Owner":
        """Unite two sets of names."""
        return Owner(
            ids=self.ids | other.ids, handles=self.handles | other.handles, names=self.names | other.names,
            emails=self.emails | other.emails, sites=self.sites | other.sites,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Base of the facts that one source finds in its survey and needs while reading records.

    A source derives a frozen dataclass of its own and names it in `Source.facts`. Every field has a default, so that the class
    without arguments means "nothing found". Use values that JSON can keep: text, numbers, booleans, tuples, named tuples, dataclasses,
    frozen sets, and dictionaries with text or integers as keys.

    Example:
        >>> @dataclass(frozen=True)
        ... class ChannelFacts(SourceFacts):
        ...     names: Mapping[str, str] = field(default_factory=dict)
        ...     own: frozenset[str] = frozenset()
        ...     server: str = ""
        >>> newer = ChannelFacts({"1": "new"}, frozenset({"a"}))
        >>> newer | ChannelFacts({"1": "old", "2": "two"}, frozenset({"b"}), "example.org") == ChannelFacts(
        ...     {"1": "new", "2": "two"}, frozenset({"a", "b"}), "example.org"
        ... )
        True
    """

    def __or__(self, other: Self) -> Self:
        """Merge with a sister archive's facts.

        Dictionaries unite and own entries win; sets unite; of any other value the own one is kept unless it is the field's default.
        """
        united = {}
        for item in fields(self):
            own, others = getattr(self, item.name), getattr(other, item.name)
            if isinstance(own, Mapping):
                united[item.name] = {**others, **own}
            elif isinstance(own, frozenset):
                united[item.name] = own | others
            else:
                united[item.name] = others if own == item.default else own
        return type(self)(**united)

    def in_order(self) -> Self:
        """Return the same facts with every dictionary sorted by key, so that no result depends on the order of archives."""
        return type(self)(
            **{
                item.name: dict(sorted(value.items())) if isinstance(value, Mapping) else value
                for item in fields(self)
                for value in (getattr(self, item.name),)
            }
        )


Facts = TypeVar("Facts", bound=SourceFacts)


@dataclass(slots=True)
class Survey:
    """What a survey of an archive's members finds before any record is read.

    Surveys of all archives of one source and account are merged in the order of `exported_at`, the newest first.
    """

    account: Account | None = None
    owner: Owner = field(default_factory=Owner)
    exported_at: int | None = None
    """Date that the export itself states: manifest, generation date, date in its usual file name. Never a file system's time. Microseconds, UTC."""
    account_created_at: int | None = None
    """Microseconds, UTC."""
    starts_at: int | None = None
    """Start of the range that the export states, if it states one. Microseconds, UTC."""
    notes: list[str] = field(default_factory=list)
    """Sentences for `coverage.reason`, for example which author was taken for the owner."""
    facts: SourceFacts | None = None
    """The source's own findings, an instance of its `Source.facts`."""

    def __or__(self, other: "Survey") -> "Survey":
        """Merge with a sister archive's survey: names of the owner and facts unite; statements of this survey are preferred."""
        return Survey(
            account=self.account or other.account,
            owner=self.owner | other.owner,
            exported_at=self.exported_at,
            account_created_at=self.account_created_at or other.account_created_at,
            starts_at=self.starts_at,
            notes=[*self.notes, *(note for note in other.notes if note not in self.notes)],
            facts=self.facts | other.facts if self.facts and other.facts else self.facts or other.facts,
        )


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The owner's settings that readers may use (`dancecard.toml`)."""

    time_zone: str = "UTC"
    """IANA name of the zone in which times without a zone are read."""
    zone_is_set: bool = False
    """Whether the owner chose the zone."""
    owners: Mapping[str, Owner] = field(default_factory=dict)
    """Platform -> the `[owner.<platform>]` table."""
    max_text: int = 1_000_000
    """Characters kept of one text."""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a reader may use besides the member's bytes."""

    settings: ReadSettings
    survey: Survey
    """The archive's own, merged with its sister archives'."""
    owners: Mapping[str, Owner]
    """Platform -> names of the owner (settings united with surveys), for the source's own platform and any other it writes."""

    def owner(self, platform: str) -> Owner:
        """Return the names of the owner on that platform; empty if none are known."""
        return self.owners.get(platform, Owner())

    def facts(self, kind: type[Facts]) -> Facts:
        """Return the facts of the source's survey; without any, the empty facts of that kind."""
        found = self.survey.facts
        return found if isinstance(found, kind) else kind()
