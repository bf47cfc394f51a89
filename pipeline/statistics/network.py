"""Reciprocity of a whole directed network and of the owner's corner of it (METHODS 2.5, 4.5); used for checks.

Entry points: `reciprocity`, `rho`, `ego_weighted`, `ego_binary`.
"""

from typing import NamedTuple

import polars as pl
from scipy.stats import hypergeom


def edges(of_events: pl.DataFrame, *, loops: bool) -> pl.DataFrame:
    """Reduce events (source, target) to distinct directed edges; loops only if asked for."""
    distinct = of_events.select("source", "target").unique().sort("source", "target")
    return distinct if loops else distinct.filter(pl.col("source") != pl.col("target"))


def reciprocity(of_events: pl.DataFrame, *, loops: bool = False) -> float | None:
    """Compute the share of distinct directed edges whose reverse exists too (a loop is its own reverse)."""
    distinct = edges(of_events, loops=loops)
    if distinct.is_empty():
        return None
    back = distinct.select(pl.col("target").alias("source"), pl.col("source").alias("target"))
    return distinct.join(back, on=["source", "target"], how="semi").height / distinct.height


def rho(of_events: pl.DataFrame) -> float | None:
    """Correct reciprocity by density: `(r - a)/(1 - a)`, a = L/(N(N-1)) (Garlaschelli & Loffredo 2004)."""
    share = reciprocity(of_events)
    distinct = edges(of_events, loops=False)
    people = pl.concat([of_events["source"], of_events["target"]]).n_unique()
    if share is None or people < 2:
        return None
    density = distinct.height / (people * (people - 1))
    return None if density == 1 else (share - density) / (1 - density)


def ego_weighted(turns: pl.DataFrame) -> float | None:
    """Compute `2 sum min(o, n) / sum (o + n)` over the owner's dyads (Squartini et al. 2013).

    Args:
        turns: mine, theirs by contact.
    """
    both = turns.select(
        pl.min_horizontal("mine", "theirs").sum() * 2, (pl.col("mine") + pl.col("theirs")).sum().alias("all")
    )
    least, total = both.row(0)
    return least / total if total else None


class Ego(NamedTuple):
    """Who addressed whom at all, of a roster that exists independently."""

    answered_share: float | None
    """Of contacts whom the owner addressed, share who ever addressed the owner."""
    converse_share: float | None
    chance: float
    rho: float | None
    p_value: float


def ego_binary(roster: int, mine: int, theirs: int, mutual: int) -> Ego:
    """Compare mutual address with chance.

    Args:
        roster: people on an independent roster (followers, connections), else the chance has no meaning.
        mine: of them, addressed by the owner.
        theirs: of them, who addressed the owner.
        mutual: both.

    Raises:
        ValueError: the counts can't be.
    """
    if (
        not 0 <= mutual <= min(mine, theirs)
        or max(mine, theirs) > roster
        or roster < 1
        or mine + theirs - mutual > roster
    ):
        raise ValueError("of a roster, mutual contacts are at most those of either side")
    chance = theirs / roster
    share = mutual / mine if mine else None
    corrected = None if share is None or chance == 1 else (share - chance) / (1 - chance)
    tail = float(hypergeom.sf(mutual - 1, roster, theirs, mine))
    return Ego(share, mutual / theirs if theirs else None, chance, corrected, tail)
