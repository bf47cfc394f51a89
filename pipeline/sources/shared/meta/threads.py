"""Open a conversation file: who is in it, which thread it is, whether it is a group, and then its messages one by one."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import head_values, split_array
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Owner, Person, SetAside
from pipeline.sources.base import Count, Item, Member
from pipeline.sources.shared.meta.messages import (
    GONE,
    Page,
    mention_patterns,
    message_times,
    owner_names,
    places,
    read_message,
)
from pipeline.sources.shared.meta.paths import place
from pipeline.sources.shared.meta.values import first_bytes, intact, repair, tidy_name

_KEYS: Final = (
    "participants", "title", "thread_path", "thread_type", "is_pending", "joinable_mode", "thread_name", "threadName",
)  # fmt: skip
_DIGITS = re.compile(r"(?:^|_)(\d+)$")
_GONE_SLUG = re.compile(r"(?:facebookuser|instagramuser)_\d+|\d+")
_DECODER: Final = json.JSONDecoder()
_GONE_NAMED = re.compile(r"(facebook|instagram)user_\d+")
_GAP = re.compile(r"\s*,\s*")
Loaded = tuple[dict[str, Any], list[tuple[str, Any]]]


def open_page(member: Member, key: str = "messages") -> Loaded:
    """Return (what stands around the messages, (pointer, message or BadJson) of each), saving what a broken file holds.

    Raises:
        MemberError: when the bytes can't be had.
    """
    try:
        raw = member.read()
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError:
            data = loads(raw)
    except BadJson as problem:
        items: list[tuple[str, Any]] = []
        for index, piece in split_array(member.open(), [key]):
            try:
                items.append((f"/{key}/{index}", loads(piece)))
            except BadJson as inner:
                items.append((f"/{key}/{index}", inner))
        return head_values(member.open(), _KEYS), items or [("", problem)]
    if not isinstance(data, dict):
        return {}, [("", BadJson("not_an_object", "not a conversation: no fields"))]
    messages = data.pop(key, None)
    if isinstance(messages, dict):
        return data, [(f"/{key}", messages)]
    if not isinstance(messages, list):
        return data, []
    return data, [(f"/{key}/{index}", message) for index, message in enumerate(messages)]


def counter(key: str) -> Count:
    """Return a counter of a conversation file's entries under a key.

    An intact file is counted by its bytes; of a broken one what the splitter finds, at least one.
    """
    listed = json_array(key)

    def count(member: Member, context: Context) -> int:
        if not intact(member):
            return if_ended(sum(1 for _ in split_array(member.open(), [key])) or 1, member)
        return listed(member, context) or _foreign(member)

    return count


count_messages = counter("messages")


def _foreign(member: Member) -> int:
    """Return 1 for a file that is no conversation at all (one record, set aside), 0 for one without messages."""
    return 0 if isinstance(loads(member.read()), dict) else 1


def slug_of(name: str) -> str:
    """Return the folder that holds a conversation file, as written."""
    pieces = name.replace("\\", "/").rpartition("!")[2].split("/")
    return pieces[-2] if len(pieces) > 1 else ""


def thread_id(name: str, head: dict[str, Any]) -> str:
    """Return the number at the end of the thread's folder or path, else the folder's name; titles and slugs change."""
    path = head.get("thread_path")
    slug = slug_of(name)
    for written in (slug, path.rpartition("/")[2] if isinstance(path, str) else ""):
        if found := _DIGITS.search(written):
            return found[1]
    return slug or place(name).stem


def participants_of(head: dict[str, Any]) -> list[str]:
    """Return the participants' names, repaired, in order; they are objects or (encrypted download) plain texts."""
    listed = head.get("participants")
    names = (
        [item.get("name") if isinstance(item, dict) else item for item in listed] if isinstance(listed, list) else []
    )
    return [tidy_name(repair(name)) for name in names if isinstance(name, str)]


def _owner_by_title(names: list[str], title: str) -> frozenset[str]:
    """Return the owner of a one-to-one thread as the participant whom the title doesn't name; empty when that is unclear."""
    rest = [name for name in names if normalise_name(name) != normalise_name(title)]
    return frozenset({normalise_name(rest[0])}) if len(names) == 2 and len(rest) == 1 else frozenset()


