"""People on Instagram and Threads. Format fact: they are known by username, which records hold in half a dozen places."""

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.model.records import Interaction, Person, Row
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject, as_text, first_object
from pipeline.sources.shared.meta.labels import USERNAME, flatten, is_label, labelled_text, map_entries
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import epoch_micros

INSTAGRAM: Final = "instagram"
THREADS: Final = "threads"
_MENTION: Final = re.compile(r"(?<![\w.@/])@([A-Za-z0-9._]{1,30})")
_PROFILE_URL: Final = {INSTAGRAM: "https://www.instagram.com/{}", THREADS: "https://www.threads.com/@{}"}


class EntryFields(NamedTuple):
    """The fields of a list's entry, each empty or None when the entry lacks it."""

    handle: str
    name: str
    at: int | None
    """Microseconds UTC."""
    url: str | None


def row_platform(platform: str) -> str | None:
    """Return the platform of a row: None for Instagram, the source's own."""
    return None if platform == INSTAGRAM else platform


def handle_of(text: object) -> str:
    """Return a username in lower case, empty when the text has not the shape of one.

    >>> handle_of("@Mina.K"), handle_of("two words")
    ('mina.k', '')
    """
    plain = as_text(text).strip().removeprefix("@")
    return plain.lower() if USERNAME.fullmatch(plain) else ""


def person_of(handle: str, name: str = "", platform: str = INSTAGRAM) -> Person:
    """Return a person by username. The profile address is built from it, since a given one may be the link in their bio."""
    return Person(
        handle,
        handle=handle,
        display_name=clean_name(name) or None,
        url=_PROFILE_URL[platform].format(handle),
        platform=row_platform(platform),
    )


def is_owner(context: Context, handle: str, platform: str = INSTAGRAM) -> bool:
    """Return whether a username is or was the owner's. Format fact: Threads accounts have their Instagram username."""
    owner = context.owner(platform) | context.owner(INSTAGRAM)
    return handle in {known.lower() for known in owner.handles | owner.ids}


def entry_fields(record: JsonObject, *, title_first: bool = False) -> EntryFields:
    """Return the fields of a list's entry in either form, `string_list_data` (2021 on) or `label_values` (2025 on).

    Args:
        record: the entry.
        title_first: whether the title is the username. Follow lists have it in `value`; lists of likes and story answers
            have it as title, and the heart or the answer in `value`.
    """
    if "label_values" in record:
        return _from_label_values(record)
    listed = first_object(record.get("string_list_data"))
    href = as_text(listed.get("href"))
    at = epoch_micros(listed.get("timestamp")) or epoch_micros(record.get("timestamp"))
    places = (record.get("title"), listed.get("value"))
    first, second = places if title_first else places[::-1]
    handle = handle_of(first) or handle_of(second) or _handle_in_url(href)
    url = href or None
    if not handle and at is None:
        entries = [entry for _, entry in map_entries(record)]
        at = first_time(entries)
        url = url or next((found for entry in entries if (found := as_text(entry.get("href")))), None)
    return EntryFields(handle, "", at, url)


def first_time(entries: list[JsonObject]) -> int | None:
    """Return the first usable time among the entries of a `string_map_data` record, None without any."""
    return next((found for entry in entries if (found := epoch_micros(entry.get("timestamp")))), None)


def _from_label_values(record: JsonObject) -> EntryFields:
    values = list(flatten(record["label_values"]))
    written = next(
        (value for path, value in values if path and is_label(path[-1], "time") and isinstance(value, (int, float))),
        None,
    )
    handle = handle_of(labelled_text(values, "username", inside="owner") or labelled_text(values, "username"))
    name = labelled_text(values, "name", inside="owner") or labelled_text(values, "name")
    at = epoch_micros(record.get("timestamp")) or epoch_micros(written)
    return EntryFields(handle, name, at, labelled_text(values, "url") or None)


def _handle_in_url(url: str) -> str:
    """Return the username in a profile address (`/mina.k`, `/_u/mina.k`, `/@mina.k`), empty for other addresses."""
    try:
        steps = [step for step in urlsplit(url).path.split("/") if step and step != "_u"]
    except ValueError:
        return ""
    if len(steps) > 1 and steps[0].startswith("@"):
        return handle_of(steps[0])
    return handle_of(steps[0]) if len(steps) == 1 else ""


def mentions(
    text: str | None, context: Context, at: int, *, beside: frozenset[str] = frozenset(), platform: str = INSTAGRAM
) -> list[Row]:
    """Return a mention for each `@username` in a text, except the owner's and those in `beside`.

    Args:
        text: the text.
        context: gives the owner's usernames.
        at: time of the record, microseconds UTC.
        beside: usernames that have a row of this record already.
        platform: Instagram or Threads.
    """
    rows: list[Row] = []
    taken = set(beside)
    for written in _MENTION.findall(text or ""):
        handle = handle_of(written.rstrip("."))
        if handle and handle not in taken and not is_owner(context, handle, platform):
            taken.add(handle)
            act = Interaction(handle, "outbound", "mention", at, text=text, platform=row_platform(platform))
            rows += [person_of(handle, platform=platform), act]
    return rows
