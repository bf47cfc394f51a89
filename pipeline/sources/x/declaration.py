"""What an X export can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_TWEETS: Final = ("tweets", "classic_csv")
_ABSENT: Final = "what others reply, mention, repost or quote is in no export of X"
_UNDATED: Final = "follows have no dates: they are in ties"

X: Final = Platform(
    name="x",
    label="X",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=("dm",), reason="direct messages, with time"),
        Shows("message", "inbound", "full", "direct", readers=("dm",), reason="direct messages, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=("dm_group",),
            reason="group messages, with time; yours name a person only by @name",
        ),
        Shows("message", "inbound", "full", "group", readers=("dm_group",), reason="group messages, with time"),
        Shows("comment", "outbound", "full", "public", readers=_TWEETS, reason="replies and mentions, with time"),
        Shows("comment", "inbound", "none", reason=_ABSENT),
        Shows("share", "outbound", "full", "public", readers=_TWEETS, reason="reposts and quotes, with time"),
        Shows("share", "inbound", "none", reason=_ABSENT),
        Shows(
            "reaction", "outbound", "full", "direct", readers=("dm",), reason="reactions to direct messages, with time"
        ),
        Shows(
            "reaction", "inbound", "full", "direct", readers=("dm",), reason="reactions to direct messages, with time"
        ),
        Shows(
            "reaction",
            "outbound",
            "full",
            "group",
            readers=("dm_group",),
            reason="reactions to group messages, with time",
        ),
        Shows(
            "reaction",
            "inbound",
            "full",
            "group",
            readers=("dm_group",),
            reason="reactions to group messages, with time",
        ),
        Shows("reaction", "outbound", "none", "public", reason="likes have neither time nor author"),
        Shows("reaction", "inbound", "none", "public", reason="likes of your posts are counted, not named"),
        Shows("follow", "outbound", "none", reason=_UNDATED),
        Shows("follow", "inbound", "none", reason=_UNDATED),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow"),
    reply_links=frozenset({"comment", "reaction"}),
    how_to_ask=(
        "*More → Settings and privacy → Your account → Download an archive of your data*. X confirms your password and a code, and"
        " tells you within a day or more when the zip is ready. Drop it in as it is; a big archive comes in several parts: drop in all."
    ),
    cannot_show=(
        "Nothing that others did in public: no replies to you, mentions, quotes, reposts or likes. Likes that you gave have neither"
        " time nor author. Follows in both directions are lists of account numbers without dates. People in messages are numbers only:"
        " names are known where one of your posts mentions them. End-to-end encrypted chats are probably not in it."
    ),
    notes="""\
Layouts read: the classic tweet archive of 2012 to 2019 (`data/js/tweets/*.js`, or `tweets.csv` where the scripts are missing); the data
archive of 2018 to 2020 with its files at the root and bare tweets; the data archive since 2020 (`data/*.js`, manifest, `-partN` files).

- A file is recognised by the name of the global in its first line, compared whole: headers and deleted posts aren't taken for posts.
- A reply is one row towards the author of the status it answers. X adds the handles at the beginning of a reply by itself: they are no
  rows. Handles further on are mentions, one row each. A post directed at an account without answering a status is a mention. Quotes go
  to the author that the address names. A person addressed in several ways by one post gets one row: reply before quote before mention.
- A repost (`RT @name:`, or the classic `retweeted_status`) goes to its author. Its text and mentions aren't yours.
- An edited post is one act with the first version's time and id and the last version's text; other versions are left out as
  `edit_version`.
- A long post's whole text comes from `note-tweet.js` and is joined to its post by time and first words.
- Answers to yourself are self-events. Former handles (`screen-name-change.js`) are yours too.
- Times are checked against the id: where they differ by more than a day (wrong years are known), the id's second counts. A post whose
  id holds no time (before November 2010) and whose written time is unreadable or before the platform existed is set aside.
- Ids are kept as text. `-1` is a closed account, which its handle then identifies. A handle whose number another record gives is that
  number.
- A like is a `liked` tie when another record names the author of the post, else unattributed.
- Group messages: your own have a row for each person whom they mention by @ or who reacts to them. Welcome messages of bots are
  automatic. Membership changes are system lines.
- Calls: placed ones go to the invited people; received ones have a row only where exactly one other person is named.
- A list of followers, followed or blocked accounts proves absence, unless the manifest says that the archive is partial.
""",
)
