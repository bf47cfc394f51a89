"""What an Instagram export can show of Instagram and Threads: visibility, and the texts of their pages in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_FLAT: Final = "flat_connections"
_CHATS: Final = ("messages", "flat_messages")
_UNTIMED: Final = "reactions to messages carry a time in recent exports only"
_PENDING: Final = "only requests that are still open, and recent ones, are listed"
_STORIES: Final = ("story_likes", "story_votes", "story_reactions")
_HOW: Final = (
    "Accounts Center → *Your information and permissions* → *Export your information* → your Instagram profile → *Export to device*. "
    "Choose **JSON** as format, **All time** as date range (a shorter one leaves out older follows), and low media quality. Set the "
    "account's language to English before you ask. Give all parts."
)

INSTAGRAM: Final = Platform(
    name="instagram",
    label="Instagram",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_CHATS),
        Shows("message", "inbound", "full", "direct", readers=_CHATS),
        Shows("message", "outbound", "full", "group", readers=_CHATS),
        Shows("message", "inbound", "full", "group", readers=_CHATS),
        Shows("comment", "outbound", "full", "public", readers=("comments", "flat_comments", "posts")),
        Shows(
            "comment",
            "inbound",
            "partial",
            "direct",
            readers=_CHATS,
            reason="only story replies and story mentions show, as lines in messages",
        ),
        Shows(
            "reaction", "outbound", "full", "public", readers=("liked_posts", "liked_comments", "flat_likes", *_STORIES)
        ),
        Shows("reaction", "outbound", "partial", "direct", readers=_CHATS, reason=_UNTIMED),
        Shows("reaction", "inbound", "partial", "direct", readers=_CHATS, reason=_UNTIMED),
        Shows("reaction", "outbound", "partial", "group", readers=_CHATS, reason=_UNTIMED),
        Shows("reaction", "inbound", "partial", "group", readers=_CHATS, reason=_UNTIMED),
        Shows(
            "share",
            "outbound",
            "partial",
            "public",
            readers=("reposts",),
            reason="a repost's author is mostly not given",
        ),
        Shows("follow", "outbound", "full", "all", readers=("following", _FLAT)),
        Shows("follow", "inbound", "full", "all", readers=("followers", _FLAT)),
        Shows(
            "invite", "outbound", "partial", "all", readers=("requests_sent", "requests_recent", _FLAT), reason=_PENDING
        ),
        Shows("invite", "inbound", "partial", "all", readers=("requests_received",), reason=_PENDING),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow", "invite"),
    reply_links=frozenset(),
    how_to_ask=_HOW,
    cannot_show=(
        "Comments, likes, mentions and tags by others on what you post are not in the export; only replies to and mentions in stories appear, as "
        "lines among the messages. Who unfollowed you or viewed anything is not in it. A repost's author is mostly missing."
    ),
    notes=(
        "**Layouts read**: 2018-20 (files at the root with ISO times), 2021 to mid 2023 (`followers_and_following/`, `likes/`, `comments/`, "
        "`content/`, `messages/`), mid 2023 and later (`connections/`, `your_instagram_activity/`), 2025-26 (`label_values`); with or without a top "
        "folder, parts in any number (one that holds nothing but media is complete, without records).\n\n"
        "**Traps handled**\n\n"
        "- Double-encoded text is repaired once, in values and labels.\n"
        "- People are usernames, in messages display names: a one-to-one thread's person is joined with a username only when the export states "
        "name and username together, for one person.\n"
        "- Labels are read in English, Dutch, German, French, Spanish and Italian, else by the shape of the values.\n"
        "- A missing media owner means an own or deleted post: the comment is kept as unattributed.\n"
        "- A follow list proves absence only when it looks like an all-time export.\n"
        "- Broadcast channels, saved posts and the platform's own lines are left out by rule; message requests are kept as such.\n"
        "- Threads, people and messages that another export names differently are united by the messages that both have.\n"
        "- A call counts once, by the line of its start or the only one; actions in groups are left out as the platform's own lines.\n"
        '- "Instagram User" is one person a thread, never joined by name.\n'
        "- The HTML form is recognised and refused."
    ),
)

THREADS: Final = Platform(
    name="threads",
    label="Threads",
    account_is_person=True,
    shows=(
        Shows(
            "comment",
            "outbound",
            "partial",
            "public",
            readers=("threads_posts",),
            reason="the recipient of a reply is not stated; only mentions in the text name a person",
        ),
        Shows("reaction", "outbound", "full", "public", readers=("threads_likes",)),
        Shows("follow", "outbound", "full", "all", readers=("threads_following",)),
        Shows("follow", "inbound", "full", "all", readers=("threads_followers",)),
        Shows(
            "invite",
            "outbound",
            "partial",
            "all",
            readers=("threads_requests_sent", "threads_requests_recent"),
            reason=_PENDING,
        ),
        Shows("invite", "inbound", "partial", "all", readers=("threads_requests_received",), reason=_PENDING),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow", "invite"),
    reply_links=frozenset(),
    how_to_ask="Threads is part of the Instagram export. " + _HOW,
    cannot_show=(
        "Replies, likes, mentions and quotes by others are not in the export, nor messages, nor reposts and quotes of yours. "
        "The person a reply of yours went to is not in it: a reply counts only when its text mentions an account."
    ),
    notes=(
        "Read from `your_instagram_activity/threads/` or the older `threads/`. The folder or the wrapper `text_post_app_…` decides, because the lists have "
        "the same names as Instagram's. Recent follow requests that are also among the pending ones count once."
    ),
)
