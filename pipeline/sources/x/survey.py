"""A first look at an X export: owner, date, and what other files need (who wrote a status, edits, long texts)."""

import re
from collections.abc import Sequence
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.dates import day_in_name, usual_names
from pipeline.sources.shared.web.json_items import iso_us, text_of
from pipeline.sources.x import tweet as tw
from pipeline.sources.x.files import records
from pipeline.sources.x.people import HANDLES, id_of
from pipeline.sources.x.times import snowflake_us, tweet_us, written_us

AUTHORS: Final = "x_authors"
"""Map: status -> its author's id, else handle."""
LAST: Final = "x_last"
"""Map: an edited status's first version -> its last one."""
FIRST_AT: Final = "x_first_at"
"""Map: an edited status's first version -> its time."""
LONG: Final = "x_long"
"""Map: status -> long text."""
REST: Final = "x_rest"
"""Map: status -> people whom its long text names: id, handle, name, parted by tabs, a line each."""
NOTED: Final = "x_noted"
"""Map: long text's id -> the status it belongs to."""
STATE: Final = "x_state"
"""Map: `partial` -> yes or no."""
_ZIP: Final = re.compile(r"(?:twitter|x)-20\d\d-\d\d-\d\d", re.IGNORECASE)
_ALIKE: Final = 40


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Look over the claimed members; broken ones are passed over."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    look = _Look()
    for wanted in ("account", "notes", "tweets"):
        for member in archive.members:
            if readers.get(member.name) != wanted:
                continue
            try:
                if wanted == "account":
                    _owner(member, found)
                else:
                    look.take(member, notes=wanted == "notes")
            except MemberError:
                continue
    if found.account is None and (guess := _common_id(archive, readers)):
        found.account, found.owner = Account(guess), found.owner | Owner(ids=frozenset({guess}))
        found.notes = [f"no account file: account {guess}, which takes part in every conversation, was taken for yours"]
    found.maps |= look.maps()
    dated = next(filter(None, map(_ZIP.match, usual_names(archive, claims))), None)
    if found.exported_at is None and dated:
        found.exported_at = day_in_name(dated[0])
    return found


def _owner(member: Member, found: Survey) -> None:
    for _, value, _ in records(member, "account"):
        if value is None:
            continue
        change, info = value.get("screenNameChange"), value.get("archiveInfo")
        if isinstance(change, dict):
            inner = change.get("screenNameChange")
            inner = inner if isinstance(inner, dict) else change
            names = {text_of(inner.get(key)) for key in ("changedFrom", "changedTo")} - {""}
            found.owner |= Owner(handles=frozenset(names))
        elif isinstance(value.get("userInfo"), dict):
            _person(value["userInfo"], found, "accountId", "userName", "displayName")
            info = info if isinstance(info, dict) else {}
            found.exported_at = iso_us(info.get("generationDate"))
            found.maps[STATE] = {"partial": "yes" if str(info.get("isPartialArchive")).lower() == "true" else "no"}
        elif "accountId" in value:
            _person(value, found, "accountId", "username", "accountDisplayName")
            found.account_created_at = iso_us(value.get("createdAt"))
        elif "screen_name" in value:
            _person(value, found, "id", "screen_name", "full_name")
            found.account_created_at = found.account_created_at or written_us(value.get("created_at"))
        elif "created_at" in value and found.exported_at is None:
            found.exported_at = written_us(value["created_at"])


def _person(value: dict[str, Any], found: Survey, id_key: str, handle_key: str, name_key: str) -> None:
    native, handle, name = id_of(value.get(id_key)), text_of(value.get(handle_key)), text_of(value.get(name_key))
    if not native:
        return
    email = text_of(value.get("email"))
    before = found.account if found.account and found.account.native_id == native else Account(native)
    found.account = Account(
        native, handle or before.handle, display_name=name or before.display_name, email=email or before.email
    )  # the manifest and the account file tell different parts
    found.owner |= Owner(
        ids=frozenset({native}),
        handles=frozenset({handle} - {""}),
        names=frozenset({name} - {""}),
        emails=frozenset({email} - {""}),
    )


