"""R2, the canonical order: a total order of a person's events that doesn't depend on the order of the input."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encode import Bools, Ints, places_by
from pipeline.matching.parameters import SECOND, MatchingParameters


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
    by_lane: Ints
    """Ranks lane by lane, rising inside of a lane. No turn gap changes this, nor what follows."""
    alike: Bools
    """By place in `by_lane`: of the same lane and side as the one before."""
    after: Ints
    """By place in `by_lane`: how much later by tkey than the one before; of another lane it says nothing."""
    by_thread: Ints
    """Ranks of the events in threads, thread by thread, rising inside of a thread."""
    by_channel: Ints
    """Ranks channel by channel, rising inside of a channel."""

    def __len__(self) -> int:
        return len(self.t)


@dataclass(frozen=True, slots=True)
class Order:
    """Rows in R2's order for one initiator, and the time that each is ordered by."""

    rows: Ints
    tkey: Ints


_WHOLE: Final = (
    "at", "resolution_s", "_contact", "_platform", "_lane", "_thread_part", "_channel_part", "_file", "_reply",
)  # fmt: skip


def ordered(encoded: pl.DataFrame, initiator_out: bool, parameters: MatchingParameters) -> Order:
    """Put all rows of `encode` in R2's order for one initiator; rows that an analysis drops don't change the others' order.

    Key: (tkey, source rank, seq, initiator first, id), inside of the person; interaction_id breaks what is left.
    """
    is_a = encoded["_out"].to_numpy() == initiator_out
    t, res = _whole(encoded["at"]), _whole(encoded["resolution_s"]) * SECOND
    in_file = encoded["_ordered"].to_numpy()
    # an uncertain order is read as "gesture first": a coarse answer without known order stands at the end of its interval
    late = ~is_a & (res >= parameters.coarse_us) & ~in_file
    contact = _whole(encoded["_contact"])
    if late.any():
        tkey = np.where(late, t + res - 1, t)
        rows = places_by(contact, tkey)
        tkey = tkey[rows]
        contact = contact[rows]
    else:
        # rows come by contact and time
        tkey, rows = t, np.arange(len(t))
    ties = (contact[1:] == contact[:-1]) & (tkey[1:] == tkey[:-1])
    tied = np.zeros(len(rows), dtype=np.bool_)
    tied[1:] |= ties
    tied[:-1] |= ties
    part = rows[tied]
    moment = np.cumsum(np.concatenate([[True], ~ties]))[: len(rows)][tied]
    rows[tied] = part[
        np.lexsort((
            _whole(encoded["_name"])[part],
            _whole(encoded["_id"])[part],
            ~is_a[part],
            _whole(encoded["seq"].fill_null(0))[part],
            np.where(in_file, _whole(encoded["_archive"]), 0)[part],
            moment,
        ))
    ]  # fmt: skip
    return Order(rows, tkey)


def canonical(encoded: pl.DataFrame, kept: Bools, initiator_out: bool, order: Order) -> Events:
    """Take the kept rows of `encode` in R2's order (`ordered` for the same initiator)."""
    row = order.rows[kept[order.rows]]
    # they are gathered as narrow as they are written
    column = {name: encoded[name].to_numpy()[row].astype(np.int64) for name in _WHOLE}
    flag = {name: encoded[name].to_numpy()[row] for name in ("is_group", "_linked", "_out")}
    # row -1 (no link) reads the spare last place, which stays -1
    rank_of_row = np.full(encoded.height + 1, -1, dtype=np.int64)
    rank_of_row[row] = np.arange(len(row))
    a, tkey = flag["_out"] == initiator_out, order.tkey[kept[order.rows]]
    by_lane = np.argsort(column["_lane"], kind="stable")
    lane, side, time = column["_lane"][by_lane], a[by_lane], tkey[by_lane]
    alike = np.zeros(len(row), dtype=np.bool_)
    alike[1:] = (lane[1:] == lane[:-1]) & (side[1:] == side[:-1])
    return Events(
        row=row,
        a=a,
        t=column["at"],
        tkey=tkey,
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
        by_lane=by_lane,
        alike=alike,
        after=np.diff(time, prepend=0),
        by_thread=_by_part(column["_thread_part"]),
        by_channel=_by_part(column["_channel_part"]),
    )


def _by_part(part: Ints) -> Ints:
    """Return the ranks part by part, rising inside of each; -1 is no part."""
    inside = np.flatnonzero(part >= 0)
    return inside[np.argsort(part[inside], kind="stable")]


def _whole(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy()
