"""Messenger: the folders of conversations, and the separate download of end-to-end encrypted ones."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from pipeline.model.codes import DIRECTIONS
from pipeline.model.naming import normalise_name
from pipeline.model.records import Context, CoverageNote, Person
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.people import PLATFORM
from pipeline.sources.shared.meta.messages import Page
from pipeline.sources.shared.meta.paths import place, plain
from pipeline.sources.shared.meta.threads import (
    count_messages,
    count_on,
    head_of,
    open_page,
    page_of,
    participants_of,
    read_page,
    slug_of,
    thread_id,
)
from pipeline.sources.shared.meta.values import micros, repair, tidy_name

THREADS: Final = "threads"
"""Survey map: `<normalised name>|<thread>` of each participant of a thread of two -> name."""
ENCRYPTED: Final = "encrypted"
"""Survey map: `<normalised name>|<threadName>` of each participant in the encrypted download -> name."""
CUTOVER: Final = "cutover"
"""Survey map: thread in `e2ee_cutover` -> its newest time, microseconds."""
SPEAKER: Final = "cutover_told_by"
"""Survey map: the conversation file of an archive that says for all of them what a cutover means for coverage."""


def folder_of(name: str) -> str:
    """Return the folder of a conversation, normalised: inbox, archivedthreads, filteredthreads, messagerequests, e2eecutover."""
    parts = place(name).parts
    return parts[-3] if len(parts) > 2 else ""


def conversation(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of one page of a conversation."""
    head, items = open_page(member)
    page = page_of(member, head, items, context.owner(PLATFORM))
    path = head.get("thread_path")
    folder = folder_of(member.name) or plain(str(path).partition("/")[0])
    if folder == "filteredthreads" and isinstance(page, Page):
        page.spam = "spam"
    if isinstance(page, Page):
        count_on(page, member.name, context)
    yield from read_page(page, items)
    if member.name in context.survey.maps.get(SPEAKER, {}):
        yield from _cutover_notes(context)


def _cutover_notes(context: Context) -> Iterator[CoverageNote]:
    """Say that direct messages are whole up to the first cutover, and may lie in a download that was not given from then on.

    Every part of an export says so, whichever holds the moved conversations; an export older than the cutover is whole.
    """
    cut = context.survey.maps.get(CUTOVER, {})
    if context.survey.maps.get(ENCRYPTED) or not cut:
        return
    first, made = min(map(int, cut.values())), context.survey.exported_at
    if made is not None and made <= first:
        return
    for direction in DIRECTIONS:
        yield CoverageNote("message", direction, "full", "direct", ends_at=first)
        yield CoverageNote(
            "message", direction, "partial", "direct", reason="conversations moved to end-to-end encryption; their separate download was not given",
            starts_at=first + 1,
        )  # fmt: skip


def _plain(message: Any) -> Any:
    """Return a message of the encrypted download in the words of the others."""
    if not isinstance(message, dict):
        return message
    plain: dict[str, Any] = {
        "sender_name": message.get("senderName"),
        "timestamp_ms": message.get("timestamp"),
        "content": message.get("text"),
        "is_unsent": message.get("isUnsent"),
        "type": message.get("type"),
        "reactions": message.get("reactions"),
    }
    for own, common in (
        ("callDuration", "call_duration"),
        ("call_duration", "call_duration"),
        ("missed", "missed"),
        ("share", "share"),
    ):
        if own in message:
            plain[common] = message[own]
    return plain


def encrypted(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of a conversation in the encrypted download.

    Its files have no thread number: the conversation is the one-to-one thread with a person of that name when the archives
    hold exactly one; else the person is known by name, or by the file's own name when several files share theirs.
    """
    head, items = open_page(member)
    title = head.get("threadName")
    written = repair(title) if isinstance(title, str) else place(member.name).stem
    items = [(pointer, _plain(message) if isinstance(message, dict) else message) for pointer, message in items]
    page = page_of(member, {**head, "title": written.rpartition("_")[0] or written}, items, context.owner(PLATFORM))
    if isinstance(page, Page):
        page.number, page.request = 0, False
        page.thread = f"e2ee:{written}"
        if page.counterpart:
            page.thread, page.counterpart = _joined(page.counterpart, written, context)
    yield from read_page(page, items)


def _joined(person: Person, written: str, context: Context) -> tuple[str, Person]:
    name = normalise_name(person.display_name or "")
    threads = _with(name, context.survey.maps.get(THREADS, {}))
    files = _with(name, context.survey.maps.get(ENCRYPTED, {}))
    if len(files) > 1 or not name or person.placeholder:
        return f"e2ee:{written}", Person(
            f"thread:e2ee:{written}", display_name=person.display_name, placeholder=person.placeholder
        )
    if len(threads) == 1:
        return threads[0], person._replace(native_id=f"thread:{threads[0]}")
    return f"e2ee:{name}", person._replace(native_id=f"name:{name}")


def _with(name: str, known: Iterable[str]) -> list[str]:
    return sorted(key.partition("|")[2] for key in known if key.partition("|")[0] == name)


def is_encrypted_file(member: Member) -> bool:
    """Tell the encrypted download's files by their words: they lie in any folder, under people's names."""
    head = member.head(4096)
    return b'"threadName"' in head or (b'"participants"' in head and b'"senderName"' in head)


def survey_threads(members: Iterable[Member], flat: Iterable[Member]) -> dict[str, dict[str, str]]:
    """Return the survey's maps of threads, from the heads of the first pages only."""
    members = sorted(members, key=lambda member: member.name)
    threads: dict[str, str] = {}
    cut: dict[str, str] = {}
    for member in members:
        if place(member.name).page > 1:
            continue
        names = participants_of(head_of(member))
        thread = thread_id(member.name, {})
        if len(names) == 2 and slug_of(member.name):
            threads.update({f"{normalise_name(name)}|{thread}": name for name in names})
        if folder_of(member.name) == "e2eecutover" and (newest := _newest(member)):
            cut[thread] = str(max(newest, int(cut.get(thread, 0))))
    encrypted_files: dict[str, str] = {}
    for member in flat:
        head, _ = open_page(member)
        title = head.get("threadName")
        written = repair(title) if isinstance(title, str) else place(member.name).stem
        encrypted_files.update({f"{normalise_name(name)}|{written}": name for name in participants_of(head)})
    return {
        THREADS: threads,
        ENCRYPTED: encrypted_files,
        CUTOVER: cut,
        SPEAKER: {member.name: "" for member in members[:1]},
    }


def _newest(member: Member) -> int | None:
    """Return the time of the first message of a page, which is its newest."""
    _, marker, rest = member.head(65_536).partition(b'"timestamp_ms"')
    digits = rest.lstrip(b" :\t\r\n")[:16].partition(b",")[0].strip() if marker else b""
    return micros(int(digits)) if digits.isdigit() else None


def group_messages(member: Member, context: Context) -> Iterator[Item]:
    """Yield the messages of a group's chat (`groups/your_group_messages/<name>.json`): the thread is the file's name."""
    head, items = open_page(member)
    page = page_of(member, {**head, "thread_name": head.get("thread_name", "")}, items, context.owner(PLATFORM))
    if isinstance(page, Page):
        page = replace(
            page, thread=f"group:{tidy_name(repair(str(head.get('thread_name') or place(member.name).stem)))}", number=0
        )
    yield from read_page(page, items)


READERS = {
    "messages": Reader(conversation, count_messages),
    "encrypted_messages": Reader(encrypted, count_messages),
    "group_messages": Reader(group_messages, count_messages),
}
