"""R6, one record a gesture: answered, superseded or open, with its lags (microseconds)."""

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipeline.matching.adjacency import AdjacencyPairs
from pipeline.matching.explicit import ExplicitPass
from pipeline.matching.order import NAMES, Bools, Events, Ints
from pipeline.matching.turns import Turns

GRADES = np.array(["A", "B", "C", "D"])


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
    """Write the gestures of one analysis: all columns of GESTURES but those of the risk set.

    Args:
        encoded: from `order.encode`.
        events: of the analysis.
        turns: their turns.
        answers: by turn.
        initiator: `me` or `them`.
        outcome: `worded` or `any`.
        places: by row of `encoded`, for `place`; None leaves out what names and places gestures.
    """
    g = np.flatnonzero(turns.a)
    # the table's order: contact, time, first interaction
    head = turns.first[g]
    g = g[np.lexsort((events.row[head], events.t[head], events.contact[head]))]
    first, response = turns.first[g], answers.response[g]
    start = events.t[first]
    answered = response >= 0
    follow_up = turns.follow_up[g]
    # members are sorted by (turn, rank): one search finds the last event of the gesture before its answer
    span = np.int64(len(events) + 1)
    keys = turns.turn_of[turns.members] * span + turns.members
    before = np.searchsorted(keys, g * span + response) - 1
    last_before = turns.members[np.clip(before, turns.start[g], None)] if len(g) else first
    lag = np.maximum(0, events.t[response] - start) if len(g) else start
    lag_last = np.maximum(0, events.t[response] - events.t[last_before]) if len(g) else start
    status = np.where(answered, "answered", np.where(follow_up >= 0, "superseded", "open"))
    home = encoded.select("interaction_id", *NAMES, "is_group", "resolution_s")[events.row[first]].with_columns(
        pl.col(NAMES).cast(pl.String)
    )
    out = home.rename({"interaction_id": "first_interaction_id"}).with_columns(
        pl.lit(initiator).alias("initiator"),
        pl.lit(outcome).alias("outcome"),
        surface(),
        pl.Series("started_at", start),
        pl.Series("last_at", events.t[turns.last[g]]),
        pl.Series("interactions", turns.size[g]),
        pl.Series("status", status.astype(str), dtype=pl.String),
        _where(answered, pl.Series("grade", GRADES[answers.grade[g]], dtype=pl.String)),
        _where(answered, pl.Series("lag_us", lag)),
        _where(answered, pl.Series("lag_last_us", lag_last)),
        _where(follow_up >= 0, pl.Series("superseded_after_us", events.t[follow_up] - start)),
        pl.Series("uncertain", answers.uncertain[g]),
    )
    if places is None:
        nothing = pl.lit(None, dtype=pl.String)
        return out.with_columns(
            nothing.alias("response_interaction_id"), nothing.alias("gesture_id"), pl.lit(None, pl.Int64).alias("place")
        )
    answer = _where(answered, encoded["interaction_id"][events.row[response]].alias("response_interaction_id"))
    place = pl.Series("place", places[events.row[first]])
    return out.with_columns(answer, place, gesture_ids(initiator, outcome, out["first_interaction_id"]))


def surface() -> pl.Expr:
    """Say on which surface a gesture of this first event is: `group`, else what its lane declares, else its class's."""
    direct = pl.when(pl.col("class") == "message").then(pl.lit("direct")).otherwise(pl.lit("public"))
    return pl.when("is_group").then(pl.lit("group")).otherwise(pl.coalesce("surface", direct)).alias("surface")


def _where(mask: Bools, values: pl.Series) -> pl.Series:
    return values.set(pl.Series(~mask), None)


def gesture_ids(initiator: str, outcome: str, first: pl.Series) -> pl.Series:
    """Hash initiator, outcome and first interaction to a stable id of 32 hex digits."""
    seed = hashlib.blake2b(f"{initiator}|{outcome}|".encode(), digest_size=16)

    def one(interaction_id: str) -> str:
        digest = seed.copy()
        digest.update(interaction_id.encode())
        return digest.hexdigest()

    return pl.Series("gesture_id", [one(value) for value in first.to_list()], dtype=pl.String)
