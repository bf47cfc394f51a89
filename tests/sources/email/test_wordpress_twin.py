"""A WordPress notification mail and the site's own export describe one act: platform, account, ids, person and words agree."""

from pathlib import Path

import pytest

from pipeline.model.records import Interaction, Person, Stored
from pipeline.model.survey import ReadSettings
from pipeline.sources import registry
from tests.sources.harness import TinyArchive, TinyMember, archive_of, read

CASES = sorted(path.parent for path in Path(__file__).parent.parent.glob("wordpress/*/expected.json"))


def _rows(source: str, archive: TinyArchive) -> tuple[str | None, list[Interaction], dict[str, Person]]:
    outcome = read(registry.sources()[source], archive, ReadSettings())
    rows = [row for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows]
    people = {row.native_id: row for row in rows if isinstance(row, Person)}
    account = outcome.survey.account.native_id if outcome.survey.account else None
    return account, [row for row in rows if isinstance(row, Interaction)], people


def _mail(site: str, act: Interaction, who: Person) -> bytes:
    """Write the mail that WordPress core sends for a comment."""
    host = site.partition("//")[2].partition("/")[0].removeprefix("www.")
    page = (act.url or "").partition("#comment-")[0] if "#comment-" in (act.url or "") else f"{site}/post/"
    ping = act.kind == "link"
    lines = [
        f"From - Fri Mar 01 08:00:00 2024\nFrom: {who.display_name or 'x'} <wordpress@{host}>",
        f'To: lea@post.example\nSubject: [Blog] {"Pingback" if ping else "Comment"}: "Post"',
        f"Date: Fri, 01 Mar 2024 08:00:00 +0000\nMessage-ID: <{act.native_id}@{host}>",
        f'Content-Type: text/plain; charset="UTF-8"\n\nNew {"pingback" if ping else "comment"} on your post "Post"',
        f"{'Website' if ping else 'Author'}: {who.display_name} (IP address: 198.51.100.7, host.example)",
        *([] if ping else [f"Email: {who.email or ''}"]),
        f"URL: {act.url if ping else who.url or ''}",
        *([f"In reply to: {page}#comment-{act.reply_to}"] if act.reply_to and act.kind == "reply" else []),
        f"Comment:\n{act.text or ''}\n\nYou can see all comments on this post here:\n{page}#comments",
        f"\nPermalink: {page}#comment-{act.native_id}",
        f"Trash it: {site}/wp-admin/comment.php?action=trash&c={act.native_id}#wpbody-content\n\n",
    ]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mail_and_export_agree(case: Path) -> None:
    site, acts, people = _rows("wordpress", archive_of(case / "input"))
    told = [act for act in acts if act.direction == "inbound" and act.kind in {"comment", "reply", "link"} and site]
    for act in told:
        who = people[act.person]
        if who.email is None and who.url is None:
            continue  # known by the site's own user number only, which no mail holds
        if act.kind == "link" and "#comment-" in (act.url or ""):
            continue  # a plug-in's webmention, of which core sends no mail
        member = TinyMember("Inbox", _mail(site or "", act, who))
        _, mails, _ = _rows("email", TinyArchive("Inbox", [member]))
        (mail,) = mails
        assert (mail.platform, mail.account) == ("wordpress", act.account or site)
        assert (mail.native_id, mail.person, mail.direction) == (act.native_id, act.person, act.direction)
        assert mail.text == act.text
        if act.kind == "link" or act.reply_to is None or act.kind == "reply":
            assert (mail.kind, mail.reply_to) == (act.kind, act.reply_to)
