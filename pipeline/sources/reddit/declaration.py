"""What a Reddit data request can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_MAIL: Final = ("messages", "chat")

REDDIT: Final = Platform(
    name="reddit",
    label="Reddit",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_MAIL, reason="private messages and chats, with time"),
        Shows("message", "inbound", "full", "direct", readers=_MAIL, reason="private messages and chats, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=("chat",),
            reason="group chats; your own lines are rows only where they name a person",
        ),
        Shows("message", "inbound", "full", "group", readers=("chat",), reason="group chats, with time"),
        Shows(
            "comment",
            "outbound",
            "partial",
            "public",
            readers=("comments", "posts"),
            reason="whom you answered is not in the export: only people whom you named by u/name",
        ),
        Shows("comment", "inbound", "none", reason="replies to you and mentions of you are in no export"),
        Shows(
            "reaction",
            "outbound",
            "none",
            reason="votes have no time and no author, awards no author: they are unattributed",
        ),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "public",
            readers=("gold",),
            reason="awards with their giver and time; votes are in no export",
        ),
        Shows("follow", "outbound", "none", reason="the list of friends has no dates: it is in ties"),
        Shows("follow", "inbound", "none", reason="followers are in no export"),
    ),
    known_classes=("message", "comment", "reaction", "follow"),
    reply_links=frozenset({"message"}),
    how_to_ask=(
        "On reddit.com/settings/data-request choose *All data*. A message with the link to `export_….zip` comes within 30 days."
    ),
    cannot_show=(
        "Replies to your comments, mentions of you, votes and followers are absent. Your own comments and votes are there, but not"
        " whose post or comment they were for."
    ),
    notes="""\
Layouts read: all tables that hold records of people, whole or in parts (`comments_1.csv`), with or without byte order mark; tables that a
spreadsheet saved again with semicolons or tabs.

- A table whose header only Reddit writes is read under any name. One with a usual name and another header is set aside with the names
  of its columns.
- Comments and votes name no counterpart and are unattributed. Users mentioned as `u/name` in a comment or post get a mention each.
  A comment on your own post or comment is a self-event.
- Tables of headers repeat the full tables without text. They are left out, and read only where the full table is missing.
- Messages from Reddit itself, from subreddits and from welcome bots are system lines. Names of subreddits come from the lists of
  subreddits.
- A deleted account is a placeholder for that one conversation.
- A chat is a group by its declared type, by its subreddit, or when more than one other user writes in it. Your own line there is a row
  for the user whom it answers (`thread_parent_message_id`) or mentions, else unattributed.
- The owner is named by `statistics.csv`, else by the settings, else by the usual file name, else by the user name in most messages.
- Ids carry Reddit's type prefix (`t1_` comment, `t3_` post, `t4_` message).
""",
)