def _common_id(archive: Archive, readers: dict[str, str]) -> str:
    """Return the one id that takes part in every one-to-one conversation (of at least two), empty without one."""
    pairs: set[frozenset[str]] = set()
    for member in archive.members:
        if readers.get(member.name) == "dm":
            try:
                for _, value, _ in records(member, "dmConversation"):
                    ids = text_of(value.get("conversationId")).split("-") if value else []
                    if len(ids) == 2 and all(map(id_of, ids)):
                        pairs.add(frozenset(ids))
            except MemberError:
                continue
    common: frozenset[str] = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(common)) if len(common) == 1 else ""


class _Look:
    """What the tweets tell: collected over all members."""

    def __init__(self) -> None:
        self.authors: dict[str, str] = {}
        self.handles: dict[str, str] = {}
        self.groups: dict[str, dict[str, int]] = {}
        self.notes: dict[str, str] = {}
        self.long: dict[str, str] = {}
        self.noted: dict[str, str] = {}
        self.rest: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._by_second: dict[int, list[str]] = {}

    def take(self, member: Member, *, notes: bool) -> None:
        """Take in a member of tweets or of long texts."""
        for _, value, _ in records(member, "noteTweet" if notes else "tweet"):
            if value is not None:
                (self._note if notes else self._tweet)(value)

    def _note(self, note: dict[str, Any]) -> None:
        core = note.get("core")
        text = core.get("text") if isinstance(core, dict) else None
        key, at = id_of(note.get("noteTweetId")), iso_us(note.get("createdAt"))
        if key and at is not None and isinstance(text, str):
            self.notes[key] = text
            people = ("\t".join(" ".join(part.split()) for part in named[:3]) for named in tw.note_mentions(note))
            self._named[key] = "\n".join(people)
            self._by_second.setdefault(at // 1_000_000, []).append(key)

    def _tweet(self, tweet: dict[str, Any]) -> None:
        key = tw.status_id(tweet)
        at = tweet_us(key, tweet.get("created_at"))
        for mention in tw.mentions(tweet):
            if mention.id and mention.handle:
                self.handles[mention.handle.lower()] = mention.id
        status, author, handle = tw.parent(tweet)
        if author and handle:
            self.handles[handle.lower()] = author
        if status and (author or handle):
            self.authors[status] = author or handle.lower()
        again = tw.reposted(tweet)
        if again and again[0]:
            self.authors[again[0]] = again[1].id or again[1].handle.lower()
        for name, quoted in tw.quoted(tweet):
            if name:
                self.authors.setdefault(quoted, name.lower())
        ids = tw.versions(tweet)
        if ids and at is not None and key:
            self.groups.setdefault(ids[0], {})[key] = at
        if self.notes and key and at is not None:
            self._long_text(key, at, tw.plain(tweet))

    def _long_text(self, key: str, at: int, text: str) -> None:
        """Find the long text of a tweet: made within two seconds of it and beginning alike (a reply's names may stand before)."""
        words = text.rstrip("…").rstrip()
        for second in range(at // 1_000_000 - 2, at // 1_000_000 + 3):
            for note in self._by_second.get(second, ()):
                start = self.notes[note][:_ALIKE]
                if note not in self.noted and (note == key or (start and start in words)):
                    self.noted[note], self.long[key] = key, self.notes[note]
                    if self._named[note]:
                        self.rest[key] = self._named[note]
                    return

    def maps(self) -> dict[str, dict[str, str]]:
        """Return the look-ups; statuses' authors by id where the archive tells it."""
        ends = {first: max(found, key=int) for first, found in self.groups.items()}
        starts = {
            first: str(found.get(first) or snowflake_us(first) or min(found.values()))
            for first, found in self.groups.items()
        }
        authors = {status: self.handles.get(author, author) for status, author in self.authors.items()}
        return {
            AUTHORS: authors, HANDLES: self.handles, LAST: ends, FIRST_AT: starts, LONG: self.long, NOTED: self.noted,
            REST: self.rest,
        }  # fmt: skip
