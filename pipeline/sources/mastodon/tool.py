"""The JSON file of the mastodon-archive tool (`<host>.user.<name>.json`): own statuses, and mentions by others.

Its objects are the API's: `mentions` are notifications with their own `created_at`, `account` and `status`; favourites carry
their author. Lists that the tool wasn't asked for are empty or absent: their coverage is then `none`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pipeline.formats.counting import json_array, total
from pipeline.formats.json_elements import split_array
from pipeline.model.records import (
    CoverageNote,
    Interaction,
    ListSeen,
    Parsed,
    Person,
    Row,
    SetAside,
    Skipped,
    Stored,
    Tie,
    Unattributed,
)  # fmt: skip
from pipeline.model.survey import Context, SourceFacts
from pipeline.sources.base import Item, Member
from pipeline.sources.mastodon.lists import home_host
from pipeline.sources.mastodon.people import acct, host_of, is_owner
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us, kept, objects, text_of, unreadable_time

KEYS: Final = ("statuses", "favourites", "bookmarks", "mentions", "followers", "following", "mutes", "blocks", "notes")
count_all = total(*(json_array(key) for key in KEYS))
_TIES: Final = {"followers": "followed_by", "following": "follows", "blocks": "blocked"}
Handle = Callable[[JsonObject, str], Parsed]


@dataclass(frozen=True, slots=True)
class MastodonFacts(SourceFacts):
    """What the statuses of one file need of the rest."""

    uris: Mapping[str, str] = field(default_factory=dict)
    """Id of a status on the owner's server -> its URI, for the owner's statuses and those that mention the owner."""
    account_id: str = ""
    """The owner's account id on that server."""


def person_of(account: object, context: Context) -> Person | None:
    """Return the person of an API account; None for an account without address."""
    if not isinstance(account, dict) or not text_of(account.get("acct")):
        return None
    host = host_of(text_of(account.get("url")))
    native_id = acct(text_of(account["acct"]), home_host(context) or host)
    return Person(
        native_id, native_id, text_of(account.get("display_name")) or None, text_of(account.get("url")) or None
    )


def status_uris(member: Member) -> dict[str, str]:
    """Return id -> URI of the owner's statuses and of those that mention the owner; broken ones are left out."""
    found: dict[str, str] = {}

    def note(status: JsonObject, place: str) -> Parsed:
        inner = status.get("status") if "status" in status and "type" in status else status
        if isinstance(inner, dict) and text_of(inner.get("uri")):
            found[str(inner.get("id"))] = text_of(inner["uri"])
        return Skipped(place, "own_item")

    for key in ("statuses", "mentions"):
        for _parsed in objects(member, (key,), f"/{key}", note):
            pass
    return found


def read_tool(member: Member, context: Context) -> Iterator[Item]:
    """Read all lists of the file."""
    handles: dict[str, Handle] = {
        "statuses": lambda item, place: _status(item, place, context),
        "mentions": lambda item, place: _mention(item, place, context),
        "favourites": lambda item, place: _favourite(item, place, context),
    }
    for key in ("statuses", "mentions", "favourites", *_TIES):
        handle = handles.get(key) or _relation(_TIES[key], context)
        number, whole = 0, True
        for parsed in objects(member, (key,), f"/{key}", handle):
            number += 1
            whole &= not isinstance(parsed, SetAside)
            yield parsed
        if key in _TIES and number:
            yield ListSeen(_TIES[key], complete=whole)
        if key == "mentions" and not number:
            reason = "the tool was run without mentions"
            yield CoverageNote("comment", "inbound", "none", "public", reason=reason)
            yield CoverageNote("message", "inbound", "none", "direct", reason=reason)
            yield CoverageNote("message", "inbound", "none", "group", reason=reason)
        if key == "statuses" and not number:
            reason = "the tool was run without statuses"
            yield CoverageNote("comment", "outbound", "none", "public", reason=reason)
            yield CoverageNote("share", "outbound", "none", "public", reason=reason)
            yield CoverageNote("message", "outbound", "none", "direct", reason=reason)
            yield CoverageNote("message", "outbound", "none", "group", reason=reason)
    for key in ("bookmarks", "mutes", "notes"):
        with member.open() as stream:
            for index, _raw in split_array(stream, (key,)):
                yield Skipped(f"/{key}/{index}", "not_social")


def _relation(kind: str, context: Context) -> Handle:
    def handle(account: JsonObject, place: str) -> Parsed:
        person = person_of(account, context)
        if person is None:
            return SetAside(place, "missing_field", "an account without an address")
        if is_owner(person.native_id, context.owner("mastodon")):
            return Skipped(place, "self_event")
        return Stored(place, (person, Tie(person.native_id, kind)))

    return handle


