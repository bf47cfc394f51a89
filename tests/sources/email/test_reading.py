"""Whose mail is whose: owner's addresses learned, directions, what notification mails may and may not prove."""

import pytest

from pipeline.model.records import CoverageNote, Interaction, SetAside, Skipped, Stored
from pipeline.model.survey import Owner, ReadSettings
from pipeline.sources.email.source import SOURCE
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

SEPARATOR = "From - Fri Mar 01 08:00:00 2024\n"
DATE = "Date: Fri, 01 Mar 2024 08:00:00 +0000\n"
LEA = ReadSettings(owners={"email": Owner(emails=frozenset({"lea@post.example"}))})


def _mail(head: str, body: str = "words") -> str:
    return f"{SEPARATOR}{DATE}{head}\n\n{body}\n\n"


def _read(*mails: str, name: str = "Inbox.mbox", settings: ReadSettings | None = None) -> Outcome:
    member = TinyMember(name, "".join(mails).encode())
    return read(SOURCE, TinyArchive(name, [member]), settings)


def _acts(outcome: Outcome) -> list[tuple[str, str, str, str | None]]:
    rows = [row for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows]
    return [(row.direction, row.kind, row.person, row.platform) for row in rows if isinstance(row, Interaction)]


def _rules(outcome: Outcome) -> list[str]:
    records = [item for items in outcome.items.values() for item in items]
    return [r.rule if isinstance(r, Skipped) else r.code for r in records if isinstance(r, Skipped | SetAside)]


def test_owner_is_who_mail_is_delivered_to_and_who_sent_it() -> None:
    outcome = _read(
        _mail("X-Gmail-Labels: Sent\nFrom: lea@work.example\nTo: bo@hill.example"),
        _mail("Delivered-To: lea@post.example\nFrom: lea@work.example\nTo: lea@post.example"),
        _mail("Delivered-To: lea+boat@post.example\nFrom: bo@hill.example\nTo: lea+boat@post.example"),
        _mail("X-Gmail-Labels: Spam\nDelivered-To: other@post.example\nFrom: x@spam.example"),
    )
    assert outcome.survey.owner.emails == {"lea@work.example", "lea@post.example"}
    assert outcome.survey.account is not None
    assert outcome.survey.account.native_id == "lea@post.example"
    assert _acts(outcome) == [
        ("outbound", "message", "bo@hill.example", None),
        ("inbound", "message", "bo@hill.example", None),
    ]
    assert _rules(outcome) == ["self_event", "spam"]


def test_a_stray_delivery_is_not_the_owners() -> None:
    usual = _mail("Delivered-To: lea@post.example\nFrom: bo@hill.example\nTo: lea@post.example")
    stray = _mail("Delivered-To: team@work.example\nFrom: bo@hill.example\nTo: team@work.example")
    assert _read(usual * 60, stray).survey.owner.emails == {"lea@post.example"}


def test_settings_name_the_owner_where_nothing_else_does() -> None:
    mails = (_mail("From: lea@post.example\nTo: bo@hill.example"), _mail("From: mira@lake.example\nTo: team@x.example"))
    assert [act[0] for act in _acts(_read(*mails, settings=LEA))] == ["outbound", "inbound"]
    untold = _read(*mails)
    assert [act[0] for act in _acts(untold)] == ["inbound", "inbound"]
    assert untold.survey.notes == [
        "no mail shows the owner's address: all were taken for received ones; name it in [owner.email] emails"
    ]


def test_folder_names_tell_what_is_sent() -> None:
    outcome = _read(_mail("From: lea@post.example\nTo: bo@hill.example, mira@lake.example"), name="Sent.mbox")
    assert _acts(outcome) == [
        ("outbound", "message", "bo@hill.example", None),
        ("outbound", "message", "mira@lake.example", None),
    ]


def test_a_mail_that_arrived_is_no_draft_whatever_its_label() -> None:
    arrived = "Received: from a by b; Fri, 01 Mar 2024 08:00:00 +0000\nFrom: bo@hill.example\nTo: lea@post.example"
    outcome = _read(_mail("X-Gmail-Labels: Inbox,Concept\n" + arrived), settings=LEA)
    assert [act[0] for act in _acts(outcome)] == ["inbound"]


@pytest.mark.parametrize(
    "fields, expected",
    [
        ("X-Gmail-Labels: Boats", ["draft"]),
        ("X-Gmail-Labels: Boats\nReceived: from a by b; Fri, 01 Mar 2024 08:00:00 +0000", []),
        ("X-Gmail-Labels: Boats,Sent", []),
        ("Subject: no labels", []),
    ],
)
def test_own_mail_with_labels_but_neither_sent_nor_received_was_never_sent(fields: str, expected: list[str]) -> None:
    sent = _mail("X-Gmail-Labels: Sent\nFrom: lea@post.example\nTo: bo@hill.example")
    outcome = _read(sent, _mail(f"{fields}\nFrom: lea@post.example\nTo: bo@hill.example"))
    assert _rules(outcome) == expected
    assert len(_acts(outcome)) == 2 - len(expected)


