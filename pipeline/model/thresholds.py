"""Conventions that several rooms share: horizons, windows, and the least numbers from which figures are shown."""

from typing import Final

from pipeline.model.durations import DAY, HOUR_S

HORIZON_DAYS: Final = (1, 7, 14)
"""Days within which answers are counted (methods:horizons)."""
HEADLINE_HORIZON_DAYS: Final = 7
"""The horizon of headlines, of comparisons and of a contact's own share."""
WINDOW: Final = 14 * DAY
"""Microseconds for which answers in the same thread or channel are looked for, and the longest horizon (methods:windows)."""
QUANTILES: Final = (0.25, 0.5, 0.75, 0.9)
"""Quantiles of the lag (methods:lag-quantiles)."""
COARSE_S: Final = HOUR_S
"""Seconds of resolution from which a time is coarse: it does not state the hour of the day."""

LEAST_AT_RISK: Final = 10
"""Gestures at risk from which the warehouse shows shares and curves (methods:small-samples)."""
LEAST_CONTACTS: Final = 10
"""Contacts from which an interval by contact is computed and the report shows a share."""
LEAST_GESTURES_DRAWN: Final = 30
"""Gestures at risk from which the report shows a share in per cent."""
LEAST_GESTURES_COUNTED: Final = 20
"""Gestures from which the report no longer writes "k of n"."""
LEAST_ANSWERED_COMPARED: Final = 30
"""Answered gestures of each value from which two values are compared (methods:comparisons)."""
SIGNIFICANT_DIGITS: Final = 10
"""Digits to which doubles are rounded, so that equal input gives equal tables (methods:rounding)."""
