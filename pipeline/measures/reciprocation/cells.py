"""The samples that the rates are computed from: gestures of each initiator x outcome x dimension x value.

Entry point: samples(assigned, variants), `assigned` from `dimensions.assign`. Cells of other runs of the matcher come from
`variants`: exclusions (`none`), turn_gap (1h, 6h, 24h).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.analyses import ANALYSES, Initiator, Outcome
from pipeline.measures.reciprocation.cohorts import ACROSS, HEADLINE, Cohort, numbered
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.statistics.arrays import Ints, stable_order

Variants: TypeAlias = (
    Mapping[tuple[str, str], pl.DataFrame] | Callable[[Initiator, Outcome, Cohort], Iterable[tuple[str, str, Cohort]]]
)
"""Gestures of other runs of the matcher: (dimension, value) -> gestures, e.g. ("turn_gap", "24h"), or what makes dimension,
value and gestures of one analysis from its name and its headline's gestures, one after the other."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The gestures of one cell, by rising time."""

    initiator: str
    outcome: str
    dimension: str
    value: str
    times: Ints
    """Microseconds until the answer, the follow-up or the end of coverage, whichever the kind says."""
    kinds: Ints
    """1 answered, 2 superseded, 0 censored."""
    follow_up: Ints
    """Microseconds until the end of coverage."""
    contacts: Ints
    """Number of the contact, 0 … below `contact_count`."""
    contact_count: int
    coarse: NDArray[np.bool_]
    """Written in days (an hour or wider): no lag finer than that is known."""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The cell: initiator, outcome, dimension, value."""
        return self.initiator, self.outcome, self.dimension, self.value


def samples(assigned: pl.DataFrame | pl.LazyFrame, variants: Variants | None = None) -> Iterator[Sample]:
    """Yield every cell that has a gesture at risk: analysis by analysis, dimension by dimension, values in their order.

    Args:
        assigned: from `assign`; of a lazy frame one analysis is in memory at a time.
        variants: other runs of the matcher, each one value of its dimension.
    """
    for initiator, outcome in sorted(ANALYSES):
        yield from samples_of(assigned, initiator, outcome, variants)


def samples_of(
    assigned: pl.DataFrame | pl.LazyFrame, initiator: Initiator, outcome: Outcome, variants: Variants | None = None
) -> Iterator[Sample]:
    """Yield the cells of one analysis, as `samples` does."""
    chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome)
    part = assigned.lazy().filter(chosen).drop("initiator", "outcome").collect()
    cohort = Cohort.of(part)
    columns = {name.removeprefix(PREFIX): part[name] for name in part.columns if name.startswith(PREFIX)}
    del part
    whole: Sample | None = None
    for cell in _of_run(cohort, columns, (initiator, outcome)):
        whole = cell if cell.dimension == "all" else whole
        yield cell
    if variants is None:
        return
    others: Iterable[tuple[str, str, Cohort]]
    if isinstance(variants, Mapping):
        others = ((*key, Cohort.of(run.filter(chosen))) for key, run in variants.items())
    else:
        others = variants(initiator, outcome, cohort)
    del columns
    for dimension, value, run in others:
        if run is not cohort:
            yield from _cells(run[run.at_risk], {dimension: value}, (initiator, outcome))
        elif whole:
            yield replace(whole, dimension=dimension, value=value)


def _of_run(cohort: Cohort, columns: Mapping[str, pl.Series], analysis: tuple[str, str]) -> Iterator[Sample]:
    at_risk = cohort[cohort.at_risk]
    mask = pl.Series(cohort.at_risk)
    whole = {"all": "all"} if at_risk.uncertain.any() else {"all": "all", "certainty": "strict"}
    yield from _cells(at_risk, whole | {name: part.filter(mask) for name, part in columns.items()}, analysis)
    yield from _cells(at_risk, {"grade": "D"}, analysis, counted=ACROSS)
    if len(whole) == 1:
        yield from _cells(at_risk, {"certainty": "strict"}, analysis, certain=True)
    yield from _cells(cohort[cohort.partial], {"visibility": "partial"}, analysis, notes=("lower_bound",))


def _cells(
    cohort: Cohort,
    columns: Mapping[str, pl.Series | str],
    analysis: tuple[str, str],
    *,
    counted: Collection[int] = HEADLINE,
    certain: bool = False,
    notes: tuple[str, ...] = (),
) -> Iterator[Sample]:
    """Cut gestures into cells, one dimension after the other; time is sorted once for all of them.

    Args:
        cohort: gestures that count here.
        columns: dimension -> value of each of them, or the one value of all.
        analysis: initiator and outcome.
        counted: as in `Cohort.ended`.
        certain: as in `Cohort.ended`.
        notes: of each cell.
    """
    if not len(cohort):
        return
    times, kinds = cohort.ended(counted, certain=certain)
    order = stable_order(times)
    times, kinds, ends, contacts = (column[order] for column in (times, kinds, cohort.end, cohort.contact))
    coarse = cohort.coarse[order]
    people = int(contacts.max()) + 1

    def cell(dimension: str, value: str, rows: Ints | slice) -> Sample:
        own = contacts[rows]
        present = np.bincount(own, minlength=people) > 0
        place = np.cumsum(present) - 1
        return Sample(
            *analysis, dimension, value, times[rows], kinds[rows], ends[rows], place[own], int(present.sum()),
            coarse[rows], notes,
        )  # fmt: skip

    whole: Sample | None = None
    for dimension, column in columns.items():
        if isinstance(column, str):
            # the very same arrays: estimated once
            whole = replace(whole, dimension=dimension, value=column) if whole else cell(dimension, column, slice(None))
            yield whole
            continue
        numbers, values = numbered(column)
        # sixteen bits are sorted in linear time
        codes = numbers.to_numpy()[order].astype(np.int16 if len(values) < 2**15 else np.int64)
        by_value = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[by_value], np.arange(len(values) + 1))
        for value, begin, end in zip(values, bounds[:-1], bounds[1:], strict=True):
            yield cell(dimension, value, by_value[begin:end])
