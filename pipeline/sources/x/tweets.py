"""Tweets to rows: replies, mentions, reposts, quotes, and posts without counterpart; the classic CSV."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.formats.csv_rows import Row as CsvRow
from pipeline.formats.csv_rows import read_rows
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Member
from pipeline.sources.shared.csv_tables.rows import malformed_row
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import kept, unreadable_time
from pipeline.sources.x.facts import XFacts
from pipeline.sources.x.files import record_parser
from pipeline.sources.x.people import Mention, author_of, is_owner, is_owner_person, person_of
from pipeline.sources.x.times import tweet_time
from pipeline.sources.x.tweet_fields import (
    Parent,
    Repost,
    end_of_leading_handles,
    linked_statuses,
    mentions,
    parent,
    plain_text,
    repost_of,
    status_id,
    version_ids,
)

CLASSIC_COLUMNS: Final = ("tweet_id", "timestamp", "text")
"""Columns by which the header of `tweets.csv` is found."""
_KIND_ORDER: Final = ("reply", "quote", "mention")
"""A person addressed in several ways by one tweet gets the first of these."""


class _Act(NamedTuple):
    """What all rows of one tweet share."""

    pointer: str
    native_id: str
    at: int
    text: str | None = None

    @property
    def url(self) -> str:
        return status_url(self.native_id)


class _Aim(NamedTuple):
    """An act towards one person."""

    kind: str
    person: Person
    status: str = ""
    """The status that it answers or quotes."""


def status_url(status: str) -> str:
    """Return a status's address that needs no handle."""
    return f"https://x.com/i/web/status/{status}"


