"""Conventions that several rooms share: horizons, windows, and the least numbers from which figures are shown."""

from typing import Final

from pipeline.model.durations import DAY, HOUR, HOUR_S

HORIZON_DAYS: Final = (1, 7, 14)
"""Days within which answers are counted (methods:horizons)."""
HEADLINE_HORIZON_DAYS: Final = 7
"""The horizon of headlines, of comparisons and of a contact's own share."""
WINDOW: Final = 14 * DAY
"""Microseconds for which answers in the same thread or channel are looked for, and the longest horizon (methods:windows)."""
CONTACT_WINDOW: Final = 7 * DAY
"""The same across lanes and platforms. The owner may set both, and the turn gap."""
TURN_GAP: Final = 6 * HOUR
"""Microseconds after which another interaction of the same side in a lane begins a new turn (methods:turns)."""
QUANTILES: Final = (0.25, 0.5, 0.75, 0.9)
"""Quantiles of the lag (methods:lag-quantiles)."""
COARSE_S: Final = HOUR_S
"""Seconds of resolution from which a time is coarse: it does not state the hour of the day."""

GURU_LOG_RATIO: Final = 1.0
"""log10 of contact's audience to owner's from which a contact is a guru, unless the owner sets another (methods:standing)."""
NEWBIE_LOG_RATIO: Final = -1.0
"""The same down to which a contact is a newbie."""

LEAST_AT_RISK: Final = 10
"""Gestures at risk from which the warehouse shows shares and curves (methods:small-samples)."""
LEAST_CONTACTS: Final = 10
"""Contacts from which two values are compared and the report shows a share (methods:small-samples)."""
LEAST_GESTURES_DRAWN: Final = 30
"""Gestures at risk from which the report shows a share in per cent."""
LEAST_GESTURES_COUNTED: Final = 20
"""Gestures from which the report no longer writes "k of n"."""
LEAST_ANSWERED_COMPARED: Final = 30
"""Answered gestures of each value from which two values are compared (methods:comparisons)."""
SIGNIFICANT_DIGITS: Final = 10
"""Digits to which doubles are rounded, so that equal input gives equal tables (methods:rounding)."""
LEVEL_WINDOW_DAYS: Final = 180
"""Days that are looked back for the levels friend and close (methods:levels)."""
