"""Dormancy: silence for longer than usual between owner and contact, dated and causal (METHODS 6).

Entry point: `dormant_spans(timeline, zone, as_of)`.
"""

from bisect import insort
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.measures.people.timeline import DAY, Timeline, day_number
from pipeline.statistics.arrays import Ints, stable_order

LEAST_SILENCE: Final = 30
TIMES_USUAL: Final = 3
FEW_GAPS: Final = 5
SILENCE_OF_FEW: Final = 90
"""Days: silence > max(30, 3 x median gap between active days); with fewer than 5 gaps 90."""


def _active_days(of_turns: pl.DataFrame, zone: str) -> pl.DataFrame:
    """List each contact's active days with the last event of each, in order."""
    # a turn's last event may be written earlier than its first: a date-only one counts as late as it can be
    at, last = (of_turns.select(ends("at", "last_at")).to_series() for ends in (pl.min_horizontal, pl.max_horizontal))
    who = of_turns["contact_id"].rle_id().cast(pl.Int64).to_numpy()
    begun = _days(at, zone)
    ended = begun.copy()
    long = np.flatnonzero((last != at).to_numpy())
    ended[long] = _days(last.gather(long), zone)
    # a turn that goes on into another day is active on the day of its end too
    over = np.flatnonzero(ended != begun)
    first = np.concatenate([at.to_numpy(), last.to_numpy()[over]])
    final = np.concatenate([np.where(ended == begun, last.to_numpy(), at.to_numpy()), last.to_numpy()[over]])
    who, day = np.concatenate([who, who[over]]), np.concatenate([begun, ended[over]])
    order = stable_order(who, day)
    who, day = who[order], day[order]
    opens = np.ones(len(who), dtype=np.bool_)
    opens[1:] = (who[1:] != who[:-1]) | (day[1:] != day[:-1])
    heads = np.flatnonzero(opens)
    names = of_turns["contact_id"].unique(maintain_order=True)
    return pl.DataFrame({
        "contact_id": names.gather(who[heads]),
        "day": day[heads],
        "last": np.maximum.reduceat(final[order], heads) if len(heads) else final,
        "first": np.minimum.reduceat(first[order], heads) if len(heads) else first,
    })  # fmt: skip


def _days(at: pl.Series, zone: str) -> Ints:
    return at.to_frame("at").select(day_number(pl.col("at"), zone)).to_series().to_numpy()


def _usual_silence(contact: Ints, day: Ints, asked: npt.NDArray[np.bool_]) -> Ints:
    """Give, for asked days, the silence in half days beyond which the contact is dormant, from gaps up to that day only.

    Half days because the median of an even count lies between two whole ones.
    """
    limits = np.full(len(day), 2 * SILENCE_OF_FEW, dtype=np.int64)
    gaps: list[int] = []
    before = -1
    previous = 0
    for place, (who, when, ask) in enumerate(zip(contact.tolist(), day.tolist(), asked.tolist(), strict=True)):
        if who != before:
            gaps, before = [], who
        else:
            insort(gaps, when - previous)
        previous = when
        if ask and (count := len(gaps)) >= FEW_GAPS:
            half = count // 2
            twice_median = 2 * gaps[half] if count % 2 else gaps[half - 1] + gaps[half]
            limits[place] = max(2 * LEAST_SILENCE, TIMES_USUAL * twice_median)
    return limits


def dormant_spans(timeline: Timeline, zone: str, as_of: int) -> pl.DataFrame:
    """List the spans of dormancy of contacts that are acquainted (an exchange has been) when the silence begins.

    Args:
        timeline: of the outcome `worded` (Ruling 16).
        zone: IANA name in which days are counted.
        as_of: end of what is known, microseconds UTC: silence is never longer than up to then.

    Returns:
        contact_id, starts_at (when the silence had lasted too long), ends_at (next event; null: dormant still).
    """
    days = _active_days(timeline.turns, zone)
    first = timeline.exchanges.group_by("contact_id").agg(pl.col("at").min().alias("acquainted_at"))
    days = days.join(first, on="contact_id", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("contact_id") == pl.col("contact_id").shift(-1)).then(pl.col("first").shift(-1)).alias("next")
    )
    silence = pl.coalesce("next", pl.lit(as_of)) - pl.col("last")
    asked = days.select(
        ((pl.col("acquainted_at") <= pl.col("last")) & (silence > LEAST_SILENCE * DAY)).fill_null(value=False)
    ).to_series().to_numpy()  # fmt: skip
    contact = days["contact_id"].rle_id().to_numpy().astype(np.int64)
    halves = _usual_silence(contact, days["day"].to_numpy(), asked)
    return (
        days.with_columns(pl.Series("limit", halves), pl.Series("asked", asked, dtype=pl.Boolean))
        .filter(pl.col("asked"))
        .select(
            "contact_id",
            (pl.col("last") + pl.col("limit") * (DAY // 2)).alias("starts_at"),
            pl.col("next").alias("ends_at"),
            silence.alias("silence"),
            "limit",
        )
        .filter(pl.col("silence") > pl.col("limit") * (DAY // 2))
        .select("contact_id", "starts_at", "ends_at")
        .sort("contact_id", "starts_at")
    )
