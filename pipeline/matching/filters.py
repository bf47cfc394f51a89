"""R0, what is left out before anything is matched, and how much of it (METHODS 1.2 R0, 2.7, 7.3; rulings 3 and 5).

Each rule gives a mark; a row is counted under the first rule that drops it.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.campaigns import campaigns, normalised, tokens
from pipeline.matching.order import Bools
from pipeline.matching.parameters import SECOND

EXCLUSIONS: Final = ("excluded_contact", "automatic", "campaign", "link_drop")
"""Rules that the figures of dimension `exclusions`, value `none`, leave off."""

QUICK_US: Final = 60 * SECOND
TEXT_TOKENS: Final = 6
TIMES: Final = 3


def exclusion_marks(
    encoded: pl.DataFrame, contacts: pl.DataFrame | None, link_drops: pl.Series | None
) -> dict[str, Bools]:
    """Mark the rows that the exclusions of 2.7 leave out, by rule, in the order of EXCLUSIONS.

    Args:
        encoded: from `order.encode`.
        contacts: `contact_id`, `excluded`; None: nobody is excluded.
        link_drops: interaction_ids of link drops (7.3); only inbound ones are left out.
    """
    excluded = np.zeros(encoded.height, dtype=np.bool_)
    if contacts is not None:
        names = contacts.filter("excluded")["contact_id"].to_list()
        excluded = encoded["contact_id"].cast(pl.String).is_in(names).to_numpy()
    automatic = automatic_events(encoded)
    # the person goes only when nothing else of theirs is left
    inbound = ~encoded["_out"].to_numpy()
    contact = encoded["_contact"].cast(pl.Int64).to_numpy()
    size = int(contact.max()) + 1 if len(contact) else 0
    machines = np.bincount(contact[inbound & automatic], minlength=size)
    theirs = np.bincount(contact[inbound], minlength=size)
    only_machine = ((machines > 0) & (machines == theirs))[contact] if len(contact) else automatic
    dropped = np.zeros(encoded.height, dtype=np.bool_)
    if link_drops is not None:
        dropped = encoded["interaction_id"].is_in(link_drops.to_list()).to_numpy() & inbound
    return {
        "excluded_contact": excluded,
        "automatic": automatic | only_machine,
        "campaign": campaigns(encoded),
        "link_drop": dropped,
    }


def automatic_events(encoded: pl.DataFrame) -> Bools:
    """Mark automatic events (ruling 5).

    By the source's own evidence, or inbound with a text of 6 tokens or more that came at least 3 times from the person
    within 60 s after an event of the owner's (same platform), where such texts are at least half of the person's
    inbound in the lane.
    """
    marked = encoded["automatic"].is_not_null().to_numpy()
    numbers = encoded.select("_contact", "_platform", "_lane", "at", "resolution_s", pl.col("_out").alias("out"))
    events = numbers.with_row_index("_row").sort(
        "_contact", "_platform", "at", "out", "_row", descending=[False, False, False, True, False]
    )
    last_out = pl.when("out").then("at").forward_fill().over("_contact", "_platform")
    quick = _said(
        encoded,
        events.with_columns((pl.col("at") - last_out <= QUICK_US).fill_null(value=False).alias("quick")).filter(
            ~pl.col("out") & pl.col("quick") & (pl.col("resolution_s") < 3600)
        ),
    ).filter(tokens("said") >= TEXT_TOKENS)
    stock = quick.group_by("_contact", "said").len().filter(pl.col("len") >= TIMES).select("_contact", "said")
    if stock.is_empty():
        return marked
    suspects = (
        _said(encoded, events.filter(~pl.col("out")).join(stock.select("_contact").unique(), on="_contact", how="semi"))
        .join(stock.with_columns(pl.lit(value=True).alias("stock")), on=["_contact", "said"], how="left")
        .with_columns(pl.col("stock").fill_null(value=False))
        .with_columns((2 * pl.col("stock").sum().over("_lane") >= pl.len().over("_lane")).alias("half"))
        .filter(pl.col("stock") & pl.col("half"))
    )
    marked = marked.copy()
    marked[suspects["_row"].to_numpy()] = True
    return marked


def _said(encoded: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Add `said`, the normalised text; texts are fetched for these events only."""
    text = encoded["text"].gather(events["_row"])
    return events.with_columns(text).with_columns(normalised("text").alias("said")).drop("text")


def keep(
    encoded: pl.DataFrame, marks: dict[str, Bools], initiator_out: bool, worded: bool
) -> tuple[Bools, dict[str, int]]:
    """Return the rows that stay for one analysis, and `dropped_<rule>` counts."""
    kept = np.ones(encoded.height, dtype=np.bool_)
    counts: dict[str, int] = {}
    rules = {name: marks.get(name, ~kept) for name in EXCLUSIONS}
    responder = encoded["_out"].to_numpy() != initiator_out
    rules["wordless"] = encoded["_wordless"].to_numpy() & responder if worded else ~kept
    for name, mark in rules.items():
        counts[f"dropped_{name}"] = int((kept & mark).sum())
        kept &= ~mark
    return kept, counts
