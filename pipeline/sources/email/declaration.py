"""What a mailbox can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

EMAIL: Final = Platform(
    name="email",
    label="E-mail",
    shows=(
        Shows(
            "message",
            "inbound",
            "full",
            "direct",
            readers=("mbox", "eml", "emlx"),
            reason="mail from people that was kept",
        ),
        Shows(
            "message",
            "outbound",
            "full",
            "direct",
            readers=("mbox", "eml", "emlx"),
            reason="the owner's mail, one row a recipient",
        ),
    ),
    known_classes=("message",),
    reply_links=frozenset({"message"}),
    how_to_ask=(
        "**Gmail:** at [takeout.google.com](https://takeout.google.com) deselect all, choose *Mail*, *All messages included*, "
        "and export once; give the zip unchanged. **Thunderbird:** the files without ending below the profile's `Mail` and "
        "`ImapMail` folders are mboxes (`Inbox`, `Sent`): give the folder. **Apple Mail:** select a mailbox, *Mailbox → Export "
        "Mailbox…*; give the `.mbox` folders, *Sent* among them. **Others:** any mbox, `.eml` files or a maildir folder. Give the "
        "sent mail too: without it nothing that you wrote is seen. If the mailbox has several addresses, name them all in "
        "`[owner.email] emails`."
    ),
    cannot_show=(
        "Mail that was deleted, opens and reads, and reactions. Of other platforms only what their notification mails reported, as far "
        "as these were switched on and kept."
    ),
    notes=(
        "**Layouts.** mbox of Google Takeout (one file or one a label; `X-GM-THRID`, `X-Gmail-Labels`, separator with `+0000`), "
        "mbox of Thunderbird, Apple Mail, mutt, Outlook converters and others, MMDF, `.eml` files, Apple Mail's `.emlx` files, maildir and MH folders.\n\n"
        "**Records.** A message. A `From ` line begins one when a mail's header follows it and it has a sender and a date, or "
        "anything or nothing (`From `, `From -`, a sender with spaces) and comes after a blank line; `>From ` lines may follow it. "
        "Lines without a header behind them belong to the body, and so do the patches that git writes. A message in an attachment, or "
        "inside the length that `Content-Length` states, is skipped as `not_social`. Messages are counted by a second method that "
        "shares nothing with the first. A message whose text holds the headers of several others is set aside (`unknown_layout`). "
        "Files of any size are streamed; of one message the first 8 MiB are read.\n\n"
        "**Direction.** The owner's: labelled or filed as sent, or from an address of the owner's: "
        "`[owner.email] emails`, senders of sent mail, and where mail was delivered to. `+tag` is passed over. A mail to several "
        "people is one row a person; copies to the owner are none; a mail that names no recipient is unattributed.\n\n"
        "**Ids.** `Message-ID` without angle brackets, so the copies in several labels' files are one act. Answers point to "
        "`In-Reply-To`, else to the last of `References`. The thread is `X-GM-THRID` if Gmail writes it (the same in all "
        "labels' files), else the first of `References`.\n\n"
        "**Times.** `Date` with its offset; where it is missing, absurd (before 1980, or more than two days after arrival) or "
        "without zone, the top `Received`, else the separator line. A time without any zone is read in the settings' zone.\n\n"
        "**Text.** The plain part, else the HTML part as text. Kept are the author's own words: quoted lines and the line that "
        "introduces them, original and forwarded messages and the text below the signature's `-- ` are removed; answers between "
        "quotes stay.\n\n"
        "**Left out by rule.** Spam, trash, drafts, templates, unsent mail and chats, by label or folder in some 75 languages; what "
        "Thunderbird has marked as deleted but not yet removed (`X-Mozilla-Status`), by the same rule as trash; the owner's mail that has "
        "labels but neither Sent nor a `Received` line, as a draft; newsletters and mailing lists (`List-Id`, "
        "`List-Unsubscribe`, `Precedence: bulk`) as `list_mail`; automatic answers (`Auto-Submitted`), bounces, no-reply senders as "
        "`automatic`; the owner's mail to the owner alone.\n\n"
        "**Notification mail** is an inbound source of the platform that it reports on, with `partial` coverage there: comments and pings "
        "of WordPress (with the comment's own id, so that it is one act with the site's export), Mastodon by `List-ID`, LinkedIn by "
        "`X-LinkedIn-Template` and subject, comments, likes, requests and new friends of Facebook, X, Reddit's and YouTube's replies and mentions "
        "in their English wording, likes and comments of Substack. It must "
        "come from the platform's domain, and where `Authentication-Results` is there, DKIM must have passed (WordPress sites seldom sign: there no check may have failed). Mails that name nobody "
        "are skipped as `automatic`; GitHub's as `not_social`. Such a mail has an id of its own, carries no text, names its person by "
        "name only and is dated by the mail. So it is an act of its own, also if the platform's own export contains the same message "
        "minutes earlier (of WordPress it is one): give the mailbox without LinkedIn's and X's message mails where you give their exports."
    ),
)
