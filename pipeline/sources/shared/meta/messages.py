"""One page of a conversation, as Messenger and Instagram write it: newest message first, 10,000 a page.

Messages have no id. Reactions need one to answer (CONTRACT: `reply_to`), and the same message may stand in two exports, in
two folders and in the encrypted download: so each gets the id `<thread>:<milliseconds>:<digest>`, the digest over sender and
text, with `#n` for the n-th equal one of that millisecond. It is the same in every export that shows the message, whatever its
pages and folders; equal messages ("ok", "ok") stay apart, as the ordinal of CONTRACT's interaction_id wants it, and ruling 2
then unites overlapping exports by id.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pipeline.model.codes import KINDS, Surface
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import (
    Alias,
    Interaction,
    Owner,
    Parsed,
    Person,
    Row,
    SetAside,
    Skipped,
    Stored,
    Tie,
    Unattributed,
)
from pipeline.sources.shared.meta.system_lines import meaning, missed_call_of, openings
from pipeline.sources.shared.meta.values import micros, repair, tidy_name

GONE: Final = frozenset({
    "facebook user", "facebook-nutzer", "facebook-nutzerin", "facebook-gebruiker", "utilisateur de facebook", "utilisateur facebook",
    "usuario de facebook", "utente di facebook", "utente facebook", "instagram user", "instagram-nutzer", "instagram-gebruiker",
    "utilisateur instagram", "utilisateur d’instagram", "usuario de instagram", "utente di instagram", "instagrammer", "",
    "usuário do facebook", "utilizador do facebook", "facebookgebruiker", "facebook-användare", "facebook-bruger", "facebook-bruker", "facebook-käyttäjä",
    "użytkownik facebooka", "uživatel facebooku", "uporabnik facebooka", "korisnik facebooka", "facebook kullanıcısı", "пользователь facebook",
    "usuário do instagram", "utilizador do instagram", "użytkownik instagrama", "uporabnik instagrama", "korisnik instagrama", "instagram kullanıcısı",
})  # fmt: skip
"""Normalised names that stand for a closed account."""
_MESSAGES: Final = frozenset(KINDS["message"])
_STEPS: Final = 1_000_000
"""Messages that a page may hold at most, so that `seq` rises over all pages of a thread."""


class Sender(NamedTuple):
    """Who wrote or reacted. `person` is None for the owner."""

    person: Person | None
    begins: tuple[str, ...]


@dataclass(slots=True)
class Page:
    """What is known of the thread before its messages are read."""

    thread: str
    """The thread's own number (titles change)."""
    counterpart: Person | None
    """The other person of a one-to-one thread, None in a group."""
    me: frozenset[str]
    """The owner's names, normalised."""
    number: int = 0
    request: bool = False
    """Not accepted yet: what comes in is a request."""
    spam: str = ""
    """The rule by which all messages are left out, if any."""
    stories: bool = False
    alone: bool = False
    """Nobody but the owner is in it."""
    mentionable: tuple[tuple["re.Pattern[str]", Person], ...] = ()
    senders: dict[str, Sender] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Persons whose names a row of this page already told."""
    ordinals: dict[str, int] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    """Normalised name -> handle, where the archive states both in one place and for one person only."""

    def sender(self, raw: Any) -> Sender:
        """Return who stands behind a sender's name as written."""
        key = raw if isinstance(raw, str) else ""
        known = self.senders.get(key)
        if known is None:
            name = tidy_name(repair(key))
            plain = normalise_name(name)
            if plain and plain in self.me:
                person = None
            elif self.counterpart is not None:
                person = self.counterpart
            elif plain in GONE:
                person = Person(f"thread:{self.thread}", placeholder=True)
            else:
                person = Person(name_id(name), display_name=name)
            known = self.senders[key] = Sender(person, openings(name))
        return known

    def introduce(self, person: Person) -> tuple[Person | Alias, ...]:
        """Return the person's row the first time, nothing after that: a page holds thousands of messages of few people."""
        if person.native_id in self.told:
            return ()
        self.told.add(person.native_id)
        handle = self.handles.get(normalise_name(person.display_name or ""), "") if not person.placeholder else ""
        if handle and handle != person.native_id:
            return (person, Alias(person.native_id, handle, "the export names this handle and this name together"))
        return (person,)


