"""The tables of a data request: their names, what they must hold, and which say nothing about owner and contact."""

import re
from typing import Final

REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "comments": ("id", "date"),
    "posts": ("id", "date"),
    "messages": ("id", "date", "from", "to"),
    "chat": ("message_id", "created_at", "username", "channel_url"),
    "votes": ("id", "direction"),
    "friends": ("username",),
    "gilded": ("content_link", "date"),
    "gold": ("gilder_username", "date"),
}
"""Reader -> columns without which a table isn't understood."""

NAMES: Final[dict[str, str]] = {
    "comments": "comments", "posts": "posts", "messages": "messages", "messages_archive": "messages", "chat_history": "chat",
    "post_votes": "votes", "comment_votes": "votes", "friends": "friends", "gilded_content": "gilded", "gold_received": "gold",
    "comment_headers": "comments", "post_headers": "posts", "message_headers": "messages", "messages_archive_headers": "messages",
    "statistics": "statistics", "subscribed_subreddits": "subreddits", "moderated_subreddits": "subreddits",
    "approved_submitter_subreddits": "subreddits", "announcements": "announcements", "drafts": "drafts",
    "saved_posts": "other", "saved_comments": "other", "hidden_posts": "other", "poll_votes": "other", "multireddits": "other",
}  # fmt: skip
"""File name without `.csv` and part number -> reader."""

BASE_OF: Final = {
    "comment_headers": "comments", "post_headers": "posts", "message_headers": "messages",
    "messages_archive_headers": "messages_archive",
}  # fmt: skip
"""A table of headers -> the table that holds the same records with their text."""

_PART: Final = re.compile(r"(?:_\d+|\s?\(\d+\))$")


def table_name(member: str) -> str:
    """Return the table's name of a member's path: without folder, `.csv` and the number of a part (`comments_2.csv`)."""
    base = member.rpartition("/")[2]
    name = base[:-4].lower() if base.lower().endswith(".csv") else ""
    return _PART.sub("", name) if name not in NAMES else name
