"""The settings of a home as one frozen model, with the default of every key. `settings_file` reads them from `dancecard.toml`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from pipeline.model.durations import DAY, HOUR
from pipeline.model.limits import Limits
from pipeline.model.survey import Owner, ReadSettings
from pipeline.model.thresholds import CONTACT_WINDOW, GURU_LOG_RATIO, NEWBIE_LOG_RATIO, TURN_GAP, WINDOW

OWNER_KEYS: Final = ("ids", "handles", "emails", "names", "sites")
"""Keys of a table `[owner.<platform>]`."""


@dataclass(frozen=True, slots=True)
class Matching:
    """`[matching]`: turn gap in hours, windows in days. Source: methods:turns, methods:windows."""

    turn_gap_h: float = TURN_GAP / HOUR
    window_thread_d: float = WINDOW / DAY
    window_channel_d: float = WINDOW / DAY
    window_contact_d: float = CONTACT_WINDOW / DAY


@dataclass(frozen=True, slots=True)
class Tiers:
    """`[tiers]`: log10 of the audience ratio."""

    guru: float = GURU_LOG_RATIO
    newbie: float = NEWBIE_LOG_RATIO


@dataclass(frozen=True, slots=True)
class TargetMix:
    """`[target_mix]`: shares of the outreach that sum to 1; all None when the owner set none."""

    guru: float | None = None
    peer: float | None = None
    newbie: float | None = None


@dataclass(frozen=True, slots=True)
class TextSettings:
    """`[text]`."""

    enabled: bool = True
    disclosure: bool = False
    tone_private: bool = False


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """`[report]`."""

    links: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a home; `Settings()` holds the defaults."""

    time_zone: str = "UTC"
    zone_is_set: bool = False
    """Whether the owner wrote `time_zone`."""
    language: str = "en"
    owners: Mapping[str, Owner] = field(default_factory=dict)
    """platform -> the `[owner.<platform>]` table."""
    matching: Matching = field(default_factory=Matching)
    tiers: Tiers = field(default_factory=Tiers)
    target_mix: TargetMix = field(default_factory=TargetMix)
    own_domains: tuple[str, ...] = ()
    text: TextSettings = field(default_factory=TextSettings)
    limits: Limits = field(default_factory=Limits)
    report: ReportSettings = field(default_factory=ReportSettings)

    def read_settings(self) -> ReadSettings:
        """Return the part that readers may use."""
        return ReadSettings(self.time_zone, self.zone_is_set, self.owners, self.limits.text_chars)

    def as_json(self) -> str:
        """Return all settings as canonical JSON (sorted keys and lists), for `build_info` and hashes."""
        plain = asdict(self) | {
            "owners": {
                name: {key: sorted(getattr(owner, key)) for key in OWNER_KEYS} for name, owner in self.owners.items()
            },
        }
        return json.dumps(plain, sort_keys=True, ensure_ascii=False)

    def hash(self) -> str:
        """Return a stable SHA-256 of all settings."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()
