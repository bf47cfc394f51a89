"""The CSV tables of a Reddit data request: their names, the columns they need, and the reader of each."""

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
"""Reader -> columns without which its rows are set aside."""

READER_OF: Final[dict[str, str]] = {
    "comments": "comments", "posts": "posts", "messages": "messages", "messages_archive": "messages", "chat_history": "chat",
    "post_votes": "votes", "comment_votes": "votes", "friends": "friends", "gilded_content": "gilded", "gold_received": "gold",
    "comment_headers": "comments", "post_headers": "posts", "message_headers": "messages", "messages_archive_headers": "messages",
    "statistics": "statistics", "subscribed_subreddits": "subreddits", "moderated_subreddits": "subreddits",
    "approved_submitter_subreddits": "subreddits", "announcements": "announcements", "drafts": "drafts",
    "saved_posts": "other", "saved_comments": "other", "hidden_posts": "other", "poll_votes": "other", "multireddits": "other",
}  # fmt: skip
"""Table name (see `table_name`) -> reader."""

FULL_TABLE: Final = {
    "comment_headers": "comments", "post_headers": "posts", "message_headers": "messages",
    "messages_archive_headers": "messages_archive",
}  # fmt: skip
"""Table of headers -> the table that holds the same records with their text."""

DISTINCTIVE: Final = frozenset(
    {"chat_history", "gilded_content", "gold_received", "post_votes", "comment_votes", "comment_headers"}
)
"""Names of tables that only Reddit writes."""

DISTINCTIVE_COLUMNS: Final = frozenset(
    {"permalink", "subreddit", "statistic", "content_link", "channel_url", "gilder_username"}
)
"""Columns that mark a table with a common name as Reddit's."""

_PART: Final = re.compile(r"(?:_\d+|\s?\(\d+\))$")


def table_name(path: str) -> str:
    """Return a table's name in lower case without folder, `.csv` and the number of a part; empty for other files.

    >>> table_name("export/comments_2.csv"), table_name("messages_archive.csv"), table_name("notes.txt")
    ('comments', 'messages_archive', '')
    """
    base = path.rpartition("/")[2]
    name = base[:-4].lower() if base.lower().endswith(".csv") else ""
    return _PART.sub("", name) if name not in READER_OF else name
