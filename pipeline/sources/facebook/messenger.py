"""Messenger: the folders of conversations, group chats, and the separate download of end-to-end encrypted conversations."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model.codes import DIRECTIONS
from pipeline.model.naming import normalise_name
from pipeline.model.records import CoverageNote, Person
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.facts import FacebookFacts, ThreadParticipant
from pipeline.sources.facebook.people import PLATFORM
from pipeline.sources.shared.json_values.access import JsonObject, as_text
from pipeline.sources.shared.meta.conversation_files import (
    ConversationFile,
    count_messages,
    folder_name,
    open_conversation,
    participants_at_start,
    participants_of,
    read_page,
    thread_id,
    thread_page,
)
from pipeline.sources.shared.meta.json_lists import Element
from pipeline.sources.shared.meta.member_paths import normal_part, parse_path
from pipeline.sources.shared.meta.page_starts import continue_ordinals
from pipeline.sources.shared.meta.participants import ThreadPage
from pipeline.sources.shared.meta.text_repair import clean_name, repair
from pipeline.sources.shared.meta.times import epoch_micros

_CUTOVER_REASON = "conversations moved to end-to-end encryption; their separate download was not given"
_SAME_FIELDS = ("call_duration", "missed", "share")
"""Fields that have the same name in the encrypted download."""


def _mailbox(path: str) -> str:
    """Return the folder that holds a conversation's folder, in normal form, such as `inbox` or `e2eecutover`."""
    parts = parse_path(path).parts
    return parts[-3] if len(parts) > 2 else ""


