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
        contact_id (an Enum), out; contact by contact, each in the order of its timeline.
    """
    inbound = pl.col("direction") == "inbound"
    loose = pl.col("seq").is_null()
    late = inbound & loose & (pl.col("resolution_s") >= COARSE)
    key = pl.when(late).then(pl.col("at") + pl.col("resolution_s") * SECOND - 1).otherwise("at")
    direct = interactions.filter(is_group().not_()).rechunk()
    names = as_enum(direct["contact_id"])
    who, at, out = numbers(names), *(direct.select(part).to_series().to_numpy() for part in (key, inbound.not_()))
    order = places_by(who, at)
    who, at, out = who[order], at[order], out[order]
    # of what is left only events of one moment need the rest of the order
    same = (who[1:] == who[:-1]) & (at[1:] == at[:-1])
    places = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rest = direct.select(
        "interaction_id", pl.when(loose).then(pl.lit("")).otherwise("archive_id").alias("source"),
        pl.col("seq").fill_null(0),
    )[order[places]].with_columns(who=who[places], at=at[places], out=out[places])  # fmt: skip
    rest = rest.sort("who", "at", "source", "seq", pl.col("out").not_(), "interaction_id")
    out[places] = rest["out"].to_numpy()
    return pl.DataFrame({"contact_id": names.gather(order), "out": out})


def alternation(interactions: pl.DataFrame) -> pl.DataFrame:
    """Compute each contact's alternation index and z.

    With R runs over n = n_o + n_i events: `E = 1 + 2 n_o n_i / n`, `Var = (E-1)(E-2)/(n-1)`, `z = (R-E)/sqrt(Var)`;
    index `(R-1)/M`, M the largest possible R-1. Both are null unless each side has 3 events.

    Args:
        interactions: contact_id, direction, at, resolution_s, seq, archive_id, interaction_id, is_group.

    Returns:
        contact_id, events_mine, events_theirs, alternation_index, alternation_z; sorted by contact_id.
    """
    order = in_order(interactions)
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
            pl.col("contact_id").cast(interactions.schema["contact_id"]),
            "events_mine",
            "events_theirs",
            pl.when(enough).then(pl.col("changes") / most).alias("alternation_index"),
            pl.when(enough).then((pl.col("changes") + 1 - expected) / variance.sqrt()).alias("alternation_z"),
        )
        .sort("contact_id")
    )
