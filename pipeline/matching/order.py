"""R2, the canonical order: a total order of a person's events that doesn't depend on the order of the input.

Strings become small whole numbers first (`encode`), so that everything after it sorts and compares integers.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.parameters import SECOND, MatchingParameters
from pipeline.matching.wordless import wordless

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


@dataclass(frozen=True, slots=True)
class Order:
    """Rows in R2's order for one initiator, and the time that each is ordered by."""

    rows: Ints
    tkey: Ints


NAMES = ("contact_id", "account_id", "platform", "class", "thread_id", "surface")
"""Columns of names that stay beside the numbers, as Enums: sorting, gathering and writing them costs what numbers cost."""
_WHOLE = (
    "at", "resolution_s", "_contact", "_platform", "_lane", "_thread_part", "_channel_part", "_file", "_reply",
)  # fmt: skip
READ = (
    "interaction_id", *NAMES, "direction", "kind", "at", "resolution_s", "reply_to", "reply_to_native", "is_group",
    "native_id", "text", "seq", "automatic", "archive_id", "member", "pointer",
)  # fmt: skip
"""Columns of INTERACTIONS that matching looks at."""
TEXTS = ("native_id", "text", "automatic")
"""Columns of `encode` that only the marks of R0 need."""


def encode(interactions: pl.DataFrame) -> pl.DataFrame:
    """Turn names into numbers.

    Args:
        interactions: at least the READ columns of schema INTERACTIONS.

    Returns:
        The same rows in order of interaction_id (a row's place is the last word of the order), with interaction_id, NAMES,
        TEXTS, `at`, `resolution_s`, `is_group`, `seq`, and with a leading underscore what order and lanes need.
    """
    frame = interactions.select(
        *(pl.col(name) for name in READ if name not in {*NAMES, "direction", "kind", "member", "archive_id"}),
        *(_enum(interactions[name]) for name in (*NAMES, "member", "archive_id")),
        (pl.col("reply_to").is_not_null() | pl.col("reply_to_native").is_not_null()).alias("_linked"),
        (pl.col("direction") == "outbound").alias("_out"),
        wordless().alias("_wordless"),
        pl.col("seq").is_not_null().alias("_ordered"),
        # ruling 1: the source's own id, else archive and pointer
        pl.coalesce("native_id", pl.col("archive_id") + pl.col("pointer")).alias("_own_id"),
    )
    if not frame["interaction_id"].is_sorted():
        frame = frame[frame["interaction_id"].arg_sort()]
    contact, platform, account, cls, thread, archive, member = (
        _numbers(frame[name])
        for name in ("contact_id", "platform", "account_id", "class", "thread_id", "archive_id", "member")
    )
    channel = _joint(contact, platform, cls)
    numbers = {
        "_contact": contact,
        "_platform": platform,
        "_account": account,
        "_archive": archive,
        "_id": frame["_own_id"].rank("dense").fill_null(0).to_numpy(),
        "_lane": _joint(contact, platform, account, cls, thread, frame["is_group"].cast(pl.Int64).to_numpy()),
        "_channel_part": channel,
        "_thread_part": np.where(thread > 0, _joint(channel, thread), -1),
        "_file": np.where(frame["_ordered"].to_numpy(), _joint(archive, member), -1),
        "_reply": _targets(frame),
    }
    kept = ("interaction_id", *NAMES, *TEXTS, "at", "resolution_s", "is_group", "seq")
    return frame.select(*kept, "_linked", "_out", "_wordless", "_ordered").with_columns(
        pl.Series(name, values, dtype=pl.Int64).shrink_dtype() for name, values in numbers.items()
    )


def _enum(column: pl.Series) -> pl.Series:
    """Write names as an Enum whose values run in their own order."""
    return column.cast(pl.Enum(column.drop_nulls().unique().sort().cast(pl.String)))


def _numbers(column: pl.Series) -> Ints:
    """Number the values of an Enum from 1 in their order; 0 for null."""
    numbers: Ints = (column.to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy()
    return numbers


def _targets(frame: pl.DataFrame) -> Ints:
    """Return the row that each row answers, -1 for none."""
    rows = frame.select("interaction_id").with_row_index("_reply")
    targets = frame.select("reply_to").with_row_index("_row").drop_nulls("reply_to").join(
        rows, left_on="reply_to", right_on="interaction_id"
    )  # fmt: skip
    reply = np.full(frame.height, -1, dtype=np.int64)
    reply[targets["_row"].to_numpy()] = targets["_reply"].to_numpy()
    return reply


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


def ordered(encoded: pl.DataFrame, initiator_out: bool, parameters: MatchingParameters) -> Order:
    """Put all rows of `encode` in R2's order for one initiator; rows that an analysis drops don't change the others' order.

    Key: (tkey, source rank, seq, initiator first, id), inside of the person; interaction_id breaks what is left.
    """
    is_a = encoded["_out"].to_numpy() == initiator_out
    t, res = _whole(encoded["at"]), _whole(encoded["resolution_s"]) * SECOND
    in_file = encoded["_ordered"].to_numpy()
    # an uncertain order is read as "gesture first": a coarse answer without known order stands at the end of its interval
    late = ~is_a & (res >= parameters.coarse_us) & ~in_file
    tkey = np.where(late, t + res - 1, t)
    contact = _whole(encoded["_contact"])
    # sorts are stable and rows come by name, which breaks what ties are left
    rows = np.lexsort((tkey, contact))
    ties = (contact[rows[1:]] == contact[rows[:-1]]) & (tkey[rows[1:]] == tkey[rows[:-1]])
    tied = np.zeros(len(rows), dtype=np.bool_)
    tied[1:] |= ties
    tied[:-1] |= ties
    part = rows[tied]
    rows[tied] = part[
        np.lexsort((
            _whole(encoded["_id"])[part],
            ~is_a[part],
            _whole(encoded["seq"].fill_null(0))[part],
            np.where(in_file, _whole(encoded["_archive"]), 0)[part],
            tkey[part],
            contact[part],
        ))
    ]  # fmt: skip
    return Order(rows, tkey[rows])


def canonical(encoded: pl.DataFrame, kept: Bools, initiator_out: bool, order: Order) -> Events:
    """Take the kept rows of `encode` in R2's order (`ordered` for the same initiator)."""
    here = kept[order.rows]
    row = order.rows[here]
    column = {name: _whole(encoded[name])[row] for name in _WHOLE}
    flag = {name: encoded[name].to_numpy()[row] for name in ("is_group", "_linked", "_out")}
    # row -1 (no link) reads the spare last place, which stays -1
    rank_of_row = np.full(encoded.height + 1, -1, dtype=np.int64)
    rank_of_row[row] = np.arange(len(row))
    return Events(
        row=row,
        a=flag["_out"] == initiator_out,
        t=column["at"],
        tkey=order.tkey[here],
        res=column["resolution_s"] * SECOND,
        contact=column["_contact"],
        platform=column["_platform"],
        lane=column["_lane"],
        thread_part=column["_thread_part"],
        channel_part=column["_channel_part"],
        group=flag["is_group"],
        ordered_file=column["_file"],
        reply=rank_of_row[column["_reply"]],
        linked=flag["_linked"],
    )


def _whole(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy()
