"""Telegram as a source: Telegram Desktop's JSON export, full or of a single chat."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.telegram.chats import TYPES
from pipeline.sources.telegram.declaration import TELEGRAM
from pipeline.sources.telegram.owner import stated_owner, writing_owner
from pipeline.sources.telegram.people import user_id
from pipeline.sources.telegram.reading import CHATS, SINGLE, count_chat, count_full, read_chat, read_full

_CHAT: Final = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{[^\[{]*?"type"\s*:\s*"(\w+)"[^\[{]*?"messages"\s*:')
_FULL_KEYS: Final = re.compile(
    rb'"(personal_information|profile_pictures|frequent_contacts|contacts|chats|left_chats|web_sessions)"\s*:\s*\{'
)
_FOLDER: Final = re.compile(r"(?:Chat|Data)Export_", re.IGNORECASE)


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim a JSON file by its beginning: a chat of one of Telegram's types, or several parts of the full export."""
    for member in archive.members:
        if not member.name.lower().endswith(".json"):
            continue
        head = member.head(1 << 16)
        usual = member.name.rpartition("/")[2].lower().startswith("result")
        chat = _CHAT.match(head[:4096])
        if chat and chat[1].decode() in TYPES:
            yield Claim(member.name, "chat", 1.0 if usual else 0.9)
        elif _looks_full(head, usual=usual):
            yield Claim(member.name, "full", 1.0 if usual else 0.8)


def _looks_full(head: bytes, *, usual: bool) -> bool:
    keys = {found[1] for found in _FULL_KEYS.finditer(head)}

    named = b"Telegram" in head[:2048] or b'"about"' in head
    return named and (len(keys) >= 2 or (usual and bool(keys)))


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return the owner: from `personal_information`, else as the chats show it, else from the settings."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    for member in archive.members:
        if member.name not in readers:
            continue
        try:
            found = found | _owner(member, readers[member.name])
        except MemberError:
            continue
        if _FOLDER.search(member.name):
            found.exported_at = found.exported_at or day_in_name(member.name.rpartition("/")[0])
    if _FOLDER.search(archive.file_name):
        found.exported_at = found.exported_at or day_in_name(archive.file_name)
    named = settings.owners.get("telegram", Owner())
    given = sorted({user_id(value) for value in named.ids} - {""})
    if found.account is None and len(given) == 1:
        found.account = Account(given[0])
    found.owner |= Owner(ids=frozenset(given))
    return found


def _owner(member: Member, reader: str) -> Survey:
    if reader == "chat":
        return writing_owner(member, SINGLE)
    stated = stated_owner(member)
    return stated if stated.account else writing_owner(member, CHATS)


def refusal(archive: Archive) -> str | None:
    """Return what to do about the HTML form of the export, which has no ids."""
    pages = {member.name.rpartition("/")[2].lower() for member in archive.members}
    folders = " ".join([archive.file_name, *(member.name for member in archive.members[:50])])
    if "export_results.html" in pages or ("messages.html" in pages and _FOLDER.search(folders)):
        return "this is Telegram's export in HTML, which has no ids: export again and choose “machine-readable JSON”"
    return None


SOURCE = Source(
    name="telegram",
    version=3,
    platforms=(TELEGRAM,),
    recognise=recognise,
    readers={"full": Reader(read_full, count_full), "chat": Reader(read_chat, count_chat)},
    survey=survey,
    members_apart=True,
    refusal=refusal,
)
