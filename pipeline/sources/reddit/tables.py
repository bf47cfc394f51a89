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

SHAPES: Final = {
    "chat": frozenset({"message_id", "created_at", "username", "message", "channel_url"}),
    "messages": frozenset({"id", "permalink", "thread_id", "date", "from", "to", "body"}),
    "comments": frozenset({"id", "permalink", "date", "subreddit", "link", "parent", "body"}),
    "posts": frozenset({"id", "permalink", "date", "subreddit", "title", "url", "body"}),
    "gold": frozenset({"content_link", "gilder_username", "date"}),
}
"""Reader -> columns by which a table is recognised whatever the file's name."""

_PART: Final = re.compile(r"(?:[_-]\d+|\s?\(\d+\)| ?-? ?copy)$")


def table_name(path: str) -> str:
    """Return a table's name in lower case without folder, `.csv` and the number of a part; empty for other files.

    >>> table_name("export/comments_2.csv"), table_name("messages_archive.csv"), table_name("notes.txt")
    ('comments', 'messages_archive', '')
    """
    stem, dot, ending = path.rpartition("/")[2].lower().rpartition(".")
    if not dot or ending not in {"csv", "tsv"}:
        return ""
    name = stem.replace(" ", "_")
    return name if name in READER_OF else _PART.sub("", stem).replace(" ", "_")
