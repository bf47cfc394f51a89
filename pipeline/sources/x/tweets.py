"""Tweets to rows: replies, mentions, reposts, quotes; posts to nobody; long texts; the classic CSV."""

from collections.abc import Iterator
from typing import Any

from pipeline.formats.csv_rows import read_rows
from pipeline.model.records import Context, Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.sources.base import Member
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time
from pipeline.sources.x import tweet as tw
from pipeline.sources.x.files import records
from pipeline.sources.x.people import Mention, id_of, is_owner, person
from pipeline.sources.x.survey import AUTHORS, FIRST_AT, LAST, LONG, NOTED, REST
from pipeline.sources.x.times import tweet_us


def status_url(status: str) -> str:
    """Return an address of a status that needs no handle."""
    return f"https://x.com/i/web/status/{status}"


def read_tweets(member: Member, context: Context) -> Iterator[Parsed]:
    """Read tweets, wrapped or bare, of the data archive and of the classic one."""
    for place, value, problem in records(member, "tweet"):
        if value is None:
            yield (
                SetAside(place, problem.code, problem.reason)
                if problem
                else SetAside(place, "not_json", "not valid JSON")
            )
        else:
            yield one_tweet(value, place, context)


def one_tweet(tweet: dict[str, Any], place: str, context: Context) -> Parsed:
    """Return what became of one tweet."""
    key = tw.status_id(tweet)
    if not key:
        return SetAside(place, "missing_field", "a tweet without an id")
    at = tweet_us(key, tweet.get("created_at"))
    if at is None:
        return unreadable_time(place)
    maps = context.survey.maps
    text = tw.plain(tweet)
    ids = tw.versions(tweet) or ([key] if key in maps.get(LAST, {}) else [])  # a first version may name only itself
    if ids:
        if maps.get(LAST, {}).get(ids[0], key) != key:
            return Skipped(place, "edit_version")
        at = int(maps.get(FIRST_AT, {}).get(ids[0], at))
    text = maps.get(LONG, {}).get(key, text)
    native = ids[0] if ids else key
    again = tw.reposted(tweet)
    if again is not None:
        return _repost(again, (place, native, at), context)
    return _written(tweet, (place, native, at), kept(text, context), context)


def _repost(again: tuple[str, Mention], act: tuple[str, str, int], context: Context) -> Parsed:
    """A repost's text and the names in it are its author's: the row holds neither."""
    place, native, at = act
    status, author = again
    if is_owner(author.id, author.handle, context):
        return Skipped(place, "self_event")
    who = person(author.id, author.handle, author.name, context)
    url = status_url(native)
    if who is None:
        return Stored(place, (Unattributed("repost", "outbound", at, url=url, native_id=native),))
    return Stored(
        place,
        (who, Interaction(who.native_id, "outbound", "repost", at, native_id=native, reply_to=status or None, url=url)),
    )


def _written(tweet: dict[str, Any], act: tuple[str, str, int], text: str | None, context: Context) -> Parsed:
    place, native, at = act
    named = tw.mentions(tweet)
    status, author, handle = tw.parent(tweet)
    aims: list[tuple[str, Person, str]] = []
    to_self = False
    if status:
        target = _answered(named, status, author, handle, context)
        until = tw.carried_until(tweet)
        carried = [m for m in named if m.start < until]  # they teach whose number is whose, when they have one
        named = [m for m in named if m.start >= until]
        to_self = target is not None and _mine(target, context)
        aims += [("reply", target, status)] if target else []
        known = [who for m in carried if (who := person(m.id, m.handle, m.name, context)) and who.native_id.isdigit()]
    else:
        known = []
        directed = person(author, handle, "", context)
        aims += [("mention", directed, "")] if directed else []
    lost_quote = False
    for name, quoted in tw.quoted(tweet):
        who = person("", name or maps_author(quoted, context), "", context) if name else _author(quoted, context)
        lost_quote |= who is None
        aims += [("quote", who, quoted)] if who else []
    named += _in_the_rest(tweet, context)
    aims += [("mention", who, "") for m in named if (who := person(m.id, m.handle, m.name, context))]
    names = {who.native_id: who for m in tw.mentions(tweet) if (who := person(m.id, m.handle, m.name, context))}
    rows: list[Row] = [names.get(who.native_id, who) for who in known if not _mine(who, context)]
    taken: set[str] = set()
    url = status_url(native)
    for kind, who, link in sorted(aims, key=lambda aim: ("reply", "quote", "mention").index(aim[0])):
        if who.native_id in taken or _mine(who, context):
            continue
        taken.add(who.native_id)
        rows.append(names.get(who.native_id, who))
        rows.append(
            Interaction(
                who.native_id, "outbound", kind, at, native_id=native, reply_to=link or None, text=text, url=url
            )
        )
    if taken:
        return Stored(place, tuple(rows))
    if to_self:
        return Skipped(place, "self_event", tuple(row for row in rows if isinstance(row, Person)))
    lost = "reply" if status else "quote" if lost_quote else "post"
    return Stored(place, (*rows, Unattributed(lost, "outbound", at, text=text, url=url, native_id=native)))


