"""What a Facebook export can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_CHATS: Final = ("messages", "encrypted_messages")
_SOME_IN: Final = "only comments on old albums, old wall posts, tags and recent notifications show what others wrote"

FACEBOOK: Final = Platform(
    name="facebook",
    label="Facebook",
    account_is_person=True,
    one_account_per_email=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_CHATS),
        Shows("message", "inbound", "full", "direct", readers=_CHATS),
        Shows("message", "outbound", "full", "group", readers=(*_CHATS, "group_messages")),
        Shows("message", "inbound", "full", "group", readers=(*_CHATS, "group_messages")),
        Shows("comment", "outbound", "full", "public", readers=("comments", "group_comments", "posts")),
        Shows(
            "comment",
            "inbound",
            "partial",
            "public",
            readers=("wall_posts", "albums", "tagged_in", "notifications"),
            reason=_SOME_IN,
        ),
        Shows("reaction", "outbound", "full", "public", readers=("reactions",)),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "public",
            readers=("notifications", "pokes"),
            reason="only pokes and recent notifications show others' reactions",
        ),
        Shows(
            "reaction",
            "outbound",
            "partial",
            "direct",
            readers=_CHATS,
            reason="reactions to messages carry a time in recent exports only",
        ),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "direct",
            readers=_CHATS,
            reason="reactions to messages carry a time in recent exports only",
        ),
        Shows(
            "reaction",
            "outbound",
            "partial",
            "group",
            readers=_CHATS,
            reason="reactions to messages carry a time in recent exports only",
        ),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "group",
            readers=_CHATS,
            reason="reactions to messages carry a time in recent exports only",
        ),
        Shows(
            "share",
            "outbound",
            "partial",
            "public",
            readers=("posts",),
            reason="a shared post's author is in the title sentence, if anywhere",
        ),
        Shows(
            "share",
            "inbound",
            "partial",
            "public",
            readers=("notifications",),
            reason="only recent notifications show that a person shared",
        ),
        Shows("follow", "outbound", "full", "all", readers=("following",)),
        Shows(
            "follow",
            "inbound",
            "partial",
            "all",
            readers=("followers", "notifications"),
            reason="followers are listed for public profiles only",
        ),
        Shows(
            "invite",
            "outbound",
            "partial",
            "all",
            readers=("friend_requests_sent", "invites_sent"),
            reason="accepted requests leave the list",
        ),
        Shows(
            "invite",
            "inbound",
            "partial",
            "all",
            readers=("friend_requests_received", "friend_requests_rejected", "invites_received", "notifications"),
            reason="accepted requests leave the list, inviters are seldom named",
        ),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow", "invite"),
    # Reactions answer messages by a link; no gesture of a group is itself answered by one (messages carry no replies).
    reply_links=frozenset(),
    how_to_ask=(
        "Accounts Center → *Your information and permissions* → *Export your information* → your Facebook profile → *Export to device*. "
        "Choose **JSON** as format, **All time** as date range, and low media quality. Set the account's language to English before you "
        "ask: some facts are written only in sentences. Give all parts. Conversations that are end-to-end encrypted need a second download: "
        "Messenger → *Privacy & safety* → *End-to-end encrypted chats* → *Message storage* → *Download secure storage data*."
    ),
    cannot_show=(
        "Comments and reactions of others on what you post are not in the export, apart from recent notifications, comments on old albums and "
        "wall posts in exports before 2023. The person a comment or reaction of yours went to is named in a title sentence only. "
        "Who asked for a friendship, and who ended it, is not recorded."
    ),
    notes=(
        "**Layouts read**: early 2018 (times in seconds, letters for thread ids), 2018-19 (folders at the root, `comments/comments.json`, `messages/<thread>/message.json`), 2020-22 "
        "(`comments_and_reactions/`, `friends_and_followers/`, `messages/inbox/…/message_N.json`), 2023 (`your_activity_across_facebook/`), 2024 "
        "and later (`your_facebook_activity/`, `connections/`, `label_values`), professional profiles (`this_profile's_activity_across_facebook/`) and "
        "the flat files of the encrypted download; with or without a top folder, parts in any number (one that holds nothing but media is complete, without records).\n\n"
        "**Traps handled**\n\n"
        "- Double-encoded text is repaired once, in values and keys; names are compared afterwards.\n"
        "- Seconds and milliseconds are distinguished by size (over 1e11 is milliseconds).\n"
        "- Title sentences are read in English, Dutch, German, French, Spanish and Italian; another sentence is kept as unattributed.\n"
        "- A reaction in both files of reactions counts once, with the name of one and the address of the other; so does a comment in a "
        "group that `comments.json` holds too.\n"
        "- Threads are known by the number of their folder; threads, people and messages that another export names differently are united by the "
        "messages that both have. A page's order is used only when its times run one way.\n"
        "- Messages get a stable id from thread, time, sender and text, so that two exports, two folders, or the encrypted download don't "
        "count one twice, while equal messages in one millisecond stay apart.\n"
        "- Spam (`filtered_threads`) and the platform's own lines are left out by rule; message requests are kept as such.\n"
        "- A call counts once, by the line of its start or the only one; lines that somebody joined or that it ended are left out.\n"
        '- "Facebook user" is one person a thread, never joined by name.\n'
        "- Undated reactions of the owner's to messages become ties; undated ones of others are left out.\n"
        "- Files of an `e2ee_cutover` folder without the encrypted download make direct messages partial from the first cutover on.\n"
        "- The HTML form is recognised and refused."
    ),
)
