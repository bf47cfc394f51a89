"""Read the owner's messages of one channel, from JSON or CSV."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.csv_rows import read_rows
from pipeline.model.records import (
    CoverageNote,
    Interaction,
    Parsed,
    Person,
    Row,
    SetAside,
    Skipped,
    Stored,
    Unattributed,
)
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.discord.channels import DiscordFacts
from pipeline.sources.discord.ids import disagree, made_at, snowflake
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import iso_us, kept, objects, unreadable_time

_FOLDER: Final = re.compile(r"(?:^|/)c?(\d{1,20})/[^/]+$")
_MENTION: Final = re.compile(r"<@!?(\d{1,20})>")
_CHANNEL_LINK: Final = re.compile(r"<#(\d{1,20})>")
_EMOJI: Final = re.compile(r"<a?(:\w{1,64}:)\d{1,20}>")
_TWO_TIMES: Final = "some messages have an id that holds another time than the one written; the written one is used"
_COLUMNS: Final = ("id", "timestamp", "contents")


def channel_number(name: str) -> str:
    """Return the channel's id in a member's path (`messages/c123/messages.json`; before December 2021 without `c`)."""
    found = _FOLDER.search(name)
    return snowflake(found[1]) if found else ""


class _Reader:
    """Reads the messages of one channel."""

    def __init__(self, member: Member, context: Context) -> None:
        self.context = context
        self.facts = context.facts(DiscordFacts)
        self.channel = self.facts.channel(channel_number(member.name))
        self.me = frozenset(snowflake(one) for one in context.owner("discord").ids) - {""}
        self.partner = self.channel.partner(self.me, self.facts.ids_by_handle()) if self.channel.direct else None
        self.conflict = False

    def read(self, number: object, stamp: object, contents: object, place: str) -> Parsed:
        """Return the rows of a message, or why there are none."""
        key = snowflake(number)
        written = iso_us(stamp)
        at = written if written is not None else made_at(key)
        if at is None:
            return unreadable_time(place)
        self.conflict = self.conflict or (written is not None and disagree(written, key))
        raw = contents if isinstance(contents, str) else "" if contents is None else str(contents)
        text = kept(self._plain(raw).strip(), self.context)
        thread = self.channel.id or None
        if self.channel.direct:
            if self.partner is None:
                reason = "the package doesn't state who you are: add your Discord user id under [owner.discord] in dancecard.toml"
                return SetAside(place, "owner_unknown", reason)
            if self.partner.native_id in self.me:
                return Skipped(place, "self_event")
            people = [self.partner]
        else:
            people = [Person(one, handle=self.facts.handles.get(one)) for one in self._mentioned(raw)]
        if not people:
            return Stored(place, (Unattributed("message", "outbound", at, text, native_id=key or None, thread=thread),))
        rows: list[Row] = []
        for person in people:
            group = not self.channel.direct
            act = Interaction(
                person.native_id,
                "outbound",
                "message",
                at,
                native_id=key or None,
                thread=thread,
                is_group=group,
                text=text,
            )
            rows += [person, act]
        return Stored(place, tuple(rows))

    def _mentioned(self, raw: str) -> list[str]:
        numbers = dict.fromkeys(snowflake(number) for number in _MENTION.findall(raw))
        return [number for number in numbers if number and number not in self.me]

    def _plain(self, raw: str) -> str:
        """Return the text with Discord's tokens as the app shows them: `@name`, `#channel`, `:emoji:`."""
        if "<" not in raw:
            return raw
        labels = self.facts.labels
        text = _MENTION.sub(lambda found: f"@{self.facts.handles.get(snowflake(found[1]), found[1])}", raw)
        text = _CHANNEL_LINK.sub(lambda found: f"#{labels.get(found[1], found[1]).partition(' in ')[0]}", text)
        return _EMOJI.sub(r"\1", text)

    def notes(self) -> Iterator[CoverageNote]:
        """Yield a note if ids and written times disagree."""
        if self.conflict:
            yield CoverageNote(
                "message", "outbound", "full", "direct" if self.channel.direct else "group", reason=_TWO_TIMES
            )


def read_json(member: Member, context: Context) -> Iterator[Item]:
    """Read `messages.json` (March 2024 on)."""
    reader = _Reader(member, context)

    def handle(item: JsonObject, place: str) -> Parsed:
        plain = {key.casefold(): value for key, value in item.items()}
        return reader.read(plain.get("id"), plain.get("timestamp"), plain.get("contents"), place)

    yield from objects(member, (), "", handle)
    yield from reader.notes()


def read_csv(member: Member, context: Context) -> Iterator[Item]:
    """Read `messages.csv` (before March 2024)."""
    reader = _Reader(member, context)
    with member.open() as stream:
        for row in read_rows(stream):
            if row.problem:
                why = "this row can't be read: a quote is never closed, or it has too many fields"
                yield SetAside(row.pointer, row.problem, why)
            elif not all(column in row.values for column in _COLUMNS):
                columns = ", ".join(row.values)[:300]
                yield SetAside(
                    row.pointer, "unknown_layout", f"not understood: please report the header row ({columns})"
                )
            else:
                yield reader.read(row.get("id"), row.get("timestamp"), row.values["contents"], row.pointer)
    yield from reader.notes()