def _favourite(status: JsonObject, place: str, context: Context) -> Parsed:
    person = person_of(status.get("account"), context)
    if person is None:
        return SetAside(place, "missing_field", "a favourite without its post's author")
    if is_owner(person.native_id, context.owner("mastodon")):
        return Skipped(place, "self_event")
    return Stored(place, (person, Tie(person.native_id, "liked")))


def _text(status: JsonObject, context: Context) -> str | None:
    parts = (text_of(status.get("spoiler_text")), plain(text_of(status.get("content"))))
    return kept("\n".join(filter(None, parts)), context)


def _people(status: JsonObject, context: Context) -> dict[str, Person]:
    """Return account id -> person of a status's mentions, without the owner."""
    found = {}
    mentions = status.get("mentions")
    for entry in mentions if isinstance(mentions, list) else []:
        person = person_of(entry, context)
        if person is not None and not is_owner(person.native_id, context.owner("mastodon")):
            found[str(entry.get("id"))] = person
    return found


def _parent(status: JsonObject, context: Context, *, mine: bool) -> str | None:
    """Return the URI of the answered status: from the file; an own one's by its form; another keeps its id on the owner's server."""
    answered = str(status.get("in_reply_to_id") or "")
    if not answered:
        return None
    known = context.facts(MastodonFacts).uris.get(answered)
    account = context.survey.account
    name, _, host = (account.native_id if account else "").partition("@")
    return known or (f"https://{host}/users/{name}/statuses/{answered}" if mine else f"{host}/statuses/{answered}")


def _status(status: JsonObject, place: str, context: Context) -> Parsed:
    at = iso_us(status.get("created_at"))
    if at is None:
        return unreadable_time(place)
    key, url = text_of(status.get("uri")) or None, text_of(status.get("url")) or None
    reblog = status.get("reblog")
    if isinstance(reblog, dict):
        author = person_of(reblog.get("account"), context)
        if author is None:
            return SetAside(place, "missing_field", "a boost without the author of the boosted post")
        if is_owner(author.native_id, context.owner("mastodon")):
            return Skipped(place, "self_event")
        uri = text_of(reblog.get("uri")) or None
        act = Interaction(author.native_id, "outbound", "repost", at, native_id=key, reply_to=uri, url=uri)
        return Stored(place, (author, act))
    people, text = _people(status, context), _text(status, context)
    answered = str(status.get("in_reply_to_account_id") or "")
    mine = bool(answered) and answered == context.facts(MastodonFacts).account_id
    parent = _parent(status, context, mine=mine)
    direct = status.get("visibility") == "direct"
    rows: list[Row] = []
    for account_id, person in people.items():
        kind = "message" if direct else "reply" if account_id == answered else "mention"
        link = parent if account_id == answered or (direct and len(people) == 1) else None
        group = direct and len(people) > 1
        rows += [
            person,
            Interaction(
                person.native_id,
                "outbound",
                kind,
                at,
                native_id=key,
                reply_to=link,
                is_group=group,
                text=text,
                url=url,
            ),
        ]
    if rows:
        return Stored(place, tuple(rows))
    if mine and not direct:
        return Skipped(place, "self_event")
    return Stored(
        place, (Unattributed("reply" if parent and not mine else "post", "outbound", at, text, url=url, native_id=key),)
    )


def _mention(notification: JsonObject, place: str, context: Context) -> Parsed:
    status = notification.get("status")
    if not isinstance(status, dict):
        return SetAside(place, "missing_field", "a mention without its post")
    person = person_of(notification.get("account"), context) or person_of(status.get("account"), context)
    if person is None:
        return SetAside(place, "missing_field", "a mention without its author")
    if is_owner(person.native_id, context.owner("mastodon")):
        return Skipped(place, "self_event")
    at = iso_us(notification.get("created_at")) or iso_us(status.get("created_at"))
    if at is None:
        return unreadable_time(place)
    direct = status.get("visibility") == "direct"
    answered = str(status.get("in_reply_to_account_id") or "")
    mine = bool(answered) and answered == context.facts(MastodonFacts).account_id
    kind = "message" if direct else "reply" if mine else "mention"
    others = {other.native_id for other in _people(status, context).values()} - {person.native_id}
    link = _parent(status, context, mine=True) if mine else None
    key, url = text_of(status.get("uri")) or None, text_of(status.get("url")) or None
    act = Interaction(
        person.native_id,
        "inbound",
        kind,
        at,
        native_id=key,
        reply_to=link,
        is_group=direct and bool(others),
        text=_text(status, context),
        url=url,
    )
    return Stored(place, (person, act))
