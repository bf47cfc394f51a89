"""The events that chance is computed on: one analysis, direct, in channels with their span (METHODS 4.1).

Entry point: `channels(...)`. A channel is what the adjacency passes B and C pair within: contact, platform, class.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.filters import wordless
from pipeline.measures.timeline import Ints, is_group

KEY: Final = ("contact_id", "platform", "class")
LANE: Final = (*KEY, "account_id", "thread_id")
HORIZONS_OF_SPAN: Final = 4
"""A channel counts at horizon h from a span of 4 h on."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Channels:
    """Outbound (initiator's) and inbound (responder's) events by channel, each sorted by (channel, time).

    Times are microseconds since the dyad's first event; everything lies within [0, span] of its channel.
    """

    names: pl.DataFrame
    """contact_id, platform, class; row number = channel number."""
    contact: Ints
    """Contact's number by channel."""
    span: Ints
    out_channel: Ints
    out_at: Ints
    out_gesture: pl.Series
    """gesture_id that each event belongs to."""
    out_counted: Bools
    """The event's gesture is at risk."""
    in_channel: Ints
    in_at: Ints

    def eligible(self, horizon_us: int) -> Bools:
        """Tell which channels are long enough for a horizon."""
        return self.span >= HORIZONS_OF_SPAN * horizon_us


def _of_analysis(interactions: pl.DataFrame, initiator: str, outcome: str) -> pl.DataFrame:
    out = pl.col("direction") == ("outbound" if initiator == "me" else "inbound")
    kept = out | wordless().not_() if outcome == "worded" else pl.lit(value=True)
    return interactions.filter(is_group().not_() & kept).select(*LANE, "at", out.alias("out"), "interaction_id")


def channels(interactions: pl.DataFrame, gestures: pl.DataFrame, initiator: str, outcome: str) -> Channels:
    """Prepare one analysis.

    Args:
        interactions: the interactions that matching kept (after the exclusions): `LANE`, kind, direction, at, is_group,
            interaction_id.
        gestures: `schemas.GESTURES`.
        initiator: me or them.
        outcome: worded or any.
    """
    events = _of_analysis(interactions, initiator, outcome)
    own = gestures.filter(
        (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome) & is_group().not_()
    ).select(*LANE, "gesture_id", "at_risk", pl.col("started_at").alias("at"), "censored_after_us")
    ends = (
        own.filter("at_risk")
        .group_by(KEY)
        .agg((pl.col("at") + pl.col("censored_after_us")).max().alias("end"))
        .join(events.group_by("contact_id").agg(pl.col("at").min().alias("start")), on="contact_id")
        .with_columns((pl.col("end") - pl.col("start")).alias("span"))
        .filter(pl.col("span") > 0)
        .sort(KEY)
        .with_row_index("channel")
        .with_columns(pl.col("channel").cast(pl.Int64), pl.col("contact_id").rle_id().cast(pl.Int64).alias("person"))
    )
    placed = events.join(ends.select(*KEY, "channel", "start", "span"), on=KEY).with_columns(
        (pl.col("at") - pl.col("start")).alias("since")
    )
    placed = placed.filter(pl.col("since").is_between(0, pl.col("span"))).sort("channel", "at", "interaction_id")
    mine = _with_gesture(placed.filter("out"), own)
    theirs = placed.filter(pl.col("out").not_())
    return Channels(
        ends.select(KEY),
        ends["person"].to_numpy(),
        ends["span"].to_numpy(),
        mine["channel"].to_numpy(),
        mine["since"].to_numpy(),
        mine["gesture_id"],
        mine["at_risk"].fill_null(value=False).to_numpy(),
        theirs["channel"].to_numpy(),
        theirs["since"].to_numpy(),
    )


def _with_gesture(events: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Find the gesture of each event of the initiator: the last one in its lane that began by then."""
    lanes = own.select(LANE).unique().sort(LANE, nulls_last=True).with_row_index("lane")
    left = events.join(lanes, on=LANE, how="left", nulls_equal=True).sort("lane", "at")
    right = own.join(lanes, on=LANE, how="left", nulls_equal=True).select("lane", "at", "gesture_id", "at_risk")
    # both sides are sorted just here: join_asof on unsorted input is silently wrong
    found = left.join_asof(right.sort("lane", "at"), on="at", by="lane", check_sortedness=False)
    return found.sort("channel", "at", "interaction_id")
