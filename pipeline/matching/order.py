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


NEEDED = (
    "interaction_id", "contact_id", "account_id", "platform", "direction", "kind", "class", "at", "resolution_s",
    "thread_id", "is_group", "native_id", "text", "surface", "seq", "automatic", "_linked",
)  # fmt: skip
"""Columns that stay beside the numbers."""


def encode(interactions: pl.DataFrame) -> pl.DataFrame:
    """Add the integer columns that order and lanes need (leading underscore), and `_row`.

    Args:
        interactions: schema INTERACTIONS.

    Returns:
        The same rows in order of interaction_id, with NEEDED columns and the numbers.
    """
    # sorted once by name: `_row` is then the last word of the order, and numbers keep the order of names
    linked = pl.col("reply_to").is_not_null() | pl.col("reply_to_native").is_not_null()
    frame = interactions[interactions["interaction_id"].arg_sort()].with_columns(linked.alias("_linked"))
    ordered = frame["seq"].is_not_null()
    # ruling 1: the source's own id, else archive and pointer
    own_id = pl.coalesce("native_id", pl.col("archive_id") + pl.col("pointer"))
    columns = {
        "_contact": _numbers(frame["contact_id"]),
        "_platform": _numbers(frame["platform"]),
        "_account": _numbers(frame["account_id"]),
        "_class": _numbers(frame["class"]),
        "_thread": _numbers(frame["thread_id"]),
        "_archive": _numbers(frame["archive_id"]),
        "_member": _numbers(frame["member"]),
        "_id": frame.select(own_id.rank("dense").cast(pl.Int64).fill_null(0)).to_series().to_numpy(),
        "_group": frame["is_group"].cast(pl.Int64).to_numpy(),
    }
    lane = _joint(*(columns[name] for name in ("_contact", "_platform", "_account", "_class", "_thread", "_group")))
    channel = _joint(*(columns[name] for name in ("_contact", "_platform", "_class")))
    thread = np.where(columns["_thread"] > 0, _joint(channel, columns["_thread"]), -1)
    file = np.where(ordered.to_numpy(), _joint(columns["_archive"], columns["_member"]), -1)
    rows = frame.select("interaction_id").with_row_index("_reply")
    targets = frame.select("reply_to").with_row_index("_row").drop_nulls("reply_to").join(
        rows, left_on="reply_to", right_on="interaction_id"
    )  # fmt: skip
    reply = np.full(frame.height, -1, dtype=np.int64)
    reply[targets["_row"].to_numpy()] = targets["_reply"].to_numpy()
    numbers = {
        **columns,
        "_lane": lane,
        "_channel_part": channel,
        "_thread_part": thread,
        "_file": file,
        "_reply": reply,
    }
    return frame.select(NEEDED).with_columns(
        pl.Series("_row", np.arange(frame.height)),
        ordered.alias("_ordered"),
        *(pl.Series(name, values, dtype=pl.Int64) for name, values in numbers.items()),
    )


def _numbers(column: pl.Series) -> Ints:
    """Number the distinct values from 1 in their own order; 0 for null."""
    values = column.drop_nulls().unique().sort().cast(pl.String)
    numbers: Ints = (column.cast(pl.Enum(values)).to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy()
    return numbers


def _joint(*parts: Ints) -> Ints:
    """Number the distinct tuples of whole numbers, so that equal tuples and only they are equal."""
    joint = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        width = int(part.max(initial=0)) + 1
        if int(joint.max(initial=0)) >= 2**62 // width:
            # too many possible tuples for one number: count those that occur
            joint = np.unique(joint, return_inverse=True)[1].astype(np.int64)
        joint = joint * width + part
    return joint


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
