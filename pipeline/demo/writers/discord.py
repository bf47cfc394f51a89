"""Discord's part of the demo: `package.zip` in the layout of 2024, with the owner's own messages only."""

import json
from pathlib import Path
from typing import Final

from pipeline.demo.shared.files import iso, moment, number, write_zip
from pipeline.demo.world import Act, Bond, World

_EPOCH_MS: Final = 1_420_070_400_000


def _snowflake(at: int, place: int) -> int:
    return (at // 1000 - _EPOCH_MS << 22) + place


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _relation(world: World, bond: Bond) -> dict[str, object]:
    person = world.person(bond.person)
    user = {"id": person.native_ids["discord"], "username": person.handles["discord"], "discriminator": "0"}
    since = {"since": iso(bond.since)} if bond.since is not None else {}
    return {"id": user["id"], "type": "FRIEND" if bond.kind == "connected" else "BLOCKED", "user": user, **since}


def _message(world: World, act: Act, place: int) -> dict[str, object]:
    mention = f"<@{world.person(act.person).native_ids['discord']}> " if act.is_group else ""
    stamp = f"{moment(act.at):%Y-%m-%d %H:%M:%S}"
    return {"ID": _snowflake(act.at, place), "Timestamp": stamp, "Contents": f"{mention}{act.text}", "Attachments": ""}


def write(world: World, folder: Path) -> list[Path]:
    """Write account, friends, channels and own messages; return the zip."""
    me = world.owner
    bonds = [b for b in world.bonds if b.platform == "discord" and b.kind in {"connected", "blocked"}]
    user = {
        "id": me.native_ids["discord"],
        "username": me.handles["discord"],
        "discriminator": "0",
        "global_name": me.name,
        "email": me.email,
        "relationships": [_relation(world, bond) for bond in bonds],
    }
    files = {"Account/user.json": _json(user)}
    labels: dict[str, str] = {}
    channels: dict[str, list[dict[str, object]]] = {}
    for place, act in enumerate(world.visible("discord")):
        if act.direction != "outbound":
            continue
        key = number(f"discord/{act.thread if act.is_group else act.person}")
        if key not in channels:
            person = world.person(act.person)
            kept = {"recipients": [person.native_ids["discord"], me.native_ids["discord"]]}
            labels[key] = act.thread if act.is_group else f"Direct Message with {person.handles['discord']}#0"
            told = {"id": key, "type": "GROUP_DM" if act.is_group else "DM", **({} if act.is_group else kept)}
            files[f"Messages/c{key}/channel.json"] = _json(told)
        channels.setdefault(key, []).insert(0, _message(world, act, place))
    files["Messages/index.json"] = _json(labels)
    files |= {f"Messages/c{key}/messages.json": _json(messages) for key, messages in channels.items()}
    return [write_zip(folder / "discord-package.zip", dict(sorted(files.items())))]
