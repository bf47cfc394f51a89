"""Evidence of a contact's standing, a function for each kind. All return rows of SCHEMA; `standing` chooses among them."""

from typing import Final

import polars as pl

from pipeline.measures.people.follow_lists import follows_as_of_complete_lists
from pipeline.measures.people.snowflake_ids import account_created
from pipeline.model.codes import TIERS

SCHEMA: Final = {
    "contact_id": pl.String, "evidence": pl.String, "tier": pl.String, "value": pl.Float64, "source": pl.String,
    "as_of": pl.Int64, "platform": pl.String,
}  # fmt: skip
"""`tier` is null where the evidence makes none, `platform` where it concerns no single one; as_of in microseconds UTC."""
_NO_TIER: Final = pl.lit(None, dtype=pl.String).alias("tier")
_NO_VALUE: Final = pl.lit(None, dtype=pl.Float64).alias("value")


def _rows(frame: pl.DataFrame, evidence: pl.Expr | str, *columns: pl.Expr) -> pl.DataFrame:
    """Put together rows of SCHEMA: `columns` override or complete those of the frame."""
    name = pl.lit(evidence) if isinstance(evidence, str) else evidence
    return frame.with_columns(name.alias("evidence"), *columns).select(*SCHEMA)


def no_evidence() -> pl.DataFrame:
    """Return no rows."""
    return pl.DataFrame(schema=SCHEMA)


def owner_tiers(decisions: pl.DataFrame) -> pl.DataFrame:
    """Read the tiers that the owner set.

    Args:
        decisions: contact_id, tier, audience, of `contacts.csv`.
    """
    return _rows(_of_contacts_csv(decisions.filter(pl.col("tier").is_in(TIERS))), "owner_tier", _NO_VALUE)


def owner_audiences(decisions: pl.DataFrame) -> pl.DataFrame:
    """Read the audiences that the owner stated; their tier is not decided here.

    Args:
        decisions: contact_id, tier, audience, of `contacts.csv`.
    """
    stated = decisions.filter(pl.col("audience") >= 0)
    audience = pl.col("audience").cast(pl.Float64).alias("value")
    return _rows(_of_contacts_csv(stated), "owner_audience", _NO_TIER, audience)


def _of_contacts_csv(decisions: pl.DataFrame) -> pl.DataFrame:
    return decisions.with_columns(
        pl.lit("contacts.csv").alias("source"),
        pl.lit(None, dtype=pl.Int64).alias("as_of"),
        pl.lit(None, dtype=pl.String).alias("platform"),
    )


def export_audiences(counts: pl.DataFrame) -> pl.DataFrame:
    """Read the audiences that exports count; their tier is not decided here.

    Args:
        counts: contact_id, platform, audience, verified, source, as_of.
    """
    audience = pl.col("audience").cast(pl.Float64).alias("value")
    return _rows(counts.filter(pl.col("audience").is_not_null()), "export_audience", _NO_TIER, audience)


def verified_flags(counts: pl.DataFrame) -> pl.DataFrame:
    """Read the verified flags of exports, which make no tier.

    Args:
        counts: contact_id, platform, audience, verified, source, as_of.
    """
    return _rows(counts.filter(pl.col("verified").fill_null(value=False)), "verified", _NO_TIER, _NO_VALUE)


def follow_structure(ties: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    """Derive a hint from who follows whom: upward = guru, mutual = peer, downward = newbie.

    Args:
        ties: contact_id, account_id, platform, kind, since, last_seen_at, missing_since (microseconds UTC).
        lists: account_id, platform, kind, complete, as_of.

    Returns:
        A row for each contact, account and platform whose two follow lists were complete at the same date.
    """
    relations = follows_as_of_complete_lists(ties, lists).group_by("contact_id", "account_id", "platform").agg(
        (pl.col("kind") == "follows").any().alias("i"), (pl.col("kind") == "followed_by").any().alias("they"),
        pl.col("as_of").max(),
    )  # fmt: skip
    way = (
        pl.when(pl.col("i") & pl.col("they")).then(pl.lit("mutual"))
        .when("i").then(pl.lit("upward")).otherwise(pl.lit("downward"))
    )  # fmt: skip
    tiers = {"upward": "guru", "mutual": "peer", "downward": "newbie"}
    return _rows(
        relations.with_columns(way.alias("way")),
        pl.format("follow_structure_{}", "way"),
        pl.col("way").replace_strict(tiers, return_dtype=pl.String).alias("tier"),
        _NO_VALUE,
        pl.format("{} follow lists, a hint", "platform").alias("source"),
    )


def account_ages(identities: pl.DataFrame) -> pl.DataFrame:
    """Date accounts from their ids, which makes no tier; `as_of` is when the account was created.

    Args:
        identities: contact_id, platform, native_id (text).

    Source: methods:account-age.
    """
    datable = identities.filter(pl.col("platform").is_in(["x", "discord"]))
    created = [account_created(platform, id_) for platform, id_ in datable.select("platform", "native_id").iter_rows()]
    dated = datable.with_columns(pl.Series("as_of", created, dtype=pl.Int64)).drop_nulls("as_of")
    return _rows(dated, "account_age", _NO_TIER, _NO_VALUE, pl.format("{} id", "platform").alias("source"))


def in_degree(interactions: pl.DataFrame) -> pl.DataFrame:
    """Count the distinct people who answered a contact in threads that the owner sees, which makes no tier.

    Args:
        interactions: contact_id, platform, direction, native_id, reply_to_native, at.
    """
    inbound = interactions.filter(pl.col("direction") == "inbound")
    written = inbound.filter(pl.col("native_id").is_not_null()).select(
        "platform", pl.col("native_id").alias("answered_id"), "contact_id"
    )
    answers = inbound.filter(pl.col("reply_to_native").is_not_null()).select(
        "platform", pl.col("reply_to_native").alias("answered_id"), pl.col("contact_id").alias("answerer"), "at"
    )
    # only texts that were answered: few of all
    written = written.join(answers, on=["platform", "answered_id"], how="semi").unique()
    counted = (
        answers.join(written, on=["platform", "answered_id"])
        .filter(pl.col("answerer") != pl.col("contact_id"))
        .group_by("contact_id", "platform")
        .agg(pl.col("answerer").n_unique().cast(pl.Float64).alias("value"), pl.col("at").max().alias("as_of"))
    )
    return _rows(counted, "in_degree", _NO_TIER, pl.format("{} threads the owner can see", "platform").alias("source"))
