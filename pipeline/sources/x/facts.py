"""What an X archive states about statuses and accounts, which the reader of one record needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.survey import SourceFacts


class NamedAccount(NamedTuple):
    """An account as a long text's list of mentions gives it."""

    native_id: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class XFacts(SourceFacts):
    """Facts of an archive's survey. A status is known by its id, an account by its numeric id, else by its handle."""

    id_of_handle: Mapping[str, str] = field(default_factory=dict)
    """Handle in lower case -> numeric id."""
    author_of_status: Mapping[str, str] = field(default_factory=dict)
    """Status -> numeric id of its author, else handle."""
    last_version: Mapping[str, str] = field(default_factory=dict)
    """First version of an edited status -> its last version."""
    first_time: Mapping[str, int] = field(default_factory=dict)
    """First version of an edited status -> its time, microseconds UTC."""
    long_text: Mapping[str, str] = field(default_factory=dict)
    """Status -> its whole text, where the status itself is cut off."""
    long_text_mentions: Mapping[str, tuple[NamedAccount, ...]] = field(default_factory=dict)
    """Status -> accounts mentioned in its whole text."""
    status_of_long_text: Mapping[str, str] = field(default_factory=dict)
    """Id of a long text -> the status that it belongs to."""
    completeness: str = ""
    """`partial` or `complete`, as the manifest states; empty without a manifest."""
