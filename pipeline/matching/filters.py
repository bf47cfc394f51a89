"""R0, what is left out before anything is matched, and how much of it (METHODS 1.2 R0, 2.7, 7.3; rulings 3 and 5).

Each rule gives a mark; a row is counted under the first rule that drops it.
"""

from typing import Final

import numpy as np
import polars as pl

from pipeline.matching.campaigns import campaigns, long_texts
from pipeline.matching.encode import Bools, joint
from pipeline.matching.parameters import SECOND

EXCLUSIONS: Final = ("excluded_contact", "automatic", "campaign", "link_drop")
"""Rules that the figures of dimension `exclusions`, value `none`, leave off."""

QUICK_US: Final = 60 * SECOND
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
        if names:
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
    if link_drops is not None and len(link_drops):
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
    inbound = ~encoded["_out"].to_numpy()
    quick = _after_owner(encoded) & inbound & (encoded["resolution_s"] < 3600).to_numpy()
    # who hasn't answered at once often enough can't have done it in the same words
    contact = encoded["_contact"].cast(pl.Int64).to_numpy()
    quick &= (np.bincount(contact[quick], minlength=int(contact.max(initial=0)) + 1) >= TIMES)[contact]
    events = encoded.select(pl.int_range(pl.len()).alias("_row"), "_contact", "_lane", "text")
    said = long_texts(events.filter(pl.Series(quick)))
    stock = said.group_by("_contact", "said").len().filter(pl.col("len") >= TIMES).select("_contact", "said")
    if stock.is_empty():
        return marked
    theirs = events.filter(pl.Series(inbound)).join(stock.select("_contact").unique(), on="_contact", how="semi")
    all_of_lane = theirs.group_by("_lane").agg(pl.len().alias("all"))
    suspects = (
        long_texts(theirs)
        .join(stock, on=["_contact", "said"], how="semi")
        .join(all_of_lane, on="_lane")
        .filter(2 * pl.len().over("_lane") >= pl.col("all"))
    )
    marked = marked.copy()
    marked[suspects["_row"].to_numpy()] = True
    return marked


def _after_owner(encoded: pl.DataFrame) -> Bools:
    """Mark events that came at most QUICK_US after one of the owner's to the same contact on the same platform."""
    contact, platform = (encoded[name].cast(pl.Int64).to_numpy() for name in ("_contact", "_platform"))
    # rows come by contact and time
    pair = joint(contact, platform)
    order = np.argsort(pair, kind="stable")
    pair, at, out = pair[order], encoded["at"].to_numpy()[order], encoded["_out"].to_numpy()[order]
    place = np.arange(len(order))
    before = np.maximum.accumulate(np.where(out, place, -1))
    soon = (before >= 0) & (pair[before] == pair) & (at - at[before] <= QUICK_US)
    # of one moment counts as after, whichever row comes first
    after = np.minimum.accumulate(np.where(out, place, len(order))[::-1])[::-1]
    behind = np.minimum(after, len(order) - 1)
    soon |= (after < len(order)) & (pair[behind] == pair) & (at[behind] == at)
    found = np.empty(len(order), dtype=np.bool_)
    found[order] = soon
    return found


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
