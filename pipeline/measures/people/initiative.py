"""Columns of table `dance` on initiative: who begins, who begins again after a silence, and how often it is answered."""

from typing import Final

import polars as pl

from pipeline.measures.people.turns import initiations
from pipeline.model.durations import DAY

RESTART: Final = 30 * DAY
"""Silence after which an initiation is a restart, microseconds."""


def initiative(turns: pl.DataFrame) -> pl.DataFrame:
    """Count the initiations and restarts of each contact.

    Args:
        turns: direct turns, from `turns.turns`.

    Returns:
        contact_id, initiations, initiations_mine, restarts, restarts_mine, observable_restarts (the owner's restarts
        whose answer would be known), answered_restarts (of those); any order.

    Source: methods:initiative, methods:restarts.
    """
    restart = pl.col("silence_us") >= RESTART  # null at the very first turn, which is no restart
    observable = restart & pl.col("mine") & pl.col("seen")
    return (
        initiations(turns)
        .group_by("contact_id")
        .agg(
            pl.len().alias("initiations"),
            pl.col("mine").sum().alias("initiations_mine"),
            restart.sum().alias("restarts"),
            (restart & pl.col("mine")).sum().alias("restarts_mine"),
            observable.sum().alias("observable_restarts"),
            (observable & pl.col("answered")).sum().alias("answered_restarts"),
        )
    )