def owner_names(owner: Owner) -> frozenset[str]:
    """Return the owner's names and handles, normalised for comparison with senders."""
    return frozenset(normalise_name(repair(name)) for name in owner.names | owner.handles) - {""}


def mention_patterns(people: Sequence[Person]) -> tuple[tuple["re.Pattern[str]", Person], ...]:
    """Return how each participant is addressed in a group: `@` with the full name, or with a first name that only one has."""
    firsts = [(person.display_name or "").split(" ", 1)[0].casefold() for person in people]
    found: list[tuple[re.Pattern[str], Person]] = []
    for person, first in zip(people, firsts, strict=True):
        names = [person.display_name or ""]
        if firsts.count(first) == 1:
            names.append(first)
        written = "|".join(re.escape(name) for name in names if name)
        if written and not person.placeholder:
            found.append((re.compile(rf"@(?:{written})(?!\w)", re.IGNORECASE), person))
    return tuple(found)


def places(times: Sequence[int], number: int) -> Iterator[int | None]:
    """Yield each message's rank in true order: pages count down, and a page is newest first (or oldest first).

    A page in neither order tells nothing about order: None for all of it.
    """
    base = (_STEPS - number) * _STEPS
    listed = list(times)
    if listed == sorted(listed, reverse=True):
        yield from range(base + len(times) - 1, base - 1, -1)
    elif listed == sorted(listed):
        yield from range(base, base + len(times))
    else:
        yield from (None for _ in times)


def message_times(messages: Sequence[Any]) -> list[int]:
    """Return the times as written; a message without one takes its neighbour's, so as not to hide the order of the rest."""
    times: list[int] = []
    for message in messages:
        value = message.get("timestamp_ms") if isinstance(message, dict) else None
        times.append(value if isinstance(value, int) else times[-1] if times else 0)
    return times


def _identity(page: Page, sender: Sender, at: int, content: str) -> str:
    who = sender.person.native_id if sender.person else "me"
    digest = hashlib.blake2b(f"{who}\n{content}".encode(), digest_size=6).hexdigest()
    identity = f"{page.thread}:{at // 1000}:{digest}"
    count = page.ordinals.get(identity, 0)
    page.ordinals[identity] = count + 1
    return f"{identity}#{count}" if count else identity