def read_tweet(tweet: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read one tweet. Of an edited tweet the last version counts, with the id and time of the first."""
    own_id = status_id(tweet)
    if not own_id:
        return SetAside(pointer, "missing_field", "a tweet without an id")
    at = tweet_time(own_id, tweet.get("created_at"))
    if at is None:
        return unreadable_time(pointer)
    facts = context.facts(XFacts)
    native_id = own_id
    # The record of a first version may name only itself; the survey knows the later ones.
    versions = version_ids(tweet) or ([own_id] if own_id in facts.last_version else [])
    if versions:
        native_id = versions[0]
        if facts.last_version.get(native_id, own_id) != own_id:
            return Skipped(pointer, "edit_version")
        at = facts.first_time.get(native_id, at)
    repost = repost_of(tweet)
    if repost is not None:
        return _repost(repost, _Act(pointer, native_id, at), context)
    text = kept(facts.long_text.get(own_id, plain_text(tweet)), context)
    return _written(tweet, _Act(pointer, native_id, at, text), context)


read_tweets: Final = record_parser("tweet", read_tweet)


def _repost(repost: Repost, act: _Act, context: Context) -> Parsed:
    """Return a repost towards its author. Its text and mentions are the author's, so the row has neither."""
    author = repost.author
    if is_owner(author.id, author.handle, context):
        return Skipped(act.pointer, "self_event")
    person = person_of(author, context)
    if person is None:
        lost = Unattributed("repost", "outbound", act.at, url=act.url, native_id=act.native_id)
        return Stored(act.pointer, (lost,))
    row = Interaction(
        person.native_id,
        "outbound",
        "repost",
        act.at,
        native_id=act.native_id,
        reply_to=repost.status or None,
        url=act.url,
    )
    return Stored(act.pointer, (person, row))


def _written(tweet: JsonObject, act: _Act, context: Context) -> Parsed:
    """Return the rows of a tweet in the owner's own words: one for each person that it addresses."""
    replied = parent(tweet)
    named = mentions(tweet)
    aims: list[_Aim] = []
    leading: list[Person] = []
    replies_to_self = False
    if replied.status:
        target = _answered_person(named, replied, context)
        end = end_of_leading_handles(tweet)
        # The leading handles are no mentions, but they give names and numbers of accounts.
        leading = [
            person for person in _people((m for m in named if m.start < end), context) if person.native_id.isdigit()
        ]
        named = [mention for mention in named if mention.start >= end]
        replies_to_self = target is not None and is_owner_person(target, context)
        aims += [_Aim("reply", target, replied.status)] if target else []
    else:
        directed = person_of(Mention(replied.author_id, replied.handle), context)
        aims += [_Aim("mention", directed)] if directed else []
    quotes = list(_quotes(tweet, context))
    aims += [quote for quote in quotes if quote]
    named += _mentions_beyond_cut(tweet, context)
    aims += [_Aim("mention", person) for person in _people(named, context)]
    described = {person.native_id: person for person in _people(mentions(tweet), context)}
    rows: list[Row] = [described.get(who.native_id, who) for who in leading if not is_owner_person(who, context)]
    taken: set[str] = set()
    for aim in sorted(aims, key=lambda aim: _KIND_ORDER.index(aim.kind)):
        native_id = aim.person.native_id
        if native_id in taken or is_owner_person(aim.person, context):
            continue
        taken.add(native_id)
        rows.append(described.get(native_id, aim.person))
        row = Interaction(
            native_id,
            "outbound",
            aim.kind,
            act.at,
            native_id=act.native_id,
            reply_to=aim.status or None,
            text=act.text,
            url=act.url,
        )
        rows.append(row)
    if taken:
        return Stored(act.pointer, tuple(rows))
    if replies_to_self:
        return Skipped(act.pointer, "self_event", tuple(row for row in rows if isinstance(row, Person)))
    kind = "reply" if replied.status else "quote" if None in quotes else "post"
    lost = Unattributed(kind, "outbound", act.at, text=act.text, url=act.url, native_id=act.native_id)
    return Stored(act.pointer, (*rows, lost))


def _people(named: Iterator[Mention] | list[Mention], context: Context) -> list[Person]:
    return [person for mention in named if (person := person_of(mention, context))]


def _answered_person(named: list[Mention], replied: Parent, context: Context) -> Person | None:
    """Return the person replied to: by the record, else by other records about that status, else the first leading handle."""
    if replied.author_id or replied.handle:
        return person_of(Mention(replied.author_id, replied.handle), context)
    author = author_of(replied.status, context)
    if author is None and named and named[0].start <= 1:
        author = person_of(named[0], context)
    return author


def _quotes(tweet: JsonObject, context: Context) -> Iterator[_Aim | None]:
    """Yield a quote for each linked status, None for one whose author is unknown."""
    for linked in linked_statuses(tweet):
        person = person_of(Mention("", linked.handle), context) if linked.handle else author_of(linked.status, context)
        yield _Aim("quote", person, linked.status) if person else None


def _mentions_beyond_cut(tweet: JsonObject, context: Context) -> list[Mention]:
    """Return the accounts that the whole text mentions after the place where the tweet is cut off."""
    here = mentions(tweet)
    ids, handles = {mention.id for mention in here}, {mention.handle.lower() for mention in here}
    accounts = context.facts(XFacts).long_text_mentions.get(status_id(tweet), ())
    return [
        Mention(account.native_id, account.handle, name=account.name)
        for account in accounts
        if not (account.native_id and account.native_id in ids) and account.handle.lower() not in handles
    ]


def _classic_tweet(row: CsvRow) -> JsonObject:
    """Return a row of the classic `tweets.csv` in the form of a tweet."""
    tweet: JsonObject = {
        "id_str": row.get("tweet_id"),
        "created_at": row.get("timestamp"),
        "text": row.get("text"),
        "in_reply_to_status_id_str": row.get("in_reply_to_status_id"),
        "in_reply_to_user_id_str": row.get("in_reply_to_user_id"),
        "expanded_urls": row.get("expanded_urls"),
    }
    if row.get("retweeted_status_id"):
        user = {"id_str": row.get("retweeted_status_user_id")}
        tweet["retweeted_status"] = {"id_str": row.get("retweeted_status_id"), "user": user}
    return tweet


def read_classic_csv(member: Member, context: Context) -> Iterator[Parsed]:
    """Read `tweets.csv` of a classic archive without scripts."""
    with member.open() as stream:
        for row in read_rows(stream, header=CLASSIC_COLUMNS):
            yield malformed_row(row) if row.problem else read_tweet(_classic_tweet(row), row.pointer, context)
