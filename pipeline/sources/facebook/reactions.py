"""The owner's reactions.

Format fact: two files may hold the same reactions, an older list with title sentences (which name the person) and a newer one
with addresses. A reaction in both is stored from the list with sentences, completed with name and address of the other; the
record of the newer list is then left out. The survey gives each reader the other file, by time and reaction.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pipeline.model.durations import SECOND
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Interaction, Parsed, Row, Skipped, Stored, Tie, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.base import Item, Member, Reader
from pipeline.sources.facebook.facts import FacebookFacts, ReactionTarget
from pipeline.sources.facebook.people import PLATFORM, data_of, is_owner, owner_names, person_of
from pipeline.sources.facebook.title_sentences import parse_title
from pipeline.sources.shared.json_values.access import JsonObject, as_object, as_text
from pipeline.sources.shared.meta.json_lists import ReadRecord, element_counter, list_reader, read_list, without_time
from pipeline.sources.shared.meta.labels import flatten, labelled_text
from pipeline.sources.shared.meta.people import is_closed_account
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import epoch_micros

_WRAPPER: Final = re.compile(r"reactions(_v\d+)?")
_CODES: Final = {
    "like": "LIKE", "love": "LOVE", "haha": "HAHA", "wow": "WOW", "sad": "SORRY", "sorry": "SORRY", "angry": "ANGER", "anger": "ANGER",
    "care": "DOROTHY", "dorothy": "DOROTHY",
    "gefällt mir": "LIKE", "vind ik leuk": "LIKE", "leuk": "LIKE", "j’aime": "LIKE", "j'aime": "LIKE", "me gusta": "LIKE", "mi piace": "LIKE",
    "geweldig": "LOVE", "j’adore": "LOVE", "j'adore": "LOVE", "me encanta": "LOVE", "traurig": "SORRY", "triste": "SORRY", "verdrietig": "SORRY",
    "wütend": "ANGER", "boos": "ANGER", "grrr": "ANGER", "me enoja": "ANGER", "me entristece": "SORRY", "me asombra": "WOW", "me divierte": "HAHA",
    "umarmung": "DOROTHY", "solidaire": "DOROTHY", "me importa": "DOROTHY", "abbraccio": "DOROTHY",
}  # fmt: skip
"""Reaction in the languages known, lower case -> Facebook's code. Format fact: the newer list writes the translated word."""


class _Reaction(NamedTuple):
    """A reaction as one record gives it."""

    pointer: str
    at: int
    word: str
    """The reaction, translated or as a code."""
    target: ReactionTarget

    @property
    def key(self) -> str:
        return reaction_key(self.at, self.word)


def reaction_key(at: int | None, word: str) -> str:
    """Return the key by which a reaction is the same in both files: time and reaction, whatever its language.

    >>> reaction_key(1_700_000_000_000_000, "Gefällt mir")
    '1700000000000000|LIKE'
    """
    lowered = word.strip().casefold()
    return f"{at}|{_CODES.get(lowered, lowered.upper())}"


def _word_in_sentence_list(record: JsonObject) -> str:
    return str(as_object(data_of(record, "reaction")).get("reaction") or "")


def _from_address_list(record: JsonObject, pointer: str, at: int) -> _Reaction:
    """Return the reaction of a record with `label_values`. Format fact: the target's block is titled Owner or Author."""
    values = list(flatten(record.get("label_values")))
    owner = labelled_text(values, "name", inside="owner") or labelled_text(values, "name")
    target = ReactionTarget(labelled_text(values, "url"), clean_name(owner))
    return _Reaction(pointer, at, labelled_text(values, "reaction"), target)


class ReactionFacts(NamedTuple):
    """The fields of `FacebookFacts` that come from both lists of reactions."""

    with_sentence: dict[str, int]
    with_url: dict[str, tuple[ReactionTarget, ...]]


def survey_reactions(records: Iterable[JsonObject]) -> ReactionFacts:
    """Return the facts of an archive's reactions."""
    with_sentence: Counter[str] = Counter()
    with_url: dict[str, tuple[ReactionTarget, ...]] = {}
    for record in records:
        at = epoch_micros(record.get("timestamp"))
        if "label_values" not in record:
            with_sentence[reaction_key(at, _word_in_sentence_list(record))] += 1
        elif at is not None:
            reaction = _from_address_list(record, "", at)
            with_url[reaction.key] = (*with_url.get(reaction.key, ()), reaction.target)
    return ReactionFacts(dict(with_sentence), with_url)


