"""The table `contacts`: one row a person, with the reason for which a person is excluded. Source: methods:contact-ids."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from pipeline.contacts.decisions import Decisions
from pipeline.matching.automatic_messages import automatic_senders
from pipeline.matching.exclusions import ONLY_AUTOMATIC

BY_OWNER: Final = "excluded by you (contacts.csv)"
ONLY_LINK_DROPS: Final = "only link drops came from this person"
_SCHEMA = {"contact_id": pl.String, "tier": pl.String, "audience": pl.Int64, "excluded": pl.Boolean}


def decided_contacts(identities: pl.DataFrame, decisions: Decisions) -> pl.DataFrame:
    """Return what the owner decided about contacts; a later line overrides an earlier one.

    Args:
        identities: identity_id, contact_id.
        decisions: the owner's decisions, by identity_id.

    Returns:
        contact_id, tier, audience, excluded; null where the owner decided nothing.

    Source: methods:owner-decisions.
    """
    contact = dict(identities.select("identity_id", "contact_id").iter_rows())

    def by_contact(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        return {contact[identity]: value for identity, value in pairs if identity in contact}

    tiers, audiences = by_contact(decisions.tiers), by_contact(decisions.audiences)
    excluded = by_contact(decisions.excluded)
    rows = [
        (name, tiers.get(name), audiences.get(name), excluded.get(name))
        for name in sorted({*tiers, *audiences, *excluded})
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def kept_contacts(decisions: pl.DataFrame) -> pl.Series:
    """Return the contact_ids of people whom the owner keeps in (`exclude=no`), whatever the rules say.

    Args:
        decisions: contact_id, excluded as the owner set it.

    Source: methods:exclusions.
    """
    return decisions.filter(~pl.col("excluded"))["contact_id"]


def excluded_contacts(
    interactions: pl.DataFrame, decisions: pl.DataFrame, link_droppers: pl.Series | None = None
) -> pl.DataFrame:
    """Return contact_id and exclusion_reason of the contacts that are excluded from gestures.

    A contact is excluded by the owner's decision; or because everything from them, or everything to them, is automatic; or
    because everything from them is link drops. The owner's decision overrides the rules in both directions.

    Args:
        interactions: at least the columns `automatic_messages.READ` of schema INTERACTIONS.
        decisions: contact_id, excluded as the owner set it.
        link_droppers: contact_ids of contacts whose every act is a link drop; None for none.

    Source: methods:exclusions.
    """
    automatic = _with_reason(automatic_senders(interactions), ONLY_AUTOMATIC)
    droppers = pl.Series("contact_id", [], dtype=pl.String) if link_droppers is None else link_droppers
    dropping = _with_reason(droppers, ONLY_LINK_DROPS)
    decided = decisions.filter(pl.col("excluded").is_not_null())
    by_owner = decided.filter("excluded").select("contact_id", pl.lit(BY_OWNER).alias("exclusion_reason"))
    by_rule = pl.concat([automatic, dropping.join(automatic, on="contact_id", how="anti")])
    return pl.concat([by_owner, by_rule.join(decided, on="contact_id", how="anti")]).sort("contact_id")


def _with_reason(contact_ids: pl.Series, reason: str) -> pl.DataFrame:
    return contact_ids.to_frame().select("contact_id", pl.lit(reason).alias("exclusion_reason"))


def contact_spans(interactions: pl.LazyFrame) -> pl.LazyFrame:
    """Return contact_id, first_at, last_at of the contacts that have interactions.

    Args:
        interactions: contact_id, at (Int64, microseconds UTC).
    """
    return interactions.group_by("contact_id").agg(
        pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at")
    )


def contacts_table(identities: pl.DataFrame, interactions: pl.DataFrame, excluded: pl.DataFrame) -> pl.DataFrame:
    """Return the table `contacts`, sorted by contact_id.

    Args:
        identities: the table `identities`, with `placeholder`.
        interactions: contact_id, at (Int64, microseconds UTC).
        excluded: contact_id, exclusion_reason, as `excluded_contacts` returns them.
    """
    # identities with an id of the platform's own describe a person better than names and placeholders
    by_name = pl.col("native_id").str.starts_with("name:").alias("_by_name")
    people = (
        identities.with_columns(by_name)
        .sort("_by_name", "placeholder", "identity_id")
        .group_by("contact_id", maintain_order=True)
        .agg(
            pl.col("display_name").drop_nulls().first(),
            pl.col("handle").drop_nulls().first(),
            pl.col("native_id").first(),
            identities=pl.len().cast(pl.Int64),
            platforms=pl.col("platform").unique().sort(),
        )
    )
    spans = contact_spans(interactions.lazy()).collect()
    return (
        people.join(spans, on="contact_id", how="left")
        .join(excluded, on="contact_id", how="left")
        .select(
            "contact_id",
            pl.coalesce("display_name", "handle", "native_id").alias("display_name"),
            "identities", "platforms", "first_at", "last_at",
            pl.col("exclusion_reason").is_not_null().alias("excluded"), "exclusion_reason",
        )
        .sort("contact_id")
    )  # fmt: skip
