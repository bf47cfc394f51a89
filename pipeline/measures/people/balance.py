"""`balance`: outreach and return by tier, each month and over all, against the owner's target mix (METHODS 5, Ruling 16).

Entry points: `balance(...)` (the table), `balance_scores(...)` (one row a period: evenness, Simpson, distance, Gini).
The owner's gestures, outcome `worded`; answers of grades A-C. Standing is today's, also for gestures of long ago.
"""

from collections.abc import Mapping
from typing import Final

import polars as pl

from pipeline.measures.people.standing import TIERS
from pipeline.measures.people.timeline import Schema, finish, month_name, month_number
from pipeline.statistics.concentration import distance, distance_interval, evenness, gini, simpson

KNOWN: Final = TIERS[:3]
ALL: Final = "all"
LEAST_CONTACTS: Final = 5
"""A tier with fewer gets no rate."""
MOST_UNKNOWN: Final = 0.5
"""With more of the gestures to unknown there is no score."""
SCHEMA: Final[Schema] = {
    "period": pl.String, "tier": pl.String, "gestures": pl.Int64, "contacts": pl.Int64, "outreach_share": pl.Float64,
    "answers": pl.Int64, "return_share": pl.Float64, "target_share": pl.Float64, "contact_share": pl.Float64,
    "outreach_share_known": pl.Float64, "attention_return": pl.Float64,
}  # fmt: skip
"""CONTRACT's columns, then extras: share of the contacts reached, outreach share without unknown, answers / gestures."""
SCORES_SCHEMA: Final[Schema] = {
    "period": pl.String, "evenness": pl.Float64, "evenness_contacts": pl.Float64, "simpson": pl.Float64,
    "distance": pl.Float64, "distance_low": pl.Float64, "distance_high": pl.Float64, "gini": pl.Float64,
    "unknown_share": pl.Float64, "note": pl.String,
}  # fmt: skip


def outreach(of_turns: pl.DataFrame, of_standing: pl.DataFrame, zone: str) -> pl.DataFrame:
    """Count the owner's gestures and their answers by period, tier and contact.

    Args:
        of_turns: what `timeline.turns` returns.
        of_standing: contact_id, tier.
        zone: IANA name in which months are counted.

    Returns:
        period (`all`, and each month from the first to the last; without gestures no contact), tier, contact_id, gestures,
        answers; sorted.
    """
    own = (
        of_turns.filter("mine")
        .select("contact_id", month_number(pl.col("at"), zone).alias("number"), pl.col("answered").alias("yes"))
        .group_by("contact_id", "number")
        .agg(pl.len().cast(pl.Int64).alias("gestures"), pl.col("yes").sum().cast(pl.Int64).alias("answers"))
        .join(of_standing.select("contact_id", "tier"), on="contact_id", how="left", validate="m:1")
        .with_columns(pl.col("tier").fill_null("unknown"))
    )
    if own.is_empty():
        return own.select(pl.lit(ALL).alias("period"), "tier", "contact_id", "gestures", "answers")
    span = pl.DataFrame({"number": range(int(own["number"].min()), int(own["number"].max()) + 1)})  # type: ignore[arg-type]  # integers of a column that isn't empty
    by_month = span.join(own, on="number", how="left").select(
        month_name(pl.col("number")).alias("period"), "tier", "contact_id", "gestures", "answers"
    )
    overall = own.group_by("contact_id", "tier").agg(pl.col("gestures", "answers").sum())
    return pl.concat(
        [overall.select(pl.lit(ALL).alias("period"), "tier", "contact_id", "gestures", "answers"), by_month]
    ).sort("period", "tier", "contact_id")


def _share(part: str, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(pl.col(part) / whole)


def balance(rows: pl.DataFrame, target: Mapping[str, float] | None = None) -> pl.DataFrame:
    """Make the table: for `all` and for every month between the first and the last gesture, a row for each tier.

    Args:
        rows: what `outreach` returns.
        target: the owner's mix of guru, peer, newbie, summing to 1; None: none set.

    Returns:
        `SCHEMA`, sorted by period and tier. Tiers without gestures have rows with zeros. `attention_return` is null
        for a tier with fewer than 5 contacts.
    """
    periods = rows.select("period").unique()
    if periods.is_empty():
        periods = pl.DataFrame({"period": [ALL]})
    sums = rows.filter(pl.col("contact_id").is_not_null()).group_by("period", "tier").agg(
        pl.col("gestures", "answers").sum(), pl.col("contact_id").n_unique().cast(pl.Int64).alias("contacts")
    )  # fmt: skip
    wanted = pl.DataFrame(
        {"tier": TIERS, "target_share": [target.get(tier) if target else None for tier in TIERS]},
        schema={"tier": pl.String, "target_share": pl.Float64},
    )
    known = pl.col("tier") != "unknown"
    table = (
        periods.join(wanted, how="cross")
        .join(sums, on=["period", "tier"], how="left")
        .with_columns(pl.col("gestures", "answers", "contacts").fill_null(0))
        .with_columns(
            _share("gestures", pl.col("gestures").sum().over("period")).alias("outreach_share"),
            _share("answers", pl.col("answers").sum().over("period")).alias("return_share"),
            _share("contacts", pl.col("contacts").sum().over("period")).alias("contact_share"),
            pl.when(known)
            .then(_share("gestures", pl.col("gestures").filter(known).sum().over("period")))
            .alias("outreach_share_known"),
            pl.when(pl.col("contacts") >= LEAST_CONTACTS)
            .then(_share("answers", pl.col("gestures")))
            .alias("attention_return"),
        )
    )
    return finish(table, SCHEMA, "period", "tier")


def balance_scores(rows: pl.DataFrame, target: Mapping[str, float] | None = None, seed: int = 0) -> pl.DataFrame:
    """Score each period over the known tiers; null, with the reason, when more than half went to unknown.

    Arguments are those of `balance`; `seed` is the bootstrap's. `gini` is over the contacts reached, known or not:
    contacts with no gesture are outside.

    Returns:
        `SCORES_SCHEMA`, sorted by period.
    """
    rows = rows.filter(pl.col("contact_id").is_not_null())
    place = {tier: number for number, tier in enumerate(KNOWN)}
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
            tiers = known["tier"].replace_strict(place, return_dtype=pl.Int64).to_list()
            row["distance_low"], row["distance_high"] = distance_interval(
                tiers, known["gestures"].to_list(), wanted, seed
            ) or (None, None)
    return finish(pl.DataFrame(scores, schema=dict(SCORES_SCHEMA)), SCORES_SCHEMA, "period")
