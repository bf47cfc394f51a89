"""What Telegram's export can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_FULL: Final = ("full",)

TELEGRAM: Final = Platform(
    name="telegram",
    label="Telegram",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_FULL, reason="your messages and calls, with time"),
        Shows("message", "inbound", "full", "direct", readers=_FULL, reason="messages and calls of others, with time"),
        Shows("message", "outbound", "full", "group", readers=_FULL, reason="your messages in groups, with time"),
        Shows(
            "message",
            "inbound",
            "partial",
            "group",
            readers=_FULL,
            reason="messages of others only in groups that were exported with all messages; see the rows of each chat",
        ),
        Shows(
            "reaction",
            "outbound",
            "partial",
            "direct",
            readers=_FULL,
            reason="reactions of the last few people a message",
        ),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "direct",
            readers=_FULL,
            reason="reactions of the last few people a message",
        ),
        Shows(
            "reaction",
            "outbound",
            "partial",
            "group",
            readers=_FULL,
            reason="reactions of the last few people a message",
        ),
        Shows(
            "reaction",
            "inbound",
            "partial",
            "group",
            readers=_FULL,
            reason="reactions of the last few people a message",
        ),
    ),
    known_classes=("message", "reaction"),
    reply_links=frozenset({"message", "reaction"}),
    how_to_ask=(
        "In Telegram Desktop: *Settings → Advanced → Export Telegram data*. Choose **machine-readable JSON**; under private groups"
        " take away the tick at **only my messages**, or no answer in a group can be seen. A single chat: *⋮ → Export chat history*,"
        " format JSON. Give the folder or `result.json`."
    ),
    cannot_show=(
        "Secret chats are never exported. Groups contain only your own messages unless you asked for all. Of the reactions to a message only"
        " the last few people are named, the rest is a count. Who added you as a contact is absent."
    ),
    notes="""\
Read: `result.json` of the full export and of a single chat (the chat itself is the root), of every version since numeric sender ids.

- Control characters are written as `\\x1F`, which is no JSON: they are repaired while reading.
- Times are `date_unixtime`. Exports before 2021 have only `date`, the local time of the exporting computer: it is read in the
  zone of the settings (`zone_assumed`). Reactions have local times only, and the message's two times give the offset.
- You are the account under `personal_information`; in the export of a single chat, the sender who isn't the chat's other person.
- The coverage names each group in which every message is yours: nothing about answers can be known there.
- In groups, your message gives a row for each person that it answers or mentions, or who answers or reacts to it; else it is unattributed.
- Channels, chats with bots, saved messages, Telegram's own notices and service lines are left out; phone calls are kept.
- A deleted account keeps its number and loses its name. Contacts are ties, with the day on which you added them.
- A single chat's export speaks of that chat only.
""",
)
