"""R6, one record a gesture: answered, superseded or open, with its lags (microseconds)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.adjacency import AdjacencyPairs
from pipeline.matching.encode import NAMES, Bools, Ints
from pipeline.matching.explicit import ExplicitPass
from pipeline.matching.order import Events
from pipeline.matching.turns import Turns, in_order
from pipeline.model.hashing import hashes

GRADES: Final = ("A", "B", "C", "D")
_STATUS: Final = ("open", "superseded", "answered")


@dataclass(frozen=True, slots=True)
class Answers:
    """One entry a gesture turn (all turns of the initiator): rank of response, -1 without; grade number; certainty."""

    response: Ints
    grade: Ints
    uncertain: Bools


def collect_answers(events: Events, turns: Turns, explicit: ExplicitPass, pairs: AdjacencyPairs) -> Answers:
    """Bring explicit and adjacent answers together, by turn."""
    response = np.full(len(turns), -1, dtype=np.int64)
    grade = np.full(len(turns), -1, dtype=np.int64)
    target = turns.first.copy()
    response[explicit.gesture], grade[explicit.gesture] = explicit.response, 0
    target[explicit.gesture] = explicit.target
    response[pairs.gesture], grade[pairs.gesture] = turns.first[pairs.response], pairs.grade
    one_log = (events.ordered_file[target] >= 0) & (events.ordered_file[target] == events.ordered_file[response])
    clear = events.t[target] + events.res[target] <= events.t[response]
    return Answers(response, grade, (response >= 0) & ~clear & ~one_log)


def record_gestures(
    encoded: pl.DataFrame,
    events: Events,
    turns: Turns,
    answers: Answers,
    *,
    initiator: str,
    outcome: str,
    places: Ints | None,
) -> pl.DataFrame:
    """Write the gestures of one analysis: all columns of GESTURES but those of the risk set; NAMES are Enums.

    Args:
        encoded: from `encode.encode`.
        events: of the analysis.
        turns: their turns.
        answers: by turn.
        initiator: `me` or `them`.
        outcome: `worded` or `any`.
        places: by row of `encoded`, for `place`; None leaves out what names and places gestures.
    """
    g = in_order(events, turns)
    first, response = turns.first[g], answers.response[g]
    start = events.t[first]
    answered = response >= 0
    follow_up = turns.follow_up[g]
    superseded = follow_up >= 0
    lag = np.maximum(0, events.t[response] - start)
    lag_last = np.maximum(0, events.t[response] - events.t[_last_before(turns, g, response)])
    out = encoded.select("interaction_id", *NAMES, "is_group", "resolution_s")[events.row[first]]
    out = out.rename({"interaction_id": "first_interaction_id"}).with_columns(
        pl.lit(initiator).alias("initiator"),
        pl.lit(outcome).alias("outcome"),
        pl.Series("started_at", start),
        pl.Series("last_at", events.t[turns.last[g]]),
        pl.Series("interactions", turns.size[g]),
        words("status", _STATUS, np.where(answered, 2, superseded)),
        words("grade", GRADES, np.where(answered, answers.grade[g], -1)),
        where("lag_us", answered, lag),
        where("lag_last_us", answered, lag_last),
        where("superseded_after_us", superseded, events.t[follow_up] - start),
        pl.Series("uncertain", answers.uncertain[g]),
    )
    if places is None:
        nothing = pl.lit(None, dtype=pl.String)
        return out.with_columns(
            nothing.alias("response_interaction_id"), nothing.alias("gesture_id"), pl.lit(None, pl.Int64).alias("place")
        )
    answer = where("row", answered, events.row[response])
    return out.with_columns(
        encoded["interaction_id"].gather(answer).alias("response_interaction_id"),
        pl.Series("place", places[events.row[first]]),
        gesture_ids(initiator, outcome, out["first_interaction_id"]),
    )


def _last_before(turns: Turns, g: Ints, response: Ints) -> Ints:
    """Return the last event of each gesture before its answer; its first event where none is before."""
    last = turns.last[g].copy()
    # few answers come before the gesture's turn is over
    inside = np.flatnonzero((response >= 0) & (last >= response))
    if len(inside):
        # members are sorted by (turn, rank): one search finds the place
        span = np.int64(len(turns.members) + 1)
        keys = turns.turn_of[turns.members] * span + turns.members
        before = np.searchsorted(keys, g[inside] * span + response[inside]) - 1
        last[inside] = turns.members[np.maximum(before, turns.start[g[inside]])]
    return last


def words(name: str, of: Sequence[str], numbers: Ints) -> pl.Series:
    """Write numbers as the words that they count among, null for -1."""
    return pl.Series(name, [*of, None], dtype=pl.String).gather(np.where(numbers < 0, len(of), numbers))


def where(name: str, mask: Bools, values: Ints) -> pl.Series:
    """Return values where the mask holds, null elsewhere."""
    return pl.select(pl.when(pl.Series(mask)).then(pl.Series(values)).alias(name)).to_series()


def gesture_ids(initiator: str, outcome: str, first: pl.Series) -> pl.Series:
    """Hash initiator, outcome and first interaction to a stable id of 32 hex digits."""
    return hashes(first.to_frame(), pl.lit(f"{initiator}|{outcome}|") + pl.col(first.name)).rename("gesture_id")
