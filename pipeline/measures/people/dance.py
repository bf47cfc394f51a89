"""Table `dance`: who begins, who begins again, how strictly both sides alternate, and whether steps are matched."""

from typing import Final

import polars as pl

from pipeline.measures.gestures import is_group
from pipeline.measures.people.alternation import alternation
from pipeline.measures.people.initiative import initiative
from pipeline.measures.people.one_sided_runs import one_sided_runs
from pipeline.measures.people.step_matching import step_matching
from pipeline.measures.tables import to_table
from pipeline.model.durations import DAY
from pipeline.statistics.concurrency import run_concurrently
from pipeline.statistics.intervals import wilson

HALF_LIFE: Final = 90 * DAY
"""Of an exchange's part in `strength`, microseconds."""
_COUNTS: Final = (
    "initiations", "initiations_mine", "restarts", "restarts_mine", "longest_one_sided", "current_one_sided",
    "longest_dance", "steps_mine", "steps_mine_matched", "steps_theirs", "steps_theirs_matched", "events_mine",
    "events_theirs", "exchanges",
)  # fmt: skip


def dance_table(turns: pl.DataFrame, exchanges: pl.DataFrame, encoded: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Compute the table: a row for each contact with a direct turn or an exchange.

    Args:
        turns: of the outcome `worded`, from `turns.turns_table`; turns in groups are ignored.
        exchanges: of the outcome `worded`, from `turns.exchanges_table`.
        encoded: contact_id and `alternation.ENCODED_COLUMNS` of the encoded interactions.
        as_of: end of what is known, microseconds UTC.

    Returns:
        Columns of the table, sorted by contact_id. `step_matching_theirs` is the share of the owner's steps that the contact matched,
        `step_matching_mine` the converse.

    Source: methods:initiative, methods:restarts, methods:alternation, methods:one-sided-runs, methods:step-matching,
    methods:exchanges.
    """
    direct = turns.filter(is_group().not_())
    strength = _strength(exchanges, as_of)
    contacts = pl.concat([direct.select("contact_id"), strength.select("contact_id")]).unique()
    parts = run_concurrently(
        lambda: alternation(encoded).with_columns(pl.col("contact_id").cast(contacts.schema["contact_id"])),
        lambda: one_sided_runs(direct),
        lambda: initiative(direct),
        lambda: step_matching(direct, as_of),
    )
    table = contacts
    for part in (*parts, strength):
        table = table.join(part, on="contact_id", how="left", validate="1:1")
    table = table.with_columns(pl.col(*_COUNTS, "observable_restarts", "answered_restarts", "strength").fill_null(0))
    low, high = wilson(table["initiations_mine"].to_numpy(), table["initiations"].to_numpy())
    begun = pl.col("initiations") > 0
    return to_table(
        table.with_columns(
            _ratio("initiations_mine", "initiations").alias("initiative_share"),
            pl.when(begun).then(pl.Series(low)).alias("initiative_low"),
            pl.when(begun).then(pl.Series(high)).alias("initiative_high"),
            _ratio("restarts_mine", "restarts").alias("restart_share"),
            _ratio("answered_restarts", "observable_restarts").alias("restarts_answered_share"),
            _ratio("steps_mine_matched", "steps_mine").alias("step_matching_theirs"),
            _ratio("steps_theirs_matched", "steps_theirs").alias("step_matching_mine"),
        ),
        "dance",
        "contact_id",
    )


def _ratio(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))


def _strength(exchanges: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Count each contact's exchanges and sum `2^(-age / 90 d)` over them. Source: methods:exchanges."""
    age = (pl.lit(as_of) - pl.col("at")) / HALF_LIFE
    return (
        exchanges.filter(pl.col("at") <= as_of)
        .group_by("contact_id", maintain_order=True)
        .agg(pl.len().alias("exchanges"), pl.lit(2.0).pow(-age).sum().alias("strength"))
    )
