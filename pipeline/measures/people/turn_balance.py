"""Columns of table `contact_reciprocation` on turns: how evenly both sides take them, and whose step is next."""

from typing import Final

import polars as pl

from pipeline.measures.gestures import is_group

SHRINK_TURNS: Final = 2
"""k of `signed_shrunk`: turns added to each side."""


def balance_indices(mine: pl.Expr, theirs: pl.Expr) -> list[pl.Expr]:
    """Build the balance indices from counts of turns.

    Args:
        mine: the owner's turns.
        theirs: the contact's turns.

    Returns:
        share_mine, signed, symmetric, log_ratio and signed_shrunk; null where there are no turns.

    Source: methods:turn-balance.

    Examples:
        >>> pl.DataFrame({"o": [3], "n": [1]}).select(balance_indices(pl.col("o"), pl.col("n"))).row(0)[:3]
        (0.75, 0.5, 0.3333333333333333)
    """
    both = mine + theirs
    some = both > 0
    return [
        pl.when(some).then(mine / both).alias("share_mine"),
        pl.when(some).then((mine - theirs) / both).alias("signed"),
        pl.when(some).then(pl.min_horizontal(mine, theirs) / pl.max_horizontal(mine, theirs)).alias("symmetric"),
        pl.when(some).then(((mine + 0.5) / (theirs + 0.5)).log()).alias("log_ratio"),
        pl.when(some).then((mine - theirs) / (both + 2 * SHRINK_TURNS)).alias("signed_shrunk"),
    ]


def turn_balance(gestures: pl.DataFrame) -> pl.DataFrame:
    """Count each side's turns, and determine whose step is next.

    Args:
        gestures: of one outcome, both initiators: contact_id, initiator, is_group, place.

    Returns:
        contact_id, mine, theirs, whose_step, and the columns of `balance_indices`; any order.

    Source: methods:turn-balance, methods:whose-step.
    """
    # place and side in one number: the greatest one is the last direct turn, and its last bit is the side
    numbered = pl.when(is_group().not_()).then(2 * pl.col("place") + pl.col("mine"))
    last = pl.col("last")
    return (
        gestures.select("contact_id", "place", "is_group", (pl.col("initiator") == "me").alias("mine"))
        .with_columns(pl.col("mine").not_().alias("theirs"), numbered.alias("last"))
        .group_by("contact_id")
        .agg(pl.col("mine", "theirs").sum().cast(pl.Int64), last.max())
        .with_columns(
            pl.when(last.is_null()).then(pl.lit("nobody"))
            .when(last % 2 == 1).then(pl.lit("theirs")).otherwise(pl.lit("mine")).alias("whose_step"),
            *balance_indices(pl.col("mine"), pl.col("theirs")),
        )
    )  # fmt: skip
