"""Ids, user names and addresses as Reddit writes them.

Format fact: bare ids are unique within a type only. Rows carry Reddit's own type prefix: `t1_` comment, `t3_` post,
`t4_` private message; `chat_` for chat messages, which have no prefix of Reddit's.
"""

import re
from typing import Final

from pipeline.model.records import Person
from pipeline.model.survey import Context
from pipeline.sources.reddit.facts import RedditFacts

_MENTION: Final = re.compile(r"(?<![\w/.])/?u/([A-Za-z0-9_-]{3,20})(?![\w-])")
_PERMALINK: Final = re.compile(r"/comments/([a-z0-9]+)(?:/[^/]*/([a-z0-9]+))?", re.IGNORECASE)
_DELETED: Final = frozenset({"", "[deleted]", "[removed]", "[unavailable]"})
_PLATFORM_SENDERS: Final = frozenset({"reddit", "automoderator", "reddit-welcome", "admin", "announcements"})
_WELCOME_BOT: Final = re.compile(r"welcome[-_]?bot")
"""Subreddits name their own welcome bots, such as `TeaWelcomeBot` and `welcome-bot_tea`."""


def user_name(text: str) -> str:
    """Return a user name in lower case without `u/`; empty for a deleted account.

    >>> user_name("/u/Mina_K"), user_name("[deleted]")
    ('mina_k', '')
    """
    name = text.strip().lower()
    name = name.removeprefix("/").removeprefix("u/").removeprefix("user/")
    return "" if name in _DELETED else name


def full_id(text: str, prefix: str) -> str | None:
    """Return an id with its type prefix, None for an empty cell.

    >>> full_id("abc", "t1_"), full_id("t3_abc", "t1_"), full_id("", "t1_")
    ('t1_abc', 't3_abc', None)
    """
    bare = text.strip()
    return bare if re.match(r"t\d_", bare) else f"{prefix}{bare}" if bare else None


def id_in_permalink(link: str) -> str | None:
    """Return the id of the comment that a permalink leads to, else that of the post; None for another address.

    >>> id_in_permalink("/r/tea/comments/p9/kettle/zz1/"), id_in_permalink("/r/tea/comments/p9/kettle/")
    ('t1_zz1', 't3_p9')
    """
    found = _PERMALINK.search(link)
    return None if found is None else f"t1_{found[2]}" if found[2] else f"t3_{found[1]}"


def absolute_url(link: str) -> str | None:
    """Return a permalink with Reddit's host; other addresses unchanged, None for an empty one."""
    return f"https://www.reddit.com{link}" if link.startswith("/") else link or None


def person_of(name: str) -> Person:
    """Return the person of a user name as written; the spelling is kept as handle."""
    return Person(user_name(name), handle=name.strip().removeprefix("/").removeprefix("u/"))


def mentioned_users(text: str) -> list[str]:
    """Return the names of users mentioned as `u/name`, in lower case, in order, repetitions included."""
    return [name.lower() for name in _MENTION.findall(text)]


def is_automatic_sender(name: str, context: Context) -> bool:
    """Return whether a sender is the platform, a subreddit or a subreddit's welcome bot."""
    text = name.strip().lower().lstrip("/#")
    return (
        text.startswith("r/")
        or text in _PLATFORM_SENDERS
        or _WELCOME_BOT.search(text) is not None
        or text in context.facts(RedditFacts).subreddits
    )
