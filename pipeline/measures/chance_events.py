"""The events that chance is computed on: one analysis, direct, in channels with their span (METHODS 4.1).

Entry points: `encode` (once, names to numbers), `channels` (for one analysis). A channel is what the adjacency passes B and C
pair within: contact, platform, class. Gestures are named by their row number in the frame given to `encode`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.wordless import wordless
from pipeline.measures.timeline import Ints, is_group

_NAMES: Final = ("contact_id", "platform", "class", "account_id", "thread_id")
_CHANNEL: Final = 3  # the first three names
SPANS: Final = 4
"""A channel counts at horizon h from a span of 4 h on."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Direct interactions and direct gestures with numbers for names (person, channel, lane), each sorted by (lane, at)."""

    events: pl.DataFrame
    gestures: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Channels:
    """Outbound (initiator's) and inbound (responder's) events by channel, each sorted by (channel, time).

    Times are microseconds since the dyad's first event; everything lies within [0, span] of its channel.
    """

    person: Ints
    """Contact's number by channel, rising."""
    span: Ints
    out_channel: Ints
    out_at: Ints
    out_gesture: Ints
    """Row number of each event's gesture."""
    out_counted: Bools
    """The event's gesture is at risk."""
    in_channel: Ints
    in_at: Ints
    every_person: Ints
    """Contact's number of all inbound events, of channels without gestures too (for grade D)."""
    every_channel: Ints
    """Their channel, -1 where it isn't one of these."""
    every_at: Ints
    gesture: Ints
    """Row numbers of the gestures at risk in these channels."""
    gesture_channel: Ints

    def eligible(self, horizon_us: int) -> Bools:
        """Tell which channels are long enough for a horizon."""
        return self.span >= SPANS * horizon_us


def encode(interactions: pl.DataFrame, gestures: pl.DataFrame) -> Encoded:
    """Number contacts, channels and lanes alike in both frames; group interactions and group gestures are left out.

    Args:
        interactions: the interactions that matching kept (after the exclusions): contact_id, platform, class, account_id,
            thread_id, kind, direction, at, is_group.
        gestures: `schemas.GESTURES`.
    """
    numbers: list[pl.Expr] = []
    sizes: list[int] = []
    for name in _NAMES:
        values = pl.concat([frame.select(pl.col(name).unique()) for frame in (interactions, gestures)])[name]
        known = values.drop_nulls().unique().sort()
        numbers.append(pl.col(name).cast(pl.Enum(known)).to_physical().cast(pl.Int64).fill_null(len(known)).alias(name))
        sizes.append(len(known) + 1)

    def mixed(columns: int) -> pl.Expr:
        value = pl.col(_NAMES[0])
        for name, size in zip(_NAMES[1:columns], sizes[1:columns], strict=True):
            value = value * size + pl.col(name)
        return value

    codes = [
        pl.col(_NAMES[0]).alias("person"),
        mixed(_CHANNEL).alias("channel"),
        mixed(len(_NAMES)).alias("lane"),
    ]
    events = interactions.filter(is_group().not_()).select(
        *numbers, "at", (pl.col("direction") == "outbound").alias("out"), wordless().alias("wordless")
    )
    own = gestures.with_row_index("row").filter(is_group().not_()).select(
        *numbers, pl.col("row").cast(pl.Int64), pl.col("started_at").alias("at"), "censored_after_us",
        pl.col("at_risk").fill_null(value=False), (pl.col("initiator") == "me").alias("me"),
        (pl.col("outcome") == "worded").alias("worded"),
    )  # fmt: skip
    return Encoded(
        events.select(*codes, "at", "out", "wordless").sort("lane", "at"),
        own.select(*codes, "row", "at", "censored_after_us", "at_risk", "me", "worded").sort("lane", "at", "row"),
    )


def channels(of: Encoded, initiator: str, outcome: str) -> Channels:
    """Prepare one analysis: outcome `worded` drops the responder's events without words (Ruling 3)."""
    out = pl.col("out") if initiator == "me" else pl.col("out").not_()
    kept = out | pl.col("wordless").not_() if outcome == "worded" else pl.lit(value=True)
    events = of.events.filter(kept).select("person", "channel", "lane", "at", out.alias("out"))
    own = of.gestures.filter((pl.col("me") == (initiator == "me")) & (pl.col("worded") == (outcome == "worded")))
    spans = (
        own.filter("at_risk")
        .group_by("person", "channel")
        .agg((pl.col("at") + pl.col("censored_after_us")).max().alias("end"))
        .join(events.group_by("person").agg(pl.col("at").min().alias("start")), on="person")
        .with_columns((pl.col("end") - pl.col("start")).alias("span"))
        .filter(pl.col("span") > 0)
        .sort("person", "channel")
        .with_row_index("number")
        .with_columns(pl.col("number").cast(pl.Int64), pl.col("person").rle_id().cast(pl.Int64).alias("who"))
    )
    places = spans.select("channel", "number", "start", "span")
    placed = (
        _with_gesture(events, own)
        .join(places, on="channel")
        .with_columns((pl.col("at") - pl.col("start")).alias("since"))
        .filter(pl.col("since").is_between(0, pl.col("span")))
        .sort("number", "since", "row", nulls_last=True)
    )
    mine, theirs = placed.filter(pl.col("out") & pl.col("row").is_not_null()), placed.filter(pl.col("out").not_())
    people = spans.select("person", "who", "start").unique().sort("person")
    every = (
        events.filter(pl.col("out").not_())
        .join(people, on="person")
        .join(places.select("channel", "number"), on="channel", how="left")
        .select("who", pl.col("number").fill_null(-1), (pl.col("at") - pl.col("start")).alias("since"))
        .sort("who", "since", "number")
    )
    seen = own.filter("at_risk").join(places, on="channel").sort("row")
    return Channels(
        spans["who"].to_numpy(),
        spans["span"].to_numpy(),
        mine["number"].to_numpy(),
        mine["since"].to_numpy(),
        mine["row"].to_numpy(),
        mine["at_risk"].to_numpy(),
        theirs["number"].to_numpy(),
        theirs["since"].to_numpy(),
        every["who"].to_numpy(),
        every["number"].to_numpy(),
        every["since"].to_numpy(),
        seen["row"].to_numpy(),
        seen["number"].to_numpy(),
    )


def _with_gesture(events: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Find the gesture of each event of the initiator: the last one in its lane that began by then."""
    # both sides come sorted by (lane, at) from `encode`, and filters keep the order: join_asof needs it
    return events.join_asof(own.select("lane", "at", "row", "at_risk"), on="at", by="lane", check_sortedness=False)
