"""Times, reply links and accounts of the rows of an archive, collected while they are staged, for its coverage."""

from dataclasses import dataclass, field
from typing import TypeAlias

from pipeline.reading.staged_rows import InteractionColumns

AccountClass: TypeAlias = tuple[str, str, str]
"""(platform, native_id of the owner's account, class)."""


@dataclass(slots=True)
class EventTimes:
    """What coverage needs to know of the staged rows.

    Attributes:
        first: earliest time of an interaction, microseconds UTC.
        newest: latest time of any row, microseconds UTC; None when no row has a time.
        zone_assumed: where times without a zone were read in an assumed one.
        reply_links: (platform, class) in which some interaction has a reply link.
        accounts: (platform, native_id) of the owner's accounts that rows belong to.
    """

    first: dict[AccountClass, int] = field(default_factory=dict)
    newest: int | None = None
    zone_assumed: set[AccountClass] = field(default_factory=set)
    reply_links: set[tuple[str, str]] = field(default_factory=set)
    accounts: set[tuple[str, str]] = field(default_factory=set)

    def add_interactions(self, columns: InteractionColumns) -> None:
        """Take in a batch of interactions, at least one."""
        first = self.first
        keys = list(zip(columns.platform, columns.account, columns.cls, strict=True))
        distinct = set(keys)
        if len(distinct) == 1:  # nearly always: one conversation, one class
            earliest = min(columns.at)
            first[keys[0]] = min(earliest, first.get(keys[0], earliest))
        else:
            for key, at in zip(keys, columns.at, strict=True):
                if at < first.get(key, at + 1):
                    first[key] = at
        self.add_time(max(columns.at))
        if any(columns.zone_assumed):
            self.zone_assumed.update(key for key, assumed in zip(keys, columns.zone_assumed, strict=True) if assumed)
        if any(columns.reply_to):
            self.reply_links.update(
                (key[0], key[2]) for key, reply in zip(keys, columns.reply_to, strict=True) if reply
            )
        self.accounts.update({key[:2] for key in distinct})

    def add_time(self, at: int) -> None:
        """Take in the time of any row."""
        self.newest = at if self.newest is None else max(self.newest, at)

    def merge(self, other: "EventTimes") -> None:
        """Take in the times of other members of the same archive."""
        for key, at in other.first.items():
            self.first[key] = min(at, self.first.get(key, at))
        if other.newest is not None:
            self.add_time(other.newest)
        self.zone_assumed |= other.zone_assumed
        self.reply_links |= other.reply_links
        self.accounts |= other.accounts