def _in_the_rest(tweet: dict[str, Any], context: Context) -> list[Mention]:
    """Return whom a long text names beyond where its tweet is cut off; those whom the tweet has itself are not among them."""
    here = tw.mentions(tweet)
    ids, handles = {m.id for m in here}, {m.handle.lower() for m in here}
    lines = context.survey.maps.get(REST, {}).get(tw.status_id(tweet), "").splitlines()
    told = (Mention(native, handle, name, -1) for native, handle, name in (line.split("\t") for line in lines))
    return [m for m in told if not (m.id and m.id in ids) and m.handle.lower() not in handles]


def maps_author(status: str, context: Context) -> str:
    """Return who wrote a status, as far as the archive tells it elsewhere: an id, else a handle, else empty."""
    return context.survey.maps.get(AUTHORS, {}).get(status, "")


def _author(status: str, context: Context) -> Person | None:
    told = maps_author(status, context)
    return (Person(told) if told.isdigit() else person("", told, "", context)) if told else None


def _mine(who: Person, context: Context) -> bool:
    """Tell whether a person is the owner: by numeric id, else by any of the handles."""
    return is_owner(who.native_id if who.native_id.isdigit() else "", who.handle or who.native_id, context)


def _answered(named: list[Mention], status: str, author: str, handle: str, context: Context) -> Person | None:
    """Return who is replied to: as the record says, as other records tell of that status, else the first leading name."""
    if author or handle:
        return person(author, handle, "", context)
    told = _author(status, context)
    if told is None and named and named[0].start <= 1:
        told = person(named[0].id, named[0].handle, named[0].name, context)
    return told


def read_notes(member: Member, context: Context) -> Iterator[Parsed]:
    """Read long texts: those of a tweet stand there; one whose tweet isn't in the export is an act of its own."""
    for place, note, problem in records(member, "noteTweet"):
        if note is None:
            yield SetAside(
                place, problem.code if problem else "not_json", problem.reason if problem else "not valid JSON"
            )
            continue
        key, at = id_of(note.get("noteTweetId")), iso_us(note.get("createdAt"))
        if key in context.survey.maps.get(NOTED, {}):
            yield Skipped(place, "duplicate_of_other_file")
        elif not key or at is None:
            yield unreadable_time(place) if key else SetAside(place, "missing_field", "a long text without an id")
        else:
            yield _note(place, f"note:{key}", at, note, context)


def _note(place: str, native: str, at: int, note: dict[str, Any], context: Context) -> Parsed:
    core = note.get("core")
    core = core if isinstance(core, dict) else {}
    rows: list[Row] = []
    text = kept(text_of(core.get("text")), context)
    people: dict[str, Person] = {}
    for named in tw.note_mentions(note):
        who = person(named.id, named.handle, named.name, context)
        if who and not _mine(who, context):
            people.setdefault(who.native_id, who)
    for who in people.values():
        rows += [who, Interaction(who.native_id, "outbound", "mention", at, native_id=native, text=text)]
    return Stored(place, tuple(rows) or (Unattributed("post", "outbound", at, text, native_id=native),))


def read_classic_csv(member: Member, context: Context) -> Iterator[Parsed]:
    """Read `tweets.csv` of a classic archive whose scripts are gone."""
    with member.open() as stream:
        for row in read_rows(stream, header=("tweet_id", "timestamp", "text")):
            if row.problem:
                yield SetAside(
                    row.pointer,
                    row.problem,
                    "this row can't be read: a quote is never closed, or it has too many fields",
                )
                continue
            tweet: dict[str, Any] = {
                "id_str": row.get("tweet_id"), "created_at": row.get("timestamp"), "text": row.get("text"),
                "in_reply_to_status_id_str": row.get("in_reply_to_status_id"), "expanded_urls": row.get("expanded_urls"),
                "in_reply_to_user_id_str": row.get("in_reply_to_user_id"),
            }  # fmt: skip
            if row.get("retweeted_status_id"):
                user = {"id_str": row.get("retweeted_status_user_id")}
                tweet["retweeted_status"] = {"id_str": row.get("retweeted_status_id"), "user": user}
            yield one_tweet(tweet, row.pointer, context)


def skip_classic_csv(member: Member, _context: Context) -> Iterator[Parsed]:
    """Leave `tweets.csv` out: the scripts beside it hold the same tweets, with more."""
    with member.open() as stream:
        for row in read_rows(stream, header=("tweet_id", "timestamp", "text")):
            yield Skipped(row.pointer, "duplicate_of_other_file")
