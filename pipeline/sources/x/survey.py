"""Survey an X export: the owner, the export's date, authors of statuses, edits, long texts."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import BadJson
from pipeline.model.durations import SECOND
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.dates import day_in_name, usual_names
from pipeline.sources.shared.json_values.access import JsonObject, as_object, at_path
from pipeline.sources.shared.web.json_items import iso_us, text_of
from pipeline.sources.x.facts import NamedAccount, XFacts
from pipeline.sources.x.files import records
from pipeline.sources.x.people import id_of
from pipeline.sources.x.times import parse_created_at, snowflake_time, tweet_time
from pipeline.sources.x.tweet_fields import (
    linked_statuses,
    long_text_mentions,
    mentions,
    parent,
    plain_text,
    repost_of,
    status_id,
    version_ids,
)

_EXPORT_NAME: Final = re.compile(r"(?:twitter|x)-20\d\d-\d\d-\d\d", re.IGNORECASE)
_SAME_BEGINNING: Final = 40
"""Characters in which a long text and its tweet must agree."""
_SECONDS_APART: Final = 2
"""Seconds by which the times of a long text and its tweet may differ."""


class _Keys(NamedTuple):
    """Keys of the owner's id, handle and name in one of the account files."""

    native_id: str
    handle: str
    name: str


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts; members that cannot be opened are passed over."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    account_files = _Account(found)
    tweets = _Tweets()
    # Long texts come before tweets, which are joined with them.
    for wanted in ("account", "notes", "tweets"):
        for member in archive.members:
            if readers.get(member.name) != wanted:
                continue
            try:
                for value in _objects(member, _WRAPPERS[wanted]):
                    if wanted == "account":
                        account_files.add(value)
                    elif wanted == "notes":
                        tweets.add_long_text(value)
                    else:
                        tweets.add_tweet(value)
            except MemberError:
                continue
    if found.account is None and (guess := _common_participant(archive, readers)):
        found.account, found.owner = Account(guess), found.owner | Owner(ids=frozenset({guess}))
        found.notes = [f"no account file: account {guess}, which takes part in every conversation, was taken for yours"]
    found.facts = tweets.facts(account_files.completeness)
    dated = next(filter(None, map(_EXPORT_NAME.match, usual_names(archive, claims))), None)
    if found.exported_at is None and dated:
        found.exported_at = day_in_name(dated[0])
    return found


_WRAPPERS: Final = {"account": "account", "notes": "noteTweet", "tweets": "tweet"}


def _objects(member: Member, wrapper: str) -> Iterator[JsonObject]:
    for record in records(member, wrapper):
        if not isinstance(record.value, BadJson):
            yield record.value


class _Account:
    """The owner, from the account file, the manifest, former handles and the files of the classic archive."""

    def __init__(self, found: Survey) -> None:
        self.found = found
        self.completeness = ""

    def add(self, value: JsonObject) -> None:
        """Add what one record states about the owner to the survey."""
        found = self.found
        change = value.get("screenNameChange")
        if isinstance(change, dict):
            inner = as_object(change.get("screenNameChange")) or change
            handles = {text_of(inner.get(key)) for key in ("changedFrom", "changedTo")} - {""}
            found.owner |= Owner(handles=frozenset(handles))
        elif isinstance(value.get("userInfo"), dict):
            self._add_owner(as_object(value["userInfo"]), _Keys("accountId", "userName", "displayName"))
            info = as_object(value.get("archiveInfo"))
            found.exported_at = iso_us(info.get("generationDate"))
            self.completeness = "partial" if str(info.get("isPartialArchive")).lower() == "true" else "complete"
        elif "accountId" in value:
            self._add_owner(value, _Keys("accountId", "username", "accountDisplayName"))
            found.account_created_at = iso_us(value.get("createdAt"))
        elif "screen_name" in value:
            self._add_owner(value, _Keys("id", "screen_name", "full_name"))
            found.account_created_at = found.account_created_at or parse_created_at(value.get("created_at"))
        elif "created_at" in value and found.exported_at is None:
            found.exported_at = parse_created_at(value["created_at"])

    def _add_owner(self, value: JsonObject, keys: _Keys) -> None:
        native_id = id_of(value.get(keys.native_id))
        handle, name = text_of(value.get(keys.handle)), text_of(value.get(keys.name))
        if not native_id:
            return
        email = text_of(value.get("email"))
        known = self.found.account
        before = known if known and known.native_id == native_id else Account(native_id)
        # The manifest and the account file state different fields.
        self.found.account = Account(
            native_id,
            handle=handle or before.handle,
            display_name=name or before.display_name,
            email=email or before.email,
        )
        self.found.owner |= Owner(
            ids=frozenset({native_id}),
            handles=frozenset({handle} - {""}),
            names=frozenset({name} - {""}),
            emails=frozenset({email} - {""}),
        )


