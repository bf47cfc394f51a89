"""Open a conversation file: its participants and thread, whether it is a group, and its messages one by one."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

import orjson

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import if_ended, json_array
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import head_values, split_array
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Person, SetAside
from pipeline.model.survey import Context, Owner
from pipeline.sources.base import Count, Item, Member
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_text
from pipeline.sources.shared.meta.json_lists import Element, is_whole_json
from pipeline.sources.shared.meta.member_paths import parse_path
from pipeline.sources.shared.meta.messages import message_times, ranks, read_message, repeated_call_lines
from pipeline.sources.shared.meta.participants import ThreadPage, mention_patterns, normalised_owner_names
from pipeline.sources.shared.meta.people import is_closed_account
from pipeline.sources.shared.meta.text_repair import clean_name, repair

_HEAD_KEYS: Final = (
    "participants", "title", "thread_path", "thread_type", "is_pending", "joinable_mode", "thread_name", "threadName",
)  # fmt: skip
_THREAD_NUMBER: Final = re.compile(r"(?:^|_)(\d+)$")
_CLOSED_ACCOUNT_FOLDER: Final = re.compile(r"(?:facebookuser|instagramuser)_[\w-]+|\d+", re.IGNORECASE)
_NAMED_CLOSED_ACCOUNT_FOLDER: Final = re.compile(r"(facebook|instagram)user_[\w-]+", re.IGNORECASE)
_PARTICIPANTS: Final = re.compile(rb'"participants"\s*:\s*(\[[^\]]*\])')


class ConversationFile(NamedTuple):
    """A parsed conversation file."""

    head: JsonObject
    """The fields beside the messages."""
    messages: list[Element]


def open_conversation(member: Member, key: str = "messages") -> ConversationFile:
    """Return a conversation file; of broken JSON, the fields and messages that can still be split off.

    Raises:
        MemberError: when the bytes cannot be read.
    """
    try:
        raw = member.read()
        try:
            data = orjson.loads(raw)
        except orjson.JSONDecodeError:
            data = loads(raw)
    except BadJson as problem:
        found: list[Element] = []
        for index, piece in split_array(member.open(), [key]):
            try:
                found.append(Element(f"/{key}/{index}", loads(piece)))
            except BadJson as inner:
                found.append(Element(f"/{key}/{index}", inner))
        return ConversationFile(head_values(member.open(), _HEAD_KEYS), found or [Element("", problem)])
    if not isinstance(data, dict):
        return ConversationFile({}, [Element("", BadJson("not_an_object", "not a conversation: no fields"))])
    messages = data.pop(key, None)
    if isinstance(messages, dict):
        return ConversationFile(data, [Element(f"/{key}", messages)])
    listed = [Element(f"/{key}/{index}", message) for index, message in enumerate(as_list(messages))]
    return ConversationFile(data, listed)


def message_counter(key: str) -> Count:
    """Return a counter of a conversation file's entries under a key.

    A whole file is counted by its bytes, a broken one by the elements that can be split off, at least one.
    """
    listed = json_array(key)

    def count(member: Member, context: Context) -> int:
        if not is_whole_json(member):
            return if_ended(sum(1 for _ in split_array(member.open(), [key])) or 1, member)
        # A file that is no object is one record, which is set aside; an object without messages has none.
        return listed(member, context) or (0 if isinstance(loads(member.read()), dict) else 1)

    return count


count_messages = message_counter("messages")


def folder_name(path: str) -> str:
    """Return the folder of a conversation file as written, empty at the root."""
    pieces = path.replace("\\", "/").rpartition("!")[2].split("/")
    return pieces[-2] if len(pieces) > 1 else ""


def thread_id(path: str, head: JsonObject) -> str:
    """Return a thread's id: the number at the end of its folder or `thread_path`, else the folder's name.

    Format fact: a folder is named after the title, which changes, and the thread's number, which does not. Exports before
    2021 have letters instead of the number, others in each export.
    """
    folder = folder_name(path)
    for written in (folder, as_text(head.get("thread_path")).rpartition("/")[2]):
        if found := _THREAD_NUMBER.search(written):
            return found[1]
    return folder or parse_path(path).stem


def participants_of(head: JsonObject) -> list[str]:
    """Return the participants' names, repaired, in order. Format fact: they are objects, or texts (encrypted download)."""
    names = [item.get("name") if isinstance(item, dict) else item for item in as_list(head.get("participants"))]
    return [clean_name(repair(name)) for name in names if isinstance(name, str)]


def participants_at_start(member: Member) -> list[str]:
    """Return the participants from the first bytes of a conversation file, for a survey; empty when unreadable."""
    try:
        found = _PARTICIPANTS.search(member.head(65_536))
        return participants_of({"participants": loads(found[1])}) if found else []
    except (BadJson, MemberError):
        return []


