"""What is excluded before anything is matched, and by which rule."""

from typing import Final

import polars as pl

from pipeline.matching.automatic_messages import automatic_messages
from pipeline.matching.campaigns import campaign_sends

EXCLUSIONS: Final = ("excluded_contact", "automatic", "campaign", "link_drop")
"""Rules that dimension `exclusions`, value `none`, does not apply. An interaction counts under the first."""


def exclusions_of(
    encoded: pl.DataFrame, contacts: pl.DataFrame | None = None, link_drops: pl.Series | None = None
) -> pl.Series:
    """Return the first rule that excludes each interaction.

    Args:
        encoded: what `encoding.encode` returns.
        contacts: `contact_id`, `excluded`; None: no contact is excluded.
        link_drops: interaction_ids of link drops; only inbound ones are excluded.

    Returns:
        `exclusion`, an Enum of EXCLUSIONS, null for interactions that stay; one a row.

    Source: methods:exclusions.
    """
    excluded = [] if contacts is None else contacts.filter("excluded")["contact_id"].cast(pl.String).to_list()
    dropped = [] if link_drops is None else link_drops.to_list()
    inbound, automatic = ~pl.col("outbound"), pl.col("automatic")
    marks = encoded.select("contact", "outbound", automatic_messages(encoded).alias("automatic"))
    # the contact is excluded only when nothing else of theirs is left
    theirs = marks.filter(inbound).group_by("contact").agg(automatic.all()).filter(automatic)["contact"]
    rules = {
        "excluded_contact": pl.col("contact_id").cast(pl.String).is_in(excluded) if excluded else pl.lit(value=False),
        "automatic": pl.lit(marks["automatic"]) | pl.col("contact").is_in(theirs.implode()),
        "campaign": pl.lit(campaign_sends(encoded)),
        "link_drop": inbound & pl.col("interaction_id").is_in(dropped) if dropped else pl.lit(value=False),
    }
    first = pl.coalesce(pl.when(rules[name]).then(pl.lit(name)) for name in EXCLUSIONS)
    return encoded.select(first.cast(pl.Enum(EXCLUSIONS)).alias("exclusion")).to_series()


def excluded_interactions(encoded: pl.DataFrame) -> pl.DataFrame:
    """Return interaction_id and exclusion (the rule) of every interaction that the exclusions drop.

    Args:
        encoded: what `match.encode_interactions` returns.

    Returns:
        Texts, sorted by interaction_id.
    """
    excluded = encoded.select("interaction_id", pl.col("exclusion").cast(pl.String)).drop_nulls("exclusion")
    return excluded.sort("interaction_id")
