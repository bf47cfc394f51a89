"""Comments and live chat messages to rows.

Format fact: the export never names a counterpart. A comment goes to the video's channel when the watch history names it. A
reply goes to the channel whose mention it begins with, since the author of its parent is not exported. Every other mentioned
channel gets a mention.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row
from pipeline.model.records import Interaction, Parsed, Person, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.csv_tables import headings
from pipeline.sources.shared.csv_tables.rows import malformed_row, unknown_header
from pipeline.sources.shared.web.json_items import iso_us, kept, unreadable_time
from pipeline.sources.youtube.channels import CHANNEL_ID, known_channel, video_url
from pipeline.sources.youtube.columns import find_columns
from pipeline.sources.youtube.comment_text import CommentText, parse_comment_text
from pipeline.sources.youtube.facts import YouTubeFacts

_LIVE_CHAT_ID: Final = re.compile(r"[A-Za-z0-9_=%-]{20,}")
_FIRST_ROWS: Final = 50
"""Rows whose values decide which column is which."""


class Comment(NamedTuple):
    """A comment or live chat message, from the table or from the old HTML page."""

    at: int
    """Microseconds UTC."""
    text: CommentText
    native_id: str | None
    video: str
    is_reply: bool
    parent: str | None = None
    """Id of the comment that it replies to."""
    thread: str | None = None
    """Id of the top-level comment."""


class _Aim(NamedTuple):
    """An act towards one person."""

    kind: str
    person: Person
    reply_to: str | None = None


def comment_rows(comment: Comment, context: Context) -> tuple[Person | Interaction | Unattributed, ...]:
    """Return a comment's rows: one interaction for each person addressed, or one row without counterpart."""
    owners = context.owner("youtube").ids
    text = kept(comment.text.text, context)
    linked_id = comment.native_id if comment.native_id and comment.native_id.startswith("Ug") else None
    url = video_url(comment.video, linked_id)
    rows: list[Person | Interaction] = []
    taken = set(owners)
    for aim in _aims(comment, context):
        native_id = aim.person.native_id
        if native_id not in owners:
            rows.append(aim.person)
        if native_id not in taken:
            taken.add(native_id)
            act = Interaction(
                native_id,
                "outbound",
                aim.kind,
                comment.at,
                native_id=comment.native_id,
                thread=comment.thread,
                reply_to=aim.reply_to,
                text=text,
                url=url,
            )
            rows.append(act)
    if any(isinstance(row, Interaction) for row in rows):
        return tuple(rows)
    kind = "reply" if comment.is_reply else "comment"
    lost = Unattributed(
        kind, "outbound", comment.at, text=text, url=url, native_id=comment.native_id, thread=comment.thread
    )
    return (*rows, lost)


def _aims(comment: Comment, context: Context) -> Iterator[_Aim]:
    """Yield the acts of a comment: reply or comment first, then a mention for every mentioned channel."""
    facts = context.facts(YouTubeFacts)
    if comment.is_reply and comment.text.addressed:
        addressed = next(who for who in comment.text.mentioned if who.native_id == comment.text.addressed)
        yield _Aim("reply", addressed, comment.parent)
    if not comment.is_reply and comment.video not in facts.own_videos:
        channel_id = facts.channel_of_video.get(comment.video)
        if channel_id:
            yield _Aim("comment", known_channel(channel_id, context))
    for person in comment.text.mentioned:
        yield _Aim("mention", person)


def read_comments(member: Member, context: Context) -> Iterator[Item]:
    """Read `comments.csv` in any column order and language."""
    return read_table(member, ("time", "text"), lambda row, columns: _comment(row, columns, context))


def read_live_chats(member: Member, context: Context) -> Iterator[Item]:
    """Read `live chats.csv`. Format fact: live chat messages have no parent and no thread."""
    return read_table(member, ("time", "text"), lambda row, columns: _live_message(row, columns, context))


def read_table(
    member: Member, needed: tuple[str, ...], read_row: Callable[[Row, dict[str, str]], Parsed]
) -> Iterator[Parsed]:
    """Read a table whose columns are found by name or shape; without the needed ones its rows are set aside.

    Args:
        member: the CSV.
        needed: fields without which the table cannot be read.
        read_row: turns a row and the table's field -> header into an outcome.
    """
    rows = headings.read_table(member, headings.first_heading(member))
    first = list(islice(rows, _FIRST_ROWS))
    columns = find_columns([row for row in first if row.problem is None])
    for row in chain(first, rows):
        if row.problem:
            yield malformed_row(row)
        elif not all(field in columns for field in needed):
            yield unknown_header(row)
        else:
            yield read_row(row, columns)


def field_of(row: Row, columns: dict[str, str], field: str) -> str:
    """Return a row's value of a field, stripped, empty when the table has no such column."""
    return row.values.get(columns.get(field, ""), "").strip()


def _comment(row: Row, columns: dict[str, str], context: Context) -> Parsed:
    at = iso_us(field_of(row, columns, "time"))
    if at is None:
        return unreadable_time(row.pointer)
    comment_id = field_of(row, columns, "id")
    # The id of a reply is `<parent>.<own>`.
    in_id = comment_id.rpartition(".")[0] if comment_id.startswith("Ug") and "." in comment_id else ""
    parent = field_of(row, columns, "parent") or in_id
    comment = Comment(
        at,
        text=parse_comment_text(row.values.get(columns["text"], "")),
        native_id=comment_id or None,
        video=field_of(row, columns, "video"),
        is_reply=bool(parent),
        parent=parent or None,
        thread=field_of(row, columns, "top") or parent or comment_id or None,
    )
    return Stored(row.pointer, comment_rows(comment, context))


def _live_message(row: Row, columns: dict[str, str], context: Context) -> Parsed:
    at = iso_us(field_of(row, columns, "time"))
    if at is None:
        return unreadable_time(row.pointer)
    comment = Comment(
        at,
        text=parse_comment_text(row.values.get(columns["text"], "")),
        native_id=field_of(row, columns, "id") or _live_chat_id(row),
        video=field_of(row, columns, "video"),
        is_reply=False,
    )
    return Stored(row.pointer, comment_rows(comment, context))


def _live_chat_id(row: Row) -> str | None:
    """Return the id in a table with translated columns: the first cell, a long word that is no channel's id."""
    first = next(iter(row.values.values()), "").strip()
    return first if _LIVE_CHAT_ID.fullmatch(first) and not CHANNEL_ID.fullmatch(first) else None
