"""What a Takeout states about videos and channels, which the reader of one comment needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model.survey import SourceFacts


@dataclass(frozen=True, slots=True)
class YouTubeFacts(SourceFacts):
    """Facts of an archive's survey."""

    channel_of_video: Mapping[str, str] = field(default_factory=dict)
    """Video id -> id of its channel, as far as the watch history names it."""
    channel_names: Mapping[str, str] = field(default_factory=dict)
    """Channel id -> name."""
    own_videos: frozenset[str] = frozenset()
    """Ids of the owner's own videos."""
