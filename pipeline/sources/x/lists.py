"""Likes, follows, blocks, lists and the other short files."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

from pipeline.model.naming import normalise_email
from pipeline.model.records import Context, ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.sources.base import Item, Member, Parse
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time
from pipeline.sources.x.files import records
from pipeline.sources.x.people import id_of, is_owner, person
from pipeline.sources.x.survey import STATE
from pipeline.sources.x.tweets import maps_author, status_url

_LIST_OWNER: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/([A-Za-z0-9_]{1,20})/(?:lists/)?[^/?#]+", re.IGNORECASE
)
Handle = Callable[[dict[str, Any], str, Context], Parsed]


def _each(wrapper: str, handle: Handle) -> Parse:
    """Return a parse function over a file's records."""

    def read(member: Member, context: Context) -> Iterator[Item]:
        for place, value, problem in records(member, wrapper):
            if value is None:
                yield SetAside(
                    place, problem.code if problem else "not_json", problem.reason if problem else "not valid JSON"
                )
            else:
                yield handle(value, place, context)

    return read


def _like(value: dict[str, Any], place: str, context: Context) -> Parsed:
    """A like has neither time nor author: a tie where the archive tells elsewhere who wrote that status."""
    status = id_of(value.get("tweetId"))
    if not status:
        return SetAside(place, "missing_field", "a like without the id of its tweet")
    author = maps_author(status, context)
    if author:
        who = Person(author) if author.isdigit() else person("", author, "", context)
        if who is not None:
            if is_owner(author if author.isdigit() else "", author, context):
                return Skipped(place, "self_event")
            return Stored(place, (who, Tie(who.native_id, "liked")))
    text = kept(unescape(text_of(value.get("fullText"))), context)
    url = text_of(value.get("expandedUrl")) or status_url(status)
    return Stored(place, (Unattributed("like", "outbound", None, text=text, url=url, native_id=f"like:{status}"),))


def _tie(kind: str) -> Handle:
    def handle(value: dict[str, Any], place: str, context: Context) -> Parsed:
        native = id_of(value.get("accountId"))
        if not native:
            return SetAside(place, "missing_field", "an entry without an account's id")
        if is_owner(native, "", context):
            return Skipped(place, "self_event")
        return Stored(place, (Person(native), Tie(native, kind)))

    return handle


def follow_reader(wrapper: str, kind: str) -> Parse:
    """Return a parse function for a list of accounts; it proves absence unless the archive says that it is partial."""
    each = _each(wrapper, _tie(kind))

    def read(member: Member, context: Context) -> Iterator[Item]:
        whole = True
        for item in each(member, context):
            whole &= not isinstance(item, SetAside)
            yield item
        partial = context.survey.maps.get(STATE, {}).get("partial") == "yes"
        yield ListSeen(kind, complete=whole and not partial)

    return read


def _listed(value: dict[str, Any], place: str, context: Context) -> Parsed:
    """Somebody put the owner on a list; whose list it is stands in its address."""
    url = text_of(value.get("url")) or text_of(value.get("urls"))
    found = _LIST_OWNER.match(url)
    who = person("", found[1], "", context) if found and found[1].lower() != "i" else None
    if who is None:
        return SetAside(place, "missing_field", "a list whose address doesn't tell whose it is")
    if is_owner(who.native_id if who.native_id.isdigit() else "", found[1] if found else "", context):
        return Skipped(place, "self_event")
    return Stored(place, (who, Tie(who.native_id, "listed")))


def _contact(value: dict[str, Any], place: str, _context: Context) -> Parsed:
    """An entry of the address book is known by its mail addresses only."""
    emails = value.get("emails")
    found = [normalise_email(text_of(e)) for e in emails] if isinstance(emails, list) else []
    first = next((email for email in found if "@" in email), "")
    if not first:
        return Skipped(place, "not_social")
    return Stored(place, (Person(first, email=first), Tie(first, "in_address_book")))


def _broadcast_comment(value: dict[str, Any], place: str, context: Context) -> Parsed:
    at = iso_us(value.get("createdAt"))
    if at is None:
        return unreadable_time(place)
    return Stored(place, (Unattributed("comment", "outbound", at, kept(text_of(value.get("text")), context)),))


def skipper(rule: str) -> Parse:
    """Return a parse function that leaves every record out by a rule."""

    def read(member: Member, _context: Context) -> Iterator[Item]:
        for place, _, _ in records(member, ""):
            yield Skipped(place, rule)

    return read


read_likes: Final = _each("like", _like)
read_listed: Final = _each("userListInfo", _listed)
read_contacts: Final = _each("contact", _contact)
read_broadcast_comments: Final = _each("periscopeCommentsMadeByUser", _broadcast_comment)