def page_of(member: Member, head: dict[str, Any], items: list[tuple[str, Any]], owner: Owner) -> Page | SetAside:
    """Return what is known of the thread, or why nobody can say who is who in it."""
    title = tidy_name(repair(head["title"])) if isinstance(head.get("title"), str) else ""
    names = participants_of(head)
    me = owner_names(owner) or _owner_by_title(names, title)
    if not me:
        return SetAside(
            "", "owner_unknown", "nothing in the export says which participant is you: add your name under [owner]"
        )
    thread = thread_id(member.name, head)
    others = [name for name in names if normalise_name(name) not in me]
    if len(names) > 1 and not others:
        return SetAside("", "owner_ambiguous", "all participants of this conversation have your name")
    known = {normalise_name(name) for name in names}
    senders = {
        tidy_name(repair(message["sender_name"]))
        for _, message in items
        if isinstance(message, dict) and isinstance(message.get("sender_name"), str)
    }
    strangers = sorted(name for name in senders if normalise_name(name) not in known | me)
    flagged = "joinable_mode" in head or "thread_name" in head or "Group" in str(head.get("thread_type", ""))
    group = (
        flagged
        or len(names) > 2
        or len(others or strangers) > 1
        or bool(others and strangers and set(strangers) - {""})
    )
    path = head.get("thread_path")
    asked = isinstance(path, str) and path.startswith("message_requests/")
    request = asked or place(member.name).parts[-3:-2] == ("messagerequests",) or bool(head.get("is_pending"))
    request = request or str(head.get("thread_type", "")).startswith("Pending")
    page = Page(thread, counterpart=None, me=me, number=place(member.name).page, request=request)
    if group:
        page.mentionable = mention_patterns([
            Person(name_id(name), display_name=name, placeholder=normalise_name(name) in GONE) for name in dict.fromkeys([*others, *strangers])
        ])  # fmt: skip
        return page
    name = next(iter([*others, *strangers]), "")
    gone = normalise_name(name) in GONE
    if (
        not name
        and (not title or normalise_name(title) in me)
        and not _GONE_SLUG.fullmatch(slug_of(member.name))
        and not strangers
    ):
        page.alone = True
        return page
    shown = name or ("" if normalise_name(title) in me else title)
    # In a language that isn't known the folder still says so, and the name holds the platform's.
    folder = _GONE_NAMED.fullmatch(slug_of(member.name))
    nobody = (gone and normalise_name(shown) in GONE) or bool(folder and folder[1] in shown.casefold())
    page.counterpart = Person(f"thread:{thread}", display_name=shown or None, placeholder=nobody)
    return page


def read_page(page: Page | SetAside, items: list[tuple[str, Any]]) -> Iterator[Item]:
    """Yield what becomes of each message of a page (or that none can be read, when nobody can say who is who)."""
    if isinstance(page, SetAside):
        for pointer, _ in items:
            yield SetAside(pointer, page.code, page.reason)
        return
    ranks = places(message_times([message for _, message in items]), page.number)
    for (pointer, message), rank in zip(items, ranks, strict=True):
        if isinstance(message, BadJson):
            yield SetAside(pointer, message.code, message.reason)
        else:
            yield read_message(message, pointer, page, rank)


EDGES: Final = "edges"
"""Survey map: `<folder>/<page>` of a second or later page -> JSON list of its first messages, all of one millisecond."""


def _edge_key(name: str, page: int) -> str:
    pieces = name.replace("\\", "/").rpartition("!")[2].split("/")
    return f"{'/'.join(pieces[-3:-1])}/{page}"


def edges(members: Iterable[Member]) -> dict[str, str]:
    """Return the survey map of page edges, from the heads of all pages but the first.

    Where a page ends between equal messages of one millisecond, the page before has to count on from those: its ordinals
    would else repeat, and a message be lost.
    """
    found: dict[str, str] = {}
    for member in members:
        page = place(member.name).page
        if page > 1 and (first := _first_messages(member)):
            found[_edge_key(member.name, page)] = json.dumps(first)
    return found


def _first_messages(member: Member) -> list[dict[str, Any]]:
    text = first_bytes(member).decode("utf-8", "replace")
    found: list[dict[str, Any]] = []
    start = re.search(r'"messages"\s*:\s*\[\s*', text)
    at = start.end() if start else len(text)
    while at < len(text):
        try:
            message, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        if not isinstance(message, dict) or (found and message.get("timestamp_ms") != found[0].get("timestamp_ms")):
            break
        found.append(message)
        gap = _GAP.match(text, at)
        at = gap.end() if gap else len(text)
    return found


def count_on(page: Page, name: str, context: Context) -> None:
    """Let a page's ordinals count on from equal messages at the start of the next (older) page."""
    following = context.survey.maps.get(EDGES, {}).get(_edge_key(name, page.number + 1))
    if following:
        for message in loads(following.encode()):
            read_message(message, "", page, None)
        page.told.clear()


def head_of(member: Member) -> dict[str, Any]:
    """Return the participants that stand at the start of a conversation file, for a survey; empty when they can't be had."""
    try:
        found = re.search(rb'"participants"\s*:\s*(\[[^\]]*\])', member.head(65_536))
        return {"participants": loads(found[1])} if found else {}
    except (BadJson, MemberError):
        return {}
