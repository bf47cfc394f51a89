"""From a frame to a frame without personal data: only listed columns keep values, small groups are left out or merged."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from reports.shareable.allowed import ALLOWED, Pseudonym
from reports.shareable.rules import nothing, renamed

FEWEST_PEOPLE: Final = 5
"""A group of fewer people is never shown by itself."""


def sanitised(query: str, frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Remove everything from a query's rows that may identify a person.

    Args:
        query: name of the query; it decides which columns keep their values.
        frame: the query's rows.
        names: id of an account or archive -> its pseudonym.

    Returns:
        The same columns, with NULL in every column that `ALLOWED` doesn't list. Groups of 1 to 4 people are left out. Rows
        are sorted by what is left of them.

    Raises:
        KeyError: the query isn't listed.
    """
    allowed = ALLOWED[query]
    columns: list[pl.Series] = []
    for column in frame.iter_columns():
        rule = allowed.columns.get(column.name)
        if rule is None:
            columns.append(nothing(column))
        elif isinstance(rule, Pseudonym):
            columns.append(renamed(names)(frame[rule.source]).alias(column.name))
        else:
            columns.append(rule(column))
    safe = pl.DataFrame(columns)
    unknown = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_null() for name in allowed.required))
    safe = safe.filter(~unknown)
    if allowed.people is not None:
        safe = safe.filter(~pl.col(allowed.people).is_between(1, FEWEST_PEOPLE - 1).fill_null(value=True))
    safe = safe.sort([name for name in allowed.columns if name in safe.columns], nulls_last=True)
    if allowed.last_of:
        safe = safe.unique(list(allowed.last_of), keep="last", maintain_order=True)
    return safe


def with_enough_people(curves: pl.DataFrame, quantiles: pl.DataFrame) -> pl.DataFrame:
    """Keep the lag curves of groups that are in the sanitised quantiles, which count people as the curves don't."""
    group = ["initiator", "dimension", "value"]
    return curves.join(quantiles.select(group).unique(), on=group, how="semi", maintain_order="left")


def with_merged_cells(steps: pl.DataFrame) -> pl.DataFrame | None:
    """Merge the cells of 1 to 4 people into the nearest larger cell, so that sums stay and no cell is small.

    Args:
        steps: mine_from, theirs_from (lower ends of bins of turns), contacts.

    Returns:
        The frame with its small cells merged, within the people whom both sides, only the owner or only they addressed;
        None when one of these has 1 to 4 people in all.
    """
    counts: dict[tuple[int, int], int] = {
        (mine, theirs): people
        for mine, theirs, people in steps.select("mine_from", "theirs_from", "contacts").iter_rows()
    }
    for side in ((True, True), (True, False), (False, True)):
        cells = {cell: number for cell, number in counts.items() if (cell[0] > 0, cell[1] > 0) == side}
        if not cells:
            continue
        if sum(cells.values()) < FEWEST_PEOPLE:
            return None
        while len(cells) > 1 and (small := min(cells, key=lambda cell: (cells[cell], cell))) is not None:
            if cells[small] >= FEWEST_PEOPLE:
                break
            people = cells.pop(small)
            near = min(cells, key=lambda cell: (_distance(cell, small), -cells[cell], cell))
            cells[near] += people
        counts = {cell: number for cell, number in counts.items() if (cell[0] > 0, cell[1] > 0) != side} | cells
    rows = [(mine, theirs, people) for (mine, theirs), people in sorted(counts.items())]
    return pl.DataFrame(rows, schema=steps.select("mine_from", "theirs_from", "contacts").schema, orient="row")


def _distance(cell: tuple[int, int], other: tuple[int, int]) -> int:
    return sum(abs(left.bit_length() - right.bit_length()) for left, right in zip(cell, other, strict=True))
