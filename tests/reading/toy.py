"""A toy source for the tests: JSON chats of an invented platform, one message a record."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.formats.counting import json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import head_values, split_array
from pipeline.model.records import Interaction, Person, SetAside, Skipped, Stored
from pipeline.model.survey import Account, Context, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Item, Member, Platform, Reader, Shows, Source


def recognise(archive: Archive) -> Iterable[Claim]:
    for member in archive.members:
        if member.name.endswith("chat.json") and b'"messages"' in member.head():
            yield Claim(member.name, "chat", 0.9)
        elif member.name.endswith("profile.json"):
            yield Claim(member.name, "profile", 1.0)


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    found = Survey()
    for member in archive.members:
        if any(claim.member == member.name and claim.reader == "profile" for claim in claims):
            values = head_values(member.open(), ["id", "name", "exported_at"])
            found.account = Account(values["id"], display_name=values["name"])
            found.owner = Owner(ids=frozenset({values["id"]}))
            found.exported_at = values.get("exported_at")
    return found


def parse(member: Member, context: Context) -> Iterator[Item]:
    owner = context.owner("toy")
    with member.open() as stream:
        for index, raw in split_array(stream, ("messages",)):
            pointer = f"/messages/{index}"
            try:
                message: dict[str, Any] = loads(raw)
            except BadJson as error:
                yield SetAside(pointer, error.code, error.reason)
                continue
            if message.get("kind") == "poll":
                yield SetAside(pointer, "unknown_kind", "messages of kind poll are not understood")
            elif message.get("drop"):
                continue
            elif message.get("boom"):
                raise KeyError("secret words of the message")
            elif message.get("system"):
                yield Skipped(pointer, "system_line")
            else:
                out = message["from"] in owner.ids
                person = message["to"] if out else message["from"]
                act = Interaction(
                    person,
                    "outbound" if out else "inbound",
                    "message",
                    message["at"],
                    text=message.get("text"),
                    thread=message.get("thread"),
                )
                yield Stored(pointer, (act, Person(person, display_name=f"Person {person}")))


TOY = Source(
    "toy",
    1,
    (
        Platform(
            "toy",
            (
                Shows("message", "outbound", "full", "direct", ("chat",)),
                Shows("message", "inbound", "full", "direct", ("chat",)),
            ),
            ("message", "comment"),
        ),
    ),
    recognise,
    {"chat": Reader(parse, json_array("messages")), "profile": Reader(None, None)},
    survey,
)

PERSONAL = replace(TOY, platforms=(replace(TOY.platforms[0], account_is_person=True),))
"""The same source of a platform where an account is a person."""


def chat(messages: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"title": "t", "messages": list(messages)}).encode()


def messages(number: int, *, me: str = "me") -> list[dict[str, Any]]:
    return [
        {
            "from": me if n % 2 else f"p{n % 7}",
            "to": f"p{n % 7}" if n % 2 else me,
            "at": 1_600_000_000_000_000 + n * 60_000_000,
            "text": f"hello {n}",
        }
        for n in range(number)
    ]


def profile(me: str = "me") -> bytes:
    return json.dumps({"id": me, "name": "Invented Owner", "exported_at": 1_700_000_000_000_000}).encode()


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path
