"""What the surveys of Facebook and Instagram archives have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.survey import SourceFacts


@dataclass(frozen=True, slots=True)
class MetaFacts(SourceFacts):
    """Facts of an archive's survey that reading a page of a conversation needs."""

    page_starts: Mapping[str, str] = field(default_factory=dict)
    """`<folder>/<page number>` of a second or later page -> JSON array of its first messages, all of one millisecond."""
