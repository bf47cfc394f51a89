"""How strictly two people alternate: runs of directions over events (METHODS 6, Wald-Wolfowitz).

Entry point: `alternation(interactions)`.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.encode import as_enum, numbers, places_by
from pipeline.measures.timeline import COARSE, SECOND, is_group

READ: Final = (
    "interaction_id", "contact_id", "direction", "at", "resolution_s", "seq", "archive_id", "is_group",
)  # fmt: skip
"""Columns of INTERACTIONS that are looked at."""
LEAST_EACH: Final = 3
"""Events that each side must have before an index is given."""


def in_order(interactions: pl.DataFrame) -> pl.DataFrame:
    """Order direct events as METHODS 1.2 R2 does with a = out.

    Returns:
        contact_id, out; in the order of each contact's timeline.
    """
    inbound = pl.col("direction") == "inbound"
    loose = pl.col("seq").is_null()
    late = inbound & loose & (pl.col("resolution_s") >= COARSE)
    key = pl.when(late).then(pl.col("at") + pl.col("resolution_s") * SECOND - 1).otherwise(pl.col("at"))
    direct = (
        interactions.filter(is_group().not_())
        .select(
            "contact_id",
            inbound.not_().alias("out"),
            key.alias("key"),
            pl.when(loose).then(pl.lit("")).otherwise(pl.col("archive_id")).alias("source"),
            pl.col("seq").fill_null(0),
            "interaction_id",
        )
        .rechunk()
    )
    names = as_enum(direct["contact_id"])
    order = places_by(numbers(names), direct["key"].to_numpy())
    found = direct.select("contact_id", "key", "out").with_columns(names)[order]
    # of what is left only events of one moment need the rest of the order
    moment = pl.struct("contact_id", "key")
    tied = found.select((moment == moment.shift(1)) | (moment == moment.shift(-1))).to_series().fill_null(value=False)
    places = np.flatnonzero(tied.to_numpy())
    rest = direct[order[places]].sort("contact_id", "key", "source", "seq", pl.col("out").not_(), "interaction_id")
    out = found["out"].to_numpy().copy()
    out[places] = rest["out"].to_numpy()
    return found.select(pl.col("contact_id").cast(pl.String), pl.Series("out", out, dtype=pl.Boolean))


def alternation(interactions: pl.DataFrame) -> pl.DataFrame:
    """Compute each contact's alternation index and z.

    With R runs over n = n_o + n_i events: `E = 1 + 2 n_o n_i / n`, `Var = (E-1)(E-2)/(n-1)`, `z = (R-E)/sqrt(Var)`;
    index `(R-1)/M`, M the largest possible R-1. Both are null unless each side has 3 events.

    Args:
        interactions: contact_id, direction, at, resolution_s, seq, archive_id, interaction_id, is_group.

    Returns:
        contact_id, events_mine, events_theirs, alternation_index, alternation_z; sorted by contact_id.
    """
    order = in_order(interactions).with_row_index("nth")
    changed = (pl.col("out") != pl.col("out").shift(1)) & (pl.col("contact_id") == pl.col("contact_id").shift(1))
    mine, theirs = pl.col("events_mine"), pl.col("events_theirs")
    both = mine + theirs
    expected = 1 + 2 * mine * theirs / both
    variance = (expected - 1) * (expected - 2) / (both - 1)
    most = pl.when(mine == theirs).then(both - 1).otherwise(2 * pl.min_horizontal(mine, theirs))
    enough = pl.min_horizontal(mine, theirs) >= LEAST_EACH
    return (
        order.with_columns(changed.fill_null(value=False).alias("changed"))
        .group_by("contact_id")
        .agg(
            pl.col("out").sum().cast(pl.Int64).alias("events_mine"),
            pl.col("out").not_().sum().cast(pl.Int64).alias("events_theirs"),
            pl.col("changed").sum().cast(pl.Int64).alias("changes"),
        )
        .select(
            "contact_id",
            "events_mine",
            "events_theirs",
            pl.when(enough).then(pl.col("changes") / most).alias("alternation_index"),
            pl.when(enough).then((pl.col("changes") + 1 - expected) / variance.sqrt()).alias("alternation_z"),
        )
        .sort("contact_id")
    )
