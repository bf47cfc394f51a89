"""What Discord's data package can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_OWN: Final = ("messages_json", "messages_csv")
_NONE: Final = "only your own messages are in the package: nothing about answers can be said from it"

DISCORD: Final = Platform(
    name="discord",
    label="Discord",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_OWN, reason="your own direct messages, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=_OWN,
            reason="your own messages in groups and servers; a row where they mention a person",
        ),
        Shows("message", "inbound", "none", reason=_NONE),
        Shows(
            "reaction",
            "outbound",
            "none",
            reason="your reactions are there, but not on whose message: they are unattributed",
        ),
        Shows("reaction", "inbound", "none", reason="reactions of others are in no package"),
        Shows(
            "invite",
            "outbound",
            "partial",
            "all",
            readers=("user",),
            reason="friend requests that wait for an answer, where they are dated",
        ),
        Shows(
            "invite",
            "inbound",
            "partial",
            "all",
            readers=("user",),
            reason="friend requests that wait for an answer, where they are dated",
        ),
    ),
    known_classes=("message", "reaction", "invite"),
    how_to_ask=(
        "In Discord: *User settings → Data & privacy → Request all of my data*. Take at least **Account** and **Messages**. The link is sent"
        " by mail within 30 days; give `package.zip` as it is."
    ),
    cannot_show=(
        "Messages and reactions of others are not in the package, nor which message one of yours answers. Whether people answer you"
        " can't be known from it."
    ),
    notes="""\
Read: packages with `messages.csv` (before March 2024) and with `messages.json`, channel folders with and without `c`, folders in any
language (they are found by what is inside), types of channels as words or numbers, packages with some sections only.

- A direct message goes to the other one of the two recipients; the name is taken from `index.json`. A deleted user is one placeholder for
  that channel.
- In groups and servers a message gives a row for each person that it mentions (`<@id>`), else it is unattributed.
- Times are UTC. An id encodes a time too: it is used if the written one can't be read, and the coverage states when the two disagree.
- Friends are ties with their date, blocked people too; a waiting request is a friend request where it is dated.
- Of the activity logs only reactions are taken, unattributed.
""",
)