def read_reactions(member: Member, context: Context) -> Iterator[Item]:
    """Yield the reactions of either list."""
    facts = context.facts(FacebookFacts)
    in_sentence_list = dict(facts.reactions_with_sentence)

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        at = epoch_micros(record.get("timestamp"))
        if at is None:
            return without_time(pointer, "a reaction")
        if "label_values" not in record:
            return _with_sentence(record, pointer, at, context)
        reaction = _from_address_list(record, pointer, at)
        key = _key_in_sentence_list(reaction, in_sentence_list)
        if in_sentence_list.get(key, 0) > 0:
            in_sentence_list[key] -= 1
            return Skipped(pointer, "duplicate_of_other_file")
        return _store(reaction, context)

    seen: Counter[str] = Counter()
    for item in read_list(member, context, read, _WRAPPER):
        yield _with_ids(item, seen) if isinstance(item, Stored) else item


def _with_ids(item: Stored, seen: Counter[str]) -> Stored:
    """Return the rows with ids of kind, person and second: exports differ in the address, so content would not identify them."""
    rows: list[Row] = []
    for row in item.rows:
        if isinstance(row, Interaction):
            native_id = f"{row.kind}:{row.person}:{row.at // SECOND}"
            seen[native_id] += 1
            ordinal = f"#{seen[native_id] - 1}" if seen[native_id] > 1 else ""
            rows.append(row._replace(native_id=f"{native_id}{ordinal}"))
        else:
            rows.append(row)
    return Stored(item.pointer, tuple(rows))


def _key_in_sentence_list(reaction: _Reaction, known: Mapping[str, int]) -> str:
    """Return the reaction's key in the list with sentences.

    A reaction in an unknown language is the one reaction of that moment there, if there is exactly one.
    """
    if reaction.key in known or reaction.word.strip().casefold() in _CODES:
        return reaction.key
    same_moment = [key for key in known if key.startswith(f"{reaction.at}|")]
    return same_moment[0] if len(same_moment) == 1 else reaction.key


def _in_unknown_language(
    key: str, at: int, with_url: Mapping[str, tuple[ReactionTarget, ...]]
) -> tuple[ReactionTarget, ...]:
    """Return the targets of the one reaction at that moment in the list with addresses whose word is in an unknown language."""
    same_moment = [other for other in with_url if other.startswith(f"{at}|")]
    if len(same_moment) != 1 or same_moment[0] == key:
        return ()
    code = same_moment[0].partition("|")[2]
    return () if code in _CODES.values() else with_url[same_moment[0]]


def _with_sentence(record: JsonObject, pointer: str, at: int, context: Context) -> Parsed:
    """Return the outcome of a record with a title sentence, completed from the list with addresses."""
    actor = as_text(as_object(data_of(record, "reaction")).get("actor"))
    if actor and context.owner(PLATFORM).names and not is_owner(context, actor):
        return Skipped(pointer, "between_others")
    target = parse_title(as_text(record.get("title")), owner_names(context, actor))
    if target and target.is_owners:
        return Skipped(pointer, "self_event")
    name = (target.name if target else None) or ""
    word = _word_in_sentence_list(record)
    with_url = context.facts(FacebookFacts).reactions_with_url
    key = reaction_key(at, word)
    offered = with_url.get(key) or _in_unknown_language(key, at, with_url)
    same_name = [found for found in offered if name and normalise_name(found.owner) == normalise_name(name)]
    fitting = same_name or [found for found in offered if not found.owner or not name]
    found = fitting[0] if len(fitting) == 1 or same_name else ReactionTarget("", "")
    return _store(_Reaction(pointer, at, word, ReactionTarget(found.url, name or found.owner)), context)


def _store(reaction: _Reaction, context: Context) -> Parsed:
    kind = "like" if reaction.key.endswith("|LIKE") else "reaction"
    name, url = reaction.target.owner, reaction.target.url
    if is_closed_account(name):
        return Stored(reaction.pointer, (Unattributed(kind, "outbound", reaction.at, url=url or None),))
    if is_owner(context, name):
        return Skipped(reaction.pointer, "self_event")
    act = Interaction(name_id(name), "outbound", kind, reaction.at, url=url or None)
    return Stored(reaction.pointer, (person_of(name, url), act))


def _act_in_title(kind: str) -> ReadRecord:
    """Return the reader of acts of which only a title sentence names the person; undated ones are ties."""

    def read(record: JsonObject, pointer: str, context: Context) -> Parsed:
        target = parse_title(as_text(record.get("title")), owner_names(context))
        at = epoch_micros(record.get("timestamp"))
        if target and (target.is_owners or (target.name and is_owner(context, target.name))):
            return Skipped(pointer, "self_event")
        if not target or not target.name:
            return Stored(pointer, (Unattributed(kind, "outbound", at),))
        person = person_of(target.name)
        if at is None:
            return Stored(pointer, (person, Tie(person.native_id, "reacted")))
        return Stored(pointer, (person, Interaction(person.native_id, "outbound", kind, at)))

    return read


READERS = {
    "reactions": Reader(read_reactions, element_counter(_WRAPPER)),
    "story_reactions": list_reader(_act_in_title("reaction"), r"stories_feedback(_v\d+)?"),
    "poll_votes": list_reader(_act_in_title("vote"), r"poll_votes(_v\d+)?"),
}
