"""What is excluded before anything is matched, by which rule and why: the table `exclusions`."""

from typing import Final

import polars as pl

from pipeline.matching.automatic_messages import automatic_messages
from pipeline.matching.campaigns import campaign_sends
from pipeline.matching.encoding import as_enum
from pipeline.model.codes import EXCLUSIONS

_RULE: Final = pl.Enum(EXCLUSIONS)
ONLY_AUTOMATIC: Final = "only automatic messages came from this person"
LINK_DROP: Final = "link drop: a link without a question and without a word about what it answers"


def exclusions_of(
    encoded: pl.DataFrame,
    contacts: pl.DataFrame | None = None,
    link_drops: pl.Series | None = None,
    kept_contacts: pl.Series | None = None,
) -> pl.DataFrame:
    """Return the interactions that are excluded, each under the first rule that excludes it.

    Args:
        encoded: what `encoding.encode` returns.
        contacts: `contact_id`, `excluded`; None: no contact is excluded.
        link_drops: interaction_ids of link drops; only inbound ones are excluded.
        kept_contacts: contact_ids of people whom the owner keeps in, whatever the rules say.

    Returns:
        `row`, `exclusion` (Enum of the rules) and `reason` (in English; null where `contacts` has it); sorted by row.

    Source: methods:exclusions.
    """
    excluded = [] if contacts is None else contacts.filter("excluded")["contact_id"].cast(pl.String).to_list()
    dropped = [] if link_drops is None else link_drops.to_list()
    kept = [] if kept_contacts is None else kept_contacts.to_list()
    none = encoded.clear()
    named = pl.col("contact_id").cast(pl.String)
    of_contacts = encoded.filter(named.is_in(excluded)) if excluded else none
    drops = encoded.filter(~pl.col("outbound") & pl.col("interaction_id").is_in(dropped)) if dropped else none
    found = {
        "excluded_contact": of_contacts.select("row", pl.lit(None, dtype=pl.String).alias("reason")),
        "automatic": _automatic(encoded),
        "campaign": campaign_sends(encoded),
        "link_drop": drops.select("row", pl.lit(LINK_DROP).alias("reason")),
    }
    rules = pl.concat(
        found[rule].select("row", pl.lit(rule, dtype=_RULE).alias("exclusion"), "reason") for rule in EXCLUSIONS
    )
    first = rules.unique("row", keep="first", maintain_order=True).sort("row")
    return first.filter(~encoded["contact_id"].gather(first["row"]).cast(pl.String).is_in(kept)) if kept else first


def _automatic(encoded: pl.DataFrame) -> pl.DataFrame:
    """Return `row` and `reason` of automatic messages, and of all else with contacts who sent nothing but such."""
    messages = automatic_messages(encoded)
    if messages.is_empty():
        return messages
    senders = encoded["contact"].gather(messages["row"]).unique()
    theirs = encoded.filter(pl.col("contact").is_in(senders.implode())).select("row", "contact", "outbound")
    by_hand = theirs.filter(~pl.col("outbound")).join(messages, on="row", how="anti")["contact"].unique()
    inbound = theirs.filter(~pl.col("outbound"))["contact"].unique()
    # the contact is excluded only when nothing else of theirs is left
    rest = theirs.filter(pl.col("contact").is_in(inbound.implode()) & ~pl.col("contact").is_in(by_hand.implode()))
    rest = rest.join(messages, on="row", how="anti")
    return pl.concat([messages, rest.select("row", pl.lit(ONLY_AUTOMATIC).alias("reason"))])


def add_exclusions(encoded: pl.DataFrame, excluded: pl.DataFrame) -> pl.DataFrame:
    """Add `exclusion` and `reason` (both Enums), null for interactions that stay.

    Args:
        encoded: has the rows 0, 1, 2 … in this order.
        excluded: what `exclusions_of` returns.
    """
    numbers = pl.int_range(excluded.height, dtype=pl.UInt32, eager=True)
    places = pl.repeat(None, encoded.height, dtype=pl.UInt32, eager=True).scatter(excluded["row"], numbers)
    rule, reason = excluded["exclusion"], as_enum(excluded["reason"])
    if excluded.is_empty():
        return encoded.with_columns(
            pl.lit(None, dtype=rule.dtype).alias("exclusion"), pl.lit(None, dtype=reason.dtype).alias("reason")
        )
    return encoded.with_columns(rule.gather(places), reason.gather(places))


def exclusions_table(encoded: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """Return the table `exclusions`, sorted by interaction_id.

    Args:
        encoded: what `match.encode_interactions` returns.
        contacts: contact_id, exclusion_reason, which is the reason where the contact is excluded.
    """
    excluded = encoded.drop_nulls("exclusion").select(
        "interaction_id",
        pl.col("contact_id", "exclusion", "reason").cast(pl.String),
    )
    reasons = contacts.select("contact_id", "exclusion_reason")
    return (
        excluded.join(reasons, on="contact_id", how="left")
        .select(
            "interaction_id",
            pl.col("exclusion").alias("rule"),
            pl.coalesce("reason", "exclusion_reason").alias("reason"),
        )
        .sort("interaction_id")
    )
