"""One row of a table -> rows in the common vocabulary.

Ids carry Reddit's own type prefix (`t1_` comment, `t3_` post, `t4_` message), because the bare ones are unique in a type only.
"""

import re
from typing import Final

from pipeline.formats.csv_rows import Row
from pipeline.model.codes import Direction
from pipeline.model.records import Context, Interaction, Parsed, Person, SetAside, Skipped, Stored, Tie, Unattributed
from pipeline.model.records import Row as Out
from pipeline.sources.shared.web.json_items import iso_us, kept, unknown_kind, unreadable_time

OWN, CHANNELS, AUTHORS, SUBREDDITS, ANSWERERS = "own", "channels", "chat_authors", "subreddits", "chat_answerers"
"""Survey maps: own items' ids; channel -> user names in it; group message -> its author; subreddits by lower-case name;
message -> user names who answer it explicitly."""
_MENTION: Final = re.compile(r"(?<![\w/.])/?u/([A-Za-z0-9_-]{3,20})(?![\w-])")
_LINK: Final = re.compile(r"/comments/([a-z0-9]+)(?:/[^/]*/([a-z0-9]+))?", re.IGNORECASE)
_GONE: Final = frozenset({"", "[deleted]", "[removed]", "[unavailable]"})
_SYSTEM: Final = frozenset({"reddit", "automoderator", "reddit-welcome", "admin", "announcements"})
_WELCOME: Final = re.compile(r"welcome[-_]?bot")
"""Subreddits name their own welcome bots: `TeaWelcomeBot`, `welcome-bot_tea`."""


def user(value: str) -> str:
    """Return a user name in lower case without `u/`; empty for a deleted account."""
    name = value.strip().lower()
    name = name.removeprefix("/").removeprefix("u/").removeprefix("user/")
    return "" if name in _GONE else name


def full_id(value: str, prefix: str) -> str | None:
    """Return an id with its type prefix, None when it is empty."""
    text = value.strip()
    return text if re.match(r"t\d_", text) else f"{prefix}{text}" if text else None


def id_in_link(link: str) -> str | None:
    """Return the id of the comment, else the post, that a permalink leads to."""
    found = _LINK.search(link)
    return None if found is None else f"t1_{found[2]}" if found[2] else f"t3_{found[1]}"


def person(name: str) -> Person:
    """Return the person of a user name as written."""
    return Person(user(name), handle=name.strip().removeprefix("/").removeprefix("u/"))


def url_of(link: str) -> str | None:
    """Return a permalink as a full address."""
    return f"https://www.reddit.com{link}" if link.startswith("/") else link or None


def is_system(name: str, context: Context) -> bool:
    """Tell whether a sender is the platform, a subreddit or one of its welcome bots."""
    text = name.strip().lower().lstrip("/#")
    return (
        text.startswith("r/")
        or text in _SYSTEM
        or _WELCOME.search(text) is not None
        or text in context.survey.maps.get(SUBREDDITS, {})
    )


def post_or_comment(row: Row, context: Context, *, comment: bool) -> Parsed:
    """Read a comment or post: to whom is not in the export, so only people named by `u/name` get rows."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    own = context.survey.maps.get(OWN, {})
    key = full_id(row.get("id"), "t1_" if comment else "t3_")
    parent = row.get("parent")
    target = (full_id(parent, "t1_") if parent else id_in_link(row.get("link"))) if comment else None
    body = row.get("body")
    title = "" if comment else row.get("title")
    text, url = kept("\n\n".join(filter(None, (title, body))), context), url_of(row.get("permalink"))
    thread = id_in_link(row.get("link")) if comment else key
    rows: list[Out] = []
    owners = context.owner("reddit").ids
    for name in dict.fromkeys(found.lower() for found in _MENTION.findall(body)):
        if name not in owners:
            act = Interaction(name, "outbound", "mention", at, native_id=key, thread=thread, text=text, url=url)
            rows += [Person(name, handle=name), act]
    if rows:
        return Stored(row.pointer, tuple(rows))
    if target and target in own:
        return Skipped(row.pointer, "self_event")
    kind = (
        "post" if not comment else "reply" if parent.startswith("t1_") or (parent and "_" not in parent) else "comment"
    )
    return Stored(row.pointer, (Unattributed(kind, "outbound", at, text=text, url=url, native_id=key, thread=thread),))


def _direction(*, outbound: bool) -> Direction:
    return "outbound" if outbound else "inbound"


def message(row: Row, context: Context) -> Parsed:
    """Read a private message: sender or recipient is the owner."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    owners = context.owner("reddit").ids
    sender, recipient = row.get("from"), row.get("to")
    outbound = user(sender) in owners
    if not outbound and is_system(sender, context):
        return Skipped(row.pointer, "system_line")
    if outbound and user(recipient) in owners:
        return Skipped(row.pointer, "self_event")
    if outbound and is_system(recipient, context):
        return Skipped(row.pointer, "not_social")
    if not outbound and user(recipient) not in owners:
        if not owners:
            reason = "the export doesn't say who you are: add your user name under [owner.reddit] in dancecard.toml"
            return SetAside(row.pointer, "owner_unknown", reason)
        if not is_system(recipient, context):
            return Skipped(row.pointer, "between_others")
        return Skipped(row.pointer, "not_social")  # moderators' mail to a subreddit
    other = recipient if outbound else sender
    key = full_id(row.get("id"), "t4_")
    thread = full_id(row.get("thread_id"), "t4_") or key
    who = person(other) if user(other) else Person(f"thread:{thread}", placeholder=True)
    text = kept(row.get("body") or row.get("subject"), context)
    direction: Direction = "outbound" if outbound else "inbound"
    act = Interaction(
        who.native_id,
        direction,
        "message",
        at,
        native_id=key,
        thread=thread,
        text=text,
        url=url_of(row.get("permalink")),
    )
    return Stored(row.pointer, (who, act))


