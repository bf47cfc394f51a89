"""Mastodon's notifications: `List-ID: <TYPE.owner.host>` gives the kind of act and the account, in every language."""

import re
from typing import Final

from pipeline.model.records import Parsed, Person
from pipeline.sources.email.notifications.mail import Mail

_LIST_ID: Final = re.compile(
    r"<(mention|quote|follow|favourite|reblog|follow_request)\.([a-z0-9_]{1,60})\.([a-z0-9.-]{1,250}\.[a-z0-9-]{1,60})>",
    re.IGNORECASE,
)
_KINDS: Final = {
    "mention": "mention", "quote": "quote", "follow": "follow", "favourite": "like", "reblog": "repost",
    "follow_request": "follow_request",
}  # fmt: skip
_NAME: Final = r"([\w.-]+(?:@[\w.-]+\.\w+)?)"
_SUBJECTS: Final = tuple(re.compile(pattern) for pattern in (
    rf"You were mentioned by @?{_NAME}",
    rf"@?{_NAME} (?:is now following you|favorited your post|favourited your post|boosted your post|quoted your post)",
    rf"Pending follower: @?{_NAME}",
))  # fmt: skip
_FULL: Final = re.compile(r"@?([\w.-]*\w@[\w-]+(?:\.[\w-]+)+)")
_STATUS: Final = re.compile(r"https?://[^\s\"'<>]+/(?:statuses/|@[\w.@-]+/)\d+")
_WORDED: Final = frozenset({"mention", "quote"})
"""Kinds whose mail quotes the other's words; favourite and reblog quote the owner's."""


def claims(mail: Mail) -> bool:
    """Return whether the List-ID has Mastodon's form."""
    return _LIST_ID.search(mail.headers.raw("list-id")) is not None


def read(mail: Mail) -> Parsed:
    """Return the event; the sender must be at the server that the List-ID names (or share its domain)."""
    found = _LIST_ID.search(mail.headers.raw("list-id"))
    if found is None:
        return mail.skipped()
    kind, owner, host = found[1].lower(), found[2].lower(), found[3].lower()
    domain = mail.domain
    if _registrable(domain) != _registrable(host) or not mail.signed_by(_registrable(domain)):
        return mail.skipped()
    plain = mail.plain
    name = _acct(mail.subject, plain, host)
    if not name:
        return mail.skipped()
    native = (name if "@" in name else f"{name}@{host}").lower()
    if native == f"{owner}@{host}":
        return mail.skipped("self_event")
    quoted = [line[1:].removeprefix(" ") for line in plain.split("\n") if line.startswith(">")]
    link = _STATUS.search(plain)
    return mail.stored(
        "mastodon", _KINDS[kind], Person(native, native), account=f"{owner}@{host}",
        text="\n".join(quoted) if kind in _WORDED else "", url=link[0] if link and kind in _WORDED else None,
    )  # fmt: skip


def _registrable(domain: str) -> str:
    """Return the last two labels of a host, which a server's own mail shares with it."""
    return ".".join(domain.split(".")[-2:])


def _acct(subject: str, plain: str, host: str) -> str:
    """Return the account that the subject names: by the English wording, else the one address or profile in it."""
    for pattern in _SUBJECTS:
        if found := pattern.fullmatch(subject):
            return str(found[1])
    full: set[str] = {name.lower() for name in _FULL.findall(subject)}
    if len(full) == 1:
        return full.pop()
    words = {word.strip("@.,:!?") for word in subject.split()}
    # a translated subject with a bare local name: the body links that name's page
    page = f"https://{host}/@"
    local = [word for word in sorted(words) if word.isidentifier() and f"{page}{word}".lower() in plain.lower()]
    return local[0] if len(local) == 1 and not full else ""
