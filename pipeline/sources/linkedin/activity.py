"""Endorsements and recommendations in both directions, and the owner's comments, reactions, shares and votes.

Format fact: comments, reactions, reposts and votes carry a time and a link but no counterpart, so they are stored as
unattributed.
"""

import re
from typing import Final
from urllib.parse import unquote

from pipeline.formats.csv_rows import Row
from pipeline.model.codes import Direction
from pipeline.model.records import Alias, Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.linkedin.dates import parse_date
from pipeline.sources.linkedin.people import cell_text, full_name, identify, identify_by_name, is_owner
from pipeline.sources.linkedin.tables import ReadRow, cell, unreadable_date
from pipeline.sources.shared.web.json_items import kept

_POST_URL: Final = re.compile(r"linkedin\.com/(?:feed/update/|posts/)", re.IGNORECASE)


def endorsement(direction: Direction) -> ReadRow:
    """Return the reader of endorsements of skills, given (outbound) or received (inbound)."""
    side = "Endorsee" if direction == "outbound" else "Endorser"

    def read(row: Row, context: Context) -> Parsed:
        name = full_name(cell(row, f"{side} First Name"), cell(row, f"{side} Last Name"))
        url = cell(row, f"{side} Public Url")
        person = identify(url, name)
        if person is None:
            return SetAside(row.pointer, "missing_field", "an endorsement that doesn't name the other person")
        date = parse_date(cell(row, "Endorsement Date"))
        if date is None:
            return unreadable_date(row)
        if is_owner(person, context):
            return Skipped(row.pointer, "self_event")
        skill = cell(row, "Skill Name").casefold()
        act = Interaction(
            person.native_id,
            direction,
            "endorsement",
            date.at,
            resolution_s=date.resolution_s,
            native_id=f"endorsement:{direction}:{person.native_id}:{skill}:{date.at}",
            zone_assumed=date.lacks_zone,
        )
        people: tuple[Person | Alias, ...] = (person,) if cell_text(url) else tuple(identify_by_name(name, context))
        return Stored(row.pointer, (*people, act))

    return read


def recommendation(direction: Direction) -> ReadRow:
    """Return the reader of recommendations, given or received. Format fact: they name people without a profile page."""

    def read(row: Row, context: Context) -> Parsed:
        name = full_name(cell(row, "First Name"), cell(row, "Last Name"))
        if not name:
            return SetAside(row.pointer, "missing_field", "a recommendation that doesn't name the other person")
        date = parse_date(cell(row, "Creation Date"))
        if date is None:
            return unreadable_date(row)
        people = tuple(identify_by_name(name, context))
        act = Interaction(
            people[0].native_id,
            direction,
            "recommendation",
            date.at,
            resolution_s=date.resolution_s,
            text=kept(cell_text(cell(row, "Text")), context),
            zone_assumed=date.lacks_zone,
        )
        return Stored(row.pointer, (*people, act))

    return read


def _unattributed(kind: str, text_column: str = "") -> ReadRow:
    def read(row: Row, context: Context) -> Parsed:
        date = parse_date(cell(row, "Date"))
        if date is None:
            return unreadable_date(row)
        text = kept(cell_text(cell(row, text_column)), context) if text_column else None
        url = cell_text(cell(row, "Link")) or None
        return Stored(row.pointer, (Unattributed(kind, "outbound", date.at, text=text, url=url),))

    return read


_reply = _unattributed("reply", "Message")
_comment = _unattributed("comment", "Message")
_like = _unattributed("like")
_reaction = _unattributed("reaction")
repost = _unattributed("repost")
vote = _unattributed("vote", "OptionText")


def comment(row: Row, context: Context) -> Parsed:
    """Read a comment. It is a reply when its link carries `commentUrn=`, the comment above it in the thread."""
    return (_reply if "commenturn=" in cell(row, "Link").lower() else _comment)(row, context)


def reaction(row: Row, context: Context) -> Parsed:
    """Read a reaction: the type `LIKE` is a like, LinkedIn's other five types are reactions."""
    return (_like if cell(row, "Type").upper() == "LIKE" else _reaction)(row, context)


def unquote_lines(commentary: str) -> str:
    """Remove the quotes that LinkedIn puts around every line of a post's text, and the doubling of quotes inside.

    >>> unquote_lines('"one"')
    'one'
    >>> unquote_lines('she said "hi"')
    'she said "hi"'
    """
    text = commentary.strip().replace("\r\n", "\n")
    before, after = len(text) - len(text.lstrip('"')), len(text) - len(text.rstrip('"'))
    if '"\n"' in text or (before % 2 and after % 2):  # inner quotes are doubled: an odd one is the line's own
        text = text[before % 2 : len(text) - after % 2]
    return text.replace('"\n"', "\n").replace('""', '"')


def share(row: Row, context: Context) -> Parsed:
    """Read a post of the owner's. A post that shares another post is a quote, or a repost when it adds no text."""
    date = parse_date(cell(row, "Date"))
    if date is None:
        return unreadable_date(row)
    text = kept(unquote_lines(cell_text(cell(row, "ShareCommentary"))), context)
    shares_post = _POST_URL.search(unquote(cell_text(cell(row, "SharedUrl"))))
    kind = "post" if not shares_post else "quote" if text else "repost"
    url = cell_text(cell(row, "ShareLink")) or None
    return Stored(row.pointer, (Unattributed(kind, "outbound", date.at, text=text, url=url),))


def skip(rule: str) -> ReadRow:
    """Return a reader that leaves out every row by one of `pipeline.model.codes.SKIP_RULES`."""
    return lambda row, _context: Skipped(row.pointer, rule)
