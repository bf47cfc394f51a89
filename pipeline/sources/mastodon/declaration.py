"""What Mastodon's exports can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_OWN: Final = ("outbox", "tool")
_NOT_KEPT: Final = "the archive holds only what you did; only the mastodon-archive tool keeps mentions of you"

MASTODON: Final = Platform(
    name="mastodon",
    label="Mastodon",
    account_is_person=True,
    shows=(
        Shows("comment", "outbound", "full", "public", readers=_OWN, reason="replies and mentions, with time"),
        Shows("share", "outbound", "full", "public", readers=_OWN, reason="boosts and quotes, with time"),
        Shows(
            "message", "outbound", "full", "direct", readers=_OWN, reason="posts to mentioned people only, with time"
        ),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=_OWN,
            reason="posts to several mentioned people only, with time",
        ),
        Shows("reaction", "outbound", "none", reason="favourites have no time: they are in ties"),
        Shows("follow", "outbound", "none", reason="the list of followed accounts has no dates: it is in ties"),
        Shows(
            "comment",
            "inbound",
            "full",
            "public",
            readers=("tool",),
            reason=f"replies and mentions, with time; {_NOT_KEPT}",
        ),
        Shows(
            "message", "inbound", "full", "direct", readers=("tool",), reason=f"direct mentions, with time; {_NOT_KEPT}"
        ),
        Shows(
            "message", "inbound", "full", "group", readers=("tool",), reason=f"direct mentions, with time; {_NOT_KEPT}"
        ),
        Shows("reaction", "inbound", "none", reason="favourites by others are in no export"),
        Shows("share", "inbound", "none", reason="boosts and quotes by others are in no export"),
        Shows(
            "follow", "inbound", "none", reason="only the mastodon-archive tool lists followers, without dates: ties"
        ),
        Shows("invite", "outbound", "none", reason="follow requests are in no export"),
        Shows("invite", "inbound", "none", reason="follow requests are in no export"),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow", "invite"),
    reply_links=frozenset({"comment", "message", "share"}),
    how_to_ask=(
        "On your server: *Preferences → Import and export → Data export → Request your archive* (once in seven days; an e-mail informs you"
        " when it is ready). From the same page download the CSV lists of followed and blocked accounts. For what you received, run the"
        " free `mastodon-archive` tool with `--with-mentions --with-followers --with-following` and drop its JSON file in too."
    ),
    cannot_show=(
        "The archive contains nothing that others did: no replies to you, mentions, favourites, boosts or followers. Favourites that you"
        " gave and the accounts that you follow have no date."
    ),
    notes="""\
Read: `archive-….zip` and the older `.tar.gz` (`actor.json`, `outbox.json`, `likes.json`, `bookmarks.json`); the CSV lists, with or
without their header; `<host>.user.<name>.json` of the mastodon-archive tool.

- A person's key is `user@host` in lower case, whether the export writes a URI, an address or a mention; a mention without a host is on the
  host of its URI. A mention whose name and URI differ (numbered accounts, servers on another host) joins both.
- A reply is one row towards the answered author; the others mentioned are one row each. If the answered post's address doesn't tell
  its author, the one person mentioned from the same server is; else the reply has no row of its own.
- A post to mentioned people only (no public, no followers) is a message to each of them, `is_group` when they are several.
- A boost is towards the author among the recipients, else the author in the boosted post's address.
- Favourites are ties if the address contains the author; on servers whose addresses don't, they are unattributed.
- A reply to oneself and a boost of oneself are self-events. Moved accounts (`alsoKnownAs`) are the owner too.
- The tool's lists that were not asked for are empty: what they would have shown has no coverage. Coverage of its mentions needs them.
""",
)
