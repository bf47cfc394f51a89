"""The fields of a Blogger entry, in the 2018 schema of Takeout and in the classic backup."""

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
"""Names that Blogger writes for people without one, in the known languages of its interface."""
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
        """post, page, comment, template, settings …; empty for an entry without a type."""
        stated = self.node.text("blogger:type") or self.node.text("type")
        if stated:
            return stated.lower()
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
        """Whether it is in the trash."""
        stated = self.node.text("trashed").lower()
        return bool(stated) and stated != "false"

    @property
    def post(self) -> str:
        """Number of the post that a comment is below."""
        parent = self.node.text("parent")
        refs = (each.attribute("ref") for each in self.node.all("in-reply-to"))
        return short(parent or next((ref for ref in refs if ref), ""))

    @property
    def parent_comment(self) -> str:
        """Number of the comment that a comment answers; empty for a comment on the post itself.

        In the classic schema `<link rel="related">` leads to the parent comment.
        """
        related = (link.attribute("href") for link in self.node.all("link") if link.attribute("rel") == "related")
        parent = short(self.node.text("inReplyTo")) or next(
            (href.rstrip("/").rsplit("/", 1)[-1] for href in related if href), ""
        )
        return "" if parent == self.post else parent

    @property
    def author(self) -> Node | None:
        """The author element."""
        return next(iter(self.node.all("author")), None)

    @property
    def url(self) -> str | None:
        """Address of its page."""
        links = (link.attribute("href") for link in self.node.all("link") if link.attribute("rel") == "alternate")
        return next((href for href in links if href), None)


def profile(uri: str) -> str:
    """Return the number in a Blogger profile's address, empty without one."""
    found = _PROFILE.match(uri) or _GOOGLE_PLUS.match(uri)
    return found[1] if found else ""


def person(author: Node | None) -> Person | None:
    """Return the person of an author element, known by profile number, else profile address, else e-mail address.

    A name without any of these is typed freely by an anonymous reader: None.
    """
    if author is None:
        return None
    name, uri, email = author.text("name"), author.text("uri"), normalise_email(author.text("email"))
    email = "" if email in _NO_MAIL else email
    shown = name if name.lower() not in _NO_NAME else None
    if number := profile(uri):
        return Person(number, None, shown, uri, email=email or None)
    if uri:
        return Person(normalise_url(uri), None, shown, uri, email=email or None)
    if email:
        return Person(email, None, shown, email=email)
    return None


def is_owner(author: Node | None, owner: Owner) -> bool:
    """Return whether an author element is the owner: by profile or e-mail address, or by name if no profile is known."""
    if author is None:
        return False
    uri, email = author.text("uri"), normalise_email(author.text("email"))
    if (uri and (uri in owner.ids or profile(uri) in owner.ids)) or (email not in _NO_MAIL and email in owner.emails):
        return True
    # the ids contain the blog's address too, which is no profile
    has_profile = any(known.isdigit() or profile(known) for known in owner.ids)
    names = {name_id(name) for name in owner.names if name}
    return not uri and not has_profile and name_id(author.text("name")) in names
