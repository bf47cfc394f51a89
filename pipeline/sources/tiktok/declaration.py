"""What a TikTok export can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_CHATS: Final = ("json", "text_chats")

TIKTOK: Final = Platform(
    name="tiktok",
    label="TikTok",
    account_is_person=True,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=_CHATS, reason="direct messages, with time"),
        Shows("message", "inbound", "full", "direct", readers=_CHATS, reason="direct messages, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=_CHATS,
            reason="group chats; those of your own lines that address a person by @name",
        ),
        Shows("message", "inbound", "full", "group", readers=_CHATS, reason="group chats, with time"),
        Shows(
            "follow",
            "outbound",
            "full",
            "public",
            readers=("json", "text_following"),
            reason="accounts that you follow now, with the date",
        ),
        Shows(
            "follow",
            "inbound",
            "full",
            "public",
            readers=("json", "text_follower"),
            reason="your followers of now, with the date",
        ),
        Shows("comment", "outbound", "none", reason="your comments are there, but not to whom: they are unattributed"),
        Shows("comment", "inbound", "none", reason="comments on your videos are in no export"),
        Shows("reaction", "outbound", "none", reason="your likes are there, but not for whom: they are unattributed"),
        Shows("reaction", "inbound", "none", reason="likes of your videos are counted, not named"),
        Shows("share", "outbound", "none", reason="your shares are there, but not whose video: they are unattributed"),
        Shows("share", "inbound", "none", reason="who shared your videos is in no export"),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow"),
    how_to_ask=(
        "In the app: *Profile → menu → Settings and privacy → Account → Download your data*. Choose **all data** and the format"
        " **JSON**; it is ready within a few days and stays for four. The text format is read too, but holds less."
    ),
    cannot_show=(
        "Comments, mentions, duets and likes that you received are absent. Your own comments, likes and shares don't say whose video"
        " they were for. User names are those of the day of the export."
    ),
    notes="""\
Layouts read: `user_data_tiktok.json` (since 2024), `user_data.json` (before), with all names that sections have had (`Your Activity` /
`Activity`, `Follower` / `Follower List`, `Direct Message` / `Direct Messages` …), and the folder of text files with `Date:` blocks and
chats of one message a line, in any folder.

- Lists of the JSON export are known by their own names (`FansList`, `ItemFavoriteList`), wherever they are nested. Sections, files and
  keys in British English and in translation are known by name in the languages seen, else keys by the shape of their values. A list or
  file that looks like acts towards others and has none of these names is set aside with its name and its keys.
- Times have no zone. The text export says UTC, so the JSON export is read as UTC.
- Keys are compared without regard to case; an empty list may be `null`.
- A chat is one-to-one when its name is a user name and nobody but that user and you writes in it, else it is a group: the lines of
  others are rows, your own lines are unattributed unless they mention a user by @.
- The names of closed accounts are blank. A follower without a name is unattributed; a chat without a name is one placeholder.
- Dated follows are interactions and ties. Saved videos are left out. Live comments carry epoch seconds.
- Text files whose headings are unknown are set aside with these headings.
""",
)
