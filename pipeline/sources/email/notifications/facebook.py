"""Facebook's notifications: the HTML body of comments and likes links the actor, then the post; others are read by subject."""

import re
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from pipeline.model.records import Parsed
from pipeline.sources.email.notifications.mail import Mail
from pipeline.sources.email.notifications.naming import named

_LONGEST: Final = 2000
_SENDERS: Final = re.compile(r"notification(?:\+.*)?|update\+.*")
"""Senders whose mails report acts; others of the domain send suggestions, reminders, news of groups and pages."""
_SENTENCE: Final = re.compile(
    r"(.+?) (commented on|likes|liked) your (?:post|photo|status|video|link|album)\b", re.DOTALL
)
_SUBJECTS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("comment", r"(.+?) commented on your (?:post|photo|status|video|link|album)\b.*"),
    ("like", r"(.+?) likes your (?:post|photo|status|video|link|album)\b.*"),
    ("friend_request", r"(.+?) wants to be friends on Facebook[.!]?"),
    ("accept", r"(.+?) confirmed you as a friend on Facebook[.!]?"),
))  # fmt: skip
"""Subjects in their English wording, for mails whose body doesn't have the known form."""
_KINDS: Final = {"commented on": "comment", "likes": "like", "liked": "like"}
_ID: Final = re.compile(r"profile\.php[?&](?:.*?&)?id=(\d+)")
_VANITY: Final = re.compile(r"facebook\.com/(?:nd?/\?)?([\w.]{3,80})(?:[?&/]|$)")
_POST: Final = re.compile(r"(?:story_fbid|fbid)=(\w+)|/posts/(\w+)")
_PAGES: Final = frozenset(
    {"n", "nd", "permalink.php", "photo.php", "profile.php", "story.php", "notifications", "settings"}
)


def claims(mail: Mail) -> bool:
    """Return whether a mail is from Facebook's mailing domain."""
    return mail.domain == "facebookmail.com" or mail.domain.endswith(".facebookmail.com")


def read(mail: Mail) -> Parsed:
    """Return the comment or like that the body reports, else the act that the subject reports."""
    if not mail.from_domain("facebookmail.com") or not _SENDERS.fullmatch(mail.local):
        return mail.skipped()
    markup = mail.html
    if "mb_text" not in markup:
        return _by_subject(mail, markup)
    spans = LexborHTMLParser(markup).css("span.mb_text")
    for span in spans:
        links = span.css("a[href]")
        sentence = _SENTENCE.match(" ".join(span.text().split())[:_LONGEST])
        if not links or sentence is None:
            continue
        actor = " ".join(links[0].text().split())
        who = named(actor)
        if who is None or actor != sentence[1]:
            return mail.skipped()
        handle, profile = _profile(links[0].attributes.get("href") or "")
        kind = _KINDS[sentence[2]]
        post = _POST.search(links[1].attributes.get("href") or "") if len(links) > 1 else None
        words = [other.text().strip() for other in spans if not other.css("a") and sentence[0] not in other.text()]
        return mail.stored(
            "facebook", kind, who._replace(handle=handle, url=profile),
            text=" ".join(words[-1].split()) if kind == "comment" and words else "",
            thread=(post[1] or post[2]) if post else None,
        )  # fmt: skip
    return _by_subject(mail, markup)


def _by_subject(mail: Mail, markup: str) -> Parsed:
    """Return the act by the subject. The actor's page is the first link of the body with the actor's name."""
    for kind, pattern in _SUBJECTS:
        found = pattern.fullmatch(mail.subject)
        who = named(found[1]) if found else None
        if who is None:
            continue
        links = LexborHTMLParser(markup).css("a[href]") if "href" in markup else []
        own = (link.attributes.get("href") or "" for link in links if " ".join(link.text().split()) == who.display_name)
        handle, profile = _profile(next(own, ""))
        return mail.stored("facebook", kind, who._replace(handle=handle, url=profile))
    return mail.skipped()


def _profile(href: str) -> tuple[str | None, str | None]:
    """Return handle and address of the page that a link of the mail leads to."""
    link = unquote(href[:_LONGEST])
    if found := _ID.search(link):
        return None, f"https://www.facebook.com/{found[1]}"
    if (found := _VANITY.search(link)) and found[1] not in _PAGES:
        return (None if found[1].isdigit() else found[1]), f"https://www.facebook.com/{found[1]}"
    return None, None
