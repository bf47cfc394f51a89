"""What a text answers: the text that its export names, else the last one of the other side in a conversation of two."""

from typing import Final

import polars as pl

from pipeline.model.durations import DAY

PARENTS_INPUT: Final = (
    "interaction_id", "contact_id", "account_id", "platform", "class", "thread_id", "is_group", "direction", "at", "reply_to",
)  # fmt: skip
"""Columns of INTERACTIONS that are read."""
LONGEST_US: Final = 7 * DAY
"""A message that comes later than this answers nothing that was said before."""


def parent_rows(texts: pl.DataFrame) -> pl.Series:
    """Return the row of the text that each text answers; null where none is known.

    Args:
        texts: PARENTS_INPUT of interactions with a text, in any order.

    Source: methods:answered-text.
    """
    rows = texts.with_row_index("row")
    named = rows.select(pl.col("interaction_id").alias("reply_to"), pl.col("row").alias("parent"))
    links = rows.select("row", "reply_to").drop_nulls().join(named, on="reply_to", how="inner").select("row", "parent")
    before = _before(rows.filter((pl.col("class") == "message") & ~pl.col("is_group") & pl.col("reply_to").is_null()))
    none = pl.repeat(None, rows.height, dtype=pl.UInt32, eager=True).alias("parent")
    for found in (before, links):
        none = none.scatter(found["row"], found["parent"])
    return none


def _before(messages: pl.DataFrame) -> pl.DataFrame:
    """Return row and parent of messages that follow one of the other side in the same thread."""
    thread = pl.struct("contact_id", "account_id", "platform", "thread_id").hash().alias("thread")
    lines = messages.select(thread, "row", "at", "interaction_id", (pl.col("direction") == "outbound").alias("out"))
    lines = lines.sort("thread", "at", "interaction_id")
    last = {out: pl.when(pl.col("out") == out).then("row").forward_fill().over("thread") for out in (True, False)}
    lines = lines.with_columns(pl.when("out").then(last[False]).otherwise(last[True]).alias("parent"))
    times = messages.select(pl.col("row").alias("parent"), pl.col("at").alias("parent_at"))
    return (
        lines.drop_nulls("parent")
        .join(times, on="parent", how="left")
        .filter(pl.col("at") - pl.col("parent_at") <= LONGEST_US)
        .select("row", "parent")
    )
