"""The owner's comments and live chat messages as HTML pages of list items (before 2021).

Format facts: an item is “… on <a>video</a> at `2020-04-27 23:18:23 UTC`”, `<br>`, then the text. Older times are ISO with
`Z`; all are UTC.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.formats.decoding import decode
from pipeline.model.records import Parsed, Stored
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us, unreadable_time
from pipeline.sources.youtube.comment_text import CommentText
from pipeline.sources.youtube.comments import Comment, comment_rows

_ITEM: Final = re.compile(r"<li\b[^>]*>(.*?)(?=<li\b|</li>|</ul>|\Z)", re.DOTALL | re.IGNORECASE)
_ITEM_START: Final = re.compile(rb"<li[\s>]", re.IGNORECASE)
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\s?UTC))")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_VIDEO: Final = re.compile(r"[?&](?:amp;)?v=([A-Za-z0-9_-]{11})")
_COMMENT: Final = re.compile(r"[?&](?:amp;)?lc=([A-Za-z0-9_.-]+)")


def count_items(member: Member, _context: Context) -> int:
    """Count the list items of a page."""
    return len(_ITEM_START.findall(member.read()))


def read_comment_page(member: Member, context: Context) -> Iterator[Parsed]:
    """Read `my-comments.html`; a comment whose id has a parent's id before the dot is a reply."""
    return _items(member, context, replies=True)


def read_live_chat_page(member: Member, context: Context) -> Iterator[Parsed]:
    """Read `my-live-chat-messages.html`."""
    return _items(member, context, replies=False)


def _items(member: Member, context: Context, *, replies: bool) -> Iterator[Parsed]:
    text, _ = decode(member.read())
    for number, found in enumerate(_ITEM.finditer(text)):
        pointer = f"/li/{number}"
        head, *rest = _BREAK.split(found[1], maxsplit=1)
        written = _TIME.search(plain(head))
        at = iso_us(written[1]) if written else None
        if at is None:
            yield unreadable_time(pointer)
            continue
        video, linked = _VIDEO.search(head), _COMMENT.search(head)
        comment_id = linked[1] if linked else None
        parent = comment_id.rpartition(".")[0] if comment_id and replies else ""
        comment = Comment(
            at,
            text=CommentText(plain(rest[0]) if rest else ""),
            native_id=comment_id,
            video=video[1] if video else "",
            is_reply=bool(parent),
            parent=parent or None,
            thread=parent or comment_id,
        )
        yield Stored(pointer, comment_rows(comment, context))
