"""What one tweet holds, whatever its generation: pure functions over the record."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from pipeline.sources.shared.web.json_items import text_of
from pipeline.sources.x.people import Mention, id_of

_STATUS_URL: Final = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:i/web|([^/?#]+))/status(?:es)?/(\d+)", re.IGNORECASE
)
_NAME: Final = re.compile(r"(?<![\w@])@(\w{1,20})")
_LEADING: Final = re.compile(r"\s*(?:\.?@\w{1,20}[\s,:]*)+")
_RETWEET: Final = re.compile(r"RT @(\w{1,20}):")


def status_id(tweet: dict[str, Any]) -> str:
    """Return the tweet's id as text, empty when there is none."""
    return id_of(tweet.get("id_str"), tweet.get("id"))


def escaped(tweet: dict[str, Any]) -> str:
    """Return the text as written, with HTML entities; entity indices count in it."""
    return next((value for key in ("full_text", "text") if isinstance(value := tweet.get(key), str)), "")


def plain(tweet: dict[str, Any]) -> str:
    """Return the text with entities resolved once."""
    return unescape(escaped(tweet))


def parent(tweet: dict[str, Any]) -> tuple[str, str, str]:
    """Return (status id, author's id, author's handle) of what is replied to, each empty when not told."""
    return (
        id_of(tweet.get("in_reply_to_status_id_str"), tweet.get("in_reply_to_status_id")),
        id_of(tweet.get("in_reply_to_user_id_str"), tweet.get("in_reply_to_user_id")),
        text_of(tweet.get("in_reply_to_screen_name")),
    )


def _entities(tweet: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    entities = tweet.get("entities")
    found = entities.get(kind) if isinstance(entities, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _start(value: Any) -> int:
    try:
        return int(value[0])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        return -1


def mentions(tweet: dict[str, Any]) -> list[Mention]:
    """Return the people named, in order; by the text alone where the generation has no entities."""
    if not isinstance(tweet.get("entities"), dict):
        return [Mention("", found[1], "", found.start()) for found in _NAME.finditer(escaped(tweet))]
    return [
        Mention(id_of(m.get("id_str"), m.get("id")), text_of(m.get("screen_name")), text_of(m.get("name")), _start(m.get("indices")))
        for m in _entities(tweet, "user_mentions")
    ]  # fmt: skip


def note_mentions(note: dict[str, Any]) -> list[Mention]:
    """Return the people whom a long text names."""
    core = note.get("core")
    listed = core.get("mentions") if isinstance(core, dict) else None
    return [
        Mention(id_of(m.get("id"), m.get("id_str"), m.get("userId")), text_of(m.get("screenName")) or text_of(m.get("screen_name")),
                text_of(m.get("name")), -1)
        for m in (listed if isinstance(listed, list) else ())
        if isinstance(m, dict)
    ]  # fmt: skip


def carried_until(tweet: dict[str, Any]) -> int:
    """Return where a reply's leading block of names ends, which the platform carries along by itself (code points).

    Where the record says it, names behind that place are the owner's own, even right behind it. Most archives say 0 and show the
    whole text: then the block is all names that it begins with.
    """
    shown = _start(tweet.get("display_text_range"))
    if shown > 0:
        return shown
    leading = _LEADING.match(escaped(tweet))
    return leading.end() if leading else 0


def reposted(tweet: dict[str, Any]) -> tuple[str, Mention] | None:
    """Return (status id or empty, author) of a repost: the old `retweeted_status`, else `RT @handle` and its mention."""
    old = tweet.get("retweeted_status")
    if isinstance(old, dict):
        user = old.get("user")
        user = user if isinstance(user, dict) else {}
        author = Mention(
            id_of(user.get("id_str"), user.get("id")), text_of(user.get("screen_name")), text_of(user.get("name")), -1
        )
        if author.id or author.handle:
            return status_id(old), author
    found = _RETWEET.match(escaped(tweet))
    if found is None:
        return None
    named = mentions(tweet)
    fitting = [m for m in named if m.handle.lower() == found[1].lower()] or [m for m in named if m.start == 3]
    told = fitting[0] if fitting else Mention("", found[1], "", 3)
    return (status_id(old) if isinstance(old, dict) else ""), told


def quoted(tweet: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (author's handle, status id) of linked statuses; the handle is empty for `/i/web/status/` links."""
    for url in _entities(tweet, "urls"):
        found = _STATUS_URL.match(text_of(url.get("expanded_url")))
        if found:
            yield ("" if (found[1] or "i").lower() == "i" else found[1]), found[2]
    for raw in re.findall(r"https?://[^\s,]+/i/web/status/\d+", text_of(tweet.get("expanded_urls"))):
        yield "", raw.rpartition("/")[2]


def versions(tweet: dict[str, Any]) -> list[str]:
    """Return the ids of an edited tweet's versions, oldest first; empty when its record tells of no other version."""
    info = tweet.get("edit_info")
    if not isinstance(info, dict):
        return []
    initial, edit = info.get("initial"), info.get("edit")
    ids: set[str] = {status_id(tweet)} if isinstance(edit, dict) else set()
    for part in (initial, edit, edit.get("editControlInitial") if isinstance(edit, dict) else None):
        if isinstance(part, dict):
            listed = part.get("editTweetIds")
            ids |= {id_of(value) for value in listed} if isinstance(listed, list) else set()
            ids.add(id_of(part.get("initialTweetId")))
    found = sorted(ids - {""}, key=int)
    return found if len(found) > 1 else []