def _common_participant(archive: Archive, readers: dict[str, str]) -> str:
    """Return the one id that takes part in every conversation of two (there must be two at least), empty without one."""
    pairs: set[frozenset[str]] = set()
    for member in archive.members:
        if readers.get(member.name) == "dm":
            try:
                for value in _objects(member, "dmConversation"):
                    ids = text_of(value.get("conversationId")).split("-")
                    if len(ids) == 2 and all(map(id_of, ids)):
                        pairs.add(frozenset(ids))
            except MemberError:
                continue
    common: frozenset[str] = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(common)) if len(common) == 1 else ""


class _LongText(NamedTuple):
    text: str
    mentions: tuple[NamedAccount, ...]


class _Tweets:
    """What tweets and long texts state about each other, collected over all members."""

    def __init__(self) -> None:
        self.authors: dict[str, str] = {}
        self.id_of_handle: dict[str, str] = {}
        self.versions: dict[str, dict[str, int]] = {}
        """First version of an edited status -> version in the archive -> its time."""
        self.long_texts: dict[str, _LongText] = {}
        self.long_text_of: dict[str, str] = {}
        """Status -> id of its long text."""
        self.status_of_long_text: dict[str, str] = {}
        self._by_second: dict[int, list[str]] = {}

    def add_long_text(self, note: JsonObject) -> None:
        """Collect a long text."""
        text = at_path(note, "core", "text")
        note_id, at = id_of(note.get("noteTweetId")), iso_us(note.get("createdAt"))
        if note_id and at is not None and isinstance(text, str):
            accounts = (
                NamedAccount(mention.id, mention.handle, " ".join(mention.name.split()))
                for mention in long_text_mentions(note)
            )
            self.long_texts[note_id] = _LongText(text, tuple(accounts))
            self._by_second.setdefault(at // SECOND, []).append(note_id)

    def add_tweet(self, tweet: JsonObject) -> None:
        """Collect the accounts, authors and versions that a tweet names, and find its long text."""
        own_id = status_id(tweet)
        at = tweet_time(own_id, tweet.get("created_at"))
        for mention in mentions(tweet):
            if mention.id and mention.handle:
                self.id_of_handle[mention.handle.lower()] = mention.id
        replied = parent(tweet)
        if replied.author_id and replied.handle:
            self.id_of_handle[replied.handle.lower()] = replied.author_id
        if replied.status and (replied.author_id or replied.handle):
            self.authors[replied.status] = replied.author_id or replied.handle.lower()
        repost = repost_of(tweet)
        if repost and repost.status:
            self.authors[repost.status] = repost.author.id or repost.author.handle.lower()
        for linked in linked_statuses(tweet):
            if linked.handle:
                self.authors.setdefault(linked.status, linked.handle.lower())
        if not own_id or at is None:
            return
        if versions := version_ids(tweet):
            self.versions.setdefault(versions[0], {})[own_id] = at
        if self.long_texts:
            self._find_long_text(own_id, at, plain_text(tweet))

    def _find_long_text(self, own_id: str, at: int, text: str) -> None:
        """Join a tweet with the long text of nearly the same second that begins alike (after a reply's leading handles)."""
        shown = text.rstrip("…").rstrip()
        second = at // SECOND
        for near in range(second - _SECONDS_APART, second + _SECONDS_APART + 1):
            for note_id in self._by_second.get(near, ()):
                beginning = self.long_texts[note_id].text[:_SAME_BEGINNING]
                is_same = note_id == own_id or (beginning and beginning in shown)
                if note_id not in self.status_of_long_text and is_same:
                    self.status_of_long_text[note_id], self.long_text_of[own_id] = own_id, note_id
                    return

    def facts(self, completeness: str) -> XFacts:
        """Return what readers need; authors by numeric id where the archive gives it."""
        joined = {status: self.long_texts[note_id] for status, note_id in self.long_text_of.items()}
        return XFacts(
            id_of_handle=self.id_of_handle,
            author_of_status={status: self.id_of_handle.get(author, author) for status, author in self.authors.items()},
            last_version={first: max(times, key=int) for first, times in self.versions.items()},
            first_time={
                first: times.get(first) or snowflake_time(first) or min(times.values())
                for first, times in self.versions.items()
            },
            long_text={status: found.text for status, found in joined.items()},
            long_text_mentions={status: found.mentions for status, found in joined.items() if found.mentions},
            status_of_long_text=self.status_of_long_text,
            completeness=completeness,
        )
