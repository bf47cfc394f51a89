"""Small samples: which shares are drawn, which read "3 of 4", and which are too small for either.

The report is stricter than the warehouse's `shown` (methods:small-samples). A share is drawn and written in per cent from
30 gestures and 10 contacts; below 20 gestures it reads "k of n"; otherwise it is too few to say.
"""

from typing import Final

import polars as pl

from pipeline.model.text_accuracy import text_accuracy
from pipeline.model.thresholds import LEAST_AT_RISK, LEAST_CONTACTS, LEAST_GESTURES_COUNTED, LEAST_GESTURES_DRAWN
from reports import formats, wording

DRAW_GESTURES: Final = LEAST_GESTURES_DRAWN
DRAW_CONTACTS: Final = LEAST_CONTACTS
COUNT_GESTURES: Final = LEAST_GESTURES_COUNTED
"""Below this many gestures a share reads "k of n"."""
COMPARE_GESTURES: Final = LEAST_GESTURES_DRAWN
COMPARE_CONTACTS: Final = LEAST_CONTACTS
CURVE_AT_RISK: Final = LEAST_AT_RISK
"""A lag curve ends where fewer gestures than this are still at risk."""
MONTH_GESTURES: Final = LEAST_GESTURES_DRAWN
BALANCE_GESTURES: Final = LEAST_AT_RISK

_RULES: Final = {
    "craft": ("generic", "substantive"),
    "intent": ("ask", "give"),
    "earlier_gifts": ("ask", "give"),
    "asked": ("asks_for_answer",),
    "tone": ("tone_positive", "tone_negative"),
}
"""Dimension or table -> the rules that make it."""
_ROUGH: Final = {found.rule for found in text_accuracy() if found.rough and found.language == "all"}
ROUGH_RULES: Final = frozenset(name for name, rules in _RULES.items() if not _ROUGH.isdisjoint(rules))
"""Dimensions and tables one of whose rules has a measured precision under 0.8; marked as rough."""


def suppress_small_samples(frame: pl.DataFrame, share: str = "answered_share", *, decimals: int = 0) -> pl.DataFrame:
    """Blank the shares of small samples, and summarise each row in words.

    Args:
        frame: with `gestures`, `contacts`, the share's column, and optionally `low`, `high`, `answered` (a count), `shown`
            and further share columns named in `SHARES`.
        share: the share's column.
        decimals: decimals of the per cents.

    Returns:
        The frame with `drawn` (Boolean) and `summary` (text); where `drawn` is false every share column is NULL, so that
        chart, table and CSV hold the same.
    """
    enough = (
        (pl.col("gestures") >= DRAW_GESTURES)
        & (pl.col("contacts") >= DRAW_CONTACTS)
        & pl.col(share).is_not_null()
        & pl.col(share).is_finite()
    )
    if "shown" in frame.columns:
        enough &= pl.col("shown").fill_null(value=False)
    frame = frame.with_columns(drawn=enough.fill_null(value=False))
    blanked = [
        pl.when(pl.col("drawn") & pl.col(name).is_finite()).then(pl.col(name)).alias(name)
        for name in SHARES
        if name in frame.columns
    ]
    frame = frame.with_columns(blanked)
    summary = [_summary(row, share, decimals) for row in frame.iter_rows(named=True)]
    return frame.with_columns(summary=pl.Series("summary", summary, pl.String))


SHARES: Final = (
    "answered_share", "low", "high", "naive_share", "mature_share", "one_minus_km", "answered_share_adjacent",
    "chance_share", "chance_share_simulated", "lift", "kappa", "design_effect", "return_share", "km_share", "km_low", "km_high",
)  # fmt: skip


def _summary(row: dict[str, object], share: str, decimals: int) -> str:
    gestures, contacts = _whole(row["gestures"]), _whole(row["contacts"])
    if gestures == 0:
        return wording.NONE_AT_RISK
    if row["drawn"]:
        value, low, high = row[share], row.get("low"), row.get("high")
        if isinstance(value, float) and isinstance(low, float) and isinstance(high, float):
            return wording.share_with_interval(value, low, high, decimals=decimals)
        return (
            formats.percent(value, decimals=decimals)
            if isinstance(value, float)
            else wording.too_few(contacts, gestures)
        )
    answered = row.get("answered")
    if gestures < COUNT_GESTURES and isinstance(answered, int):
        return wording.k_of_n(answered, gestures)
    return wording.too_few(contacts, gestures)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
