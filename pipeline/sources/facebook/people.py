"""People on Facebook. Format fact: most records give a name only; addresses and tags in texts add a profile address."""

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Interaction, Person, Row
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject, as_text, at_path, objects_of
from pipeline.sources.shared.meta.text_repair import clean_name

PLATFORM: Final = "facebook"
_TAG: Final = re.compile(r"@\[(\d+):\d+:([^\]]*)\]")
_FIRST_STEPS_WITHOUT_OWNER: Final = frozenset({
    "groups", "photo", "photo.php", "permalink.php", "story.php", "watch", "reel", "reels", "events", "profile.php", "share", "stories",
    "hashtag", "marketplace", "media", "video.php", "pages", "notes", "l.php", "login", "story", "permalink", "p", "plugins", "",
})  # fmt: skip
"""First steps of paths that are no vanity name."""
_VANITY_NAME: Final = re.compile(r"[A-Za-z0-9.]{2,60}")


class TaggedText(NamedTuple):
    """A text without its tag markup."""

    text: str | None
    people: tuple[Person, ...]
    """The people tagged in it."""


def owner_names(context: Context, *more: object) -> list[str]:
    """Return the names with which a title sentence may begin: the owner's, and those that the record itself gives the owner."""
    names = [clean_name(name) for name in sorted(context.owner(PLATFORM).names)]
    return [*names, *(clean_name(name) for name in more if isinstance(name, str) and name)]


def is_owner(context: Context, name: str) -> bool:
    """Return whether a name is one of the owner's."""
    return normalise_name(name) in {normalise_name(known) for known in context.owner(PLATFORM).names}


def person_of(name: str, url: str = "") -> Person:
    """Return a person by name, with the handle and profile address that the address of one of their posts contains."""
    owner = owner_in_url(url)
    profile = f"https://www.facebook.com/{owner}" if owner else None
    handle = owner if owner and not owner.isdigit() else None
    return Person(name_id(name), handle=handle, display_name=clean_name(name), url=profile)


def owner_in_url(url: str) -> str:
    """Return the vanity name or number of a post's owner from the post's address, empty when the address lacks it.

    >>> owner_in_url("https://www.facebook.com/ana.petrov/posts/17")
    'ana.petrov'
    """
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
    return steps[0] if first not in _FIRST_STEPS_WITHOUT_OWNER and _VANITY_NAME.fullmatch(steps[0]) else ""


def untag(text: object) -> TaggedText:
    """Return a text with each tag (`@[100:2048:Ana Petrov]`) replaced by the name in it, and the people tagged."""
    if not isinstance(text, str) or not text:
        return TaggedText(None, ())
    if "@[" not in text:
        return TaggedText(text, ())
    people = {
        name_id(name): Person(name_id(name), display_name=clean_name(name), url=f"https://www.facebook.com/{number}")
        for number, name in _TAG.findall(text)
        if name.strip()
    }
    return TaggedText(_TAG.sub(lambda found: found[2], text), tuple(people.values()))


def mentions(tagged: TaggedText, context: Context, at: int, *, beside: set[str], url: str | None = None) -> list[Row]:
    """Return a mention for each person tagged in a text, except the owner and the people whom it addresses otherwise.

    Args:
        tagged: the text.
        context: gives the owner's names.
        at: time of the record, microseconds UTC.
        beside: native ids of the people who have a row of this record already.
        url: address that the record carries.
    """
    rows: list[Row] = []
    for person in tagged.people:
        if person.native_id not in beside and not is_owner(context, person.display_name or ""):
            rows += [person, Interaction(person.native_id, "outbound", "mention", at, text=tagged.text, url=url)]
    return rows


def data_of(record: JsonObject, key: str) -> object:
    """Return the first value under a key in a record's `data` list, which may hold empty objects; None without any."""
    return next((item[key] for item in objects_of(record.get("data")) if item.get(key) not in (None, "")), None)


def link_of(record: JsonObject) -> str | None:
    """Return the first outside address among a record's attachments."""
    for attachment in objects_of(record.get("attachments")):
        for item in objects_of(attachment.get("data")):
            if url := as_text(at_path(item, "external_context", "url")):
                return url
    return None
