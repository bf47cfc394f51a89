"""The old HTML forms: own comments and live chat lines as list items, the watch history as cells.

Facts: an item is “… on <a>video</a> at `2020-04-27 23:18:23 UTC`”, `<br>`, then the text; older stamps are ISO with `Z`; always
UTC. A cell of the history is the video's link (before or behind the word “watched”, by language), `<br>`, its channel's link, and a
time that isn't needed here.
"""

import html as entities
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from pipeline.formats.decoding import decode
from pipeline.model.records import Context, Parsed, Skipped, Stored
from pipeline.sources.base import Member
from pipeline.sources.shared.web.html import plain
from pipeline.sources.shared.web.json_items import iso_us, unreadable_time
from pipeline.sources.youtube.comments import Comment, rows_of
from pipeline.sources.youtube.texts import Said

_ITEM: Final = re.compile(r"<li\b[^>]*>(.*?)(?=<li\b|</li>|</ul>|\Z)", re.DOTALL | re.IGNORECASE)
_ITEM_START: Final = re.compile(rb"<li[\s>]", re.IGNORECASE)
_STAMP: Final = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\s?UTC))")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_VIDEO: Final = re.compile(r"[?&](?:amp;)?v=([A-Za-z0-9_-]{11})")
_COMMENT: Final = re.compile(r"[?&](?:amp;)?lc=([A-Za-z0-9_.-]+)")
_WATCHED: Final = re.compile(
    rb'watch\?v=([A-Za-z0-9_-]{11})[^>]*>[^<]*</a>[^<]*<br\s*/?>\s*<a href="https?://www\.youtube\.com/channel/(UC[A-Za-z0-9_-]{22})"[^>]*>([^<]*)</a>'
)
_CELL: Final = b'class="outer-cell'
_CHUNK: Final = 1 << 20


def count_items(member: Member, _context: Context) -> int:
    """Count the list items."""
    return len(_ITEM_START.findall(member.read()))


def read_my_comments(member: Member, context: Context) -> Iterator[Parsed]:
    """Read my-comments.html."""
    return _items(member, context, live=False)


def read_my_live_chats(member: Member, context: Context) -> Iterator[Parsed]:
    """Read my-live-chat-messages.html."""
    return _items(member, context, live=True)


def _items(member: Member, context: Context, *, live: bool) -> Iterator[Parsed]:
    text, _ = decode(member.read())
    for number, found in enumerate(_ITEM.finditer(text)):
        place = f"/li/{number}"
        head, *rest = _BREAK.split(found[1], maxsplit=1)
        stamp = _STAMP.search(plain(head))
        at = iso_us(stamp[1]) if stamp else None
        if at is None:
            yield unreadable_time(place)
            continue
        video, lc = _VIDEO.search(head), _COMMENT.search(head)
        key = lc[1] if lc else None
        parent = key.rpartition(".")[0] if key and not live else ""
        body = Said(plain(rest[0]) if rest else "")
        comment = Comment(
            at,
            said=body,
            native_id=key,
            video=video[1] if video else "",
            reply=bool(parent),
            parent=parent or None,
            thread=parent or key,
        )
        yield Stored(place, rows_of(comment, context))


def _cells(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of each cell of a history."""
    rest, inside = b"", False
    while True:
        data = stream.read(_CHUNK)
        parts = (rest + data).split(_CELL)
        if inside or len(parts) > 1:
            yield from parts[0 if inside else 1 : -1]
        inside = inside or len(parts) > 1
        rest = parts[-1] if inside else parts[-1][-len(_CELL) :]
        if not data:
            if inside:
                yield rest
            return


def watched(stream: BinaryIO) -> Iterator[tuple[str, str, str]]:
    """Yield (video, channel id, channel's name) of each cell that names them all."""
    for cell in _cells(stream):
        found = _WATCHED.search(cell)
        if found:
            yield found[1].decode(), found[2].decode(), entities.unescape(found[3].decode("utf-8", "replace")).strip()


def count_cells(member: Member, _context: Context) -> int:
    """Count the cells of a history."""
    number, rest = 0, b""
    with member.open() as stream:
        while data := stream.read(_CHUNK):
            data = rest + data
            number += data.count(_CELL)
            rest = data[-len(_CELL) + 1 :]
    return number


def skip_cells(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave out watch and search events: they only inform about videos' channels."""
    with member.open() as stream:
        for number, _cell in enumerate(_cells(stream)):
            yield Skipped(f"/cell/{number}", "not_social")
