"""The owner's settings in the terms of the rooms that compute."""

from pipeline.home.settings import Settings
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.people.audience_tiers import TierLimits


def matching_parameters(settings: Settings) -> MatchingParameters:
    """Return turn gap and windows as the owner set them."""
    own = settings.matching
    return MatchingParameters.from_settings(
        turn_gap_h=own.turn_gap_h,
        window_thread_d=own.window_thread_d,
        window_channel_d=own.window_channel_d,
        window_contact_d=own.window_contact_d,
    )


def smallest_window_us(parameters: MatchingParameters) -> int:
    """Return the smallest window of the headline's grades: no share is shown beyond it. Source: methods:windows."""
    return min(parameters.window_thread_us, parameters.window_channel_us)


def tier_limits(settings: Settings) -> TierLimits:
    """Return the limits of guru and newbie as the owner set them."""
    return TierLimits(guru=settings.tiers.guru, newbie=settings.tiers.newbie)


def target_mix(settings: Settings) -> dict[str, float] | None:
    """Return tier -> the share of the outreach that the owner aims at; None when no mix is set."""
    mix = settings.target_mix
    shares = {"guru": mix.guru, "peer": mix.peer, "newbie": mix.newbie}
    known = {tier: share for tier, share in shares.items() if share is not None}
    return known or None
