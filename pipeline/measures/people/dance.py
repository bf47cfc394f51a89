"""`dance`: who begins, who begins again, how steps alternate and whether they are matched (METHODS 6).

Entry point: `dance(timeline, prepared, as_of)`. Direct turns of the outcome `worded`; group chats stand apart.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.measures.people.alternation import alternation
from pipeline.measures.people.step_matching import step_matching
from pipeline.measures.people.timeline import DAY, Schema, Timeline, finish, initiations, is_group
from pipeline.statistics.concurrency import run_concurrently
from pipeline.statistics.intervals import wilson

RESTART: Final = 30 * DAY
HALF_LIFE: Final = 90 * DAY

_COUNTS: Final = (
    "initiations", "initiations_mine", "restarts", "restarts_mine", "longest_one_sided", "current_one_sided",
    "longest_dance", "steps_mine", "steps_mine_matched", "steps_theirs", "steps_theirs_matched", "events_mine",
    "events_theirs", "exchanges",
)  # fmt: skip
_OF_RUNS: Final = ("longest_one_sided", "current_one_sided", "longest_dance")
SCHEMA: Final[Schema] = {
    "contact_id": pl.String,
    **dict.fromkeys(_COUNTS, pl.Int64),
    "initiative_share": pl.Float64, "initiative_low": pl.Float64, "initiative_high": pl.Float64,
    "restart_share": pl.Float64, "restarts_answered_share": pl.Float64, "alternation_index": pl.Float64,
    "alternation_z": pl.Float64, "step_matching_theirs": pl.Float64, "step_matching_mine": pl.Float64,
    "strength": pl.Float64,
}  # fmt: skip
"""`step_matching_theirs`: share of the owner's steps up that they followed; `_mine`: the converse."""


def _ratio(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))


def _beginnings(of_turns: pl.DataFrame) -> pl.DataFrame:
    begun = initiations(of_turns)
    again = pl.col("silence_us") >= RESTART  # null, the very first turn, is no restart
    judged = again & pl.col("mine") & pl.col("seen")
    return begun.group_by("contact_id").agg(
        pl.len().alias("initiations"),
        pl.col("mine").sum().alias("initiations_mine"),
        again.sum().alias("restarts"),
        (again & pl.col("mine")).sum().alias("restarts_mine"),
        judged.sum().alias("judged"),
        (judged & pl.col("answered")).sum().alias("judged_answered"),
    )


def _runs(of_turns: pl.DataFrame) -> pl.DataFrame:
    """Measure the longest and the present one-sided run, and the longest unbroken dance, in turns."""
    mine, answered, seen = (of_turns[name].to_numpy() for name in ("mine", "answered", "seen"))
    who = of_turns["contact_id"].rle_id().to_numpy()
    if not len(who):
        return of_turns.select("contact_id", *(pl.lit(0, pl.Int64).alias(name) for name in _OF_RUNS))
    first = np.ones(len(who), dtype=np.bool_)
    first[1:] = who[1:] != who[:-1]
    begins = first.copy()
    begins[1:] |= ~(answered[:-1] & (mine[1:] != mine[:-1]))
    # turns come by contact and place: a run is a stretch of rows
    runs, chains = np.flatnonzero(first | ~mine | answered), np.flatnonzero(begins)
    own = np.add.reduceat((mine & ~answered & seen).astype(np.int64), runs)
    turns_of_chain = np.diff(np.append(chains, len(who)))
    people = np.flatnonzero(first)
    of_runs, of_chains = np.searchsorted(runs, people), np.searchsorted(chains, people)
    return pl.DataFrame({
        "contact_id": of_turns["contact_id"].gather(people),
        "longest_one_sided": np.maximum.reduceat(own, of_runs),
        "current_one_sided": own[np.append(of_runs[1:], len(runs)) - 1],
        "longest_dance": np.maximum.reduceat(turns_of_chain, of_chains),
    })  # fmt: skip


def _strength(exchanges: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Sum `2^(-(t - t_i)/90 d)` over the exchanges."""
    done = exchanges.filter(pl.col("at") <= as_of)
    age = (pl.lit(as_of) - pl.col("at")) / HALF_LIFE
    return done.group_by("contact_id", maintain_order=True).agg(
        pl.len().alias("exchanges"), pl.lit(2.0).pow(-age).sum().alias("strength")
    )


def dance(timeline: Timeline, prepared: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Make the table: a row for each contact with a direct turn or an exchange.

    A turn begins something after 24 h of silence of both, begins again after 30 d. A one-sided run is the most own
    gestures in a row with none answered and nothing from them in between; gestures whose answer no archive could have
    shown aren't counted into it. An unbroken dance is the most turns in a row that each answer the one before.

    Args:
        timeline: of the outcome `worded`.
        prepared: the interactions, as `alternation` takes them.
        as_of: end of what is known, microseconds UTC.

    Returns:
        `SCHEMA`, sorted by contact_id.
    """
    of_turns = timeline.turns.filter(is_group().not_())
    strength = _strength(timeline.exchanges, as_of)
    people = pl.concat([of_turns.select("contact_id"), strength.select("contact_id")]).unique()
    table = people
    parts = run_concurrently(
        lambda: alternation(prepared).with_columns(pl.col("contact_id").cast(people.schema["contact_id"])),
        lambda: _runs(of_turns),
        lambda: _beginnings(of_turns),
        lambda: step_matching(of_turns, as_of),
    )
    for part in (*parts, strength):
        table = table.join(part, on="contact_id", how="left", validate="1:1")
    table = table.with_columns(pl.col(*_COUNTS, "judged", "judged_answered", "strength").fill_null(0))
    low, high = wilson(table["initiations_mine"].to_numpy(), table["initiations"].to_numpy())
    some = pl.col("initiations") > 0
    return finish(
        table.with_columns(
            _ratio("initiations_mine", "initiations").alias("initiative_share"),
            pl.when(some).then(pl.Series(low)).alias("initiative_low"),
            pl.when(some).then(pl.Series(high)).alias("initiative_high"),
            _ratio("restarts_mine", "restarts").alias("restart_share"),
            _ratio("judged_answered", "judged").alias("restarts_answered_share"),
            _ratio("steps_mine_matched", "steps_mine").alias("step_matching_theirs"),
            _ratio("steps_theirs_matched", "steps_theirs").alias("step_matching_mine"),
        ),
        SCHEMA,
        "contact_id",
    )
