"""Instagram's part of the demo, in the layout of 2025-26: one zip that contains Threads too, as Meta's does."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipeline.demo.shared.meta import SECOND, JsonFiles, code_of, conversations, day_of, write_zip
from pipeline.demo.world import Act, Persona, World

_ROOT: Final = "your_instagram_activity"
_FOLLOWS: Final = "connections/followers_and_following"
_THREADS: Final = f"{_ROOT}/threads"
_LISTS: Final[dict[tuple[str, str, str], tuple[str, str]]] = {
    ("instagram", "follow", "outbound"): (f"{_FOLLOWS}/following.json", "relationships_following"),
    ("instagram", "follow", "inbound"): (f"{_FOLLOWS}/followers_1.json", ""),
    ("instagram", "follow_request", "outbound"): (f"{_FOLLOWS}/pending_follow_requests.json", "relationships_follow_requests_sent"),
    ("instagram", "follow_request", "inbound"): (f"{_FOLLOWS}/follow_requests_you've_received.json", "relationships_follow_requests_received"),
    ("instagram", "story_like", "outbound"): (f"{_ROOT}/story_interactions/story_likes.json", "story_activities_story_likes"),
    ("threads", "follow", "outbound"): (f"{_THREADS}/following.json", "text_post_app_text_post_app_following"),
    ("threads", "follow", "inbound"): (f"{_THREADS}/followers.json", "text_post_app_text_post_app_followers"),
    ("threads", "like", "outbound"): (f"{_THREADS}/liked_threads.json", "text_post_app_media_likes"),
}  # fmt: skip


def write(world: World, folder: Path) -> list[Path]:
    """Write the export of Instagram and Threads into the folder and return its file."""
    people = {person.key: person for person in world.people}
    owner = world.owner
    handle = owner.handles["instagram"]
    files = JsonFiles(
        {
            "personal_information/personal_information/personal_information.json": {
                "profile_user": [
                    {
                        "title": "User",
                        "string_map_data": {
                            "Username": {"href": "", "value": handle, "timestamp": 0},
                            "Name": {"href": "", "value": owner.name, "timestamp": 0},
                            "Email": {"href": "", "value": owner.email, "timestamp": 0},
                        },
                    }
                ]
            },
            "security_and_login_information/login_and_profile_creation/signup_details.json": {
                "account_history_registration_info": [
                    {
                        "title": "",
                        "string_map_data": {"Time": {"href": "", "value": "", "timestamp": world.starts_at // SECOND}},
                    }
                ]
            },
            **conversations(world, "instagram", f"{_ROOT}/messages"),
        }
    )
    for platform in ("instagram", "threads"):
        for act in world.visible(platform):
            _act(files, act, people[act.person])
    for post in world.posts:
        _post(files, post.platform, post.at, post.text)
    name = f"instagram-{handle}-{day_of(world)}-{code_of(f'instagram/{world.seed}')}.zip"
    return [write_zip(folder / name, files.contents())]


def _act(files: JsonFiles, act: Act, person: Persona) -> None:
    """Add one act to the file that holds acts of its kind."""
    handle = person.handles[act.platform]
    at = act.at // SECOND
    key = (act.platform, act.kind, act.direction)
    if key in _LISTS:
        name, wrapper = _LISTS[key]
        files.add(name, _ENTRIES.get(key, _titled)(handle, at, act), wrapper)
    elif key == ("instagram", "like", "outbound"):
        files.add(f"{_ROOT}/likes/liked_posts.json", _liked(person, handle, at, act))
    elif key == ("instagram", "comment", "outbound"):
        values = {"Comment": {"value": act.text}, "Media Owner": {"value": handle}, "Time": {"timestamp": at}}
        files.add(
            f"{_ROOT}/comments/post_comments_1.json", {"media_list_data": [{"uri": ""}], "string_map_data": values}
        )
    elif act.kind == "mention" and act.direction == "outbound":
        _post(files, act.platform, act.at, act.text)


def _titled(handle: str, at: int, _act: Act) -> dict[str, object]:
    link = f"https://www.instagram.com/_u/{handle}"
    return {"title": handle, "media_list_data": [], "string_list_data": [{"href": link, "timestamp": at}]}


def _follower(handle: str, at: int, _act: Act) -> dict[str, object]:
    link = f"https://www.instagram.com/{handle}"
    return {"title": "", "media_list_data": [], "string_list_data": [{"href": link, "value": handle, "timestamp": at}]}


def _thread_liked(handle: str, at: int, act: Act) -> dict[str, object]:
    link = f"https://www.threads.com/@{handle}/post/{code_of(act.id, 11)}"
    return {
        "title": handle,
        "media_list_data": [],
        "string_list_data": [{"href": link, "value": "👍", "timestamp": at}],
    }


_ENTRIES: Final[dict[tuple[str, str, str], Callable[[str, int, Act], dict[str, object]]]] = {
    ("instagram", "follow", "inbound"): _follower,
    ("threads", "follow", "inbound"): _follower,
    ("threads", "follow", "outbound"): _follower,
    ("threads", "like", "outbound"): _thread_liked,
}


def _liked(person: Persona, handle: str, at: int, act: Act) -> dict[str, object]:
    link = f"https://www.instagram.com/p/{code_of(act.id, 11)}/"
    block = [
        {"label": "URL", "value": person.site},
        {"label": "Name", "value": person.name},
        {"label": "Username", "value": handle},
    ]
    values = [{"label": "URL", "value": link, "href": link}, {"title": "Owner", "dict": [{"title": "", "dict": block}]}]
    return {"timestamp": at, "media": [], "label_values": values, "fbid": str(10**15 + int(code_of(act.id, 12), 16))}


def _post(files: JsonFiles, platform: str, at: int, text: str) -> None:
    second = at // SECOND
    if platform == "instagram":
        media = {"uri": f"media/posts/{second}.jpg", "creation_timestamp": second, "title": text}
        files.add(f"{_ROOT}/media/posts_1.json", {"media": [media]})
    elif platform == "threads":
        media = {"uri": "", "creation_timestamp": second, "title": text, "text_app_post": {"reply_control": "everyone"}}
        name, wrapper = f"{_THREADS}/threads_and_replies.json", "text_post_app_text_posts"
        files.add(name, {"media": [media]}, wrapper)
