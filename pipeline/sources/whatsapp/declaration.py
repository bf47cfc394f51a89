"""What WhatsApp's export can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_CHAT: Final = ("chat",)
_WHY: Final = "messages and calls of the chats that you exported, with time"

WHATSAPP: Final = Platform(
    name="whatsapp",
    label="WhatsApp",
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_CHAT, reason=_WHY),
        Shows("message", "inbound", "full", "direct", readers=_CHAT, reason=_WHY),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=_CHAT,
            reason="groups that you exported; no message says which one it answers",
        ),
        Shows(
            "message",
            "inbound",
            "full",
            "group",
            readers=_CHAT,
            reason="groups that you exported; no message says which one it answers",
        ),
        Shows("reaction", "outbound", "none", reason="reactions are in no export"),
        Shows("reaction", "inbound", "none", reason="reactions are in no export"),
    ),
    known_classes=("message", "reaction"),
    how_to_ask=(
        "In the chat: *⋮ or the name → More → Export chat*, **without media**. Each chat is one file: a zip on iPhones, a text on Android."
        " Keep its name: it is the name of the other person. Several files may be in one folder or zip."
    ),
    cannot_show=(
        "Reactions, links from an answer to its message, and read receipts are absent. Very long chats lack their oldest part. Nothing"
        " in the file states who you are, and times have no zone."
    ),
    notes="""\
Read: iOS (`[date, time] name: text`, with seconds) and Android (`date, time - name: text`, in minutes), in all orders of dates, with
12-hour times, digits of any script, with WhatsApp's own phrases in English,
German, French, Spanish, Italian, Dutch and Portuguese.

- The order of day and month is decided once a file: by a number above 12, else by the order of the messages, else by separator,
  language, or your own time zone; the coverage names the evidence. Without any, the messages are set aside, never guessed.
- Times are read in the zone of the settings (`zone_assumed`).
- Who you are: `[owner.whatsapp] names` in dancecard.toml; else the name on a “You deleted this message”, or on an
  iPhone's “You added …”; else, in a chat of two, the one
  after whom the chat isn't named. A name found in one chat counts for the others. Without any, messages are set aside.
- Notices of WhatsApp, deleted messages and messages of Meta AI are left out; the note of an edit is removed; media without a caption are messages without text.
- In groups your own message gives a row for each person that it mentions, else it is unattributed.
- People are known by the name in your address book, else by number: the same person may have a name in one export and a number in another.
""",
)