def test_mail_without_sender_is_set_aside() -> None:
    assert _rules(_read(_mail("To: lea@post.example"), settings=LEA)) == ["missing_field"]


@pytest.mark.parametrize(
    "sender, subject, more",
    [
        ("Twitter <info@twitter.com>", "you have new followers", ""),
        ("Bo <notify@x.com>", "Bo (@bo) mentioned you on Twitter!", ""),
        ("Bo <notify@twitter.com>", "Bo (@bo) mentioned you on Twitter!", "Authentication-Results: mx; dkim=fail header.d=twitter.com"),
        ("Bo <notify@twitter.com>", "Bo (@bo) mentioned you on Twitter!", "Authentication-Results: mx; dkim=pass header.d=evil.example"),
        ("LinkedIn <invitations@linkedin.com>", "See who accepted your invitation", "X-LinkedIn-Template: email_accept_invite"),
        ("LinkedIn <invitations@linkedin.com>", "You and 4 others are now connected", "X-LinkedIn-Template: email_accept_invite"),
        ("LinkedIn <notifications-noreply@linkedin.com>", "Bo Hill viewed your profile", "X-LinkedIn-Template: views"),
        ("LinkedIn <messages-noreply@linkedin.com>", "Bo Hill sent you a message", "X-LinkedIn-Template: other"),
        ("Facebook <friends@facebookmail.com>", "Bo Hill wants to be friends on Facebook", ""),
        ("Facebook <update+x@facebookmail.com>", "Bo Hill and 3 others like your post", ""),
        ("Facebook <update+x@facebookmail.com>", "Bo Hill and 3 others likes your post", ""),
        ("Facebook <update+x@facebookmail.com>", "Bo Hill likes your post", "Authentication-Results: mx; dkim=fail header.d=facebookmail.com"),
        ("Reddit <noreply@redditmail.com>", "Top posts in r/tea", ""),
        ("Reddit <noreply@redditmail.com>", "New message from u/Bo_Hill", ""),
        ("YouTube <noreply@youtube.com>", "Tea Channel just uploaded a video", ""),
        ("YouTube <noreply@youtube.com>", 'New comment on "Tea"', ""),
        ("Substack <no-reply@mg1.substack.com>", "Your digest", ""),
        ("Insta <security@mail.instagram.com>", "Bo Hill logged in", ""),
        ("N <news@lake.example>", "Bo is now following you", "List-ID: <follow.lea.hill.example>"),
    ],
)  # fmt: skip
def test_notifications_that_tell_nothing_make_nobody(sender: str, subject: str, more: str) -> None:
    outcome = _read(
        _mail(f"From: {sender}\nTo: lea@post.example\nSubject: {subject}" + (f"\n{more}" if more else "")), settings=LEA
    )
    assert _acts(outcome) == []
    assert _rules(outcome) == ["automatic"]


@pytest.mark.parametrize(
    "sender, subject, more, expected",
    [
        ("Bo <notify@twitter.com>", "Bo Hill (@BoHill) is now following you on Twitter!", "", ("follow", "bohill", "x")),
        ("Bo <notify@twitter.com>", "Bo Hill has sent you a direct message on Twitter!", "", ("message", "name:bo hill", "x")),
        ("A <a@linkedin.com>", "You and Bo Hill are now connected", "X-LinkedIn-Class: INVITE", ("accept", "name:bo hill", "linkedin")),
        ("Bo Hill via LinkedIn <i@em.linkedin.com>", "Neu", "X-LinkedIn-Template: invite_member", ("invitation", "name:bo hill", "linkedin")),
        ("A <a-noreply@linkedin.com>", "Bo Hill mentioned you in a comment", "X-LinkedIn-Template: mention_1", ("mention", "name:bo hill", "linkedin")),
        ("N <n@social.hill.example>", "bo is now following you", "List-ID: <follow.lea.hill.example>", ("follow", "bo@hill.example", "mastodon")),
        ("N <n@hill.example>", "Pending follower: bo@lake.example", "List-ID: <follow_request.lea.hill.example>", ("follow_request", "bo@lake.example", "mastodon")),
        ("Bo Hill from Boats <forum@mg1.substack.com>", "New comment on Boats", "", ("comment", "name:bo hill", "substack")),
        ("A <messages-noreply@linkedin.com>", "Bo Hill just messaged you", "", ("message", "name:bo hill", "linkedin")),
        ("A <notifications-noreply@linkedin.com>", "Bo Hill congratulated you on your new job", "", ("reaction", "name:bo hill", "linkedin")),
        ("Facebook <update+x@facebookmail.com>", "Bo Hill likes your post", "", ("like", "name:bo hill", "facebook")),
        ("Facebook <notification@facebookmail.com>", "Bo Hill commented on your photo", "", ("comment", "name:bo hill", "facebook")),
        ("Facebook <notification+x@facebookmail.com>", "Bo Hill wants to be friends on Facebook", "", ("friend_request", "name:bo hill", "facebook")),
        ("Facebook <notification+x@facebookmail.com>", "Bo Hill confirmed you as a friend on Facebook", "", ("accept", "name:bo hill", "facebook")),
        ("Reddit <noreply@redditmail.com>", "u/Bo_Hill replied to your comment in r/tea", "", ("reply", "bo_hill", "reddit")),
        ("Reddit <noreply@reddit.com>", "u/Bo_Hill replied to your post in r/tea", "", ("comment", "bo_hill", "reddit")),
        ("YouTube <noreply@youtube.com>", 'Bo Hill replied to your comment on "Tea"', "", ("reply", "name:bo hill", "youtube")),
        ("YouTube <noreply@youtube.com>", "@bohill mentioned you in a comment", "", ("mention", "bohill", "youtube")),
    ],
)  # fmt: skip
def test_notifications_that_tell_something(
    sender: str, subject: str, more: str, expected: tuple[str, str, str]
) -> None:
    outcome = _read(
        _mail(f"From: {sender}\nTo: lea@post.example\nSubject: {subject}" + (f"\n{more}" if more else "")), settings=LEA
    )
    kind, who, platform = expected
    assert _acts(outcome) == [("inbound", kind, who, platform)]


