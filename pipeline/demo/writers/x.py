"""X's part of the demo: the data archive of today, `data/*.js` with a manifest, in a zip."""

import json
import re
import string
from html import escape
from pathlib import Path
from typing import Final

from pipeline.demo.shared.files import letters, moment, number, write_zip
from pipeline.demo.world import Act, Persona, Post, World

_EPOCH_MS: Final = 1_288_834_974_657
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINK: Final = re.compile(r"https?://\S+")
_BASE62: Final = string.ascii_letters + string.digits
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def status_id(at: int, key: str) -> str:
    """Return an id that tells its time, as X makes them."""
    return str((at // 1000 - _EPOCH_MS) << 22 | int(number(key, 6)) % (1 << 22))


def _date(at: int) -> str:
    when = moment(at)
    return f"{_DAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when:%d %H:%M:%S} +0000 {when:%Y}"


def _iso(at: int) -> str:
    return f"{moment(at):%Y-%m-%dT%H:%M:%S}.{at // 1000 % 1000:03d}Z"


def shortened(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text with its links as X writes them, and (short, full) of each."""
    links = [(f"https://t.co/{letters(f'short {link}', 10, _BASE62)}", link) for link in _LINK.findall(text)]
    for short, link in links:
        text = text.replace(link, short, 1)
    return text, links


def _urls(text: str, links: list[tuple[str, str]]) -> list[dict[str, object]]:
    """Return the entities of a text's links; the text is written with HTML escapes."""
    return [
        {
            "url": short, "expanded_url": link, "display_url": link.removeprefix("https://"),
            "indices": [str(text.index(short)), str(text.index(short) + len(short))],
        }
        for short, link in links
    ]  # fmt: skip


def _mention(who: Persona, start: int) -> dict[str, object]:
    native, handle = who.native_ids["x"], who.handles["x"]
    return {
        "name": who.name, "screen_name": handle, "indices": [str(start), str(start + len(handle) + 1)], "id_str": native, "id": native,
    }  # fmt: skip


def _tweet(item: Act | Post, who: Persona | None) -> dict[str, object]:
    """Return a tweet; `who` is whom it answers or names."""
    status = status_id(item.at, item.id)
    kind = item.kind if isinstance(item, Act) else "post"
    tweet: dict[str, object] = {
        "id": status, "id_str": status, "created_at": _date(item.at), "lang": _language(item), "favorite_count": "0", "retweet_count": "0",
        "favorited": False, "retweeted": False, "truncated": False, "source": '<a href="https://x.com">X</a>',
    }  # fmt: skip
    text, links = shortened(item.text)
    named, quoted = [], []
    if who is not None:
        at_name = f"@{who.handles['x']}"
        if kind == "reply":
            parent = status_id(item.at - 60_000_000, f"{item.id}/parent")
            tweet |= {
                "in_reply_to_status_id_str": parent,
                "in_reply_to_status_id": parent,
                "in_reply_to_screen_name": who.handles["x"],
            }
            tweet |= {"in_reply_to_user_id_str": who.native_ids["x"], "in_reply_to_user_id": who.native_ids["x"]}
            text, named = f"{at_name} {text}", [_mention(who, 0)]
        elif kind == "mention":
            start = len(escape(text, quote=False)) + 1
            text, named = f"{text} {at_name}", [_mention(who, start)]
        elif kind == "repost":
            text, named = f"RT {at_name}: {text}", [_mention(who, 3)]
        elif kind == "quote":
            link = f"https://x.com/{who.handles['x']}/status/{status_id(item.at - 60_000_000, f'{item.id}/quoted')}"
            quoted = [{"url": "https://t.co/q", "expanded_url": link, "display_url": "x.com", "indices": ["0", "0"]}]
    full_text = escape(text, quote=False)
    tweet["full_text"] = full_text
    tweet["entities"] = {
        "user_mentions": named,
        "urls": [*_urls(full_text, links), *quoted],
        "hashtags": [],
        "symbols": [],
    }
    tweet["display_text_range"] = ["0", str(len(full_text))]
    return tweet


def _language(item: Act | Post) -> str:
    return (item.language if isinstance(item, Act) else "") or "en"


def _conversations(world: World, acts: list[Act], own: str) -> tuple[list[object], list[object]]:
    """Return one-to-one conversations and groups, newest message first."""
    pairs: dict[str, list[object]] = {}
    groups: dict[str, list[object]] = {}
    for act in reversed(acts):
        if act.kind != "message":
            continue
        other = world.person(act.person).native_ids["x"]
        sender, recipient = (own, other) if act.direction == "outbound" else (other, own)
        text, links = shortened(act.text)
        urls = [{"url": short, "expanded": link, "display": link.removeprefix("https://")} for short, link in links]
        body: dict[str, object] = {
            "reactions": [], "urls": urls, "text": escape(text, quote=False), "mediaUrls": [], "senderId": sender,
            "id": status_id(act.at, act.id), "createdAt": _iso(act.at),
        }  # fmt: skip
        if act.is_group:
            groups.setdefault(number(act.thread), []).append({"messageCreate": body})
        else:
            pairs.setdefault(f"{other}-{own}", []).append({"messageCreate": {"recipientId": recipient, **body}})
    return tuple(
        [{"dmConversation": {"conversationId": key, "messages": lines}} for key, lines in found.items()]
        for found in (pairs, groups)
    )  # type: ignore[return-value] # a generator of exactly two lists


def write(world: World, folder: Path) -> list[Path]:
    """Write tweets, messages, follows and blocks; return the zip."""
    acts = world.visible("x")
    own = world.owner.native_ids["x"]
    public = [
        act for act in acts if act.direction == "outbound" and act.kind in {"reply", "mention", "repost", "quote"}
    ]
    posts = [post for post in world.posts if post.platform == "x"]
    tweets = [_tweet(act, world.person(act.person)) for act in public] + [_tweet(post, None) for post in posts]
    pairs, groups = _conversations(world, acts, own)
    bonds = {
        kind: [
            {key: {"accountId": native, "userLink": f"https://twitter.com/intent/user?user_id={native}"}}
            for bond in world.bonds
            if bond.platform == "x" and bond.kind == kind
            for native in [world.person(bond.person).native_ids["x"]]
        ]
        for kind, key in (("follows", "following"), ("followed_by", "follower"), ("blocked", "blocking"))
    }
    account = {
        "email": world.owner.email, "createdVia": "web", "username": world.owner.handles["x"], "accountId": own,
        "createdAt": _iso(world.starts_at), "accountDisplayName": world.owner.name,
    }  # fmt: skip
    tables: dict[str, tuple[str, list[object]]] = {
        "account.js": ("account", [{"account": account}]),
        "tweets.js": (
            "tweets",
            [{"tweet": tweet} for tweet in sorted(tweets, key=lambda tweet: str(tweet["id"]), reverse=True)],
        ),
        "direct-messages.js": ("direct_messages", pairs),
        "direct-messages-group.js": ("direct_messages_group", groups),
        "following.js": ("following", [*bonds["follows"]]),
        "follower.js": ("follower", [*bonds["followed_by"]]),
        "block.js": ("block", [*bonds["blocked"]]),
    }
    manifest = {
        "userInfo": {"accountId": own, "userName": world.owner.handles["x"], "displayName": world.owner.name},
        "archiveInfo": {"sizeBytes": "0", "generationDate": _iso(world.exported_at), "isPartialArchive": False},
        "dataTypes": {
            name: {"files": [{"fileName": f"data/{file}", "globalName": f"YTD.{name}.part0", "count": str(len(rows))}]}
            for file, (name, rows) in tables.items()
        },
    }
    files = {
        f"data/{file}": f"window.YTD.{name}.part0 = {_json(rows)}".encode() for file, (name, rows) in tables.items()
    }
    files["data/manifest.js"] = f"window.__THAR_CONFIG = {_json(manifest)}".encode()
    name = f"twitter-{moment(world.exported_at):%Y-%m-%d}-{letters('x-export', 64, '0123456789abcdef')}.zip"
    return [write_zip(folder / name, files)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
