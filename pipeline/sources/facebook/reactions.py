"""The owner's reactions. Two files may tell of the same ones: a list with title sentences, and a newer one with addresses.

A reaction that stands in both is stored from the list of sentences, with the name and address of the other; the record of
the newer list is then passed over. Both readers see the other file through the survey (time and reaction are the key).
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import orjson

from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Interaction, Parsed, Row, Skipped, Stored, Tie, Unattributed
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.people import data_of, is_owner, owner_names, person_of
from pipeline.sources.facebook.titles import parse_title
from pipeline.sources.shared.meta.labels import flatten, pick
from pipeline.sources.shared.meta.messages import GONE
from pipeline.sources.shared.meta.values import count_elements, list_reader, micros, tidy_name, untimed, walk

OLD: Final = "reactions_with_sentence"
"""Survey map: key -> how many records with sentences."""
NEW: Final = "reactions_with_address"
"""Survey map: key -> JSON list of [address, name]."""
_WRAPPER: Final = r"reactions(_v\d+)?"
_KINDS: Final = {
    "like": "LIKE", "love": "LOVE", "haha": "HAHA", "wow": "WOW", "sad": "SORRY", "sorry": "SORRY", "angry": "ANGER", "anger": "ANGER",
    "care": "DOROTHY", "dorothy": "DOROTHY",
    "gefällt mir": "LIKE", "vind ik leuk": "LIKE", "leuk": "LIKE", "j’aime": "LIKE", "j'aime": "LIKE", "me gusta": "LIKE", "mi piace": "LIKE",
    "geweldig": "LOVE", "j’adore": "LOVE", "j'adore": "LOVE", "me encanta": "LOVE", "traurig": "SORRY", "triste": "SORRY", "verdrietig": "SORRY",
    "wütend": "ANGER", "boos": "ANGER", "grrr": "ANGER", "me enoja": "ANGER", "me entristece": "SORRY", "me asombra": "WOW", "me divierte": "HAHA",
    "umarmung": "DOROTHY", "solidaire": "DOROTHY", "me importa": "DOROTHY", "abbraccio": "DOROTHY",
}  # fmt: skip


class Told(NamedTuple):
    """What a record of the newer list tells."""

    url: str
    name: str


def told(record: dict[str, Any]) -> tuple[str, Told]:
    """Return (reaction, address and owner) of a record with `label_values`; the owner's block is titled Owner or Author."""
    flat = list(flatten(record.get("label_values")))
    name = pick(flat, "name", inside="owner") or pick(flat, "name")
    return pick(flat, "reaction"), Told(pick(flat, "url"), tidy_name(name))


def key_of(at: int | None, reaction: Any) -> str:
    """Return what a reaction is known by in both files: time and reaction, whatever its language."""
    plain = str(reaction or "").strip().casefold()
    return f"{at}|{_KINDS.get(plain, plain.upper())}"


