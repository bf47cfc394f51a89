"""What the files of an Instagram archive state about each other, which the reader of one record needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.sources.shared.meta.facts import MetaFacts


@dataclass(frozen=True, slots=True)
class InstagramFacts(MetaFacts):
    """Facts of an archive's survey."""

    handle_by_name: Mapping[str, str] = field(default_factory=dict)
    """Normalised name -> username of the people whom the export names with both; empty for a name that two have."""
    pending_requests: frozenset[str] = frozenset()
    """`follows_and_requests.request_key` of each pending request; the file of recent requests repeats them."""
    followed_since: Mapping[str, int] = field(default_factory=dict)
    """`<platform>|<direction>|<username>` -> start of the follow, microseconds UTC."""
