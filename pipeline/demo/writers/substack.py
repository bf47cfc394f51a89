"""Substack's part of the demo: the publication's export zip."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, moment, number, write_zip
from pipeline.demo.shared.subscribers import subscribers
from pipeline.demo.world import World

_LIST = ("email", "active_subscription", "expiry", "plan", "email_disabled", "created_at", "first_payment_at")
_POSTS = (
    "post_id",
    "post_date",
    "is_published",
    "email_sent_at",
    "inbox_sent_at",
    "type",
    "audience",
    "title",
    "subtitle",
    "podcast_url",
)


def _time(at: int | None) -> str:
    return "" if at is None else f"{moment(at).isoformat(timespec='milliseconds').replace('+00:00', 'Z')}"


def write(world: World, folder: Path) -> list[Path]:
    """Write subscribers and posts; who left is gone. Returns the zip."""
    publication = world.owner.handles["substack"].replace("_", "").replace(".", "")
    people = [one for one in subscribers(world, "substack") if one.left is None]
    rows = [(one.persona.email, "false", "", "other", "false", _time(one.joined), "") for one in people]
    posts = sorted((post for post in world.posts if post.platform == "substack"), key=lambda post: post.at)
    told = [
        (
            f"{number(post.id, 9)}.post",
            _time(post.at),
            "true",
            _time(post.at),
            _time(post.at),
            "newsletter",
            "everyone",
            post.text,
            "",
            "",
        )
        for post in posts
    ]
    files = {f"email_list.{publication}.csv": csv_bytes(_LIST, rows), "posts.csv": csv_bytes(_POSTS, told)}
    return [write_zip(folder / f"{publication}-substack-{moment(world.exported_at):%Y-%m-%d}.zip", files)]
