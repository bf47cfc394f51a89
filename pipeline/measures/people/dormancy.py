"""Working table `dormant_spans`: from when until when a contact was silent for longer than usual.

A span depends only on what was known when it began.
"""

from bisect import insort
from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.calendar import day_number
from pipeline.model.durations import DAY
from pipeline.statistics.arrays import Bools, Ints, changes, stable_order

LEAST_SILENCE: Final = 30
"""Days; no shorter silence is dormancy."""
MEDIAN_GAPS: Final = 3
"""Silence in median gaps between active days that is longer than usual."""
LEAST_GAPS: Final = 5
"""Gaps needed for a median."""
SILENCE_WITH_FEW_GAPS: Final = 90
"""Days, with fewer gaps."""


def _active_days(turns: pl.DataFrame, zone: str) -> pl.DataFrame:
    """List each contact's active days: contact_id, day, last and first (event of the day, microseconds UTC), sorted."""
    # the last event of a turn may have an earlier time than its first: one known by date only is sorted as late as it can be
    at, last = (turns.select(ends("at", "last_at")).to_series() for ends in (pl.min_horizontal, pl.max_horizontal))
    contact = turns["contact_id"].rle_id().cast(pl.Int64).to_numpy()
    begun = _days(at, zone)
    ended = begun.copy()
    long = np.flatnonzero((last != at).to_numpy())
    ended[long] = _days(last.gather(long), zone)
    # a turn that ends on another day makes that day active too
    over = np.flatnonzero(ended != begun)
    first = np.concatenate([at.to_numpy(), last.to_numpy()[over]])
    final = np.concatenate([np.where(ended == begun, last.to_numpy(), at.to_numpy()), last.to_numpy()[over]])
    contact, day = np.concatenate([contact, contact[over]]), np.concatenate([begun, ended[over]])
    order = stable_order(contact, day)
    contact, day = contact[order], day[order]
    heads = np.flatnonzero(changes(contact, day))
    names = turns["contact_id"].unique(maintain_order=True)
    return pl.DataFrame({
        "contact_id": names.gather(contact[heads]),
        "day": day[heads],
        "last": np.maximum.reduceat(final[order], heads) if len(heads) else final,
        "first": np.minimum.reduceat(first[order], heads) if len(heads) else first,
    })  # fmt: skip


def _days(at: pl.Series, zone: str) -> Ints:
    return at.to_frame("at").select(day_number(pl.col("at"), zone)).to_series().to_numpy()


def _silence_limits(contact: Ints, day: Ints, asked: Bools) -> Ints:
    """Compute the silence beyond which a contact is dormant, from the gaps between active days up to each asked day.

    Args:
        contact: number of each row's contact, rows sorted by contact and day.
        day: active day.
        asked: rows for which a limit is needed; the others get one that means nothing.

    Returns:
        Half days, because the median of an even number of gaps may lie between two whole days.
    """
    limits = np.full(len(day), 2 * SILENCE_WITH_FEW_GAPS, dtype=np.int64)
    gaps: list[int] = []
    current = -1
    previous = 0
    for row, (number, when, ask) in enumerate(zip(contact.tolist(), day.tolist(), asked.tolist(), strict=True)):
        if number != current:
            gaps, current = [], number
        else:
            insort(gaps, when - previous)
        previous = when
        if ask and (count := len(gaps)) >= LEAST_GAPS:
            half = count // 2
            twice_median = 2 * gaps[half] if count % 2 else gaps[half - 1] + gaps[half]
            limits[row] = max(2 * LEAST_SILENCE, MEDIAN_GAPS * twice_median)
    return limits


def dormant_spans_table(turns: pl.DataFrame, exchanges: pl.DataFrame, *, zone: str, as_of: int) -> pl.DataFrame:
    """List the spans of dormancy: silence beyond `max(30 d, 3 x median gap)`, or 90 d with fewer than 5 gaps.

    Only contacts that had an exchange before the silence began can become dormant.

    Args:
        turns: of the outcome `worded`, from `turns.turns_table`.
        exchanges: of the outcome `worded`, from `turns.exchanges_table`.
        zone: IANA name in which days are counted.
        as_of: end of what is known, microseconds UTC; a silence is measured up to then.

    Returns:
        contact_id, starts_at (when the limit was passed), ends_at (next event; null: still dormant), both microseconds
        UTC; sorted.

    Source: methods:dormancy.
    """
    days = _active_days(turns, zone)
    first = exchanges.group_by("contact_id").agg(pl.col("at").min().alias("acquainted_at"))
    days = days.join(first, on="contact_id", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("contact_id") == pl.col("contact_id").shift(-1)).then(pl.col("first").shift(-1)).alias("next")
    )
    silence = pl.coalesce("next", pl.lit(as_of)) - pl.col("last")
    asked = days.select(
        ((pl.col("acquainted_at") <= pl.col("last")) & (silence > LEAST_SILENCE * DAY)).fill_null(value=False)
    ).to_series().to_numpy()  # fmt: skip
    contact = days["contact_id"].rle_id().to_numpy().astype(np.int64)
    halves = _silence_limits(contact, days["day"].to_numpy(), asked)
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
