"""Posts, comments, votes, friends and awards.

Format fact: a comment, a vote or an award given names no counterpart. Only users whom a text mentions as `u/name`, the
giver of an award and the accounts that the owner follows are named.
"""

from pipeline.formats.csv_rows import Row
from pipeline.model.records import Interaction, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.reddit.facts import RedditFacts
from pipeline.sources.reddit.identifiers import (
    absolute_url,
    full_id,
    id_in_permalink,
    mentioned_users,
    person_of,
    user_name,
)
from pipeline.sources.shared.web.json_items import iso_us, kept, unknown_kind, unreadable_time

_ANONYMOUS = frozenset({"anonymous", "none", "null"})


def post(row: Row, context: Context) -> Parsed:
    """Read a post: a mention for each user named as `u/name`, else a post without counterpart."""
    text = "\n\n".join(filter(None, (row.get("title"), row.get("body"))))
    post_id = full_id(row.get("id"), "t3_")
    return _text_row(row, Unattributed("post", text=text, native_id=post_id, thread=post_id), context)


def comment(row: Row, context: Context) -> Parsed:
    """Read a comment: a mention for each user named as `u/name`, else unattributed; one on an own item is a self-event."""
    parent, thread = row.get("parent"), id_in_permalink(row.get("link"))
    target = full_id(parent, "t1_") if parent else thread
    kind = "reply" if parent.startswith("t1_") or (parent and "_" not in parent) else "comment"
    act = Unattributed(kind, text=row.get("body"), native_id=full_id(row.get("id"), "t1_"), thread=thread)
    parsed = _text_row(row, act, context)
    is_unattributed = isinstance(parsed, Stored) and isinstance(parsed.rows[0], Unattributed)
    if is_unattributed and target in context.facts(RedditFacts).own_items:
        return Skipped(row.pointer, "self_event")
    return parsed


def _text_row(row: Row, act: Unattributed, context: Context) -> Parsed:
    """Return the outcome of a post or comment of which kind, text and ids are known."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    act = act._replace(at=at, text=kept(act.text or "", context), url=absolute_url(row.get("permalink")))
    mentioned = [name for name in mentioned_users(row.get("body")) if name not in context.owner("reddit").ids]
    rows: list[Person | Interaction] = []
    for name in dict.fromkeys(mentioned):
        mention = Interaction(
            name, "outbound", "mention", at, native_id=act.native_id, thread=act.thread, text=act.text, url=act.url
        )
        rows += [Person(name, handle=name), mention]
    return Stored(row.pointer, tuple(rows) or (act,))


def vote(row: Row, _context: Context) -> Parsed:
    """Read a vote. Format facts: it has neither time nor author; the direction `none`, in some exports `removed`, is a vote that was taken back."""
    way = row.get("direction").lower()
    if way in {"", "none", "removed"}:
        return Skipped(row.pointer, "empty_item")
    if way not in {"up", "down"}:
        return unknown_kind(row.pointer, f"vote {way}")
    return Stored(row.pointer, (Unattributed("vote", "outbound", url=absolute_url(row.get("permalink"))),))


def friend(row: Row, context: Context) -> Parsed:
    """Read an account that the owner follows. Format fact: the list of friends has no dates."""
    name = row.get("username")
    if not user_name(name):
        return SetAside(row.pointer, "missing_field", "a friend without a user name")
    if user_name(name) in context.owner("reddit").ids:
        return Skipped(row.pointer, "self_event")
    return Stored(row.pointer, (person_of(name), Tie(user_name(name), "follows")))


def award_given(row: Row, _context: Context) -> Parsed:
    """Read an award that the owner gave; the export does not name the author of the content."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    url = absolute_url(row.get("content_link"))
    return Stored(row.pointer, (Unattributed("award", "outbound", at, url=url),))


def award_received(row: Row, context: Context) -> Parsed:
    """Read an award that the owner received; an anonymous giver leaves it unattributed."""
    at, link = iso_us(row.get("date")), row.get("content_link")
    if at is None:
        return unreadable_time(row.pointer)
    name = row.get("gilder_username")
    giver = user_name(name)
    if not giver or giver in _ANONYMOUS:
        return Stored(row.pointer, (Unattributed("award", "inbound", at, url=absolute_url(link)),))
    if giver in context.owner("reddit").ids:
        return Skipped(row.pointer, "self_event")
    url = absolute_url(link)
    act = Interaction(giver, "inbound", "award", at, reply_to=id_in_permalink(link), url=url)
    return Stored(row.pointer, (person_of(name), act))
