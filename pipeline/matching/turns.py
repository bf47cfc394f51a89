"""Turns: interactions of one side in one lane, each at most the turn gap after the one before."""

import polars as pl


def assign_turns(interactions: pl.DataFrame, turn_gap_us: int) -> pl.DataFrame:
    """Add `turn`, the row of the first interaction of the turn.

    Args:
        interactions: what `match.by_lane` returns, or a filtered part of it in its order.
        turn_gap_us: the longest distance inside a turn, in µs.

    Returns:
        The same rows in the same order, with `turn`. The rows of a turn follow each other.

    Source: methods:turns.
    """
    lane, own, time = pl.col("lane"), pl.col("own"), pl.col("order_time")
    joins = (lane == lane.shift()) & (own == own.shift()) & (time - time.shift() <= turn_gap_us)
    first = joins.fill_null(value=False).not_()
    return interactions.with_columns(pl.when(first).then("row").forward_fill().alias("turn"))


def turns_of(interactions: pl.DataFrame) -> pl.DataFrame:
    """Reduce interactions to one row a turn.

    Args:
        interactions: what `assign_turns` returns.

    Returns:
        The first row of each turn, in the order of the input, with
            interactions: how many it has.
            last_at: time of the last one, in µs; last_place: its place.
            superseded_after_us: from its start to that of the next turn of its lane, where both are the initiator's; else null.

    Source: methods:turns, methods:gesture-outcomes.
    """
    turn = pl.col("turn")
    numbered = interactions.drop("linked", "target").with_row_index("_position")
    first = numbered.filter(turn == pl.col("row"))
    last = numbered.filter((turn != turn.shift(-1)).fill_null(value=True))
    lane, own, at = pl.col("lane"), pl.col("own"), pl.col("at")
    follows = (lane == lane.shift(-1)) & own & own.shift(-1)
    return first.with_columns(
        (last["_position"] - first["_position"] + 1).cast(pl.Int64).alias("interactions"),
        last["at"].alias("last_at"),
        last["place"].alias("last_place"),
        pl.when(follows).then(at.shift(-1) - at).alias("superseded_after_us"),
    ).drop("_position")
