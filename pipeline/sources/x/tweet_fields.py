"""Fields of one tweet, whatever its generation: pure functions over the record."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object, at_path, objects_of
from pipeline.sources.shared.web.json_items import text_of
from pipeline.sources.x.people import Mention, id_of

_STATUS_URL: Final = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:i/web|([^/?#]+))/status(?:es)?/(\d+)", re.IGNORECASE
)
_WEB_STATUS_URL: Final = re.compile(r"https?://[^\s,]+/i/web/status/\d+")
_HANDLE: Final = re.compile(r"(?<![\w@])@(\w{1,20})")
_LEADING_HANDLES: Final = re.compile(r"\s*(?:\.?@\w{1,20}[\s,:]*)+")
_RETWEET: Final = re.compile(r"RT @(\w{1,20}):")
_RETWEET_HANDLE_START: Final = 3


class Parent(NamedTuple):
    """What a tweet replies to; each field is empty when the record lacks it."""

    status: str
    author_id: str
    handle: str


class Repost(NamedTuple):
    """What a repost repeats."""

    status: str
    """Empty when the record lacks it."""
    author: Mention


class LinkedStatus(NamedTuple):
    """A status that a tweet links to, which makes it a quote."""

    handle: str
    """Handle of its author, empty for an address without it (`/i/web/status/…`)."""
    status: str


def status_id(tweet: JsonObject) -> str:
    """Return the tweet's id as text, empty when it has none."""
    return id_of(tweet.get("id_str"), tweet.get("id"))


def escaped_text(tweet: JsonObject) -> str:
    """Return the text as written, with HTML entities. Format fact: offsets in the record count in this text."""
    return next((value for key in ("full_text", "text") if isinstance(value := tweet.get(key), str)), "")


def plain_text(tweet: JsonObject) -> str:
    """Return the text with HTML entities resolved."""
    return unescape(escaped_text(tweet))


def parent(tweet: JsonObject) -> Parent:
    """Return what the tweet replies to."""
    return Parent(
        status=id_of(tweet.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_status_id")),
        author_id=id_of(tweet.get("in_reply_to_user_id_str"), tweet.get("in_reply_to_user_id")),
        handle=text_of(tweet.get("in_reply_to_screen_name")),
    )


def _offset(value: object, index: int = 0) -> int:
    """Return a number in a pair of offsets, which may be texts; -1 when there is none."""
    try:
        return int(str(as_list(value)[index]))
    except (ValueError, IndexError):
        return -1


def mentions(tweet: JsonObject) -> list[Mention]:
    """Return the mentioned accounts in order; without entities (the oldest tweets), by the handles in the text."""
    entities = tweet.get("entities")
    if not isinstance(entities, dict):
        return [Mention("", found[1], start=found.start()) for found in _HANDLE.finditer(escaped_text(tweet))]
    return [
        Mention(
            id_of(item.get("id_str"), item.get("id")),
            text_of(item.get("screen_name")),
            name=text_of(item.get("name")),
            start=_offset(item.get("indices")),
        )
        for item in objects_of(entities.get("user_mentions"))
    ]


def long_text_mentions(note: JsonObject) -> list[Mention]:
    """Return the accounts that a long text mentions."""
    return [
        Mention(
            id_of(item.get("id"), item.get("id_str"), item.get("userId")),
            text_of(item.get("screenName")) or text_of(item.get("screen_name")),
            name=text_of(item.get("name")),
        )
        for item in objects_of(at_path(note, "core", "mentions"))
    ]


def end_of_leading_handles(tweet: JsonObject) -> int:
    """Return the offset at which a reply's leading handles end. X adds these by itself: they are no mentions.

    Where `display_text_range` gives the offset, handles after it are the owner's own, even directly after it. Most archives
    write 0 there; then all handles at the beginning are the leading ones.
    """
    shown = _offset(tweet.get("display_text_range"))
    if shown > 0:
        return shown
    leading = _LEADING_HANDLES.match(escaped_text(tweet))
    return leading.end() if leading else 0


def repost_of(tweet: JsonObject) -> Repost | None:
    """Return what the tweet repeats, None when it is no repost.

    Format facts: classic archives have `retweeted_status`; later ones begin the text with `RT @handle:` and list the author
    among the mentions.
    """
    repeated = tweet.get("retweeted_status")
    if isinstance(repeated, dict):
        user = as_object(repeated.get("user"))
        author = Mention(
            id_of(user.get("id_str"), user.get("id")), text_of(user.get("screen_name")), name=text_of(user.get("name"))
        )
        if author.id or author.handle:
            return Repost(status_id(repeated), author)
    found = _RETWEET.match(escaped_text(tweet))
    if found is None:
        return None
    named = mentions(tweet)
    fitting = [mention for mention in named if mention.handle.lower() == found[1].lower()]
    fitting = fitting or [mention for mention in named if mention.start == _RETWEET_HANDLE_START]
    author = fitting[0] if fitting else Mention("", found[1], start=_RETWEET_HANDLE_START)
    return Repost(status_id(as_object(repeated)), author)


def linked_statuses(tweet: JsonObject) -> Iterator[LinkedStatus]:
    """Yield the statuses that a tweet links to."""
    for url in objects_of(at_path(tweet, "entities", "urls")):
        found = _STATUS_URL.match(text_of(url.get("expanded_url")))
        if found:
            yield LinkedStatus("" if (found[1] or "i").lower() == "i" else found[1], found[2])
    for address in _WEB_STATUS_URL.findall(text_of(tweet.get("expanded_urls"))):
        yield LinkedStatus("", address.rpartition("/")[2])


def version_ids(tweet: JsonObject) -> list[str]:
    """Return the ids of an edited tweet's versions, oldest first; empty when its record names no other version."""
    info = as_object(tweet.get("edit_info"))
    edit = info.get("edit")
    ids: set[str] = {status_id(tweet)} if isinstance(edit, dict) else set()
    for part in (info.get("initial"), edit, at_path(edit, "editControlInitial")):
        ids |= {id_of(value) for value in as_list(as_object(part).get("editTweetIds"))}
        ids.add(id_of(as_object(part).get("initialTweetId")))
    found = sorted(ids - {""}, key=int)
    return found if len(found) > 1 else []
