"""What a LinkedIn archive states as a whole and the reader of one row needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.survey import SourceFacts


@dataclass(frozen=True, slots=True)
class LinkedInFacts(SourceFacts):
    """Facts of an archive's survey. A page is the key of a profile page (`people.profile_key`)."""

    page_by_name: Mapping[str, str] = field(default_factory=dict)
    """Normalised name -> the one page that has it in this archive; empty when several have."""
    names_of_page: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Page -> the normalised names that the archive gives it."""
    connected_on: Mapping[str, int] = field(default_factory=dict)
    """Native id (the page where the name leads to one) -> start of the day of the connection, microseconds UTC."""
    accepted_invitations: Mapping[str, int] = field(default_factory=dict)
    """`<direction> <native id>` -> time of the invitation that led to the connection, microseconds UTC."""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Conversation (`people.conversation`) -> native ids of everybody in it but the owner, pages where they are known."""
    known_names: frozenset[str] = frozenset()
    """Normalised names of people in the archive, by which a cell of several names is split."""
    unanswered: frozenset[str] = frozenset()
    """Conversations without a message of the owner's."""
