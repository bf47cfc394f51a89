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
Read: iOS (`[date, time] name: text`, with seconds; before 2017 `date time: name: text`) and Android (`date, time - name: text`, in
minutes), with the time before or after the date, named months, 12-hour times and parts of the day in words, digits of any script, the
marks of left-to-right and right-to-left languages, and WhatsApp's own phrases in 50 languages (one table a language).

- Years may be Gregorian, Buddhist, of the Japanese eras, of the Republic of China or Persian. Dates of another calendar, and dates
  without a year, are set aside.
- All records of a file have the form of its first one. A message that holds lines which look like the beginning of further messages in
  another form is set aside and reported.
- The order of day and month is decided once a file: by a language that writes the year first, by a number above 12, else by the order
  of the messages, else by separator, language, or your own time zone; the coverage names the evidence. Without any, the messages are
  set aside, never guessed. So is a month's name that means different months in different languages.
- Times are read in the zone of the settings (`zone_assumed`).
- Who you are: `[owner.whatsapp] names` in dancecard.toml; else the name on a “You deleted this message”, or on an
  iPhone's “You added …”; else, in a chat of two, the one
  after whom the chat isn't named. A name found in one chat counts for the others. Without any, messages are set aside.
- Notices of WhatsApp, deleted messages and messages of Meta AI are left out; the note of an edit is removed; media without a caption are messages without text.
- In groups your own message gives a row for each person that it mentions by name or number, else it is unattributed.
- People are known by the name in your address book, else by number: the same person may have a name in one export and a number in another.
""",
)
