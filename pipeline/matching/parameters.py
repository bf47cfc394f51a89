"""Turn gap and windows, which the owner may set in `[matching]`."""

from dataclasses import dataclass
from typing import Final

from pipeline.model.durations import DAY, HOUR, SECOND
from pipeline.model.thresholds import COARSE_S, CONTACT_WINDOW, TURN_GAP, WINDOW

COARSE_US: Final = COARSE_S * SECOND
"""Interactions whose time is known to this width or a wider one have no certain order within it."""


@dataclass(frozen=True, slots=True)
class MatchingParameters:
    """Turn gap and windows in microseconds.

    Source: methods:turns, methods:windows.
    """

    turn_gap_us: int = TURN_GAP
    """Two interactions of one side in a lane at most this far apart are one turn."""
    window_thread_us: int = WINDOW
    """Longest time from gesture to answer inside a thread (grade B)."""
    window_channel_us: int = WINDOW
    """The same on one platform and class (grade C)."""
    window_contact_us: int = CONTACT_WINDOW
    """The same across lanes and platforms (grade D)."""

    def __post_init__(self) -> None:
        """Refuse negative spans."""
        if min(self.turn_gap_us, self.window_thread_us, self.window_channel_us, self.window_contact_us) < 0:
            raise ValueError("turn gap and windows can't be negative")

    @classmethod
    def from_settings(
        cls,
        *,
        turn_gap_h: float,
        window_thread_d: float,
        window_channel_d: float,
        window_contact_d: float,
    ) -> "MatchingParameters":
        """Make parameters from the settings' hours and days.

        Raises:
            ValueError: one is negative.
        """
        return cls(
            turn_gap_us=round(turn_gap_h * HOUR),
            window_thread_us=round(window_thread_d * DAY),
            window_channel_us=round(window_channel_d * DAY),
            window_contact_us=round(window_contact_d * DAY),
        )
