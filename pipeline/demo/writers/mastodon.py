"""Mastodon's part of the demo: the server's archive, the CSV lists, and mastodon-archive's JSON when something came in."""

import hashlib
import html
import json
from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, iso, moment, number, write_zip
from pipeline.demo.world import Act, Persona, World

_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _actor(person: Persona) -> str:
    name, host = person.handles["mastodon"].split("@")
    return f"https://{host}/users/{name}"


def _html(text: str) -> str:
    return "<p>" + html.escape(text, quote=False).replace("\n", "<br>") + "</p>"


class _Writer:
    """The ids of one world's acts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.owner = _actor(world.owner)
        self.host = world.owner.handles["mastodon"].partition("@")[2]
        self.acts = {act.id: act for act in world.acts if act.platform == "mastodon"}

    def author(self, act: Act) -> str:
        return self.owner if act.direction == "outbound" else _actor(self.world.person(act.person))

    def uri(self, act_id: str, author: str) -> str:
        act = self.acts.get(act_id)
        return f"{self.author(act) if act else author}/statuses/{number(act_id)}"

    def activity(self, act: Act) -> dict[str, object]:
        """Return the outbox entry of an act of the owner's."""
        person = self.world.person(act.person)
        theirs, uri = _actor(person), self.uri(act.id, self.owner)
        followers = f"{self.owner}/followers"
        frame = {
            "id": f"{uri}/activity",
            "actor": self.owner,
            "published": iso(act.at),
            "to": [_PUBLIC],
            "cc": [followers, theirs],
        }
        answered = self.uri(act.reply_to or f"what {act.id} is for", theirs)
        if act.kind == "repost":
            return {**frame, "type": "Announce", "object": answered}
        note: dict[str, object] = {
            "id": uri, "type": "Note", "inReplyTo": None, "published": iso(act.at), "url": uri, "attributedTo": self.owner,
            "content": _html(act.text), "tag": [{"type": "Mention", "href": theirs, "name": f"@{person.handles['mastodon']}"}],
        }  # fmt: skip
        if act.thread:
            note["conversation"] = f"tag:{self.host},2024:objectId={number(act.thread)}:objectType=Conversation"
        if act.kind == "reply" or (act.kind == "message" and act.reply_to):
            note["inReplyTo"] = answered
        if act.kind == "quote":
            note["quote"] = answered
        if act.kind == "message":
            frame |= {"to": [theirs], "cc": []}
        return {**frame, "type": "Create", "object": {**note, "to": frame["to"], "cc": frame["cc"]}}

    def post(self, text: str, at: int, key: str) -> dict[str, object]:
        """Return the outbox entry of a post to nobody."""
        uri = f"{self.owner}/statuses/{number(key)}"
        frame = {"actor": self.owner, "published": iso(at), "to": [_PUBLIC], "cc": [f"{self.owner}/followers"]}
        note = {"id": uri, "type": "Note", "inReplyTo": None, "url": uri, "content": _html(text), "tag": [], **frame}
        return {"id": f"{uri}/activity", "type": "Create", **frame, "object": note}

    def account(self, person: Persona) -> dict[str, object]:
        """Return an account as the API shows it on the owner's server."""
        name, host = person.handles["mastodon"].split("@")
        acct = name if host == self.host else f"{name}@{host}"
        url = f"https://{host}/@{name}"
        return {
            "id": number(f"account {person.key}"),
            "username": name,
            "acct": acct,
            "display_name": person.name,
            "url": url,
        }

    def notification(self, act: Act) -> dict[str, object]:
        """Return the notification of an act that came in."""
        person = self.account(self.world.person(act.person))
        owner = self.account(self.world.owner)
        status: dict[str, object] = {
            "id": number(act.id), "uri": self.uri(act.id, self.owner), "url": self.uri(act.id, self.owner), "created_at": iso(act.at),
            "account": person, "content": _html(act.text), "visibility": "direct" if act.kind == "message" else "public",
            "mentions": [owner], "in_reply_to_id": None, "in_reply_to_account_id": None,
        }  # fmt: skip
        if act.kind == "reply" or act.reply_to:
            status["in_reply_to_id"] = number(act.reply_to or f"what {act.id} is for")
            status["in_reply_to_account_id"] = owner["id"]
        return {
            "id": number(f"note {act.id}"),
            "type": "mention",
            "created_at": iso(act.at),
            "account": person,
            "status": status,
        }


def write(world: World, folder: Path) -> list[Path]:
    """Write the files and return their paths.

    Acts of the owner's stand in the archive (replies, mentions, boosts, quotes, direct messages); acts that came in and are visible
    stand in the tool's file, as do followers.
    """
    writer = _Writer(world)
    acts = world.visible("mastodon")
    bonds = {
        kind: [world.person(bond.person) for bond in world.bonds if (bond.platform, bond.kind) == ("mastodon", kind)]
        for kind in ("follows", "followed_by", "blocked", "liked")
    }
    items = [(act.at, act.id, writer.activity(act)) for act in acts if act.direction == "outbound"]
    items += [
        (post.at, post.id, writer.post(post.text, post.at, post.id))
        for post in world.posts
        if post.platform == "mastodon"
    ]
    outbox = [item for _at, _id, item in sorted(items, key=lambda item: item[:2])]
    name = world.owner.handles["mastodon"].partition("@")[0]
    actor = {
        "id": writer.owner,
        "type": "Person",
        "preferredUsername": name,
        "name": world.owner.name,
        "url": writer.owner,
    }
    likes = [f"{_actor(person)}/statuses/{number(f'liked {person.key}')}" for person in bonds["liked"]]
    collection = {"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection"}
    files = {
        "actor.json": _json(actor),
        "outbox.json": _json({**collection, "id": "outbox.json", "totalItems": len(outbox), "orderedItems": outbox}),
        "likes.json": _json({**collection, "id": "likes.json", "orderedItems": likes}),
        "bookmarks.json": _json({**collection, "id": "bookmarks.json", "orderedItems": []}),
    }
    mark = hashlib.sha256(files["outbox.json"]).hexdigest()[:32]
    written = [write_zip(folder / f"archive-{moment(world.exported_at):%Y%m%d%H%M%S}-{mark}.zip", files)]
    if bonds["follows"]:
        path = folder / "following_accounts.csv"
        rows = [(person.handles["mastodon"], "true", "false", "") for person in bonds["follows"]]
        path.write_bytes(csv_bytes(("Account address", "Show boosts", "Notify on new posts", "Languages"), rows))
        written.append(path)
    if bonds["blocked"]:
        path = folder / "blocked_accounts.csv"
        path.write_bytes(csv_bytes((), [(person.handles["mastodon"],) for person in bonds["blocked"]]))
        written.append(path)
    inbound = [writer.notification(act) for act in acts if act.direction == "inbound"]
    if inbound or bonds["followed_by"]:
        tool = {
            "account": writer.account(world.owner), "statuses": [], "favourites": [], "bookmarks": [], "mentions": inbound,
            "followers": [writer.account(person) for person in bonds["followed_by"]], "following": [],
        }  # fmt: skip
        path = folder / f"{writer.host}.user.{name}.json"
        path.write_bytes(_json(tool))
        written.append(path)
    return sorted(written)
