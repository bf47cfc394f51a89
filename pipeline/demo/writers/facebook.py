"""Write a world's Facebook export in the layout of 2024 and later: one zip, JSON, double-encoded."""

from pathlib import Path
from typing import Final

from pipeline.demo.shared.meta import SECOND, JsonFiles, code_of, conversations, day_of, write_zip
from pipeline.demo.world import Act, Bond, Persona, World

_ROOT: Final = "your_facebook_activity"
_POSTS: Final = f"{_ROOT}/posts/your_posts__check_ins__photos_and_videos_1.json"
_TIES: Final = {
    "connected": ("connections/friends/your_friends.json", "friends_v2"),
    "follows": ("connections/followers/who_you've_followed.json", "following_v3"),
    "followed_by": ("connections/followers/people_who_followed_you.json", "followers_v3"),
}
_REQUESTS: Final = {
    "outbound": ("connections/friends/sent_friend_requests.json", "sent_requests_v2"),
    "inbound": ("connections/friends/received_friend_requests.json", "received_requests_v2"),
}
_SENTENCES: Final = {
    "comment": "{me} commented on {them}'s post.",
    "reply": "{me} replied to {them}'s comment.",
    "wall_post": "{me} wrote on {them}'s timeline.",
    "repost": "{me} shared {them}'s post.",
    "quote": "{me} shared {them}'s post.",
    "tag": "{me} was with {them}.",
}


def write(world: World, folder: Path) -> list[Path]:
    """Write the export into the folder and return its file; the same world gives the same bytes."""
    people = {person.key: person for person in world.people}
    owner = world.owner
    files = JsonFiles(
        {
            "personal_information/profile_information/profile_information.json": {
                "profile_v2": {
                    "name": {"full_name": owner.name},
                    "emails": {"emails": [owner.email], "previous_emails": []},
                    "username": owner.handles["facebook"],
                    "profile_uri": f"https://www.facebook.com/{owner.handles['facebook']}",
                    "registration_timestamp": world.starts_at // SECOND,
                }
            },
            **conversations(world, "facebook", f"{_ROOT}/messages"),
        }
    )
    for act in world.visible("facebook"):
        _act(files, act, people[act.person], owner.name)
    for bond in world.bonds:
        if bond.platform == "facebook" and bond.kind in _TIES:
            name, wrapper = _TIES[bond.kind]
            files.add(name, _dated(bond, people[bond.person].name), wrapper)
    for post in world.posts:
        if post.platform == "facebook":
            files.add(_POSTS, {"timestamp": post.at // SECOND, "data": [{"post": post.text}]})
    user = "".join(sign for sign in owner.handles["facebook"] if sign.isalnum())
    name = f"facebook-{user}-{day_of(world)}-{code_of(f'facebook/{world.seed}')}.zip"
    return [write_zip(folder / name, files.contents())]


def _dated(bond: Bond, name: str) -> dict[str, object]:
    return {"name": name, **({"timestamp": bond.since // SECOND} if bond.since else {})}


def _act(files: JsonFiles, act: Act, person: Persona, me: str) -> None:
    """Add one act to the files with acts of its kind; a follow is written with its tie."""
    at, out = act.at // SECOND, act.direction == "outbound"
    title = _SENTENCES.get(act.kind, "").format(me=me, them=person.name)
    if act.kind in ("comment", "reply") and out:
        record = {
            "timestamp": at,
            "data": [{"comment": {"timestamp": at, "comment": act.text, "author": me}}],
            "title": title,
        }
        files.add(f"{_ROOT}/comments_and_reactions/comments.json", record, "comments_v2")
    elif act.kind in ("like", "reaction") and out:
        _reaction(files, act, person, me)
    elif act.kind in ("wall_post", "repost", "quote", "tag") and out:
        data = [{"post": act.text}] if act.text else []
        files.add(_POSTS, {"timestamp": at, "data": data, "title": title})
    elif act.kind == "friend_request":
        name, wrapper = _REQUESTS[act.direction]
        files.add(name, {"name": person.name, "timestamp": at}, wrapper)
    elif act.kind == "poke":
        poke = {"poker": me if out else person.name, "pokee": person.name if out else me, "rank": 1, "timestamp": at}
        files.add(f"{_ROOT}/other_activity/pokes.json", poke, "pokes_v2")


def _reaction(files: JsonFiles, act: Act, person: Persona, me: str) -> None:
    """Add a reaction to both of its files, as the platform does: sentences in one, addresses in the other."""
    at, liked = act.at // SECOND, act.kind == "like"
    folder = f"{_ROOT}/comments_and_reactions"
    sentence = f"{me} {'likes' if liked else 'reacted to'} {person.name}'s post."
    files.add(
        f"{folder}/likes_and_reactions_1.json",
        {
            "timestamp": at,
            "data": [{"reaction": {"reaction": "LIKE" if liked else "LOVE", "actor": me}}],
            "title": sentence,
        },
    )
    url = f"https://www.facebook.com/{person.handles['facebook']}/posts/pfbid{code_of(act.id, 12)}"
    values = [
        {"label": "Reaction", "value": "Like" if liked else "Love"},
        {"label": "URL", "value": url, "href": url},
        {"title": "Owner", "dict": [{"title": "", "dict": [{"label": "Name", "value": person.name}]}]},
    ]
    number = str(10**15 + int(code_of(act.id, 12), 16))
    files.add(
        f"{folder}/likes_and_reactions.json", {"timestamp": at, "media": [], "label_values": values, "fbid": number}
    )
