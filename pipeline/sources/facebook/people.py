"""Rows about people on Facebook, which mostly tells names only; addresses and tags in texts add what identifies them."""

import re
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Interaction, Person, Row
from pipeline.sources.shared.meta.values import tidy_name

PLATFORM: Final = "facebook"
_TAG = re.compile(r"@\[(\d+):\d+:([^\]]*)\]")
_NO_OWNER: Final = frozenset({
    "groups", "photo", "photo.php", "permalink.php", "story.php", "watch", "reel", "reels", "events", "profile.php", "share", "stories",
    "hashtag", "marketplace", "media", "video.php", "pages", "notes", "l.php", "login", "story", "permalink", "p", "plugins", "",
})  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9.]{2,60}")


class Tagged(NamedTuple):
    """A text without its markup, and who was tagged in it."""

    text: str | None
    people: tuple[Person, ...]


def owner_names(context: Context, *more: Any) -> list[str]:
    """Return the owner's names as they may begin a sentence, with names that the record itself gives the owner."""
    names = [tidy_name(name) for name in sorted(context.owner(PLATFORM).names)]
    return [*names, *(tidy_name(name) for name in more if isinstance(name, str) and name)]


def is_owner(context: Context, name: str) -> bool:
    """Tell whether a name is one of the owner's."""
    return normalise_name(name) in {normalise_name(known) for known in context.owner(PLATFORM).names}


def person_of(name: str, url: str = "") -> Person:
    """Return a person by name, with the handle and profile address that the address of a thing of theirs tells."""
    handle = owner_in_url(url)
    profile = f"https://www.facebook.com/{handle}" if handle else None
    return Person(
        name_id(name),
        handle=handle if handle and not handle.isdigit() else None,
        display_name=tidy_name(name),
        url=profile,
    )


def owner_in_url(url: str) -> str:
    """Return the vanity name or number of a post's owner from its address, empty when the address doesn't tell."""
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    if not parts.netloc.endswith(("facebook.com", "fb.com")):
        return ""
    steps = [step for step in parts.path.split("/") if step]
    first = steps[0].lower() if steps else ""
    if first in ("profile.php", "permalink.php", "story.php"):
        number = query.get("id", [""])[0]
        return number if number.isdigit() else ""
    return steps[0] if first not in _NO_OWNER and _NAME.fullmatch(steps[0]) else ""


def untag(text: Any) -> Tagged:
    """Return a text with `@[id:2048:Name]` replaced by the name, and the people tagged so (with their numeric address)."""
    if not isinstance(text, str) or not text:
        return Tagged(None, ())
    if "@[" not in text:
        return Tagged(text, ())
    people = {
        name_id(name): Person(name_id(name), display_name=tidy_name(name), url=f"https://www.facebook.com/{number}")
        for number, name in _TAG.findall(text)
        if name.strip()
    }
    return Tagged(_TAG.sub(lambda found: found[2], text), tuple(people.values()))


def mentions(tagged: Tagged, context: Context, at: int, *, beside: set[str], url: str | None = None) -> list[Row]:
    """Return a mention for each person tagged in a text who is neither the owner nor already addressed by it."""
    rows: list[Row] = []
    for person in tagged.people:
        if person.native_id not in beside and not is_owner(context, person.display_name or ""):
            rows += [person, Interaction(person.native_id, "outbound", "mention", at, text=tagged.text, url=url)]
    return rows


def data_of(record: dict[str, Any], key: str) -> Any:
    """Return the first value under a key in the record's `data` list, None when there is none (`data` may hold empty objects)."""
    listed = record.get("data")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict) and item.get(key) not in (None, ""):
            return item[key]
    return None


def link_of(record: dict[str, Any]) -> str | None:
    """Return the first outside address that a record carries as an attachment."""
    attachments = record.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        listed = attachment.get("data") if isinstance(attachment, dict) else None
        for item in listed if isinstance(listed, list) else ():
            context = item.get("external_context") if isinstance(item, dict) else None
            url = context.get("url") if isinstance(context, dict) else None
            if isinstance(url, str) and url:
                return url
    return None
