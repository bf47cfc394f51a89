"""Telegram's part of the demo: `result.json` of a full export, in a zip, as Telegram Desktop lays it out."""

import json
from pathlib import Path

from pipeline.demo.shared.files import moment, number, write_zip
from pipeline.demo.world import Act, Bond, World


def _times(at: int) -> dict[str, str]:
    return {"date": f"{moment(at):%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(at // 1_000_000)}


def _contact(world: World, bond: Bond) -> dict[str, object]:
    person = world.person(bond.person)
    first, _, last = person.name.partition(" ")
    return {
        "user_id": int(person.native_ids["telegram"]),
        "first_name": first,
        "last_name": last,
        "phone_number": "",
        **(_times(bond.since) if bond.since is not None else {}),
    }


def write(world: World, folder: Path) -> list[Path]:
    """Write personal information, contacts and chats; return the zip."""
    acts = world.visible("telegram")
    me = world.owner
    numbers = {act.id: place for place, act in enumerate(acts, start=1)}
    by_chat: dict[str, list[Act]] = {}
    for act in acts:
        by_chat.setdefault(act.thread if act.is_group else act.person, []).append(act)
    chats = [
        {**_chat(world, found[0]), "messages": [_message(world, act, numbers) for act in found]}
        for found in by_chat.values()
    ]
    first, _, last = me.name.partition(" ")
    bonds = [bond for bond in world.bonds if bond.platform == "telegram" and bond.kind == "in_address_book"]
    export = {
        "about": "Here is the data you requested.",
        "personal_information": {
            "user_id": int(me.native_ids["telegram"]),
            "first_name": first,
            "last_name": last,
            "phone_number": "",
            "username": f"@{me.handles['telegram']}",
            "bio": "",
        },
        "contacts": {"about": "", "list": [_contact(world, bond) for bond in bonds]},
        "frequent_contacts": {"about": "", "list": []},
        "chats": {"about": "", "list": chats},
        "left_chats": {"about": "", "list": []},
    }
    data = json.dumps(export, ensure_ascii=False, indent=1).encode()
    name = f"DataExport_{moment(world.exported_at):%Y-%m-%d}"
    return [write_zip(folder / f"telegram-{name}.zip", {f"{name}/result.json": data})]


def _chat(world: World, act: Act) -> dict[str, object]:
    if act.is_group:
        return {"name": act.thread, "type": "private_supergroup", "id": int(number(act.thread, 10))}
    person = world.person(act.person)
    return {"name": person.name, "type": "personal_chat", "id": int(person.native_ids["telegram"])}


def _message(world: World, act: Act, numbers: dict[str, int]) -> dict[str, object]:
    author = world.owner if act.direction == "outbound" else world.person(act.person)
    text: object = act.text
    entities: list[dict[str, object]] = [{"type": "plain", "text": act.text}] if act.text else []
    if act.is_group and act.direction == "outbound":
        person = world.person(act.person)
        mention = {"type": "mention_name", "text": person.name, "user_id": int(person.native_ids["telegram"])}
        text, entities = [mention, f" {act.text}"], [mention, {"type": "plain", "text": f" {act.text}"}]
    return {
        "id": numbers[act.id],
        "type": "message",
        **_times(act.at),
        "from": author.name,
        "from_id": f"user{author.native_ids['telegram']}",
        **({"reply_to_message_id": numbers[act.reply_to]} if act.reply_to in numbers else {}),
        "text": text,
        "text_entities": entities,
    }
