"""What Bluesky's exports can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_REPO: Final = ("repo", "record")

BLUESKY: Final = Platform(
    name="bluesky",
    label="Bluesky",
    account_is_person=True,
    shows=(
        Shows("comment", "outbound", "full", "public", readers=_REPO, reason="replies and mentions, with time"),
        Shows(
            "reaction", "outbound", "full", "public", readers=_REPO, reason="likes, with time; an undone like is gone"
        ),
        Shows("share", "outbound", "full", "public", readers=_REPO, reason="reposts and quotes, with time"),
        Shows(
            "follow", "outbound", "full", "public", readers=_REPO, reason="follows, with time; an undone follow is gone"
        ),
        Shows(
            "comment",
            "inbound",
            "none",
            reason="a repository holds only what you wrote; replies that you hid are a mere trace",
        ),
        Shows("reaction", "inbound", "none", "public", reason="likes lie in the repositories of those who gave them"),
        Shows("share", "inbound", "none", reason="reposts and quotes lie in the repositories of those who made them"),
        Shows("follow", "inbound", "none", reason="follows lie in the repositories of those who follow"),
        Shows("message", "outbound", "full", "direct", readers=("chat",), reason="the chat export, with time"),
        Shows("message", "inbound", "full", "direct", readers=("chat",), reason="the chat export, with time"),
        Shows("message", "outbound", "full", "group", readers=("chat",), reason="the chat export, with time"),
        Shows("message", "inbound", "full", "group", readers=("chat",), reason="the chat export, with time"),
        Shows("reaction", "outbound", "full", "direct", readers=("chat",), reason="reactions to messages, with time"),
        Shows("reaction", "inbound", "full", "direct", readers=("chat",), reason="reactions to messages, with time"),
        Shows("reaction", "outbound", "full", "group", readers=("chat",), reason="reactions to messages, with time"),
        Shows("reaction", "inbound", "full", "group", readers=("chat",), reason="reactions to messages, with time"),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow"),
    reply_links=frozenset({"comment", "message", "reaction", "share"}),
    how_to_ask=(
        "In the app: *Settings → Account → Export my data → Download CAR file*. You get `repo.car` at once. The chat export, where"
        " the app offers it, is a second file (JSON Lines); drop both in together."
    ),
    cannot_show=(
        "Everything that others did is in their own repositories: replies to you, mentions of you, likes, reposts and followers"
        " are absent. Likes, follows and posts that you took back are gone too."
    ),
    notes="""\
Read: `repo.car` (CARv1; every block is checked against its id, records are taken by the Merkle search tree, so each has its
at-uri); one JSON file a record (`<collection>/<rkey>.json`, bare or as `{uri, cid, value}`); the chat's JSON Lines.

- A person's key is the DID. Handles are known only where a mention shows `@handle` beside its DID; the place is counted in UTF-8
  bytes. An account verification teaches a handle and a name too.
- A post is one row a person: the author it replies to, else the one it quotes, else a mention. A reply to oneself is a self-event.
- Blocks and list entries are ties. A follow is an interaction and a tie. A newer repository that is whole and lacks one proves that
  it was taken back.
- Replies that you hid (`threadgate`) and quotes that you detached (`postgate`) are inbound, dated by their own keys.
- The time is the one that the record declares. Where it is over a day away from the time in the record's key (imported posts,
  wrong clocks), the coverage states how many.
- A truncated file gives its whole records; those that the tree no longer reaches are set aside, as are damaged ones.
- Nodes of earlier versions of a whole tree are no records. What only they lead to is skipped: an earlier version (`edit_version`) or
  deleted (`deleted_placeholder`). Records of other atproto applications are skipped as `other_app`.
- In a group chat your own message gives rows only for the people whom it answers or mentions.
""",
)
