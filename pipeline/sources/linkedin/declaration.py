"""What a LinkedIn export can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_SOME: Final = "outstanding and recent invitations, with time; accepted ones may have left the list"
_NAMELESS: Final = "timed, but the export doesn't state towards whom: unattributed"
_ABSENT: Final = "what others comment, like or repost is in no export of LinkedIn"

LINKEDIN: Final = Platform(
    name="linkedin",
    label="LinkedIn",
    account_is_person=True,
    one_account_per_email=True,
    is_secondary_account_id=str.isdigit,
    shows=(
        Shows("message", "outbound", "full", "direct", readers=("messages",), reason="messages, with time"),
        Shows("message", "inbound", "full", "direct", readers=("messages",), reason="messages, with time"),
        Shows(
            "message",
            "outbound",
            "full",
            "group",
            readers=("messages",),
            reason="group conversations; yours name a person only by @name",
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
        "Your comments, reactions, reposts and votes have a time and a link, but no counterpart. What others did with your posts, who"
        " follows you and who viewed your profile is absent. Only part of the invitations is listed, mostly recent ones."
    ),
    notes="""\
Layouts read: the basic and the complete archive; in the complete one, activity files with the member id in their name; exports from
the years before `Connections.csv` and `messages.csv` gave profile addresses; the messages of about 2020, which have names and a
direction but no conversations. Commas, semicolons or tabs, UTF-8 or UTF-16, notes of any length above the header.

- A person is identified by the profile page: its address in lower case without scheme, country and query; without a page by the
  e-mail address, then by the name. A name is joined to a page when only one page in the export has that name.
- The owner is identified by the settings, else by the owner's side of the invitations, else by the page with the profile's name, else
  by the page in nearly all conversations. A second page of that name is the owner's too when a message has it without the first one:
  it is an earlier address.
- In a group, your message has a row for everybody whom it mentions by @; your other messages there are unattributed.
- `Comments.csv` escapes a quote with a backslash, the other files double it. Both are read; other backslashes are kept. Posts have
  quotes around each line, which are removed.
- `Connections.csv` may begin with notes above its header. Rows without any name are closed accounts and are left out.
- The owner of a message is recognised by the profile page, not by the folder. More than one page beside yours makes a group.
  “LinkedIn Member” is a closed account, one placeholder for each conversation. Drafts and AI chats are left out.
- An unanswered message without a member's page is an advertisement when it has a subject and markup, the markup of LinkedIn's
  campaign editor, a placeholder such as `%FIRSTNAME%`, or the title “Sponsored Conversation”. It is left out.
- Recipients without pages are found by name: the page that alone has the name in the conversation, else in the export, else the
  name itself.
- A file with a usual name and an unknown header is set aside with the names of its columns. Tables whose header only LinkedIn writes
  are read under any name.
- Where one date of a table has a day above 12 before the month, all its dates with slashes have the day first.
- An invitation that led to a connection has an acceptance, dated by the day of the connection, with `reply_to`. Of several
  invitations the last one before that day is the accepted one. The same holds for received invitations.
- Times of comments are UTC. Times of invitations and recommendations have neither zone nor seconds: they are read as UTC with a
  resolution of one minute, and coverage says `zone_assumed`.
- Followed members are known by name; followed organisations are left out. Entries of the address book are ties.
""",
)
