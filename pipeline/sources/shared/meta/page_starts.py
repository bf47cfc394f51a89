"""Count equal messages across the boundary of two pages.

Equal messages of one millisecond are numbered in their order (see `messages`). Where a page ends between two of them, the
page must continue the numbers of the next (older) page; else two messages would get one id and one would be lost. The
survey therefore keeps the first messages of each page but the first.
"""

import json
import re
from collections.abc import Iterable
from typing import Final

from pipeline.formats.decoding import loads
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.meta.facts import MetaFacts
from pipeline.sources.shared.meta.json_lists import head_bytes
from pipeline.sources.shared.meta.member_paths import parse_path
from pipeline.sources.shared.meta.messages import read_message, written_time
from pipeline.sources.shared.meta.participants import ThreadPage

_DECODER: Final = json.JSONDecoder()
_MESSAGES: Final = re.compile(r'"messages"\s*:\s*\[\s*')
_SEPARATOR: Final = re.compile(r"\s*,\s*")


def _key(path: str, page_number: int) -> str:
    pieces = path.replace("\\", "/").rpartition("!")[2].split("/")
    return f"{'/'.join(pieces[-3:-1])}/{page_number}"


def page_starts(members: Iterable[Member]) -> dict[str, str]:
    """Return `MetaFacts.page_starts` of conversation files."""
    found: dict[str, str] = {}
    for member in members:
        number = parse_path(member.name).page
        if number > 1 and (first := _first_messages(member)):
            found[_key(member.name, number)] = json.dumps(first)
    return found


def _first_messages(member: Member) -> list[JsonObject]:
    """Return the messages at the start of a page that have the first one's time."""
    text = head_bytes(member).decode("utf-8", "replace")
    found: list[JsonObject] = []
    start = _MESSAGES.search(text)
    at = start.end() if start else len(text)
    while at < len(text):
        try:
            message, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        if not isinstance(message, dict) or (found and written_time(message) != written_time(found[0])):
            break
        found.append(message)
        separator = _SEPARATOR.match(text, at)
        at = separator.end() if separator else len(text)
    return found


def continue_ordinals(page: ThreadPage, path: str, context: Context) -> None:
    """Continue a page's numbers of equal messages from those at the start of the next page."""
    following = context.facts(MetaFacts).page_starts.get(_key(path, page.number + 1))
    if following:
        for message in loads(following.encode()):
            read_message(message, "", page, None)
        page.introduced.clear()
