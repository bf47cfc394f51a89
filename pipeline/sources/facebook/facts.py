"""What the files of a Facebook archive state about each other, which the reader of one record needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.sources.shared.meta.facts import MetaFacts


class ThreadParticipant(NamedTuple):
    """A participant of a conversation."""

    name: str
    """Normalised name."""
    thread: str
    """Number of the thread; in the encrypted download, the file's `threadName`."""


class ReactionTarget(NamedTuple):
    """What a reaction is about, each field empty when the record lacks it."""

    url: str
    owner: str
    """Name of the person whose post, photo or comment it is."""


@dataclass(frozen=True, slots=True)
class FacebookFacts(MetaFacts):
    """Facts of an archive's survey."""

    comment_counts: Mapping[str, int] = field(default_factory=dict)
    """`comments.comment_key` -> how many comments of `comments.json` have it."""
    friends_since: Mapping[str, int] = field(default_factory=dict)
    """Normalised name -> start of the friendship, microseconds UTC."""
    newest_requests: Mapping[str, int] = field(default_factory=dict)
    """`<direction>|<normalised name>` -> time of the newest friend request, microseconds UTC."""
    reactions_with_sentence: Mapping[str, int] = field(default_factory=dict)
    """`reactions.reaction_key` -> how many records with a title sentence have it."""
    reactions_with_url: Mapping[str, tuple[ReactionTarget, ...]] = field(default_factory=dict)
    """`reactions.reaction_key` -> targets of the records with an address."""
    direct_threads: frozenset[ThreadParticipant] = frozenset()
    """Both participants of each conversation of two."""
    encrypted_threads: frozenset[ThreadParticipant] = frozenset()
    """All participants of each conversation in the encrypted download."""
    cutover_times: Mapping[str, int] = field(default_factory=dict)
    """Thread that moved to end-to-end encryption -> time of its newest message before, microseconds UTC."""
    cutover_reporters: frozenset[str] = frozenset()
    """One conversation file of each archive, whose reading yields the coverage that follows from the cutover."""