def read_conversation(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of one page of a conversation; filtered threads are spam."""
    file = open_conversation(member)
    page = thread_page(member, file, context.owner(PLATFORM))
    mailbox = _mailbox(member.name) or normal_part(str(file.head.get("thread_path")).partition("/")[0])
    if isinstance(page, ThreadPage):
        if mailbox == "filteredthreads":
            page.skip_rule = "spam"
        continue_ordinals(page, member.name, context)
    yield from read_page(page, file.messages)
    if member.name in context.facts(FacebookFacts).cutover_reporters:
        yield from _cutover_coverage(context)


def _cutover_coverage(context: Context) -> Iterator[CoverageNote]:
    """Yield the coverage of direct messages: full up to the first cutover, partial from then on.

    Messages after the cutover may be in the encrypted download. Every part of a split export states this, whichever part
    holds the moved conversations. An export made before the cutover, or given with the download, is whole.
    """
    facts = context.facts(FacebookFacts)
    if facts.encrypted_threads or not facts.cutover_times:
        return
    first, made = min(facts.cutover_times.values()), context.survey.exported_at
    if made is not None and made <= first:
        return
    for direction in DIRECTIONS:
        yield CoverageNote("message", direction, "full", "direct", ends_at=first)
        yield CoverageNote("message", direction, "partial", "direct", reason=_CUTOVER_REASON, starts_at=first + 1)


def _common_form(message: object) -> object:
    """Return a message of the encrypted download with the field names of the other files."""
    if not isinstance(message, dict):
        return message
    common: JsonObject = {
        "sender_name": message.get("senderName"),
        "timestamp_ms": message.get("timestamp"),
        "content": message.get("text"),
        "is_unsent": message.get("isUnsent"),
        "type": message.get("type"),
        "reactions": message.get("reactions"),
    }
    if "callDuration" in message:
        common["call_duration"] = message["callDuration"]
    return common | {key: message[key] for key in _SAME_FIELDS if key in message}


def _encrypted_name(member: Member, head: JsonObject) -> str:
    """Return the `threadName` of a conversation in the encrypted download, without one the file's name."""
    name = head.get("threadName")
    return repair(name) if isinstance(name, str) else parse_path(member.name).stem


def read_encrypted(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of a conversation in the encrypted download. Format fact: its files have no thread number."""
    file = open_conversation(member)
    name = _encrypted_name(member, file.head)
    head = {**file.head, "title": name.rpartition("_")[0] or name}
    messages = [Element(element.pointer, _common_form(element.value)) for element in file.messages]
    page = thread_page(member, ConversationFile(head, messages), context.owner(PLATFORM))
    if isinstance(page, ThreadPage):
        page.number, page.is_request = 0, False
        page.thread = f"e2ee:{name}"
        if page.counterpart:
            page.thread, page.counterpart = _joined(page.counterpart, name, context)
    yield from read_page(page, messages)


class _JoinedThread(NamedTuple):
    thread: str
    counterpart: Person


def _joined(person: Person, file_name: str, context: Context) -> _JoinedThread:
    """Return the thread and person of an encrypted conversation of two.

    It is the conversation with the person of that name when the archives hold exactly one. Without one the person is known
    by name; when several files share the name, by the file's name.
    """
    facts = context.facts(FacebookFacts)
    name = normalise_name(person.display_name or "")
    threads = sorted(thread for known, thread in facts.direct_threads if known == name)
    files = [thread for known, thread in facts.encrypted_threads if known == name]
    if len(files) > 1 or not name or person.placeholder:
        return _JoinedThread(f"e2ee:{file_name}", person._replace(native_id=f"thread:e2ee:{file_name}"))
    if len(threads) == 1:
        return _JoinedThread(threads[0], person._replace(native_id=f"thread:{threads[0]}"))
    return _JoinedThread(f"e2ee:{name}", person._replace(native_id=f"name:{name}"))


def is_encrypted_file(member: Member) -> bool:
    """Return whether a file is of the encrypted download, by its keys. Format fact: its files are in any folder, under names."""
    head = member.head(4096)
    return b'"threadName"' in head or (b'"participants"' in head and b'"senderName"' in head)


class ThreadFacts(NamedTuple):
    """The fields of `FacebookFacts` that come from conversation files."""

    direct_threads: frozenset[ThreadParticipant]
    encrypted_threads: frozenset[ThreadParticipant]
    cutover_times: dict[str, int]
    cutover_reporters: frozenset[str]


def survey_threads(conversations: Iterable[Member], encrypted: Iterable[Member]) -> ThreadFacts:
    """Return the facts of conversations, from the first bytes of their first pages, and of the encrypted download.

    Raises:
        MemberError: when a file cannot be read.
    """
    conversations = sorted(conversations, key=lambda member: member.name)
    direct: set[ThreadParticipant] = set()
    cutover: dict[str, int] = {}
    for member in conversations:
        if parse_path(member.name).page > 1:
            continue
        names = participants_at_start(member)
        thread = thread_id(member.name, {})
        if len(names) == 2 and folder_name(member.name):
            direct |= {ThreadParticipant(normalise_name(name), thread) for name in names}
        if _mailbox(member.name) == "e2eecutover" and (newest := _newest_time(member)):
            cutover[thread] = max(newest, cutover.get(thread, 0))
    in_download: set[ThreadParticipant] = set()
    for member in encrypted:
        head = open_conversation(member).head
        name = _encrypted_name(member, head)
        in_download |= {ThreadParticipant(normalise_name(one), name) for one in participants_of(head)}
    reporters = frozenset(member.name for member in conversations[:1])
    return ThreadFacts(frozenset(direct), frozenset(in_download), cutover, reporters)


def _newest_time(member: Member) -> int | None:
    """Return the time of a page's first message, which is its newest."""
    _, marker, rest = member.head(65_536).partition(b'"timestamp_ms"')
    digits = rest.lstrip(b" :\t\r\n")[:16].partition(b",")[0].strip() if marker else b""
    return epoch_micros(int(digits)) if digits.isdigit() else None


def read_group_chat(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of a group's chat (`groups/your_group_messages/<name>.json`), whose thread is the chat's name."""
    file = open_conversation(member)
    name = as_text(file.head.get("thread_name")) or parse_path(member.name).stem
    marked = ConversationFile({**file.head, "thread_name": file.head.get("thread_name", "")}, file.messages)
    page = thread_page(member, marked, context.owner(PLATFORM))
    if isinstance(page, ThreadPage):
        page.thread, page.number = f"group:{clean_name(repair(name))}", 0
    yield from read_page(page, file.messages)


READERS = {
    "messages": Reader(read_conversation, count_messages),
    "encrypted_messages": Reader(read_encrypted, count_messages),
    "group_messages": Reader(read_group_chat, count_messages),
}
