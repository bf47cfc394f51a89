"""The interactions that chance is computed on: those of one analysis, direct, by channel, each with its span.

A channel is what adjacent answers of grades B and C pair within: contact, platform and class. A gesture is named by its
number in the analysis, from 0 in the order of `match.gesture_tables`.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.matching.match import Run, by_lane, kept_interactions, match_turns
from pipeline.matching.turns import assign_turns
from pipeline.model.codes import Initiator
from pipeline.statistics.arrays import Ints

SPANS: Final = 4
"""A channel counts at horizon h from a span of 4 h on."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Channels:
    """Outbound (initiator's) and inbound (responder's) events by channel, each sorted by (channel, time).

    Times are microseconds since the dyad's first event; every time is within [0, span] of its channel.
    """

    person: Ints
    """Contact's number by channel, rising."""
    span: Ints
    out_channel: Ints
    out_at: Ints
    out_gesture: Ints
    """Number of each event's gesture."""
    out_counted: Bools
    """The event's gesture is at risk."""
    in_channel: Ints
    in_at: Ints
    every_person: Ints
    """Contact's number of all inbound events, of channels without gestures too (for grade D); rising, then by time."""
    every_channel: Ints
    """Their channel, -1 where it isn't one of these."""
    every_at: Ints
    gesture: Ints
    """Numbers of the gestures at risk in these channels, rising."""
    gesture_channel: Ints

    def eligible(self, horizon_us: int) -> Bools:
        """Return which channels are long enough for a horizon."""
        return self.span >= SPANS * horizon_us


def observed_run(
    encoded: pl.DataFrame, initiator: Initiator, run: Run, coverage: pl.DataFrame
) -> tuple[pl.DataFrame, Channels]:
    """Match one analysis without explicit links, which a rotation destroys.

    Args:
        encoded: what `match.encode_interactions` returns.
        initiator: whose gestures.
        run: outcome, turn gap and windows.
        coverage: at_risk and censored_after_us of the analysis' gestures, in their order. Links make no turns: with and
            without them the gestures are the same.

    Returns:
        Outcomes of the gestures (`gestures.OUTCOMES`, with at_risk and followed_us, from the first interaction to the end
        of coverage, in µs), and their channels.

    Source: methods:chance.
    """
    interactions, _ = kept_interactions(by_lane(encoded, initiator), replace(run, links=False))
    interactions = assign_turns(interactions, run.parameters.turn_gap_us)
    followed = coverage.select("at_risk", pl.col("censored_after_us").fill_null(0).alias("followed_us"))
    outcomes = match_turns(interactions, run).outcomes.hstack(followed)
    return outcomes, channels(interactions, outcomes)


def channels(interactions: pl.DataFrame, gestures: pl.DataFrame) -> Channels:
    """Select what chance is computed on; interactions in groups are left out.

    Args:
        interactions: what `turns.assign_turns` returns, of a whole analysis.
        gestures: row (of its first interaction), at_risk and followed_us (to the end of coverage, in µs) of each gesture, in their order.

    Source: methods:chance.
    """
    direct = interactions.filter(~pl.col("is_group")).select("row", "place", "contact", "channel", "turn", "own", "at")
    begun = gestures.select(pl.col("row").alias("turn"), "at_risk", "followed_us").with_row_index("gesture").join(
        direct.filter(pl.col("turn") == pl.col("row")).select("turn", "contact", "channel", "at").sort("turn"),
        on="turn",
    )  # fmt: skip
    counted = begun.filter("at_risk")
    start = direct.group_by("contact").agg(pl.col("at").min().alias("start"))
    ends = counted.group_by("channel").agg(
        pl.col("contact").first(), (pl.col("at") + pl.col("followed_us")).max().alias("end")
    )
    spans = (
        ends.join(start, on="contact")
        .select("contact", "channel", "start", (pl.col("end") - pl.col("start")).alias("span"))
        .filter(pl.col("span") > 0)
        .sort("channel")
        .with_row_index("number")
        # channels run by contact: their numbers begin with the contact's
        .with_columns(pl.col("contact").rle_id().alias("person"))
    )
    people = spans.select("contact", "person", "start").unique("contact", maintain_order=True)
    own = begun.select("turn", "gesture", "at_risk")
    # stable sorts by one key each, the most significant last
    rows = (
        direct.filter(pl.col("contact").is_in(people["contact"].implode()))
        .sort("place")
        .sort("at", maintain_order=True)
    )
    rows = rows.sort("channel", maintain_order=True)
    rows = rows.join(people, on="contact", how="left", maintain_order="left").join(
        spans.select("channel", "number", "span"), on="channel", how="left", maintain_order="left"
    )
    rows = rows.with_columns((pl.col("at") - pl.col("start")).alias("since"))
    inside = rows.filter(pl.col("since") <= pl.col("span"))
    mine = inside.filter("own").join(own, on="turn", how="left", maintain_order="left")
    theirs = inside.filter(~pl.col("own"))
    every = (
        rows.filter(~pl.col("own")).sort("place").sort("since", maintain_order=True).sort("person", maintain_order=True)
    )
    seen = counted.join(spans.select("channel", "number"), on="channel").sort("gesture")
    return Channels(
        person=_ints(spans["person"]),
        span=_ints(spans["span"]),
        out_channel=_ints(mine["number"]),
        out_at=_ints(mine["since"]),
        out_gesture=_ints(mine["gesture"]),
        out_counted=mine["at_risk"].to_numpy(),
        in_channel=_ints(theirs["number"]),
        in_at=_ints(theirs["since"]),
        every_person=_ints(every["person"]),
        every_channel=_ints(every["number"].cast(pl.Int64).fill_null(-1)),
        every_at=_ints(every["since"]),
        gesture=_ints(seen["gesture"]),
        gesture_channel=_ints(seen["number"]),
    )


def _ints(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy()
