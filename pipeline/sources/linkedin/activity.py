"""Endorsements and recommendations, both ways; and acts whose other side the export doesn't name."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote

from pipeline.formats.csv_rows import Row
from pipeline.model.codes import Direction
from pipeline.model.records import Alias, Context, Interaction, Parsed, Person, SetAside, Skipped, Stored, Unattributed
from pipeline.sources.linkedin.people import full_name, identified, is_owner, named, value
from pipeline.sources.linkedin.tables import get, no_time
from pipeline.sources.linkedin.times import written
from pipeline.sources.shared.web.json_items import kept

Handle = Callable[[Row, Context], Parsed]
_POST: Final = re.compile(r"linkedin\.com/(?:feed/update/|posts/)", re.IGNORECASE)
"""The address of somebody's post on LinkedIn."""


def endorsement(direction: Direction) -> Handle:
    """Return the handler of given or received endorsements of skills."""
    side = "Endorsee" if direction == "outbound" else "Endorser"

    def handle(row: Row, context: Context) -> Parsed:
        name, url = (
            full_name(get(row, f"{side} First Name"), get(row, f"{side} Last Name")),
            get(row, f"{side} Public Url"),
        )
        who = identified(url, name)
        if who is None:
            return SetAside(row.pointer, "missing_field", "an endorsement that doesn't tell the other person")
        at = written(get(row, "Endorsement Date"))
        if at is None:
            return no_time(row)
        if is_owner(who, context):
            return Skipped(row.pointer, "self_event")
        key = f"endorsement:{direction}:{who.native_id}:{get(row, 'Skill Name').casefold()}:{at.at}"
        act = Interaction(
            who.native_id,
            direction,
            "endorsement",
            at.at,
            resolution_s=at.resolution_s,
            native_id=key,
            zone_assumed=at.zoneless,
        )
        people: tuple[Person | Alias, ...] = (who,) if value(url) else tuple(named(name, context))
        return Stored(row.pointer, (*people, act))

    return handle


def recommendation(direction: Direction) -> Handle:
    """Return the handler of given or received recommendations: people by name only."""

    def handle(row: Row, context: Context) -> Parsed:
        name = full_name(get(row, "First Name"), get(row, "Last Name"))
        if not name:
            return SetAside(row.pointer, "missing_field", "a recommendation that doesn't name the other person")
        at = written(get(row, "Creation Date"))
        if at is None:
            return no_time(row)
        people = tuple(named(name, context))
        act = Interaction(
            people[0].native_id, direction, "recommendation", at.at, resolution_s=at.resolution_s, text=kept(value(get(row, "Text")), context),
            zone_assumed=at.zoneless,
        )  # fmt: skip
        return Stored(row.pointer, (*people, act))

    return handle


def _lost(kind: str, text: str, link: str) -> Handle:
    def handle(row: Row, context: Context) -> Parsed:
        at = written(get(row, "Date"))
        if at is None:
            return no_time(row)
        said = value(get(row, text)) if text else ""
        return Stored(
            row.pointer,
            (Unattributed(kind, "outbound", at.at, text=kept(said, context), url=value(get(row, link)) or None),),
        )

    return handle


def comment(row: Row, context: Context) -> Parsed:
    """Return a comment; whose link names the comment that it stands under is a reply."""
    kind = "reply" if "commenturn=" in get(row, "Link").lower() else "comment"
    return _lost(kind, "Message", "Link")(row, context)


repost = _lost("repost", "", "Link")
vote = _lost("vote", "OptionText", "Link")


def reaction(row: Row, context: Context) -> Parsed:
    """Return a reaction; LIKE is a like, the other five are reactions."""
    return _lost("like" if get(row, "Type").upper() == "LIKE" else "reaction", "", "Link")(row, context)


def commentary(written_text: str) -> str:
    """Undo the quotes that LinkedIn puts around every line of a post."""
    text = written_text.strip().replace("\r\n", "\n")
    before, after = len(text) - len(text.lstrip('"')), len(text) - len(text.rstrip('"'))
    if '"\n"' in text or (before % 2 and after % 2):  # inner quotes come in pairs: an odd one wraps
        text = text[before % 2 : len(text) - after % 2]
    return text.replace('"\n"', "\n").replace('""', '"')


def share(row: Row, context: Context) -> Parsed:
    """Return a post of the owner's; one that shares another's post is a quote, or a repost without words."""
    at = written(get(row, "Date"))
    if at is None:
        return no_time(row)
    text = kept(commentary(value(get(row, "ShareCommentary"))), context)
    shared = _POST.search(unquote(value(get(row, "SharedUrl"))))
    kind = "post" if not shared else "quote" if text else "repost"
    return Stored(
        row.pointer, (Unattributed(kind, "outbound", at.at, text=text, url=value(get(row, "ShareLink")) or None),)
    )


def skip(rule: str) -> Handle:
    """Return a handler that leaves every row out by a rule."""
    return lambda row, _context: Skipped(row.pointer, rule)
