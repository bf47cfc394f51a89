"""Posts and comments of a blog, numbered in the order of their times."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from pipeline.demo.world import Act, Persona, Post, World

COMMENT_KINDS = frozenset({"comment", "reply", "mention"})
"""Kinds that are written as comments below a post."""


@dataclass(frozen=True, slots=True)
class Blog:
    """One platform's part of the world."""

    world: World
    platform: str
    acts: tuple[Act, ...]
    posts: tuple[Post, ...]
    number: dict[str, int]
    """Act.id or Post.id or thread key -> number on the site."""

    @classmethod
    def of(cls, world: World, platform: str) -> "Blog":
        """Number posts and acts by time."""
        acts = tuple(world.visible(platform))
        posts = tuple(
            sorted((post for post in world.posts if post.platform == platform), key=lambda post: (post.at, post.id))
        )
        threads = sorted({act.thread for act in acts if act.thread} - {post.id for post in posts})
        keys = [*(post.id for post in posts), *threads]
        number = {key: place for place, key in enumerate(keys, start=101)}
        number.update({act.id: place for place, act in enumerate(acts, start=5001)})
        return cls(world, platform, acts, posts, number=number)

    @property
    def loose_threads(self) -> list[str]:
        """Threads below posts that the world does not contain."""
        known = {post.id for post in self.posts}
        return sorted({act.thread for act in self.acts if act.thread and act.thread not in known})

    def author(self, act: Act) -> Persona:
        """Return the author of an act."""
        return self.world.owner if act.direction == "outbound" else self.world.person(act.person)

    def comments(self, thread: str) -> list[Act]:
        """Return the comments of a thread, by time."""
        return [act for act in self.acts if act.thread == thread and act.kind in COMMENT_KINDS]

    def started(self, thread: str) -> int:
        """Return the time of the post of a loose thread: an hour before its first comment."""
        return min(act.at for act in self.acts if act.thread == thread) - 3_600_000_000


def paragraph(text: str) -> str:
    """Return a text as HTML, line breaks kept."""
    return escape(text).replace("\n", "<br />")
