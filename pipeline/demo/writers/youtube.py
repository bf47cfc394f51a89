"""YouTube's part of the demo: its folder in a Takeout zip, in the CSV columns and text form of 2025."""

import json
from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, iso, letters, moment, write_zip
from pipeline.demo.world import Act, World

_TOP = "Takeout/YouTube and YouTube Music"
_COMMENTS = "Channel ID,Comment create timestamp,Price,Comment ID,Parent comment ID,Post ID,Video ID,Comment text,Top-level comment ID"


def _video(act: Act) -> str:
    """Return the video that an act stands under: one for each thread and person; a mention stands under one of a stranger's."""
    return letters(f"video {act.thread} {act.person} {act.id if act.kind == 'mention' else ''}", 11)


def _comment_id(key: str) -> str:
    return f"Ugx{letters(f'comment {key}', 23)}"


def _text(text: str, mention: tuple[str, str] | None) -> str:
    segments: list[dict[str, object]] = []
    if mention:
        segments = [{"text": f"@{mention[1]}", "mention": {"channelId": mention[0]}}, {"text": " "}]
    return ",".join(json.dumps(segment, ensure_ascii=False) for segment in [*segments, {"text": text}])


def write(world: World, folder: Path) -> list[Path]:
    """Write comments, subscriptions, the watch history that names the channels, and the own channel; return the zip."""
    own = world.owner.native_ids["youtube"]
    comments, watched = [], {}
    for act in world.visible("youtube"):
        if act.direction != "outbound" or act.kind not in {"comment", "reply", "mention"}:
            continue
        person = world.person(act.person)
        channel, handle = person.native_ids["youtube"], person.handles["youtube"]
        parent = _comment_id(act.reply_to or f"parent of {act.id}") if act.kind == "reply" else ""
        key = f"{parent}.{letters(act.id, 22)}" if parent else _comment_id(act.id)
        video = _video(act)
        text = _text(act.text, None if act.kind == "comment" else (channel, handle))
        if act.kind == "comment":
            watched[video] = (channel, person.name, act.at)
        comments.append((own, iso(act.at), "0", key, parent, "", video, text, parent or key))
    history = [
        {
            "header": "YouTube",
            "title": f"Watched video {video}",
            "titleUrl": f"https://www.youtube.com/watch?v={video}",
            "subtitles": [{"name": name, "url": f"https://www.youtube.com/channel/{channel}"}],
            "time": iso(at),
            "products": ["YouTube"],
        }
        for video, (channel, name, at) in watched.items()
    ]
    followed = [
        world.person(bond.person) for bond in world.bonds if (bond.platform, bond.kind) == ("youtube", "follows")
    ]
    subscriptions = [
        (person.native_ids["youtube"], f"http://www.youtube.com/channel/{person.native_ids['youtube']}", person.name)
        for person in followed
    ]
    files = {
        f"{_TOP}/channels/channel.csv": csv_bytes(
            ("Channel ID", "Channel Title (Original)", "Channel Visibility"), [(own, world.owner.name, "Public")]
        ),
        f"{_TOP}/comments/comments.csv": csv_bytes(_COMMENTS.split(","), comments),
        f"{_TOP}/history/watch-history.json": json.dumps(history, ensure_ascii=False, indent=1).encode(),
        f"{_TOP}/subscriptions/subscriptions.csv": csv_bytes(
            ("Channel Id", "Channel Url", "Channel Title"), subscriptions
        ),
    }
    return [write_zip(folder / f"takeout-{moment(world.exported_at):%Y%m%dT%H%M%S}Z-3-001.zip", files)]
