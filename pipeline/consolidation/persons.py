"""From staged persons to the tables `identities` and `contacts`."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.stagings import StagedArchive, load, occurring
from pipeline.contacts.decisions import Decisions
from pipeline.contacts.identities import identities
from pipeline.contacts.joining import contact_of
from pipeline.matching.automatic_senders import machines

_NAMED = ["platform", "native_id"]


def _mentioned(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return platform, native_id of every person that a staged row names."""
    frames = [occurring(archives, table, "platform", "person") for table in ("interactions", "ties")]
    return pl.concat(frames).unique().rename({"person": "native_id"})


def united_identities(archives: Sequence[StagedArchive], decisions: Decisions) -> pl.DataFrame:
    """Return the table `identities` (CONTRACT), with `placeholder`; sorted by identity_id."""
    persons = load(archives, "persons")
    united = identities(persons, _mentioned(archives))
    joined = contact_of(united, persons, load(archives, "aliases"), decisions)
    return united.join(joined, on="identity_id").select(
        "identity_id", "contact_id", *_NAMED, "handle", "display_name", "url", "email", "join_reason", "placeholder"
    ).sort("identity_id")  # fmt: skip


def owner_decisions(identities: pl.DataFrame, decisions: Decisions) -> pl.DataFrame:
    """Return contact_id, tier, audience, excluded as the owner set them; a later line stands before an earlier one."""
    contact = dict(identities.select("identity_id", "contact_id").iter_rows())

    def latest(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        return {contact[identity]: value for identity, value in pairs if identity in contact}

    tiers, audiences = latest(decisions.tiers), latest(decisions.audiences)
    excluded = latest(decisions.excluded)
    rows = [
        (name, tiers.get(name), audiences.get(name), excluded.get(name))
        for name in sorted({*tiers, *audiences, *excluded})
    ]
    schema = {"contact_id": pl.String, "tier": pl.String, "audience": pl.Int64, "excluded": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def united_contacts(identities: pl.DataFrame, interactions: pl.DataFrame, excluded: pl.DataFrame) -> pl.DataFrame:
    """Return the table `contacts`.

    Args:
        identities: as `united_identities` gives them.
        interactions: united interactions (contact_id, at).
        excluded: contact_id, exclusion_reason of contacts that are left out of gestures.
    """
    named = identities.with_columns(pl.col("native_id").str.starts_with("name:").alias("_by_name"))
    people = (
        named.sort("_by_name", "placeholder", "identity_id")
        .group_by("contact_id", maintain_order=True)
        .agg(
            pl.col("display_name").drop_nulls().first(),
            pl.col("handle").drop_nulls().first(),
            pl.col("native_id").first(),
            pl.len().cast(pl.Int64).alias("identities"),
            pl.col("platform").unique().sort().alias("platforms"),
        )
    )
    seen = interactions.group_by("contact_id").agg(
        pl.col("at").min().alias("first_at"), pl.col("at").max().alias("last_at")
    )
    return (
        people.join(seen, on="contact_id", how="left")
        .join(excluded, on="contact_id", how="left")
        .select(
            "contact_id",
            pl.coalesce("display_name", "handle", "native_id").alias("display_name"),
            "identities", "platforms", "first_at", "last_at",
            pl.col("exclusion_reason").is_not_null().alias("excluded"), "exclusion_reason",
        )
        .sort("contact_id")
    )  # fmt: skip


def excluded_contacts(
    interactions: pl.DataFrame, decisions: pl.DataFrame, link_droppers: pl.Series | None = None
) -> pl.DataFrame:
    """Return contact_id, exclusion_reason of contacts that are left out of gestures.

    By the owner's decision; or because all that ever came from them, or went to them, is automatic (ruling 5: the person
    only when nothing else of theirs is left); or because all of it is link drops (METHODS 2.7, 7.3).

    Args:
        interactions: at least the columns `machines.READ` of schema INTERACTIONS.
        decisions: contact_id, excluded as the owner set it (false keeps a person in whatever the rules say).
        link_droppers: contact_ids of link-droppers from whom nothing else came (`matching.link_drops`).
    """
    senders = (
        machines(interactions)
        .to_frame()
        .select(
            "contact_id",
            pl.lit("automatic: everything that came from them was sent by a machine").alias("exclusion_reason"),
        )
    )
    decided = decisions.filter(pl.col("excluded").is_not_null())
    by_owner = decided.filter("excluded").select("contact_id", pl.lit("owner's decision").alias("exclusion_reason"))
    names = pl.Series("contact_id", [], dtype=pl.String) if link_droppers is None else link_droppers
    droppers = names.to_frame().select(
        "contact_id",
        pl.lit("link drops: all that came from them only leads to pages of their own").alias("exclusion_reason"),
    )
    by_rule = pl.concat([senders, droppers.join(senders, on="contact_id", how="anti")])
    return pl.concat([by_owner, by_rule.join(decided, on="contact_id", how="anti")]).sort("contact_id")
