"""Table `balance_scores`: how evenly the owner's gestures go to tiers and contacts, for all time and by month."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures.tables import table_schema, to_table
from pipeline.model.codes import TIERS
from pipeline.statistics.concentration import distance, distance_interval, evenness, gini, simpson

KNOWN: Final = tuple(tier for tier in TIERS if tier != "unknown")
MOST_UNKNOWN: Final = 0.5
"""With a larger share of the gestures to contacts of unknown standing there is no score."""


def balance_scores_table(
    outreach: pl.DataFrame, target: Mapping[str, float] | None = None, seed: int = 0
) -> pl.DataFrame:
    """Compute the table: a row for `all` and each month with gestures.

    Args:
        outreach: from `balance.outreach`.
        target: tier -> wanted share of the known tiers, summing to 1; None: the owner has set none.
        seed: of the bootstrap.

    Returns:
        Columns of the table, sorted by period. Scores are over the known tiers, and null, with the reason in `note`, if more than half
        of the gestures went to unknown ones. `gini` is over all contacts reached.

    Source: methods:guru-newbie-balance, methods:concentration.
    """
    rows = outreach.filter(pl.col("contact_id").is_not_null())
    position = {tier: number for number, tier in enumerate(KNOWN)}
    scores: list[dict[str, object]] = []
    for (period,), part in rows.group_by("period", maintain_order=True):
        known = part.filter(pl.col("tier") != "unknown")
        total = int(part["gestures"].sum())
        unknown = total - int(known["gestures"].sum())
        row: dict[str, object] = {
            "period": period, "gini": gini(part["gestures"].to_numpy()), "unknown_share": unknown / total, "note": None,
        }  # fmt: skip
        scores.append(row)
        if unknown > MOST_UNKNOWN * total:
            row["note"] = f"{unknown} of {total} gestures went to contacts of unknown standing: no score"
            continue
        by_tier = [int(known.filter(pl.col("tier") == tier)["gestures"].sum()) for tier in KNOWN]
        row["evenness"] = evenness(by_tier)
        row["evenness_contacts"] = evenness([known.filter(pl.col("tier") == tier).height for tier in KNOWN])
        row["simpson"] = simpson(by_tier)
        if target:
            wanted = [target.get(tier, 0.0) for tier in KNOWN]
            row["distance"] = distance([count / sum(by_tier) for count in by_tier], wanted)
            tiers = known["tier"].replace_strict(position, return_dtype=pl.Int64).to_list()
            row["distance_low"], row["distance_high"] = distance_interval(
                tiers, known["gestures"].to_list(), wanted, seed
            ) or (None, None)
    return to_table(pl.DataFrame(scores, schema=table_schema("balance_scores")), "balance_scores", "period")
