"""Working table `opt_ins`: dated, explicit opt-ins of contacts, and their ends."""

from typing import Final

import polars as pl

OPT_INS_INPUT: Final = ("contact_id", "account_id", "platform", "direction", "kind", "at")
"""Columns of INTERACTIONS that are needed."""
SCHEMA: Final = {"contact_id": pl.String, "at": pl.Int64, "on": pl.Boolean, "source": pl.String}


def _subscriptions(interactions: pl.DataFrame, ties: pl.DataFrame) -> list[pl.DataFrame]:
    inbound = interactions.filter(
        (pl.col("direction") == "inbound") & pl.col("kind").is_in(["opt_in", "unsubscribe", "accept"])
    )
    dated = inbound.select(
        "contact_id", "at", (pl.col("kind") != "unsubscribe").alias("on"), pl.col("kind").alias("source")
    )
    lists = ties.filter(pl.col("kind") == "subscribed_to_list")
    # a tie without a date existed at the latest when the export that shows it was made
    on = lists.select(
        "contact_id",
        pl.coalesce("since", "last_seen_at").alias("at"),
        pl.lit(value=True).alias("on"),
        pl.lit("subscribed_to_list").alias("source"),
    )
    off = lists.filter(pl.col("missing_since").is_not_null()).select(
        "contact_id",
        pl.col("missing_since").alias("at"),
        pl.lit(value=False).alias("on"),
        pl.lit("missing_from_list").alias("source"),
    )
    return [dated, on, off]


def _followed_back(interactions: pl.DataFrame, ties: pl.DataFrame) -> pl.DataFrame:
    follows = interactions.filter(pl.col("kind") == "follow")
    dated = ties.filter(pl.col("since").is_not_null())
    account = ["contact_id", "platform", "account_id"]

    def first(direction: str, kind: str) -> pl.DataFrame:
        acts = follows.filter(pl.col("direction") == direction).select(*account, "at")
        known = dated.filter(pl.col("kind") == kind).select(*account, pl.col("since").alias("at"))
        return pl.concat([acts, known]).group_by(account).agg(pl.col("at").min())

    both = first("outbound", "follows").join(first("inbound", "followed_by"), on=account, suffix="_back")
    return both.filter(pl.col("at_back") >= pl.col("at")).select(
        "contact_id",
        pl.col("at_back").alias("at"),
        pl.lit(value=True).alias("on"),
        pl.lit("followed_back").alias("source"),
    )


def opt_ins_table(interactions: pl.DataFrame, ties: pl.DataFrame, excluded: pl.Series | None = None) -> pl.DataFrame:
    """List when each contact opted in, and when the opt-in ended.

    A contact opts in by subscribing to a list, accepting an invitation or following back. A follow-back counts if both
    follows are dated and the contact's is not the earlier one. Opt-ins are never inferred from other behaviour.

    Args:
        interactions: OPT_INS_INPUT.
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since (microseconds UTC).
        excluded: contact_ids that are left out.

    Returns:
        contact_id, at (microseconds UTC), on (false: ended), source; sorted by all columns.

    Source: methods:opt-in.
    """
    parts = [*_subscriptions(interactions, ties), _followed_back(interactions, ties)]
    return (
        pl.concat([part.select(SCHEMA.keys()).cast(SCHEMA) for part in parts])  # type: ignore[arg-type]  # names to types
        .filter(
            pl.col("at").is_not_null() & ~pl.col("contact_id").is_in([] if excluded is None else excluded.to_list())
        )
        .unique()
        .sort("contact_id", "at", "on", "source")
    )
