"""Automatic messages: marked by the source, or the same long text sent repeatedly within a minute of the owner's acts."""

from typing import Final

import polars as pl

from pipeline.matching.encoding import add_lanes, as_enum
from pipeline.matching.normal_texts import LEAST_TOKENS, long_texts
from pipeline.matching.parameters import COARSE_US
from pipeline.model.durations import SECOND

READ: Final = (
    "contact_id", "platform", "account_id", "class", "thread_id", "is_group", "direction", "at", "resolution_s", "text",
    "automatic",
)  # fmt: skip
"""Columns of `interactions` that `automatic_senders` reads."""
QUICK_US: Final = 60 * SECOND
LEAST_TIMES: Final = 3
_LANE: Final = ("contact_id", "platform", "account_id", "class", "thread_id")


def automatic_messages(interactions: pl.DataFrame) -> pl.DataFrame:
    """Find automatic messages.

    By the source's own evidence, or inbound with a text of at least 6 tokens that the contact sent at least 3 times
    within 60 s after an interaction of the owner's (same platform), where such texts are at least half of the contact's
    inbound in the lane.

    Args:
        interactions: contact and lane (numbers), platform, at, resolution_s, outbound, text, automatic; sorted by
            contact, then `at`.

    Returns:
        `row`, the position in `interactions` (UInt32), and `reason`, in English; each row once, in any order.

    Source: methods:automatic-messages.
    """
    by_source = (
        interactions.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "automatic")
        .drop_nulls("automatic")
        .select("row", pl.format("automatic: marked by the source ({})", "automatic").alias("reason"))
    )
    rows = interactions.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("position"), "contact", "platform", "lane", "at", "outbound", "text",
        (pl.col("resolution_s") * SECOND < COARSE_US).alias("fine"),
    )  # fmt: skip
    inbound = rows.filter(~pl.col("outbound"))
    quick = inbound.filter(pl.col("fine") & pl.col("position").is_in(_after_owner(rows).implode()))
    # a contact who hasn't answered at once often enough can't have done so in the same words
    often = quick.group_by("contact").len().filter(pl.col("len") >= LEAST_TIMES)["contact"]
    said = long_texts(quick.filter(pl.col("contact").is_in(often.implode())).select("contact", "text"))
    stock = said.group_by("contact", "normal_text").len("times").filter(pl.col("times") >= LEAST_TIMES)
    if stock.is_empty():
        return by_source
    theirs = inbound.filter(pl.col("contact").is_in(stock["contact"].unique().implode()))
    by_text = (
        long_texts(theirs.select("position", "contact", "lane", "text"))
        .join(stock, on=["contact", "normal_text"])
        .join(theirs.group_by("lane").len("all"), on="lane")
        .filter(2 * pl.len().over("lane") >= pl.col("all"))
        .select(
            pl.col("position").alias("row"),
            pl.format("automatic: the same text came {} times within 60 s after yours", "times").alias("reason"),
        )
    )
    return pl.concat([by_source, by_text.join(by_source, on="row", how="anti")])


def _after_owner(rows: pl.DataFrame) -> pl.Series:
    """Return positions of interactions at most QUICK_US after one of the owner's, same contact and platform.

    Args:
        rows: position, contact, platform, at, outbound; sorted by contact, then `at`.
    """
    platform = pl.col("platform").to_physical().cast(pl.UInt32)
    rows = rows.select("position", "contact", "at", "outbound", platform)
    # the platforms of a contact one after the other, each in the order of time
    rows = rows.sort("platform", maintain_order=True).sort("contact", maintain_order=True)
    at, contact, on = pl.col("at"), pl.col("contact"), pl.col("platform")
    owners = {name: pl.when("outbound").then(name) for name in ("at", "contact", "platform")}
    before = {name: value.forward_fill() for name, value in owners.items()}
    behind = {name: value.backward_fill() for name, value in owners.items()}
    soon = (before["contact"] == contact) & (before["platform"] == on) & (at - before["at"] <= QUICK_US)
    # an interaction of the same moment counts as after, whatever the order of the rows
    same = (behind["contact"] == contact) & (behind["platform"] == on) & (behind["at"] == at)
    return rows.filter(soon | same)["position"]


def automatic_senders(interactions: pl.DataFrame) -> pl.Series:
    """Return the contacts who sent something, all of it automatic.

    Args:
        interactions: at least the READ columns of schema INTERACTIONS; any order.

    Returns:
        Their contact_ids, sorted.

    Source: methods:automatic-messages.
    """
    text = pl.col("text")
    # an ASCII text has as many tokens as its normal form; the shortest with enough has single letters between blanks
    short = (text.str.len_bytes() == text.str.len_chars()) & (text.str.len_bytes() < 2 * LEAST_TOKENS - 1)
    by_hand = pl.col("automatic").is_null() & (text.is_null() | short)
    inbound = interactions.lazy().filter(pl.col("direction") == "inbound")
    possible = inbound.group_by("contact_id").agg(by_hand.any()).filter(~pl.col("automatic")).collect()["contact_id"]
    # whether a message is automatic depends on rows of its own contact only
    theirs = interactions["contact_id"].is_in(possible.implode())
    rows = (interactions if theirs.all() else interactions.filter(theirs)).select(READ).rechunk()
    rows = add_lanes(rows.with_columns(as_enum(rows[name]) for name in _LANE)).sort("contact", "at")
    marked = rows.select(
        "contact_id", (pl.col("direction") == "outbound").alias("outbound"), "contact", "platform", "lane", "at",
        "resolution_s", "text", "automatic",
    )  # fmt: skip
    found = automatic_messages(marked)["row"]
    marked = marked.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).is_in(found.implode()).alias("automatic"))
    every = marked.filter(~pl.col("outbound")).group_by("contact_id").agg(pl.col("automatic").all())
    return every.filter("automatic")["contact_id"].cast(pl.String).sort()
