"""WordPress core's mails about new and pending comments and pings, in any language.

The form is fixed, the labels are translated: a line with the author and `IP`, the e-mail's and the web address's line, an
optional line that links the parent, the comment, then links with the comment's id. With that id the mail and the site's own
export are one act, so persons, ids and account are written as that export has them.
"""

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.model.naming import normalise_email, normalise_url
from pipeline.model.records import Parsed, Person, SetAside, Stored, Unattributed
from pipeline.model.survey import Owner
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.people import EmailFacts
from pipeline.sources.shared.web.html import host, plain

_AUTHOR: Final = re.compile(
    r"^[^:\n]{2,40}:[ \t]*(.{0,300}?)[ \t]*\((?=[^()\n]{0,300}\bIP\b)[^\n]{0,900}\)[ \t]*$", re.MULTILINE
)
_VALUE: Final = re.compile(r"^[^:\n]{2,60}?[ \t]?:(.*)$")
_FOOT: Final = re.compile(
    r"^[ \t]*https?://\S+#comments[ \t]*$|^.*/comment\.php\?action=|^[^:\n]{2,40}:[ \t]*https?://\S+#comment-\d+[ \t]*$",
    re.MULTILINE,
)
_ANCHOR: Final = re.compile(r"(https?://[^\s#]{1,2000})#comment-(\d{1,20})")
_ADMIN: Final = re.compile(r"(https?://\S{1,300}?)/wp-admin/comment\.php\?(?:\S{0,300}?&)?c=(\d{1,20})")
_LONGEST: Final = 100_000
"""Characters of such a mail that are read."""
_PAGE: Final = re.compile(r"^[ \t]*(https?://[^\s#]+)[ \t]*$", re.MULTILINE)
_IS_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_IS_URL: Final = re.compile(r"https?://\S*")
_PING: Final = re.compile(r"pingback|trackback", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"“„«].{0,500}[\"”“»]")
_FAILED: Final = re.compile(r"\b(?:dkim|dmarc)=(?:fail|permerror)|\bspf=(?:fail|softfail)", re.IGNORECASE)


class Notice(NamedTuple):
    """The fields of a notification's text."""

    author: str
    email: str
    url: str
    parent: str
    text: str
    link: str
    comment_id: str
    site: str


def claims(mail: Mail) -> bool:
    """Return whether a mail is from the address that WordPress core sends from."""
    return mail.local == "wordpress"


def read(mail: Mail) -> Parsed:
    """Return the comment, reply or ping; other mails of a site (updates, passwords) are left out."""
    notice = _notice(mail.text)
    if notice is None or not _trusted(mail, notice):
        return mail.skipped()
    account = _account(mail, notice)
    head = _QUOTED.sub("", mail.subject) + _QUOTED.sub("", mail.text.strip().partition("\n")[0])
    ping = _PING.search(head) is not None
    who = _linking(notice) if ping else _commenter(notice, mail)
    kind = "link" if ping else "reply" if notice.parent else "comment"
    native = notice.comment_id or mail.native_id
    link = f"{notice.link}#comment-{notice.comment_id}" if notice.link and notice.comment_id else None
    owner = mail.context.settings.owners.get("wordpress", Owner())
    if who is None:
        return _unattributed(mail, kind, native, account, notice=notice, link=link)
    own_sites = {host(account), *(host(site) for site in owner.sites)}
    if who.email in {*owner.emails, *mail.context.owner("email").emails} or (ping and who.native_id in own_sites):
        return mail.skipped("self_event")
    if notice.parent and f"{notice.site}#{notice.parent}" in mail.context.facts(EmailFacts).wordpress_comments:
        return mail.skipped("between_others")
    return mail.stored(
        "wordpress", kind, who, account=account, native_id=native, text=plain(notice.text),
        url=notice.url if ping else link, reply_to=notice.parent or None,
    )  # fmt: skip


def comment_key(text: str) -> str:
    """Return `<site>#<comment id>` of the comment that a mail's text reports; empty for other mails."""
    notice = _notice(text)
    return f"{notice.site}#{notice.comment_id}" if notice and notice.comment_id else ""