def test_people_who_work_at_a_platform_write_mail_like_others() -> None:
    outcome = _read(_mail("From: Jo <jo@linkedin.com>\nTo: lea@post.example\nSubject: Lunch?"), settings=LEA)
    assert _acts(outcome) == [("inbound", "message", "jo@linkedin.com", None)]


def test_a_notification_without_message_id_has_none() -> None:
    outcome = _read(
        _mail(
            "From: Bo <notify@twitter.com>\nTo: lea@post.example\nSubject: Bo Hill (@BoHill) is now following you on Twitter!"
        )
    )
    rows = [row for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows]
    assert [row.native_id for row in rows if isinstance(row, Interaction)] == [None]


def test_each_platform_told_of_has_partial_coverage_inbound() -> None:
    follow = "From: Bo <notify@twitter.com>\nTo: lea@post.example\nSubject: Bo Hill (@BoHill) is now following you on Twitter!"
    notes = [
        item
        for items in _read(_mail(follow), _mail(follow)).items.values()
        for item in items
        if isinstance(item, CoverageNote)
    ]
    assert [(note.platform, note.cls, note.direction, note.visibility) for note in notes] == [
        ("x", "follow", "inbound", "partial")
    ]


def test_thunderbirds_index_shows_a_mailbox_with_a_point_in_its_name() -> None:
    head = b"From \nX-Mozilla-Status: 0001\n" + DATE.encode()
    members = [TinyMember("Mail/Archive.2019", head), TinyMember("Mail/Archive.2019.msf", b"// <!-- <mdb:mork:z")]
    assert [claim.member for claim in SOURCE.recognise(TinyArchive("x", members))] == ["Mail/Archive.2019"]


def test_outlook_files_are_refused_with_the_way_out() -> None:
    pst = TinyArchive("mail.pst", [TinyMember("mail.pst", b"!BDN\x00\x00")])
    assert list(SOURCE.recognise(pst)) == []
    assert "Thunderbird" in (SOURCE.refusal(pst) or "")
    assert SOURCE.refusal(TinyArchive("notes.pst", [TinyMember("notes.pst", b"words")])) is None


@pytest.mark.parametrize(
    "name, head, reader",
    [
        ("Takeout/Mail/Inbox.mbox", SEPARATOR + DATE, "mbox"),
        ("Profile/Sent", SEPARATOR + DATE, "mbox"),
        ("Sent.mbox/mbox", SEPARATOR + DATE, "mbox"),
        ("Inbox.mbox", "tail of a mail\n\n" + SEPARATOR + DATE, "mbox"),
        ("letter.eml", "\ufeff" + DATE, "eml"),
        ("Maildir/new/170.M1.host", DATE + "Subject: x", "eml"),
        ("Takeout/Mail/Inbox.mbox", "From us to you\nSubject: x", None),
        ("readme", DATE + "Subject: x", None),
        ("Profile/Archive.2019", "From \n" + DATE + "From: a@b.example", None),
        ("Profile/Sent", "From \r\nX-Mozilla-Status: 0001\r\n" + DATE, "mbox"),
        (
            "patches.mbox",
            "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: a@b.example\n" + DATE,
            None,
        ),
        ("box", "\x01\x01\x01\x01\n" + DATE, "mbox"),
        ("Mail/inbox/12", DATE + "From: a@b.example\nTo: c@d.example\nSubject: x", "eml"),
        ("Mail/inbox/12", DATE + "Subject: x", None),
        ("Messages/12.emlx", "123\n" + DATE, "emlx"),
        ("notes.txt", SEPARATOR + DATE, None),
        ("empty.mbox", "", None),
        ("letter.eml", "Dear Lea,\n\nFrom: me", None),
    ],
)
def test_recognised_by_what_is_inside(name: str, head: str, reader: str | None) -> None:
    claims = list(SOURCE.recognise(TinyArchive("x", [TinyMember(name, head.encode())])))
    assert [claim.reader for claim in claims] == ([reader] if reader else [])
