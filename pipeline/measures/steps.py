"""Step matching: is a step up the order of intimacy followed by one of the other side (METHODS 6, Ruling 16)?

Entry point: `step_matching(of_turns, as_of)`.
"""

from typing import Final

import polars as pl

from pipeline.measures.timeline import DAY

ORDER: Final = {
    "reaction": 0, "follow": 0, "share": 1, "comment": 2, "message": 3, "invite": 4, "endorsement": 4, "subscription": 4,
}  # fmt: skip
WINDOW: Final = 14 * DAY


def _steps_up(of_turns: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Pick each side's steps up: turns of a class above all earlier ones of that side, followed for the whole window."""
    highest = pl.col("height").cum_max().shift(1).over("contact_id", "mine", order_by="place")
    return (
        of_turns.with_columns(highest.fill_null(-1).alias("highest"))
        .filter((pl.col("height") > pl.col("highest")) & (pl.col("at") + WINDOW <= as_of))
        .select("contact_id", "mine", "at", "place", "height")
    )


def step_matching(of_turns: pl.DataFrame, as_of: int) -> pl.DataFrame:
    """Count each side's steps up and those that the other side followed with the same or a higher class within 14 days.

    A side steps up when it does something of a higher class than ever before with this person: only the first turn of
    the new class counts. Steps younger than 14 days are left out.

    Args:
        of_turns: what `timeline.turns` returns, direct turns.
        as_of: end of what is known, microseconds UTC.

    Returns:
        contact_id, steps_mine, steps_mine_matched, steps_theirs, steps_theirs_matched; sorted by contact_id.
    """
    leveled = of_turns.with_columns(
        pl.col("class").replace_strict(ORDER, default=0, return_dtype=pl.Int64).alias("height")
    )
    steps = _steps_up(leveled, as_of)
    others = leveled.select(
        "contact_id",
        pl.col("mine").not_(),
        pl.col("at").alias("then"),
        pl.col("place").alias("later"),
        pl.col("height").alias("reached"),
    )
    followed = (
        steps.join(others, on=["contact_id", "mine"])
        .filter(
            (pl.col("later") > pl.col("place"))
            & (pl.col("then") - pl.col("at") <= WINDOW)
            & (pl.col("reached") >= pl.col("height"))
        )
        .select("contact_id", "place")
        .unique()
        .with_columns(pl.lit(value=True).alias("followed"))
    )
    mine, yes = pl.col("mine"), pl.col("followed").fill_null(value=False)
    return (
        steps.join(followed, on=["contact_id", "place"], how="left")
        .group_by("contact_id")
        .agg(
            mine.sum().alias("steps_mine"),
            (mine & yes).sum().alias("steps_mine_matched"),
            mine.not_().sum().alias("steps_theirs"),
            (mine.not_() & yes).sum().alias("steps_theirs_matched"),
        )
        .sort("contact_id")
    )
