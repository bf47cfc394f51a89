"""The layouts that Facebook's and Instagram's exports share: double-encoded text, conversations, zips with reproducible bytes."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pipeline.demo.world import Act, Persona, World

SECOND: Final = 1_000_000
PAGE: Final = 10_000
"""Messages a page of a conversation."""
_STAMP: Final = (2026, 1, 1, 0, 0, 0)
HEART: Final = "❤"


def encoded(value: object) -> bytes:
    """Return JSON as Meta writes it: each UTF-8 byte of a text as its own escape."""
    return json.dumps(_doubled(value), indent=2).encode()


def _doubled(value: object) -> object:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [_doubled(item) for item in value]
    if isinstance(value, dict):
        return {_doubled(key): _doubled(item) for key, item in value.items()}
    return value


class JsonFiles:
    """The JSON files of an export while records are added to their lists."""

    def __init__(self, whole: Mapping[str, object]) -> None:
        """Start with files that are complete: name -> content."""
        self.whole = whole
        self.lists: dict[tuple[str, str], list[object]] = {}
        """(name, key of the list; empty for a file that is a bare list) -> records."""

    def add(self, name: str, record: object, key: str = "") -> None:
        """Add a record to the list in a file."""
        self.lists.setdefault((name, key), []).append(record)

    def contents(self) -> dict[str, object]:
        """Return name -> content of all files."""
        return {**self.whole, **{name: {key: found} if key else found for (name, key), found in self.lists.items()}}


def day_of(world: World) -> str:
    """Return the date of the export as it stands in the usual file name."""
    return datetime.fromtimestamp(world.exported_at / SECOND, tz=UTC).strftime("%Y-%m-%d")


def code_of(text: str, length: int = 8) -> str:
    """Return letters and digits that follow from a text: the random end of a file name, a post's short code."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()[:length]


def write_zip(path: Path, files: Mapping[str, object]) -> Path:
    """Write JSON files into a zip in the order of their names, with fixed times; empty lists are left out, as Meta does."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, encoded(files[name]))
    return path


def thread_number(platform: str, act: Act, person: Persona) -> str:
    """Return a conversation's number: the person's own digits where they have any, else digits that follow from its key."""
    native = person.native_ids.get(platform, "")
    if native.isdigit() and not act.is_group:
        return native
    key = act.thread if act.is_group else f"{platform}/{person.key}"
    return str(10**15 + int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest(), "big"))


def conversations(world: World, platform: str, root: str) -> dict[str, object]:
    """Return the conversation files of a platform: newest message first, reactions on their messages, calls with a duration."""
    people = {person.key: person for person in world.people}
    threads: dict[tuple[str, str], list[Act]] = {}
    for act in world.visible(platform):
        if act.kind in ("message", "call", "message_request", "message_reaction"):
            person = people[act.person]
            folder = "message_requests" if act.kind == "message_request" else "inbox"
            slug = (
                "group"
                if act.is_group
                else "".join(sign for sign in person.name.lower() if sign.isascii() and sign.isalnum())
            )
            threads.setdefault((folder, f"{slug}_{thread_number(platform, act, person)}"), []).append(act)
    files: dict[str, object] = {}
    for (folder, slug), acts in threads.items():
        present = dict.fromkeys(people[act.person].name for act in acts)
        names = [*present, world.owner.name]
        messages = _messages(world, people, acts)
        for page in range(max(1, -(-len(messages) // PAGE))):
            files[f"{root}/{folder}/{slug}/message_{page + 1}.json"] = {
                "participants": [{"name": name} for name in names],
                "messages": messages[page * PAGE : (page + 1) * PAGE],
                "title": "Group" if acts[0].is_group else names[0],
                "is_still_participant": True,
                "thread_path": f"{folder}/{slug}",
                "magic_words": [],
                **({"joinable_mode": {"mode": 1, "link": ""}} if acts[0].is_group else {}),
            }
    return files


def _messages(world: World, people: Mapping[str, Persona], acts: list[Act]) -> list[dict[str, object]]:
    reactions: dict[str, list[object]] = {}
    written: dict[str, dict[str, object]] = {}
    for act in acts:
        name = world.owner.name if act.direction == "outbound" else people[act.person].name
        if act.kind == "message_reaction":
            reaction = {"reaction": HEART, "actor": name, "timestamp": act.at // SECOND}
            reactions.setdefault(act.reply_to or "", []).append(reaction)
            continue
        message: dict[str, object] = {"sender_name": name, "timestamp_ms": act.at // 1000}
        if act.kind == "call":
            message |= {"content": f"{name} started a video chat.", "call_duration": 60}
        else:
            message["content"] = act.text
        message["is_geoblocked_for_viewer"] = False
        written[act.id] = message
    for key in written.keys() & reactions.keys():
        written[key]["reactions"] = reactions[key]
    return list(written.values())[::-1]
