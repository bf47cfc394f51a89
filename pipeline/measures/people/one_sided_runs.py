"""Columns of table `dance` on runs: the owner's unanswered gestures in a row, and the longest unbroken dance."""

from typing import Final

import numpy as np
import polars as pl

from pipeline.statistics.arrays import changes

COLUMNS: Final = ("longest_one_sided", "current_one_sided", "longest_dance")


def one_sided_runs(turns: pl.DataFrame) -> pl.DataFrame:
    """Measure the longest and the current one-sided run and the longest dance of each contact, in turns.

    A one-sided run is a row of the owner's unanswered gestures with no turn of the contact in between; gestures whose
    answer no archive could have shown are not counted. A dance is a row of turns that each answer the one before.

    Args:
        turns: direct turns, from `turns.turns`.

    Returns:
        contact_id and COLUMNS; sorted by contact_id.

    Source: methods:one-sided-runs.
    """
    mine, answered, seen = (turns[name].to_numpy() for name in ("mine", "answered", "seen"))
    contact = turns["contact_id"].rle_id().to_numpy()
    if not len(contact):
        return turns.select("contact_id", *(pl.lit(0, pl.Int64).alias(name) for name in COLUMNS))
    first = changes(contact)
    # turns are sorted by contact and place, so that runs and dances are segments of rows
    dance_begins = first.copy()
    dance_begins[1:] |= ~(answered[:-1] & (mine[1:] != mine[:-1]))
    runs, dances = np.flatnonzero(first | ~mine | answered), np.flatnonzero(dance_begins)
    unanswered = np.add.reduceat((mine & ~answered & seen).astype(np.int64), runs)
    turns_of_dance = np.diff(np.append(dances, len(contact)))
    contacts = np.flatnonzero(first)
    first_run, first_dance = np.searchsorted(runs, contacts), np.searchsorted(dances, contacts)
    return pl.DataFrame({
        "contact_id": turns["contact_id"].gather(contacts),
        "longest_one_sided": np.maximum.reduceat(unanswered, first_run),
        "current_one_sided": unanswered[np.append(first_run[1:], len(runs)) - 1],
        "longest_dance": np.maximum.reduceat(turns_of_dance, first_dance),
    })  # fmt: skip
