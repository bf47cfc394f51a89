"""Interactions as rows of small whole numbers, so that every later step sorts and compares integers.

A name (contact, channel, thread, lane) becomes a number, and the numbers run in the order of the names. A reply link
becomes the number of the row that it names. `encode` does this once a home; every run of the matcher reads its result.
"""

from math import prod
from typing import Final

import polars as pl

from pipeline.matching.wordless_classes import is_wordless

NAMES: Final = ("contact_id", "account_id", "platform", "class", "thread_id", "surface")
"""Columns of names that are kept beside the numbers, as Enums, which sort and write as fast as numbers."""
READ: Final = (
    "interaction_id", *NAMES, "direction", "kind", "at", "resolution_s", "reply_to", "reply_to_native", "is_group",
    "native_id", "text", "seq", "automatic", "archive_id", "member", "pointer",
)  # fmt: skip
"""Columns of `interactions` that matching reads."""
TEXTS: Final = ("native_id", "text", "automatic")
"""Columns of `encode` that only the exclusions read."""


def encode(interactions: pl.DataFrame) -> pl.DataFrame:
    """Turn names into numbers.

    Args:
        interactions: at least the READ columns of schema INTERACTIONS, deduplicated; any order.

    Returns:
        One row an interaction, sorted by contact, `at` and interaction_id:
            row: its number in this order.
            interaction_id, NAMES (Enums; `surface` is never null), TEXTS, `at` (µs), `resolution_s`, `is_group`, `seq`.
            outbound, wordless: flags of the interaction; `linked`: the export names an interaction that it answers.
            target: row of the interaction that it answers, of the same contact and platform; else null.
            contact, channel, thread, lane: numbers that run in the order of names; `thread` is null outside threads.
            source: number of the archive, where the file's order is known (`seq`); else 0.
            file: number of archive and file, where the file's order is known; else null.
            tie_break: order of the source's own ids among interactions that may tie in time; else 0.

    Source: methods:interaction-fields, methods:lanes.
    """
    names = [*NAMES[:-1], "archive_id", "member"]
    frame = interactions.select(
        "interaction_id", *TEXTS, "at", "resolution_s", "is_group", "seq", "reply_to", "pointer",
        *(as_enum(interactions[name]) for name in names),
        as_enum(interactions.select(_surface()).to_series()),
        (pl.col("reply_to").is_not_null() | pl.col("reply_to_native").is_not_null()).alias("linked"),
        (pl.col("direction") == "outbound").alias("outbound"),
        is_wordless().alias("wordless"),
    ).rechunk()  # fmt: skip  # gathering from many chunks costs ten times what it costs from one
    if not frame["interaction_id"].is_sorted():
        frame = frame.sort("interaction_id")
    # two stable sorts by one key each cost a third of one sort by both
    order = frame.select("contact_id", "at").with_row_index("row")
    order = order.sort("at", maintain_order=True).sort("contact_id", maintain_order=True)
    frame = frame[order["row"]].with_row_index("row")
    in_file = pl.col("seq").is_not_null()
    encoded = add_lanes(frame).with_columns(
        _targets(frame),
        pl.when(in_file).then(_code("archive_id")).otherwise(0).cast(pl.UInt32).alias("source"),
        pl.when(in_file).then(_number(frame, "archive_id", "member")).alias("file"),
        _tie_breaks(frame),
    )
    return encoded.drop("reply_to", "pointer", "archive_id", "member")


