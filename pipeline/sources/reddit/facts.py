"""What a Reddit export states as a whole and the reader of one row needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.survey import SourceFacts


@dataclass(frozen=True, slots=True)
class RedditFacts(SourceFacts):
    """Facts of an archive's survey. User names are in lower case."""

    own_items: frozenset[str] = frozenset()
    """Ids of the owner's own posts and comments, with their type prefix."""
    channel_members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Chat channel -> names of the users who write in it."""
    group_message_authors: Mapping[str, str] = field(default_factory=dict)
    """Id of a message in a group chat -> name of its author."""
    answering_users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a chat message -> names of the users who answer it by a link."""
    subreddits: frozenset[str] = frozenset()
    """Names of subreddits in lower case, without `r/`."""
