"""R2, the canonical order: a total order of a person's events that doesn't depend on the order of the input.

Strings become small whole numbers first (`encode`), so that everything after it sorts and compares integers.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.parameters import SECOND, MatchingParameters

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Events:
    """Columns of the events of one analysis, in canonical order; the position in these arrays is the rank."""

    row: Ints
    """Row number in the encoded frame."""
    a: Bools
    """True: the initiator's."""
    t: Ints
    tkey: Ints
    res: Ints
    """Width of the uncertainty interval, microseconds."""
    contact: Ints
    platform: Ints
    lane: Ints
    thread_part: Ints
    """-1 without a thread."""
    channel_part: Ints
    group: Bools
    ordered_file: Ints
    """Number of the ordered file the row stands in, -1 for rows without a known order."""
    reply: Ints
    """Rank of the event it answers, -1 when there is none in this analysis."""
    linked: Bools
    """The export gives a reply link, resolved or not."""

    def __len__(self) -> int:
        return len(self.t)


def _code(*columns: str, name: str) -> pl.Expr:
    """Number the distinct values of columns in their own order, from 1 (nulls are a value of their own)."""
    key = pl.struct(*columns) if len(columns) > 1 else pl.col(columns[0])
    return key.rank("dense").cast(pl.Int64).fill_null(0).alias(name)


def encode(interactions: pl.DataFrame) -> pl.DataFrame:
    """Add the integer columns that order and lanes need (leading underscore), and `_row`.

    Args:
        interactions: schema INTERACTIONS.

    Returns:
        The same rows in order of interaction_id.
    """
    ordered = pl.col("seq").is_not_null()
    frame = (
        interactions.sort("interaction_id")
        .with_row_index("_row")
        .with_columns(
            pl.col("_row").cast(pl.Int64),
            _code("contact_id", name="_contact"),
            _code("platform", name="_platform"),
            _code("account_id", name="_account"),
            _code("class", name="_class"),
            _code("thread_id", name="_thread"),
            _code("archive_id", name="_archive"),
            _code("member", name="_member"),
            ordered.alias("_ordered"),
            # ruling 1: the source's own id, else archive and pointer
            pl.coalesce("native_id", pl.col("archive_id") + pl.col("pointer"))
            .rank("dense")
            .cast(pl.Int64)
            .fill_null(0)
            .alias("_id"),
        )
    )
    frame = frame.with_columns(
        _dense("_contact", "_platform", "_account", "_class", "_thread", "is_group", name="_lane"),
        _dense("_contact", "_platform", "_class", name="_channel_part"),
        pl.when(pl.col("_thread") > 0).then(_dense("_contact", "_platform", "_class", "_thread", name="x")).otherwise(-1)
        .alias("_thread_part"),
        pl.when("_ordered").then(_dense("_archive", "_member", name="x")).otherwise(-1).alias("_file"),
    )  # fmt: skip
    targets = frame.select(pl.col("interaction_id").alias("reply_to"), pl.col("_row").alias("_reply"))
    return frame.join(targets, on="reply_to", how="left").with_columns(
        pl.col("_reply").fill_null(-1),
        (pl.col("reply_to").is_not_null() | pl.col("reply_to_native").is_not_null()).alias("_linked"),
    ).sort("_row")  # fmt: skip


def _dense(*columns: str, name: str) -> pl.Expr:
    return pl.struct(*columns).rank("dense").cast(pl.Int64).alias(name)


def canonical(encoded: pl.DataFrame, kept: Bools, initiator_out: bool, parameters: MatchingParameters) -> Events:
    """Put the kept rows of `encode` in R2's order for one initiator.

    Key: (tkey, source rank, seq, initiator first, id), inside of the person; interaction_id breaks what is left.
    """
    part = encoded.filter(pl.Series(kept))
    column = _columns(part)
    is_a = column["_out"] == initiator_out
    t = column["at"]
    res = column["resolution_s"] * SECOND
    ordered = column["_ordered"].astype(np.bool_)
    # an uncertain order is read as "gesture first": a coarse answer without known order stands at the end of its interval
    late = ~is_a & (res >= parameters.coarse_us) & ~ordered
    tkey = np.where(late, t + res - 1, t)
    source = np.where(ordered, column["_archive"], 0)
    order = np.lexsort((column["_row"], column["_id"], ~is_a, column["seq"], source, tkey, column["_contact"]))
    row = column["_row"][order]
    rank_of_row = np.full(encoded.height + 1, -1, dtype=np.int64)
    rank_of_row[row] = np.arange(len(row))
    return Events(
        row=row,
        a=is_a[order],
        t=t[order],
        tkey=tkey[order],
        res=res[order],
        contact=column["_contact"][order],
        platform=column["_platform"][order],
        lane=column["_lane"][order],
        thread_part=column["_thread_part"][order],
        channel_part=column["_channel_part"][order],
        group=column["is_group"][order].astype(np.bool_),
        ordered_file=column["_file"][order],
        # row -1 (no link) reads the spare last place, which stays -1
        reply=rank_of_row[column["_reply"][order]],
        linked=column["_linked"][order].astype(np.bool_),
    )


def _columns(part: pl.DataFrame) -> dict[str, NDArray[Any]]:
    names = (
        "_row", "at", "resolution_s", "_contact", "_platform", "_lane", "_thread_part", "_channel_part", "is_group",
        "_file", "_reply", "_linked", "_ordered", "_archive", "_id",
    )  # fmt: skip
    columns = {name: part[name].to_numpy() for name in names}
    columns["seq"] = part["seq"].fill_null(0).to_numpy()
    columns["_out"] = (part["direction"] == "outbound").to_numpy()
    return columns