def add_lanes(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `contact`, `channel`, `thread` and `lane`: numbers that run in the order of names, contact by contact.

    A channel is contact, platform and class; a thread, a channel and a thread's name, null without one; a lane is a
    channel, thread (or none), account and whether it is a group.

    Args:
        frame: contact_id, platform, class, thread_id and account_id, all Enums, and is_group; any order.

    Source: methods:lanes.
    """
    channel = ("contact_id", "platform", "class")
    return frame.with_columns(
        _number(frame, "contact_id").alias("contact"),
        _number(frame, *channel).alias("channel"),
        pl.when(pl.col("thread_id").is_not_null()).then(_number(frame, *channel, "thread_id")).alias("thread"),
        _number(frame, *channel, "thread_id", "account_id", "is_group").alias("lane"),
    )


def as_enum(column: pl.Series) -> pl.Series:
    """Write names as an Enum whose values run in their own order; an Enum stays as it is."""
    if isinstance(column.dtype, pl.Enum):
        return column
    return column.cast(pl.Enum(column.drop_nulls().unique().sort().cast(pl.String)))


def enum_of(column: pl.Series) -> pl.Enum:
    """Return the type of a column of names.

    Raises:
        TypeError: the column is no Enum.
    """
    if not isinstance(column.dtype, pl.Enum):
        raise TypeError(f"{column.name} is no Enum")
    return column.dtype


def _code(name: str) -> pl.Expr:
    """Number the values of an Enum from 1 in their order, a flag 0 and 1; 0 for null."""
    return (pl.col(name).to_physical().cast(pl.Int64) + 1).fill_null(0)


def _number(frame: pl.DataFrame, *names: str) -> pl.Expr:
    """Combine columns into one number; numbers compare as the tuples of codes do.

    The narrowest type that can't overflow is used; where 64 bits are too few, the numbers that occur are ranked.

    Args:
        frame: has the columns: Enums or flags.
        names: the columns, the most significant first.
    """
    sizes = [2 if frame[name].dtype == pl.Boolean else len(enum_of(frame[name]).categories) for name in names]
    largest = prod(size + 1 for size in sizes)
    kind = pl.Int64() if largest < 2**63 else pl.Int128()
    number = pl.lit(0, kind)
    for name, size in zip(names, sizes, strict=True):
        number = number * pl.lit(size + 1, kind) + _code(name).cast(kind)
    if largest < 2**32:
        return number.cast(pl.UInt32)
    return number if largest < 2**63 else number.rank("dense")


def _targets(frame: pl.DataFrame) -> pl.Series:
    """Return the row that each row answers, if both have the same contact and platform; else null."""
    same = ("contact_id", "platform")
    answered = frame.select(pl.col("interaction_id").alias("reply_to"), pl.col("row").alias("target"), *same)
    links = frame.select("row", "reply_to", *same).drop_nulls("reply_to").join(answered, on=["reply_to", *same])
    none = pl.repeat(None, frame.height, dtype=pl.UInt32, eager=True).alias("target")
    return none.scatter(links["row"], links["target"])


def _tie_breaks(frame: pl.DataFrame) -> pl.Series:
    """Rank the source's own ids (else archive and pointer), then the interaction ids, where a tie may need them.

    Two interactions with a contact can tie in time when they are of one moment, or when one of the contact's is known
    more coarsely than to the second. Sorting the strings of all others would cost more than everything else here.
    """
    same = (pl.col("contact_id") == pl.col("contact_id").shift()) & (pl.col("at") == pl.col("at").shift())
    coarse = frame.filter(pl.col("resolution_s") > 1)["contact_id"].unique()
    may_tie = same | same.shift(-1) | pl.col("contact_id").is_in(coarse.implode())
    own_id = pl.coalesce("native_id", pl.col("archive_id").cast(pl.String) + pl.col("pointer"))
    tied = (
        frame.filter(may_tie).select("row", own_id.alias("own_id"), "interaction_id").sort("own_id", "interaction_id")
    )
    ranks = pl.repeat(0, frame.height, dtype=pl.UInt32, eager=True).alias("tie_break")
    return ranks.scatter(tied["row"], pl.int_range(1, tied.height + 1, dtype=pl.UInt32, eager=True))


def _surface() -> pl.Expr:
    direct = pl.when(pl.col("class") == "message").then(pl.lit("direct")).otherwise(pl.lit("public"))
    return pl.when("is_group").then(pl.lit("group")).otherwise(pl.coalesce("surface", direct)).alias("surface")
