"""The mailbox's part of the demo: `Takeout/Mail/All mail Including Spam and Trash.mbox` in a zip, as Gmail's Takeout packs it."""

import base64
from email.header import Header
from pathlib import Path
from typing import Final

from pipeline.demo.shared.files import moment, number, write_zip
from pipeline.demo.world import Act, Persona, World

_MEMBER: Final = "Takeout/Mail/All mail Including Spam and Trash.mbox"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE: Final = 76


def write(world: World, folder: Path) -> list[Path]:
    """Write all mail in one mbox, the newest first as Gmail does; return the zip."""
    acts = [act for act in world.visible("email") if act.kind == "message"]
    by_id = {act.id: act for act in acts}
    data = b"".join(_message(world, act, by_id).encode() for act in reversed(acts))
    path = folder / f"takeout-{moment(world.exported_at):%Y%m%dT%H%M%SZ}-001.zip"
    return [write_zip(path, {_MEMBER: data})]


def _message(world: World, act: Act, by_id: dict[str, Act]) -> str:
    person, at = world.person(act.person), moment(act.at)
    outbound = act.direction == "outbound"
    sender, reader = (world.owner, person) if outbound else (person, world.owner)
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    thread = number(f"mail {act.thread or act.id}", 19)
    parents = _parents(act, by_id)
    fields = [
        f"From {thread}@xxx {day} {month} {at:%d %H:%M:%S} +0000 {at.year}",
        f"X-GM-THRID: {thread}",
        f"X-Gmail-Labels: {'Sent' if outbound else 'Inbox,Opened'}",
        *([] if outbound else [f"Delivered-To: {_address(world.owner)}"]),
        f"From: {_mailbox(sender)}",
        f"To: {_mailbox(reader)}",
        f"Subject: {'Re: ' if parents else ''}A letter",
        f"Date: {day}, {at.day} {month} {at.year} {at:%H:%M:%S} +0000",
        f"Message-ID: {_message_id(world, act)}",
    ]
    if parents:
        fields += [
            f"In-Reply-To: {_message_id(world, parents[-1])}",
            "References: " + "\n ".join(_message_id(world, parent) for parent in parents),
        ]
    fields += ["MIME-Version: 1.0", 'Content-Type: text/plain; charset="UTF-8"', "Content-Transfer-Encoding: base64"]
    body = base64.b64encode(act.text.encode()).decode()
    lines = [body[start : start + _LINE] for start in range(0, len(body), _LINE)]
    return "\n".join([*fields, "", *lines, "", ""])


def _parents(act: Act, by_id: dict[str, Act]) -> list[Act]:
    """Return the acts above this one in its thread, the first one first."""
    found: list[Act] = []
    above = by_id.get(act.reply_to or "")
    while above is not None and len(found) < 20:
        found.append(above)
        above = by_id.get(above.reply_to or "")
    return found[::-1]


def _address(persona: Persona) -> str:
    return persona.native_ids.get("email") or persona.email


def _mailbox(persona: Persona) -> str:
    if persona.name.isascii():
        quoted = persona.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{_address(persona)}>'
    return f"{Header(persona.name, 'utf-8').encode(maxlinelen=0)} <{_address(persona)}>"


def _message_id(world: World, act: Act) -> str:
    sender = world.owner if act.direction == "outbound" else world.person(act.person)
    return f"<{number(f'mail {act.id}')}@{_address(sender).rpartition('@')[2]}>"
