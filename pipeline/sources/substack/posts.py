"""posts.csv: the owner's posts, which are addressed to no one person."""

import re
from collections.abc import Iterator
from html import unescape

from pipeline.formats.csv_rows import read_rows
from pipeline.model.records import Parsed, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member
from pipeline.sources.shared.newsletters.times import when

COLUMNS = frozenset({"post_id", "post_date", "is_published", "email_sent_at"})
"""Distinctive columns of posts.csv."""

_NUMBER = re.compile(r"^(\d+)")


def parse_posts(member: Member, _context: Context) -> Iterator[Item]:
    """Yield one `Parsed` a post."""
    with member.open() as stream:
        for line in read_rows(stream):
            if line.problem:
                yield SetAside(line.pointer, line.problem, "the row can't be split into columns")
            else:
                yield _post(line.pointer, line.get("post_id"), line.get("is_published"), line.get("type"), rest=(
                    line.get("post_date"), line.get("email_sent_at"), unescape(line.get("title")),
                ))  # fmt: skip


def _post(pointer: str, post_id: str, published: str, kind: str, rest: tuple[str, str, str]) -> Parsed:
    post_date, sent, title = rest
    if published.lower() != "true":
        return Skipped(pointer, "draft")
    if kind == "page":
        return Skipped(pointer, "own_item")
    date = when(post_date or sent, "unknown")
    if date is None:
        return SetAside(pointer, "unreadable_time", "post_date can't be read")
    number = _NUMBER.match(post_id)
    native_id = f"post:{number[1] if number else post_id}"
    return Stored(
        pointer,
        (Unattributed("post", "outbound", date.at, title or None, native_id=native_id, thread=native_id),),
    )
