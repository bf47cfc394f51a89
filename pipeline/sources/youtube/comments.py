"""Comments and live chat lines -> rows. The export never says whom: the counterpart is worked out.

A comment goes to the video's channel when the watch history names it. A reply goes to whom it begins by mentioning; the author of
its parent is never exported. Others whom a text mentions get a mention each.
"""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.records import Context, Interaction, Parsed, Person, SetAside, Stored, Unattributed
from pipeline.model.records import Row as Out
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.web.json_items import iso_us, kept, unreadable_time
from pipeline.sources.youtube.columns import understand
from pipeline.sources.youtube.texts import Said, channel, said

VIDEO_CHANNEL, CHANNEL_NAME, OWN_VIDEOS = "video_channel", "channel_name", "own_videos"
"""Survey maps: video -> channel id; channel id -> name; own videos."""
_FIRST: Final = 50
"""Rows that decide which column is which."""


class Comment(NamedTuple):
    """A comment, whatever file it came from."""

    at: int
    said: Said
    native_id: str | None
    video: str
    reply: bool
    parent: str | None = None
    thread: str | None = None


def known_channel(native_id: str, context: Context) -> Person:
    """Return a channel's person with the name that the watch history or a subscription gives."""
    return channel(native_id, context.survey.maps.get(CHANNEL_NAME, {}).get(native_id))


def channel_of(video: str, context: Context) -> str | None:
    """Return the channel of a video, None when it isn't known."""
    return context.survey.maps.get(VIDEO_CHANNEL, {}).get(video)


def video_url(video: str, comment: str | None = None) -> str | None:
    """Return a video's page, at a comment when its id is given."""
    return f"https://www.youtube.com/watch?v={video}" + (f"&lc={comment}" if comment else "") if video else None


def rows_of(comment: Comment, context: Context) -> tuple[Out, ...]:
    """Return a comment's rows: one a person, or one without a counterpart."""
    owners = context.owner("youtube").ids
    text = kept(comment.said.text, context)
    lc = comment.native_id if comment.native_id and comment.native_id.startswith("Ug") else None
    url = video_url(comment.video, lc)
    target = (
        None
        if comment.reply or comment.video in context.survey.maps.get(OWN_VIDEOS, {})
        else channel_of(comment.video, context)
    )
    aims: list[tuple[str, Person, str | None]] = []
    if comment.reply and comment.said.first:
        first = next(person for person in comment.said.mentioned if person.native_id == comment.said.first)
        aims.append(("reply", first, comment.parent))
    if target:
        aims.append(("comment", known_channel(target, context), None))
    aims += [("mention", person, None) for person in comment.said.mentioned]
    rows: list[Out] = []
    taken = set(owners)
    for kind, person, link in aims:
        if person.native_id not in owners:
            rows.append(person)
        if person.native_id not in taken:
            taken.add(person.native_id)
            rows.append(
                Interaction(
                    person.native_id,
                    "outbound",
                    kind,
                    comment.at,
                    native_id=comment.native_id,
                    thread=comment.thread,
                    reply_to=link,
                    text=text,
                    url=url,
                )
            )
    if any(isinstance(row, Interaction) for row in rows):
        return tuple(rows)
    kind = "reply" if comment.reply else "comment"
    return (
        *rows,
        Unattributed(
            kind, "outbound", comment.at, text=text, url=url, native_id=comment.native_id, thread=comment.thread
        ),
    )


def read_comments(member: Member, context: Context) -> Iterator[Item]:
    """Read comments.csv in any column order and language."""
    return _read(member, context, live=False)


def read_live_chats(member: Member, context: Context) -> Iterator[Item]:
    """Read live chats.csv."""
    return _read(member, context, live=True)


def _read(member: Member, context: Context, *, live: bool) -> Iterator[Parsed]:
    return read_table(member, ("time", "text"), lambda row, columns: _comment(row, columns, context, live=live))


def read_table(
    member: Member, needed: tuple[str, ...], handle: Callable[[Row, dict[str, str]], Parsed]
) -> Iterator[Parsed]:
    """Read a table whose columns have to be found out first; rows of one that can't be understood are set aside.

    Args:
        member: the CSV.
        needed: fields without which the table isn't understood.
        handle: turns a row and field -> header into what became of it.
    """
    with member.open() as stream:
        rows = read_rows(stream)
        first = list(islice(rows, _FIRST))
        columns = understand([row for row in first if row.problem is None])
        for row in chain(first, rows):
            if row.problem:
                yield SetAside(
                    row.pointer,
                    row.problem,
                    "this row can't be read: a quote is never closed, or it has too many fields",
                )
            elif not all(field in columns for field in needed):
                names = ", ".join(row.values)[:300]
                yield SetAside(row.pointer, "unknown_layout", f"not understood: please report the header row ({names})")
            else:
                yield handle(row, columns)


def _comment(row: Row, columns: dict[str, str], context: Context, *, live: bool) -> Parsed:
    def get(field: str) -> str:
        return row.values.get(columns.get(field, ""), "").strip()

    at = iso_us(get("time"))
    if at is None:
        return unreadable_time(row.pointer)
    key, video = get("id"), get("video")
    parent = "" if live else get("parent") or (key.rpartition(".")[0] if key.startswith("Ug") and "." in key else "")
    thread = get("top") or parent or None if not live else None
    text = said(row.values.get(columns["text"], ""))
    comment = Comment(
        at,
        said=text,
        native_id=key or None,
        video=video,
        reply=bool(parent),
        parent=parent or None,
        thread=thread or (None if live else key or None),
    )
    return Stored(row.pointer, rows_of(comment, context))