def read_message(message: Any, pointer: str, page: Page, seq: int | None) -> Parsed:
    """Return what becomes of one message: rows of the message, of calls, story lines and reactions on it.

    Args:
        message: the record as exported (its texts not repaired yet).
        pointer: its place in the member.
        page: the thread.
        seq: its rank in the thread, None when the order isn't known.
    """
    if not isinstance(message, dict):
        return SetAside(pointer, "not_an_object", "an entry of this conversation has no fields")
    at = micros(message.get("timestamp_ms"))
    if page.spam:
        return Skipped(pointer, page.spam)
    if at is None:
        return SetAside(pointer, "unreadable_time", "a message without a time that can be read")
    if message.get("is_unsent") or message.get("is_taken_down"):
        return Skipped(pointer, "deleted_placeholder")
    if message.get("users") or message.get("type") in ("Subscribe", "Unsubscribe", "placeholder"):
        return Skipped(pointer, "system_line")
    sender = page.sender(message.get("sender_name"))
    raw = message.get("content")
    text = repair(raw) if isinstance(raw, str) and raw else None
    kind, says = "message", ""
    missed = missed_call_of(text) if text is not None and " missed " in text and page.counterpart else ""
    if "call_duration" in message or message.get("missed") is not None or message.get("type") == "Call":
        kind, text = "call", None
    elif text is not None and (says := meaning(text, _begins(page, sender, missed), stories=page.stories)):
        if says == "unsent":
            return Skipped(pointer, "deleted_placeholder")
        if says == "system":
            return Skipped(pointer, "system_line")
        kind = "message" if says == "attachment" else says
        text = None
    if says == "call" and missed:
        # The line is told from the owner's side: "Ana missed your call" was the owner's call, wherever it stands.
        sender = Sender(None if missed == "mine" else page.counterpart, sender.begins)
    identity = _identity(page, sender, at, text or kind)
    share = message.get("share")
    link = share.get("link") if isinstance(share, dict) else None
    url = repair(link) if isinstance(link, str) and link else None
    rows: list[Row] = []
    reactions = message.get("reactions")
    if sender.person is not None:
        if kind == "message" and page.request:
            kind = "message_request"
        rows.extend(page.introduce(sender.person))
        rows.append(_act(page, sender.person, "inbound", kind, at, identity, text, url, seq))
    else:
        for person in _addressed(page, text, reactions):
            rows.extend(page.introduce(person))
            rows.append(_act(page, person, "outbound", kind, at, identity, text, url, seq))
        if not rows:
            if page.alone:
                return Skipped(pointer, "self_event")
            rows.append(Unattributed(kind, "outbound", at, text=text, url=url, native_id=identity, thread=page.thread))
    if reactions:
        rows.extend(_reactions(page, sender, reactions, identity))
    return Stored(pointer, tuple(rows))


def _begins(page: Page, sender: Sender, missed: str) -> tuple[str, ...]:
    """Return how the platform's own lines may begin; the other one missing a call stands under the owner, who made it."""
    if missed != "mine" or sender.person is not None or page.counterpart is None:
        return sender.begins
    return (*openings(page.counterpart.display_name or ""), *sender.begins)


def _act(
    page: Page,
    person: Person,
    direction: Any,
    kind: str,
    at: int,
    identity: str,
    text: str | None,
    url: str | None,
    seq: int | None,
) -> Interaction:
    group = page.counterpart is None
    surface: Surface | None = None if group or kind in _MESSAGES else "direct"
    # `_make` takes half the time of the constructor, and an archive may hold millions of messages.
    return Interaction._make((
        person.native_id, direction, kind, at, 1, identity, page.thread, None, group, text, url, seq, surface, None, False, None, None, None,
    ))  # fmt: skip


def _addressed(page: Page, text: str | None, reactions: Any) -> list[Person]:
    """Return whom the owner's message goes to: the other one; in a group those it mentions by name or who react to it."""
    if page.counterpart is not None:
        return [page.counterpart]
    found: dict[str, Person] = {}
    if text and "@" in text:
        found = {person.native_id: person for pattern, person in page.mentionable if pattern.search(text)}
    for reaction in reactions if isinstance(reactions, list) else ():
        actor = page.sender(reaction.get("actor")).person if isinstance(reaction, dict) else None
        if actor is not None:
            found.setdefault(actor.native_id, actor)
    return list(found.values())


def _reactions(page: Page, sender: Sender, reactions: Any, identity: str) -> Iterator[Row]:
    """Yield a row for each reaction between the owner and somebody; without a time it is no event (a tie when the owner's)."""
    for reaction in reactions if isinstance(reactions, list) else ():
        if not isinstance(reaction, dict):
            continue
        actor = page.sender(reaction.get("actor"))
        other = sender.person if actor.person is None else actor.person
        if other is None or (actor.person is None) == (sender.person is None):
            continue
        outbound = actor.person is None
        at = micros(reaction.get("timestamp"))
        if at is None and not outbound:
            continue
        yield from page.introduce(other)
        if at is None:
            yield Tie(other.native_id, "reacted")
        else:
            yield Interaction(
                other.native_id, "outbound" if outbound else "inbound", "message_reaction", at, thread=page.thread, reply_to=identity,
                is_group=page.counterpart is None, surface=None if page.counterpart is None else "direct",
            )  # fmt: skip
