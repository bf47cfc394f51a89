"""Likes, followed and blocked accounts, list memberships, the address book, comments on broadcasts.

Format facts: likes have neither time nor author; follows and blocks are undated lists of numeric ids.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from pipeline.model.naming import normalise_email
from pipeline.model.records import ListSeen, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Parse
from pipeline.sources.shared.json_values.access import JsonObject, as_list
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time
from pipeline.sources.x.facts import XFacts
from pipeline.sources.x.files import ReadRecord, record_parser
from pipeline.sources.x.people import Mention, author_of, id_of, is_owner, is_owner_id, person_of
from pipeline.sources.x.tweets import status_url

_LIST_URL: Final = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/([A-Za-z0-9_]{1,20})/(?:lists/)?[^/?#]+", re.IGNORECASE
)


def _like(value: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a like: a tie when another record names the author of the liked status, else unattributed."""
    status = id_of(value.get("tweetId"))
    if not status:
        return SetAside(pointer, "missing_field", "a like without the id of its tweet")
    author = author_of(status, context)
    if author is not None:
        key = context.facts(XFacts).author_of_status[status]
        if is_owner(key if key.isdigit() else "", key, context):
            return Skipped(pointer, "self_event")
        return Stored(pointer, (author, Tie(author.native_id, "liked")))
    text = kept(unescape(text_of(value.get("fullText"))), context)
    url = text_of(value.get("expandedUrl")) or status_url(status)
    return Stored(pointer, (Unattributed("like", "outbound", None, text=text, url=url, native_id=f"like:{status}"),))


def _account(tie: str) -> ReadRecord:
    def read(value: JsonObject, pointer: str, context: Context) -> Parsed:
        native_id = id_of(value.get("accountId"))
        if not native_id:
            return SetAside(pointer, "missing_field", "an entry without an account's id")
        if is_owner_id(native_id, context):
            return Skipped(pointer, "self_event")
        return Stored(pointer, (Person(native_id), Tie(native_id, tie)))

    return read


def account_list_parser(wrapper: str, tie: str) -> Parse:
    """Return the parser of a list of accounts; the list is complete unless a record was set aside or the archive is partial."""
    parse_records = record_parser(wrapper, _account(tie))

    def parse(member: Member, context: Context) -> Iterator[Item]:
        complete = context.facts(XFacts).completeness != "partial"
        for item in parse_records(member, context):
            complete &= not isinstance(item, SetAside)
            yield item
        yield ListSeen(tie, complete=complete)

    return parse


def _list_membership(value: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a list on which another person put the owner. Format fact: only its address names that person."""
    found = _LIST_URL.match(text_of(value.get("url")) or text_of(value.get("urls")))
    handle = found[1] if found and found[1].lower() != "i" else ""
    person = person_of(Mention("", handle), context) if handle else None
    if person is None:
        return SetAside(pointer, "missing_field", "a list whose address doesn't state whose it is")
    if is_owner(person.native_id if person.native_id.isdigit() else "", handle, context):
        return Skipped(pointer, "self_event")
    return Stored(pointer, (person, Tie(person.native_id, "listed")))


def _address_book_entry(value: JsonObject, pointer: str, _context: Context) -> Parsed:
    """Read an entry of the address book, which is known by its first e-mail address."""
    emails = [normalise_email(text_of(email)) for email in as_list(value.get("emails"))]
    first = next((email for email in emails if "@" in email), "")
    if not first:
        return Skipped(pointer, "not_social")
    return Stored(pointer, (Person(first, email=first), Tie(first, "in_address_book")))


def _broadcast_comment(value: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a comment on a Periscope broadcast, whose host is not named."""
    at = iso_us(value.get("createdAt"))
    if at is None:
        return unreadable_time(pointer)
    text = kept(text_of(value.get("text")), context)
    return Stored(pointer, (Unattributed("comment", "outbound", at, text=text),))


read_likes: Final = record_parser("like", _like)
read_list_memberships: Final = record_parser("userListInfo", _list_membership)
read_address_book: Final = record_parser("contact", _address_book_entry)
read_broadcast_comments: Final = record_parser("periscopeCommentsMadeByUser", _broadcast_comment)
