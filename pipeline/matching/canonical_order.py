"""The canonical order: a total order of a contact's interactions that doesn't depend on the order of the input.

It depends on who began: an answer whose time is known by the day alone is read as the last thing of that day, so that an
uncertain order counts as "gesture first". So there are two orders of a home, one an initiator.
"""

from typing import Final

import polars as pl

from pipeline.matching.parameters import COARSE_US
from pipeline.model.codes import Initiator
from pipeline.model.durations import SECOND

PLACES: Final[dict[Initiator, str]] = {"me": "place_me", "them": "place_them"}
"""Initiator -> column of its canonical order."""


def is_initiators(initiator: Initiator) -> pl.Expr:
    """Mark the initiator's interactions, from `outbound`."""
    return pl.col("outbound") if initiator == "me" else ~pl.col("outbound")


def order_time(initiator: Initiator) -> pl.Expr:
    """Return the time (µs) by which an interaction is ordered: `at`, or the end of its interval.

    A responder's interaction of coarse resolution counts at the end of its interval, unless its file is in true order.

    Source: methods:canonical-order.
    """
    coarse = (pl.col("resolution_s") * SECOND >= COARSE_US) & pl.col("seq").is_null()
    end = pl.col("at") + pl.col("resolution_s") * SECOND - 1
    return pl.when(~is_initiators(initiator) & coarse).then(end).otherwise("at")


def add_places(encoded: pl.DataFrame) -> pl.DataFrame:
    """Add each interaction's place in the two canonical orders.

    Args:
        encoded: what `encoding.encode` returns: sorted by contact, then `at`.

    Returns:
        The same rows in the same order, with `place_me` and `place_them`: positions from 0, contact by contact.
    """
    return encoded.with_columns(_places(encoded, initiator).alias(name) for initiator, name in PLACES.items())


def _places(encoded: pl.DataFrame, initiator: Initiator) -> pl.Series:
    """Return each row's position by contact, order time, source, seq, initiator first and tie break."""
    keys = encoded.select(
        "row", "contact", "source", pl.col("seq").fill_null(0), "tie_break",
        order_time(initiator).alias("order_time"), is_initiators(initiator).not_().alias("responders"),
    )  # fmt: skip
    if not keys["order_time"].equals(encoded["at"]):
        keys = keys.sort("order_time", maintain_order=True).sort("contact", maintain_order=True)
    tied = (pl.col("contact") == pl.col("contact").shift()) & (pl.col("order_time") == pl.col("order_time").shift())
    mask = keys.select((tied | tied.shift(-1)).fill_null(value=False)).to_series()
    # ties are few: only they are sorted by the rest of the key, and go back to the positions that they share
    rest = keys.filter(mask).sort("contact", "order_time", "source", "seq", "responders", "tie_break")
    rows = keys["row"].scatter(mask.arg_true(), rest["row"])
    positions = pl.int_range(encoded.height, dtype=pl.UInt32, eager=True)
    return pl.zeros(encoded.height, dtype=pl.UInt32, eager=True).scatter(rows, positions)
