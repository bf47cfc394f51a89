"""Files that are known and left out whole, each by its rule; nothing of them says what passed between owner and contact."""

from typing import Any

from pipeline.model.records import Context, Parsed, Skipped
from pipeline.sources.base import Reader
from pipeline.sources.shared.meta.values import list_reader


def left_out(rule: str) -> Reader:
    """Return a reader that passes over every record by one rule of vocabulary.SKIP_RULES."""

    def skip(_record: dict[str, Any], pointer: str, _context: Context) -> Parsed:
        return Skipped(pointer, rule)

    return list_reader(skip)


READERS = {
    "edits": left_out("edit_version"),
    "assistant_chats": left_out("ai_chat"),
    "not_social": left_out("not_social"),
}