def survey_records(records: Iterator[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return both survey maps from the reactions of an archive."""
    old: Counter[str] = Counter()
    new: dict[str, list[list[str]]] = {}
    for record in records:
        at = micros(record.get("timestamp"))
        if "label_values" in record:
            reaction, facts = told(record)
            new.setdefault(key_of(at, reaction), []).append([facts.url, facts.name])
        else:
            old[key_of(at, _given(record))] += 1
    return {
        OLD: {key: str(count) for key, count in old.items()},
        NEW: {key: orjson.dumps(facts).decode() for key, facts in new.items()},
    }


def _given(record: dict[str, Any]) -> Any:
    reaction = data_of(record, "reaction")
    return reaction.get("reaction") if isinstance(reaction, dict) else None


def reactions(member: Member, context: Context) -> Iterator[Item]:
    """Yield the reactions of either file."""
    twice = {key: int(count) for key, count in context.survey.maps.get(OLD, {}).items()}
    addresses = {
        key: [Told(*facts) for facts in orjson.loads(listed)] for key, listed in context.survey.maps.get(NEW, {}).items()
    }  # fmt: skip

    def read(record: dict[str, Any], pointer: str, inner: Context) -> Parsed:
        at = micros(record.get("timestamp"))
        if at is None:
            return untimed(pointer, "a reaction")
        if "label_values" in record:
            reaction, facts = told(record)
            key = _same(key_of(at, reaction), at, reaction, twice)
            if twice.get(key, 0) > 0:
                twice[key] -= 1
                return Skipped(pointer, "duplicate_of_other_file")
            return _stored(pointer, inner, at, reaction, facts.name, facts.url)
        return _with_sentence(record, pointer, inner, at, addresses)

    seen: Counter[str] = Counter()
    for item in walk(member, context, read, re.compile(_WRAPPER)):
        yield _known(item, seen) if isinstance(item, Stored) else item


def _known(item: Stored, seen: Counter[str]) -> Stored:
    """Give a reaction an id of its own: older exports hold it without address, so its content doesn't stay the same."""
    rows: list[Row] = []
    for row in item.rows:
        if isinstance(row, Interaction):
            known = f"{row.kind}:{row.person}:{row.at // 1_000_000}"
            seen[known] += 1
            rows.append(row._replace(native_id=known if seen[known] == 1 else f"{known}#{seen[known] - 1}"))
        else:
            rows.append(row)
    return Stored(item.pointer, tuple(rows))


def _same(key: str, at: int, reaction: Any, known: dict[str, Any]) -> str:
    """Return the key in the other file: a reaction in an unknown language is the one reaction of that moment, if there is one."""
    if key in known or str(reaction or "").strip().casefold() in _KINDS:
        return key
    there = [other for other in known if other.startswith(f"{at}|")]
    return there[0] if len(there) == 1 else key


def _of_unknown_word(key: str, at: int, addresses: dict[str, list[Told]]) -> list[Told]:
    """Return what the newer list tells of the one reaction at that moment whose word is in an unknown language."""
    there = [other for other in addresses if other.startswith(f"{at}|")]
    strange = len(there) == 1 and there[0] != key and there[0].partition("|")[2] not in _KINDS.values()
    return addresses[there[0]] if strange else []


def _with_sentence(
    record: dict[str, Any], pointer: str, context: Context, at: int, addresses: dict[str, list[Told]]
) -> Parsed:
    found = data_of(record, "reaction")
    actor = found.get("actor") if isinstance(found, dict) else None
    if isinstance(actor, str) and actor and context.owner("facebook").names and not is_owner(context, actor):
        return Skipped(pointer, "between_others")
    title = record.get("title")
    target = parse_title(title if isinstance(title, str) else "", owner_names(context, actor))
    if target and target.mine:
        return Skipped(pointer, "self_event")
    name = (target.name if target else None) or ""
    key = key_of(at, _given(record))
    offered = addresses.get(key) or _of_unknown_word(key, at, addresses)
    same = [facts for facts in offered if name and normalise_name(facts.name) == normalise_name(name)]
    fits = same or [facts for facts in offered if not facts.name or not name]
    facts = fits[0] if len(fits) == 1 or same else Told("", "")
    return _stored(pointer, context, at, _given(record), name or facts.name, facts.url)


def _stored(pointer: str, context: Context, at: int, reaction: Any, name: str, url: str) -> Parsed:
    kind = "like" if key_of(at, reaction).endswith("|LIKE") else "reaction"
    if normalise_name(name) in GONE:
        return Stored(pointer, (Unattributed(kind, "outbound", at, url=url or None),))
    if is_owner(context, name):
        return Skipped(pointer, "self_event")
    return Stored(pointer, (person_of(name, url), Interaction(name_id(name), "outbound", kind, at, url=url or None)))


def _by_title(record: dict[str, Any], pointer: str, context: Context, kind: str, tie: str) -> Parsed:
    title = record.get("title")
    target = parse_title(title if isinstance(title, str) else "", owner_names(context))
    at = micros(record.get("timestamp"))
    if target and (target.mine or (target.name and is_owner(context, target.name))):
        return Skipped(pointer, "self_event")
    if not target or not target.name:
        return Stored(pointer, (Unattributed(kind, "outbound", at),))
    if at is None:
        return Stored(pointer, (person_of(target.name), Tie(name_id(target.name), tie)))
    return Stored(pointer, (person_of(target.name), Interaction(name_id(target.name), "outbound", kind, at)))


def story_reaction(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a reaction to a story; some exports give no time: then it is a tie."""
    return _by_title(record, pointer, context, "reaction", "reacted")


def poll_vote(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a vote in somebody's poll, whom the sentence may name."""
    return _by_title(record, pointer, context, "vote", "reacted")


READERS = {
    "reactions": Reader(reactions, count_elements(re.compile(_WRAPPER))),
    "story_reactions": list_reader(story_reaction, r"stories_feedback(_v\d+)?"),
    "poll_votes": list_reader(poll_vote, r"poll_votes(_v\d+)?"),
}
