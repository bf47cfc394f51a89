"""What LinkedIn's export can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_SOME: Final = "outstanding and recent invitations, with time; accepted ones may have left the list"
_NAMELESS: Final = "timed, but the export doesn't say towards whom: unattributed"
_ABSENT: Final = "what others comment, like or repost is in no export of LinkedIn"

LINKEDIN: Final = Platform(
    name="linkedin",
    shows=(
        Shows("message", "outbound", "full", "direct", readers=("messages",), reason="messages, with time"),
        Shows("message", "inbound", "full", "direct", readers=("messages",), reason="messages, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=("messages",),
            reason="group conversations; yours name nobody but by @name",
        ),
        Shows("message", "inbound", "full", "group", readers=("messages",), reason="group conversations, with time"),
        Shows("invite", "outbound", "partial", "all", readers=("invitations",), reason=_SOME),
        Shows("invite", "inbound", "partial", "all", readers=("invitations",), reason=_SOME),
        Shows(
            "endorsement",
            "outbound",
            "full",
            "public",
            readers=("endorsed",),
            reason="endorsements that you gave, with time",
        ),
        Shows(
            "endorsement",
            "outbound",
            "full",
            "public",
            readers=("recommended",),
            reason="recommendations that you gave, with time",
        ),
        Shows(
            "endorsement",
            "inbound",
            "full",
            "public",
            readers=("endorsed_by",),
            reason="endorsements that you received, with time",
        ),
        Shows(
            "endorsement",
            "inbound",
            "full",
            "public",
            readers=("recommended_by",),
            reason="recommendations that you received, with time",
        ),
        Shows(
            "follow",
            "outbound",
            "full",
            "public",
            readers=("follows",),
            reason="members that you follow, by name, with the date",
        ),
        Shows("follow", "inbound", "none", reason="who follows you is in no export"),
        Shows("comment", "outbound", "none", reason=_NAMELESS),
        Shows("comment", "inbound", "none", reason=_ABSENT),
        Shows("reaction", "outbound", "none", reason=_NAMELESS),
        Shows("reaction", "inbound", "none", reason=_ABSENT),
        Shows("share", "outbound", "none", reason=_NAMELESS),
        Shows("share", "inbound", "none", reason=_ABSENT),
    ),
    known_classes=("message", "comment", "reaction", "share", "follow", "invite", "endorsement"),
    reply_links=frozenset({"invite"}),
    zone="UTC",
    how_to_ask=(
        "*Settings & Privacy → Data privacy → Get a copy of your data → Download larger data archive*. A first, basic zip comes within"
        " minutes; the complete one about a day later. Ask for the complete one: only that holds comments, reactions and follows."
    ),
    cannot_show=(
        "Comments, reactions, reposts and votes are there with their time and link, but not towards whom. What others did with your"
        " posts, who follows you and who looked at your profile is absent. Invitations are a recent part of them."
    ),
    notes="""\
Read: the basic and the complete archive; the complete one's activity files with the member id behind their name; exports of the
years before profile addresses stood in `Connections.csv` and `messages.csv`.

- A person's key is the profile page in lower-case host form, without scheme, country and query; without a page the e-mail address,
  then the name. A name is joined to a page when only one page in the export has that name.
- Whose export it is: the settings, else the own side of the invitations, else the page with the profile's name, else the page that is
  in nearly all conversations. A further page of that name is yours too if a message has it and not the first one: an old address.
- In a group, your message has a row for everybody whom it names by @; other messages of yours there are unattributed.
- `Comments.csv` writes a quote inside of a text with a backslash, the other files double it; both are read, and other backslashes stay.
  Posts have quotes around each line, which are removed.
- The notes before the header of `Connections.csv` may be there or not. Rows without any name are closed accounts and are left out.
- Messages: you are known by your page, not by the folder. Several pages beside yours make a group. “LinkedIn Member” is a closed
  account: one placeholder a conversation. Drafts, AI chats and unanswered advertisements (subject, markup, no member as sender) are
  left out.
- An invitation to somebody who is connected since then has an acceptance, dated by the day of the connection, with `reply_to`; of
  several invitations the last before that day is the one that was accepted. Received invitations alike.
- Times of comments are UTC. Times of invitations and recommendations have neither zone nor seconds: they are read as UTC with a
  width of a minute, and coverage says `zone_assumed`.
- Followed members are known by name; organisations are not social. Entries of the address book are ties.
""",
)