def thread_page(member: Member, file: ConversationFile, owner: Owner) -> ThreadPage | SetAside:
    """Return the page of a conversation, or the reason why its participants cannot be told apart.

    Args:
        member: the file, whose path gives thread, page and folder.
        file: its content.
        owner: names of the owner.
    """
    head = file.head
    title = clean_name(repair(as_text(head.get("title"))))
    names = participants_of(head)
    owner_names = (
        normalised_owner_names(owner) or _owner_by_title(names, title) or _owner_by_senders(file, names, title)
    )
    if not owner_names:
        reason = "the export doesn't state which participant is you: add your name under [owner]"
        return SetAside("", "owner_unknown", reason)
    others = [name for name in names if normalise_name(name) not in owner_names]
    if len(names) > 1 and not others:
        return SetAside("", "owner_ambiguous", "all participants of this conversation have your name")
    strangers = _strangers(file, {normalise_name(name) for name in names} | owner_names)
    page = ThreadPage(
        thread_id(member.name, head),
        owner_names,
        number=parse_path(member.name).page,
        is_request=_is_request(member, head),
    )
    is_group = (
        _is_marked_as_group(head)
        or len(names) > 2
        or len(others or strangers) > 1
        or bool(others and strangers and set(strangers) - {""})
    )
    if is_group:
        members = [
            Person(name_id(name), display_name=name, placeholder=is_closed_account(name))
            for name in dict.fromkeys([*others, *strangers])
        ]
        page.mention_patterns = mention_patterns(members)
        return page
    name = next(iter([*others, *strangers]), "")
    untitled = not title or normalise_name(title) in owner_names
    folder = folder_name(member.name)
    # Exports of 2018 list neither participants nor title when the other account is closed.
    if not name and untitled and names and not _CLOSED_ACCOUNT_FOLDER.fullmatch(folder) and not strangers:
        page.is_owner_alone = True
        return page
    shown = name or ("" if normalise_name(title) in owner_names else title)
    # In an unknown language the folder still marks a closed account, and its name contains the platform's.
    marked = _NAMED_CLOSED_ACCOUNT_FOLDER.fullmatch(folder)
    is_closed = (is_closed_account(name) and is_closed_account(shown)) or bool(
        marked and marked[1].casefold() in shown.casefold()
    )
    page.counterpart = Person(f"thread:{page.thread}", display_name=shown or None, placeholder=is_closed)
    return page


def _owner_by_title(names: list[str], title: str) -> frozenset[str]:
    """Return the owner of a conversation of two: the participant whom the title does not name; empty when unclear."""
    rest = [name for name in names if normalise_name(name) != normalise_name(title)]
    return frozenset({normalise_name(rest[0])}) if len(names) == 2 and len(rest) == 1 else frozenset()


def _owner_by_senders(file: ConversationFile, names: list[str], title: str) -> frozenset[str]:
    """Return the one sender beside the participant after whom a conversation of two is named; empty when unclear.

    Format fact: exports of early 2018 list only the other person among the participants.
    """
    if len(names) != 1 or normalise_name(names[0]) != normalise_name(title) or _is_marked_as_group(file.head):
        return frozenset()
    rest = [name for name in _strangers(file, {normalise_name(names[0])}) if name]
    return frozenset({normalise_name(rest[0])}) if len(rest) == 1 else frozenset()


def _strangers(file: ConversationFile, known: frozenset[str] | set[str]) -> list[str]:
    """Return the senders who are no participants (they left the conversation), sorted."""
    values = (element.value for element in file.messages)
    written = [value.get("sender_name") for value in values if isinstance(value, dict)]
    senders = {clean_name(repair(name)) for name in {name for name in written if isinstance(name, str)}}
    return sorted(name for name in senders if normalise_name(name) not in known)


def _is_marked_as_group(head: JsonObject) -> bool:
    return "joinable_mode" in head or "thread_name" in head or "Group" in str(head.get("thread_type", ""))


def _is_request(member: Member, head: JsonObject) -> bool:
    """Return whether the conversation is among the message requests, by `thread_path`, folder or field."""
    return (
        as_text(head.get("thread_path")).startswith("message_requests/")
        or parse_path(member.name).parts[-3:-2] == ("messagerequests",)
        or bool(head.get("is_pending"))
        or str(head.get("thread_type", "")).startswith("Pending")
    )


def read_page(page: ThreadPage | SetAside, messages: list[Element]) -> Iterator[Item]:
    """Yield the outcome of each message of a page; all are set aside when the participants cannot be told apart."""
    if isinstance(page, SetAside):
        for element in messages:
            yield SetAside(element.pointer, page.code, page.reason)
        return
    values = [element.value for element in messages]
    page.repeated_calls = cache(lambda: {messages[index].pointer for index in repeated_call_lines(values)})
    for element, rank in zip(messages, ranks(message_times(values), page.number), strict=True):
        if isinstance(element.value, BadJson):
            yield SetAside(element.pointer, element.value.code, element.value.reason)
        else:
            yield read_message(element.value, element.pointer, page, rank)
