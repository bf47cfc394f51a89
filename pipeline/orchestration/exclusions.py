"""Interactions without those that the exclusions remove."""

from collections.abc import Sequence

import polars as pl


def kept_interactions(interactions: pl.LazyFrame, excluded: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return these columns of the interactions that the exclusions keep, in their order.

    Args:
        interactions: interaction_id and the columns.
        excluded: interaction_id.
        columns: the columns wanted.
    """
    if not excluded.is_empty():  # else interaction_id need not be read
        interactions = interactions.join(excluded.lazy(), on="interaction_id", how="anti", maintain_order="left")
    return interactions.select(columns).collect()
