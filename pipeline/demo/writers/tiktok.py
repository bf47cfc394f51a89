"""TikTok's part of the demo: `user_data_tiktok.json` in a zip, in the section names of 2024."""

import json
from pathlib import Path

from pipeline.demo.shared.files import moment, write_zip
from pipeline.demo.world import Act, World


def _date(at: int) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M:%S}"


def write(world: World, folder: Path) -> list[Path]:
    """Write chats, followers, followed and blocked accounts, and own videos; return the zip."""
    acts = world.visible("tiktok")
    owner = world.owner.handles["tiktok"]

    def name(act: Act) -> str:
        return world.person(act.person).handles["tiktok"]

    chats: dict[str, list[dict[str, str]]] = {}
    for act in acts:
        if act.kind == "message":
            key = act.thread if act.is_group else name(act)
            sender = owner if act.direction == "outbound" else name(act)
            lines = chats.setdefault(f"Chat History with {key}:", [])
            lines.append({"Date": _date(act.at), "From": sender, "Content": act.text})
    follows = {
        direction: [
            {"Date": _date(act.at), "UserName": name(act)}
            for act in reversed(acts)
            if act.kind == "follow" and act.direction == direction
        ]
        for direction in ("inbound", "outbound")
    }
    blocked = [
        {"Date": _date(bond.since or world.starts_at), "UserName": world.person(bond.person).handles["tiktok"]}
        for bond in world.bonds
        if bond.platform == "tiktok" and bond.kind == "blocked"
    ]
    posts = [
        {
            "Date": _date(post.at),
            "Link": f"https://www.tiktok.com/@{owner}/video/{post.id}",
            "Likes": "0",
            "Title": post.text,
        }
        for post in world.posts
        if post.platform == "tiktok"
    ]
    export: dict[str, object] = {
        "App Settings": {"Block List": {"BlockList": blocked or None}},
        "Comment": {"Comments": {"CommentsList": None}},
        "Direct Message": {"Direct Messages": {"ChatHistory": chats}},
        "Post": {"Posts": {"VideoList": posts or None}},
        "Profile": {"Profile Info": {"ProfileMap": {"userName": owner, "emailAddress": world.owner.email}}},
        "Your Activity": {
            "Follower": {"FansList": follows["inbound"] or None},
            "Following": {"Following": follows["outbound"] or None},
            "Like List": {"ItemFavoriteList": None},
        },
    }
    data = json.dumps(export, ensure_ascii=False, indent=1).encode()
    path = folder / f"TikTok_Data_{world.exported_at // 1_000_000}.zip"
    return [write_zip(path, {"user_data_tiktok.json": data})]
