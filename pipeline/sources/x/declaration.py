"""What X's export can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_TWEETS: Final = ("tweets", "classic_csv")
_ABSENT: Final = "what others reply, mention, repost or quote is in no export of X"
_UNDATED: Final = "follows have no dates: they stand in ties"

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
            reason="group messages, with time; yours name nobody but by @name",
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
Read: the classic tweet archive of 2012 to 2019 (`data/js/tweets/*.js`, `tweets.csv` if the scripts are gone); the data archive of
2018 to 2020 with its files at the root and bare tweets; the data archive since 2020 (`data/*.js`, manifest, `-partN` files).

- A file is known by the global name in its first line, compared whole: headers and deleted posts aren't taken for posts.
- A reply is one row towards whom it answers. The leading names of a reply are carried along by X and are no rows; names further on
  are mentions, one row each. A post directed at somebody without answering a status is a mention. Quotes go to the author that
  the address names. Whoever is met twice in one post is one row: reply before quote before mention.
- A repost (`RT @name:`, or the classic `retweeted_status`) goes to its author; its text and the names in it aren't yours.
- An edited post is one act: first time, last text, the first version's id; older versions are left out as `edit_version`.
- A long post's whole text comes from `note-tweet.js` and is joined to its post by time and first words.
- Answers to oneself are self-events. Old handles (`screen-name-change.js`) are the owner's too.
- Times are checked against the id: if they differ by more than a day (bogus years are known), the id's second stands. A post whose
  id tells no time (before November 2010) and whose written time is unreadable or older than X is set aside.
- Ids stay text. `-1` is somebody gone: the handle then names them. A handle whose number is told elsewhere is that number.
- A like is a `liked` tie when another record tells who wrote the post, else unattributed.
- Group messages: your own have a row for everybody whom they name by @ or who reacts to them. Names of direct-message bots'
  welcomes are automatic. Membership changes are system lines.
- Calls: placed ones go to the invited; received ones have a row only where one other person is named.
- A list of followers, followed or blocked accounts proves absence, unless the manifest says that the archive is partial.
""",
)
