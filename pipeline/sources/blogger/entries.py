"""What stands in a Blogger entry, in the 2018 schema of Takeout and in the classic backup."""

import re
from dataclasses import dataclass

from pipeline.model.naming import name_id, normalise_email, normalise_url
from pipeline.model.records import Person
from pipeline.model.survey import Owner
from pipeline.sources.shared.xml_exports.blocks import Node

_KIND = "http://schemas.google.com/blogger/2008/kind#"
_PROFILE = re.compile(r"https?://(?:www\.|draft\.)?blogger\.com/(?:profile|feeds)/(\d+)", re.IGNORECASE)
_GOOGLE_PLUS = re.compile(r"https?://plus\.google\.com/(\d+)")
_NO_MAIL = frozenset({"noreply@blogger.com", ""})
_NO_NAME = frozenset(
    {"", "anonymous", "unknown", "blogger", "anonym", "anonyme", "anónimo", "anônimo", "anonimo", "anoniem", "匿名"}
)
"""What Blogger writes for people without a name, in the languages of its interface that are known."""
_TAIL = re.compile(r"(?:post|page|comment)-(\d+)$")


def short(native_id: str) -> str:
    """Return the number at the end of `tag:blogger.com,1999:blog-1.post-2`, else the id as it is."""
    found = _TAIL.search(native_id)
    return found[1] if found else native_id


@dataclass(frozen=True, slots=True)
class Entry:
    """An Atom entry."""

    node: Node

    @property
    def kind(self) -> str:
        """post, page, comment, or what else the entry says of itself (template, settings …); empty when it says nothing."""
        said = self.node.text("blogger:type") or self.node.text("type")
        if said:
            return said.lower()
        terms = (category.attribute("term") for category in self.node.all("category"))
        return next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), "")

    @property
    def id(self) -> str:
        """The entry's number."""
        return short(self.node.text("id"))

    @property
    def status(self) -> str:
        """LIVE, DRAFT, SPAM_COMMENT … in the 2018 schema; DRAFT for a classic draft."""
        classic = [control for control in self.node.all("control") if control.text("draft").lower() == "yes"]
        return self.node.text("status").upper() or ("DRAFT" if classic else "")

    @property
    def trashed(self) -> bool:
        """Whether it lies in the trash."""
        said = self.node.text("trashed").lower()
        return bool(said) and said != "false"

    @property
    def post(self) -> str:
        """Number of the post that a comment stands under."""
        parent = self.node.text("parent")
        refs = (each.attribute("ref") for each in self.node.all("in-reply-to"))
        return short(parent or next((ref for ref in refs if ref), ""))

    @property
    def answers(self) -> str:
        """Number of the comment that a comment answers, empty for one on the post itself."""
        if said := self.node.text("inReplyTo"):
            return short(said)
        # classic: <link rel="related"> points to the parent comment
        related = (link.attribute("href") for link in self.node.all("link") if link.attribute("rel") == "related")
        return next((href.rstrip("/").rsplit("/", 1)[-1] for href in related if href), "")

    @property
    def url(self) -> str | None:
        """Where it can be read."""
        links = (link.attribute("href") for link in self.node.all("link") if link.attribute("rel") == "alternate")
        return next((href for href in links if href), None)


def author(entry: Entry) -> Node | None:
    """Return the entry's author element."""
    return next(iter(entry.node.all("author")), None)


def profile(uri: str) -> str:
    """Return the number in a Blogger profile's address, empty without one."""
    found = _PROFILE.match(uri) or _GOOGLE_PLUS.match(uri)
    return found[1] if found else ""


def person(who: Node | None) -> Person | None:
    """Return the author: by profile number, else profile address, else e-mail, else name; None for anonymous ones."""
    if who is None:
        return None
    name, uri, email = who.text("name"), who.text("uri"), normalise_email(who.text("email"))
    email = "" if email in _NO_MAIL else email
    shown = name if name.lower() not in _NO_NAME else None
    if number := profile(uri):
        return Person(number, None, shown, uri, email or None)
    if uri:
        return Person(normalise_url(uri), None, shown, uri, email or None)
    if email:
        return Person(email, None, shown, None, email)
    # a name without address is typed freely by an anonymous reader and means nobody
    return None


def is_owner(who: Node | None, owner: Owner) -> bool:
    """Tell whether the owner wrote it: by profile, e-mail, or by name when the profile isn't known."""
    if who is None:
        return False
    uri, email = who.text("uri"), normalise_email(who.text("email"))
    if (uri and (uri in owner.ids or profile(uri) in owner.ids)) or (email not in _NO_MAIL and email in owner.emails):
        return True
    # among the ids stands the blog itself, which is nobody's profile
    known_otherwise = any(known.isdigit() or profile(known) for known in owner.ids)
    return (
        not uri and not known_otherwise and name_id(who.text("name")) in {name_id(name) for name in owner.names if name}
    )
