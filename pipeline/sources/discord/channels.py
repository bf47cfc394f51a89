"""Channels, as known before their messages are read: one-to-one, group or server, and the other people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model.records import Person
from pipeline.model.survey import SourceFacts
from pipeline.sources.discord.ids import snowflake
from pipeline.sources.shared.json_values.access import as_object
from pipeline.sources.shared.web.json_items import text_of

DIRECT: Final = frozenset({"DM", "1"})
_GROUP: Final = frozenset({"GROUP_DM", "3"})
_LABEL: Final = re.compile(r"Direct Message with (.+)")
_DELETED: Final = re.compile(r"deleted[ _]user(?:[ _#].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel by `channel.json` and `index.json`."""

    id: str
    type: str = ""
    recipients: tuple[str, ...] = ()
    """User ids, the owner's among them; empty strings for closed accounts."""
    guild: bool = False
    label: str = ""
    """The channel's line in `index.json`."""

    @property
    def handle(self) -> str:
        """User name of the other person of a one-to-one channel, from its label."""
        found = _LABEL.fullmatch(self.label)
        name = found[1].removesuffix("#0").strip() if found else ""
        return "" if _DELETED.fullmatch(name) else name

    @property
    def direct(self) -> bool:
        """Whether it is one-to-one."""
        if self.type in DIRECT:
            return True
        return (
            not self.type and not self.guild and (len(self.recipients) == 2 or _LABEL.fullmatch(self.label) is not None)
        )

    def partner(self, owners: frozenset[str], users: Mapping[str, str]) -> Person | None:
        """Return the other person of a one-to-one channel; None if the export doesn't state which of the two is the owner.

        Args:
            owners: the owner's ids.
            users: user name -> id, of the friend list.
        """
        others = [number for number in self.recipients if number not in owners]
        known = [number for number in others if number]
        if len(known) > 1:
            return None
        if known:
            return Person(known[0], handle=self.handle or None)
        if self.handle and not others:
            number = users.get(self.handle.casefold(), "")
            return Person(number or self.handle.casefold(), handle=self.handle)
        if self.recipients and not others:
            return Person(next(iter(owners & set(self.recipients))))
        return Person(f"thread:{self.id}", placeholder=True)


def channel_of(value: object, number: str) -> Channel:
    """Return the channel of a `channel.json`; `number` is the id in the folder's name."""
    stated = as_object(value)
    recipients = stated.get("recipients")
    kind = stated.get("type")
    return Channel(
        snowflake(stated.get("id")) or number,
        str(kind) if isinstance(kind, str | int) and not isinstance(kind, bool) else "",
        tuple(snowflake(one) for one in recipients) if isinstance(recipients, list) else (),
        isinstance(stated.get("guild"), dict),
    )


@dataclass(frozen=True, slots=True)
class DiscordFacts(SourceFacts):
    """What messages need of the other files of a package."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    """Channel id -> its `channel.json`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Channel id -> its line in `index.json`."""
    handles: Mapping[str, str] = field(default_factory=dict)
    """User id -> user name, of the owner and of everyone in the list of relationships."""

    def channel(self, number: str) -> Channel:
        """Return the channel of that id with its label; without a `channel.json` only the id is known."""
        return replace(self.channels.get(number, Channel(number)), label=self.labels.get(number, ""))

    def ids_by_handle(self) -> dict[str, str]:
        """Return user name, case-folded -> user id."""
        return {handle.casefold(): number for number, handle in self.handles.items()}


def label_of(value: object) -> str:
    """Return a label of `index.json`; empty for null, `None` and unknown channels."""
    text = text_of(value)
    return "" if text in {"None", "Unknown channel"} else text