def chat(row: Row, context: Context) -> Parsed:
    """Read a chat message; its sender is `username`, its conversation the channel."""
    at = iso_us(row.get("created_at"))
    if at is None:
        return unreadable_time(row.pointer)
    owners, sender = context.owner("reddit").ids, user(row.get("username"))
    if not owners:
        reason = "the export doesn't say who you are: add your user name under [owner.reddit] in dancecard.toml"
        return SetAside(row.pointer, "owner_unknown", reason)
    if is_system(row.get("username"), context) and sender not in owners:
        return Skipped(row.pointer, "system_line")
    channel = row.get("channel_url")
    others = set(context.survey.maps.get(CHANNELS, {}).get(channel, "").split()) - owners
    group = is_group(row, len(others))
    key, link = full_id(row.get("message_id"), "chat_"), full_id(row.get("thread_parent_message_id"), "chat_")
    text = kept(row.get("message"), context)
    if sender not in owners:
        who = person(row.get("username")) if sender else Person(f"thread:{channel}", placeholder=True)
        act = Interaction(
            who.native_id,
            "inbound",
            "message",
            at,
            native_id=key,
            thread=channel or None,
            reply_to=link,
            is_group=group,
            text=text,
        )
        return Stored(row.pointer, (who, act))
    if group:
        aimed = context.survey.maps.get(AUTHORS, {}).get(row.get("thread_parent_message_id"), "")
        answering = context.survey.maps.get(ANSWERERS, {}).get(row.get("message_id"), "").split()
        named = {*(found.lower() for found in _MENTION.findall(row.get("message"))), *answering, *filter(None, [aimed])}
        rows: list[Out] = []
        for name in sorted(named - owners):
            act = Interaction(
                name,
                "outbound",
                "message",
                at,
                native_id=key,
                thread=channel,
                reply_to=link if name == aimed else None,
                is_group=group,
                text=text,
            )
            rows += [Person(name, handle=name), act]
        lost = Unattributed("message", "outbound", at, text, native_id=key, thread=channel)
        return Stored(row.pointer, tuple(rows) or (lost,))
    shown = user(row.get("channel_name"))
    partner = next(iter(others)) if others else shown if re.fullmatch(r"[a-z0-9_-]{3,20}", shown) else ""
    partner = "" if partner in owners else partner
    who = Person(partner, handle=partner) if partner else Person(f"thread:{channel}", placeholder=True)
    act = Interaction(
        who.native_id,
        "outbound",
        "message",
        at,
        native_id=key,
        thread=channel or None,
        reply_to=link,
        text=text,
    )
    return Stored(row.pointer, (who, act))


def is_group(row: Row, others: int) -> bool:
    """Tell whether a chat is with several people: by its declared type, a subreddit's channel, or who writes in it."""
    kind = row.get("conversation_type").lower()
    return (
        others > 1
        or bool(row.get("subreddit"))
        or any(word in kind for word in ("group", "channel", "subreddit", "public"))
    )


def vote(row: Row, _context: Context) -> Parsed:
    """Read a vote: no time, no author. `none` is a vote that was taken back."""
    way = row.get("direction").lower()
    if way in {"", "none"}:
        return Skipped(row.pointer, "empty_item")
    if way not in {"up", "down"}:
        return unknown_kind(row.pointer, f"vote {way}")
    link = row.get("permalink")
    return Stored(row.pointer, (Unattributed("vote", "outbound", None, url=url_of(link), native_id=None),))


def friend(row: Row, context: Context) -> Parsed:
    """Read somebody whom the owner follows."""
    name = row.get("username")
    if not user(name):
        return SetAside(row.pointer, "missing_field", "a friend without a user name")
    if user(name) in context.owner("reddit").ids:
        return Skipped(row.pointer, "self_event")
    return Stored(row.pointer, (person(name), Tie(user(name), "follows")))


def award_given(row: Row, _context: Context) -> Parsed:
    """Read an award that the owner gave: to whose content is not in the export."""
    at = iso_us(row.get("date"))
    if at is None:
        return unreadable_time(row.pointer)
    return Stored(row.pointer, (Unattributed("award", "outbound", at, url=url_of(row.get("content_link"))),))


def award_received(row: Row, context: Context) -> Parsed:
    """Read an award that somebody gave to the owner; an anonymous giver leaves it unattributed."""
    at, link = iso_us(row.get("date")), row.get("content_link")
    if at is None:
        return unreadable_time(row.pointer)
    name = row.get("gilder_username")
    if not user(name) or user(name) in {"anonymous", "none", "null"}:
        return Stored(row.pointer, (Unattributed("award", "inbound", at, url=url_of(link)),))
    if user(name) in context.owner("reddit").ids:
        return Skipped(row.pointer, "self_event")
    act = Interaction(user(name), "inbound", "award", at, reply_to=id_in_link(link), url=url_of(link))
    return Stored(row.pointer, (person(name), act))
