"""Groups of gestures that rates are computed from: one for each initiator, outcome, dimension and value."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.measures.reciprocation.cohorts import ACROSS, HEADLINE, Cohort, numbered
from pipeline.measures.reciprocation.dimensions import PREFIX
from pipeline.model.codes import ACROSS_GRADE, Initiator, Outcome
from pipeline.statistics.arrays import Ints, stable_order

Variants: TypeAlias = (
    Mapping[tuple[str, str], pl.DataFrame] | Callable[[Initiator, Outcome, Cohort], Iterable[tuple[str, str, Cohort]]]
)
"""Gestures of other runs of the matcher: a mapping (dimension, value) -> gestures, or a function that takes an analysis and
the headline's gestures of it and yields dimension, value and gestures, such as `variants.VariantRuns`."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The gestures of one group, sorted by time. Arrays have one entry for each gesture."""

    initiator: str
    outcome: str
    dimension: str
    value: str
    times: Ints
    """Microseconds until the answer, the follow-up or the end of coverage."""
    kinds: Ints
    """Which of them: EVENT (answered), COMPETING (superseded) or CENSORED."""
    follow_up: Ints
    """Microseconds until the end of coverage."""
    contacts: Ints
    """Number of the contact, below `contact_count`."""
    contact_count: int
    coarse: NDArray[np.bool_]
    """The time is known to the hour or less exactly."""
    notes: tuple[str, ...] = ()

    @property
    def group(self) -> dict[str, object]:
        """The columns that identify the group."""
        return {
            "initiator": self.initiator,
            "outcome": self.outcome,
            "dimension": self.dimension,
            "value": self.value,
        }


def samples(
    assigned: pl.DataFrame | pl.LazyFrame,
    initiator: Initiator,
    outcome: Outcome,
    variants: Variants | None = None,
    further: pl.DataFrame | pl.LazyFrame | None = None,
) -> Iterator[Sample]:
    """Yield the groups of one analysis that have a gesture at risk, dimension by dimension, values sorted.

    Args:
        assigned: gestures with their dimensions, from `dimensions.assign`.
        initiator: of the analysis.
        outcome: of the analysis.
        variants: other runs of the matcher, each one value of its dimension.
        further: gestures of another run with dimensions that only they have, as `craft_dimensions` returns.

    Source: methods:dimensions.
    """
    chosen = (pl.col("initiator") == initiator) & (pl.col("outcome") == outcome)
    part = assigned.lazy().filter(chosen).drop("initiator", "outcome").collect()
    cohort, columns = Cohort.of(part), _dimensions(part)
    del part
    whole: Sample | None = None
    for sample in _of_run(cohort, columns, (initiator, outcome)):
        whole = sample if sample.dimension == "all" else whole
        yield sample
    if further is not None:
        part = further.lazy().filter(chosen).collect()
        at_risk = part.filter("at_risk")
        yield from _groups(Cohort.of(at_risk), _dimensions(at_risk), (initiator, outcome))
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
            yield from _groups(run[run.at_risk], {dimension: value}, (initiator, outcome))
        elif whole:
            yield replace(whole, dimension=dimension, value=value)


def _dimensions(assigned: pl.DataFrame) -> dict[str, pl.Series]:
    """Return dimension -> value of each gesture."""
    return {name.removeprefix(PREFIX): assigned[name] for name in assigned.columns if name.startswith(PREFIX)}


def _of_run(cohort: Cohort, columns: Mapping[str, pl.Series], analysis: tuple[str, str]) -> Iterator[Sample]:
    at_risk = cohort[cohort.at_risk]
    mask = pl.Series(cohort.at_risk)
    whole = {"all": "all"} if at_risk.uncertain.any() else {"all": "all", "certainty": "strict"}
    yield from _groups(at_risk, whole | {name: part.filter(mask) for name, part in columns.items()}, analysis)
    yield from _groups(at_risk, {"grade": ACROSS_GRADE}, analysis, counted=ACROSS)
    if len(whole) == 1:
        yield from _groups(at_risk, {"certainty": "strict"}, analysis, certain=True)
    yield from _groups(cohort[cohort.partial], {"visibility": "partial"}, analysis, notes=("lower_bound",))


def _groups(
    cohort: Cohort,
    columns: Mapping[str, pl.Series | str],
    analysis: tuple[str, str],
    *,
    counted: Collection[int] = HEADLINE,
    certain: bool = False,
    notes: tuple[str, ...] = (),
) -> Iterator[Sample]:
    """Divide gestures into groups, one dimension after the other; they are sorted by time once.

    Args:
        cohort: gestures that count here.
        columns: dimension -> value of each of them, or the one value of all.
        analysis: initiator and outcome.
        counted: as in `Cohort.ended`.
        certain: as in `Cohort.ended`.
        notes: of each group.
    """
    if not len(cohort):
        return
    times, kinds = cohort.ended(counted, certain=certain)
    order = stable_order(times)
    times, kinds, ends, contacts = (column[order] for column in (times, kinds, cohort.end, cohort.contact))
    coarse = cohort.coarse[order]
    contact_count = int(contacts.max()) + 1

    def sample_of(dimension: str, value: str, rows: Ints | slice) -> Sample:
        own = contacts[rows]
        present = np.bincount(own, minlength=contact_count) > 0
        number = np.cumsum(present) - 1
        return Sample(
            *analysis, dimension, value, times[rows], kinds[rows], ends[rows], number[own], int(present.sum()),
            coarse[rows], notes,
        )  # fmt: skip

    whole: Sample | None = None
    for dimension, column in columns.items():
        if isinstance(column, str):
            # the same arrays, so that they are estimated once
            whole = (
                replace(whole, dimension=dimension, value=column)
                if whole
                else sample_of(dimension, column, slice(None))
            )
            yield whole
            continue
        numbers, values = numbered(column)
        # 16-bit integers are sorted in linear time
        codes = numbers.to_numpy()[order].astype(np.int16 if len(values) < 2**15 else np.int64)
        by_value = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[by_value], np.arange(len(values) + 1))
        for value, begin, end in zip(values, bounds[:-1], bounds[1:], strict=True):
            yield sample_of(dimension, value, by_value[begin:end])