def _unattributed(mail: Mail, kind: str, native: str | None, account: str, notice: Notice, link: str | None) -> Parsed:
    """Return the row of an anonymous comment.

    Source: methods:unattributed-acts.
    """
    moment = mail.when()
    if moment is None:
        return SetAside(
            mail.pointer, "unreadable_time", "neither Date nor Received nor the separator line has a usable time"
        )
    return Stored(mail.pointer, (
        Unattributed(kind, "inbound", moment.at, plain(notice.text) or None, url=link, native_id=native, platform="wordpress", account=account),
    ))  # fmt: skip


def _notice(text: str) -> Notice | None:
    """Return the fields of the fixed form; None for a text of another form."""
    text = text[:_LONGEST]
    author = _AUTHOR.search(text)
    if author is None:
        return None
    behind = text[author.end() :]
    lines = behind.lstrip("\n").split("\n")
    values = [found[1].strip() if (found := _VALUE.match(line)) else None for line in lines]
    place, email, url, parent = 0, "", "", ""
    if _IS_EMAIL.fullmatch(_at(values, place)) or not _at(values, place):  # pings have no such line
        email, place = normalise_email(_at(values, place)), 1
    if _IS_URL.fullmatch(_at(values, place)) or not _at(values, place):
        url, place = _at(values, place), place + 1
    while place < len(lines) and ("whois" in lines[place].lower() or "#comment-" in _at(values, place)):
        above = _ANCHOR.search(lines[place])
        parent, place = above[2] if above else parent, place + 1
    if place >= len(lines) or values[place] is None:
        return None
    rest = "\n".join([_at(values, place), *lines[place + 1 :]])
    foot = _FOOT.search(rest)
    words, links = (rest[: foot.start()].rstrip(), rest[foot.start() :]) if foot else (rest, "")
    if links.lstrip().startswith("http"):
        words = words.rpartition("\n")[0]  # without the sentence that leads to the link
    admin, anchors = _ADMIN.search(behind), _ANCHOR.findall(links)
    above_it = _PAGE.findall(text[: author.start()])
    page, comment_id = anchors[-1] if anchors else (above_it[-1] if above_it else "", admin[2] if admin else "")
    site = admin[1] if admin else _origin(page)
    return (
        Notice(author[1].strip(), email, url, parent, text=words.strip(), link=page, comment_id=comment_id, site=site)
        if site
        else None
    )


def _at(values: list[str | None], place: int) -> str:
    return (values[place] or "") if place < len(values) else ""


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _trusted(mail: Mail, notice: Notice) -> bool:
    """Return whether a mail is from the site that it reports on.

    Few sites sign their mail, so a missing signature is no fault; a failed check is.
    """
    at, there = mail.domain.removeprefix("www."), host(notice.site)
    same = there == at or there.endswith(f".{at}") or at.endswith(f".{there}")
    checked = mail.headers.all_raw("authentication-results")
    return bool(there) and same and not (checked and _FAILED.search(checked[0]))


def _account(mail: Mail, notice: Notice) -> str:
    """Return the site as its export names it: by the settings, else by the address in the links."""
    sites = mail.context.settings.owners.get("wordpress", Owner()).sites
    return next(
        (site.rstrip("/") for site in sorted(sites) if host(site) == host(notice.site)), notice.site.rstrip("/")
    )


def _commenter(notice: Notice, mail: Mail) -> Person | None:
    """Return the commenter: by e-mail address, from the text or Reply-To, else by web address."""
    answers = [one.address for one in mail.headers.people("reply-to") if one.address != mail.sender.address]
    email = notice.email or (answers[0] if answers else "")
    page = notice.url if host(notice.url) else ""
    if email:
        return Person(email, None, notice.author or None, page or None, email=email)
    return Person(normalise_url(page), None, notice.author or None, page) if page else None


def _linking(notice: Notice) -> Person | None:
    name = host(notice.url)
    return Person(name, None, notice.author or name, f"https://{name}/") if name else None
