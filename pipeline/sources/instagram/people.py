"""People on Instagram and Threads are known by their username; records hold it in half a dozen places."""

import re
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.model.records import Context, Interaction, Person, Row
from pipeline.sources.shared.meta.labels import HANDLE, entries_of, flatten, is_label, pick
from pipeline.sources.shared.meta.values import micros, tidy_name

INSTAGRAM: Final = "instagram"
THREADS: Final = "threads"
_MENTION = re.compile(r"(?<![\w.@/])@([A-Za-z0-9._]{1,30})")
_SITES: Final = {INSTAGRAM: "https://www.instagram.com/{}", THREADS: "https://www.threads.com/@{}"}


class Facts(NamedTuple):
    """What a record of a list tells."""

    handle: str
    name: str
    at: int | None
    url: str | None


def handle_of(text: Any) -> str:
    """Return a username in lower case, empty when the text has not the shape of one."""
    plain = text.strip().removeprefix("@") if isinstance(text, str) else ""
    return plain.lower() if HANDLE.fullmatch(plain) else ""


def person_of(handle: str, name: str = "", platform: str = INSTAGRAM) -> Person:
    """Return a person by username; the profile address is built from it (a URL given may be the one in their bio)."""
    own = None if platform == INSTAGRAM else platform
    return Person(
        handle, handle=handle, display_name=tidy_name(name) or None, url=_SITES[platform].format(handle), platform=own
    )


def is_owner(context: Context, handle: str, platform: str = INSTAGRAM) -> bool:
    """Tell whether a username is (or was) the owner's; Threads accounts carry their Instagram username."""
    owners = context.owner(platform) | context.owner(INSTAGRAM)
    return handle in {known.lower() for known in owners.handles | owners.ids}


def facts_of(record: dict[str, Any], *, title_first: bool = False) -> Facts:
    """Return username, name, time and address of a list entry, in either of its forms (`string_list_data`, `label_values`).

    Follow lists have the username in `value`; in lists of likes and story answers it is the title, and `value` holds the
    heart or the answer.
    """
    listed = record.get("string_list_data")
    first: dict[str, Any] = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
    href = first.get("href")
    if "label_values" in record:
        flat = list(flatten(record["label_values"]))
        written = next(
            (value for path, value in flat if path and is_label(path[-1], "time") and isinstance(value, (int, float))),
            None,
        )
        handle = handle_of(pick(flat, "username", inside="owner") or pick(flat, "username"))
        name = pick(flat, "name", inside="owner") or pick(flat, "name")
        return Facts(handle, name, micros(record.get("timestamp")) or micros(written), pick(flat, "url") or None)
    at = micros(first.get("timestamp")) or micros(record.get("timestamp"))
    places = (record.get("title"), first.get("value")) if title_first else (first.get("value"), record.get("title"))
    handle = handle_of(places[0]) or handle_of(places[1]) or _handle_in(href)
    url = href if isinstance(href, str) and href else None
    if not handle and at is None:
        entries = [entry for _, entry in entries_of(record)]
        at = next((found for entry in entries if (found := micros(entry.get("timestamp")))), None)
        url = url or next(
            (entry["href"] for entry in entries if isinstance(entry.get("href"), str) and entry["href"]), None
        )
    return Facts(handle, "", at, url)


def _handle_in(href: Any) -> str:
    """Return the username at the end of a profile address (`/mina.k`, `/_u/mina.k`, `/@mina.k`), empty for other addresses."""
    if not isinstance(href, str):
        return ""
    try:
        steps = [step for step in urlsplit(href).path.split("/") if step and step != "_u"]
    except ValueError:
        return ""
    if len(steps) > 1 and steps[0].startswith("@"):
        return handle_of(steps[0])
    return handle_of(steps[0]) if len(steps) == 1 else ""


def mentions(
    text: str | None, context: Context, at: int, *, beside: frozenset[str] = frozenset(), platform: str = INSTAGRAM, url: str | None = None
) -> list[Row]:  # fmt: skip
    """Return a mention for each `@username` in a text, other than the owner and those already addressed."""
    rows: list[Row] = []
    told: set[str] = set(beside)
    for written in _MENTION.findall(text or ""):
        handle = handle_of(written.rstrip("."))
        if handle and handle not in told and not is_owner(context, handle, platform):
            told.add(handle)
            own = None if platform == INSTAGRAM else platform
            rows += [
                person_of(handle, platform=platform),
                Interaction(handle, "outbound", "mention", at, text=text, url=url, platform=own),
            ]
    return rows
