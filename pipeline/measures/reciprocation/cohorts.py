"""Gestures of one run of one analysis as arrays, from which the groups of the rates are selected.

`Cohort.of` reads them from a frame of gestures: the headline's, or those of `variants.VariantRuns`.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.model.codes import ACROSS_GRADE, GRADES, HEADLINE_GRADES
from pipeline.model.thresholds import COARSE_S
from pipeline.statistics.aalen_johansen import CENSORED, COMPETING, EVENT
from pipeline.statistics.arrays import Ints

Bools = NDArray[np.bool_]
HEADLINE: Final = frozenset(GRADES.index(grade) for grade in HEADLINE_GRADES)
"""Numbers of the grades that the headline counts: A, B, C."""
ACROSS: Final = frozenset({GRADES.index(ACROSS_GRADE)})
"""Grade D: answers across lanes."""
READ: Final = (
    "contact_id", "class", "grade", "lag_us", "superseded_after_us", "censored_after_us", "uncertain", "at_risk",
    "off_risk_reason", "resolution_s",
)  # fmt: skip
"""Columns of GESTURES that a cohort is read from."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """One entry a gesture; durations in microseconds from its first interaction."""

    contact: Ints
    """Number of the contact in the order of names, from 0."""
    grade: Ints
    """Position in GRADES; -1: not answered."""
    lag: Ints
    follow: Ints
    """Until the follow-up; -1: none."""
    end: Ints
    """Until the end of coverage; 0 where nothing could be seen."""
    uncertain: Bools
    """The order of gesture and answer isn't known."""
    coarse: Bools
    """Written in an hour or wider: no lag finer than that is known."""
    at_risk: Bools
    partial: Bools
    """Off the risk set because answers could be seen in part only, with some follow-up."""

    def __len__(self) -> int:
        return len(self.contact)

    def __getitem__(self, chosen: Bools) -> "Cohort":
        return Cohort(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def of(cls, gestures: pl.DataFrame) -> "Cohort":
        """Read gestures of one analysis.

        Args:
            gestures: READ columns of GESTURES, grade and off_risk_reason as text or Enums; durations in µs.
        """
        grade = gestures["grade"].cast(pl.Enum(GRADES)).to_physical().cast(pl.Int64).fill_null(-1)
        partial = pl.col("off_risk_reason").cast(pl.String) == "partial"
        return cls(
            contact=numbered(gestures["contact_id"])[0].to_numpy(),
            grade=grade.to_numpy(),
            lag=gestures["lag_us"].fill_null(0).to_numpy(),
            follow=gestures["superseded_after_us"].fill_null(-1).to_numpy(),
            end=gestures["censored_after_us"].fill_null(0).to_numpy(),
            uncertain=gestures["uncertain"].fill_null(value=False).to_numpy(),
            coarse=(gestures["resolution_s"] >= COARSE_S).fill_null(value=False).to_numpy(),
            at_risk=gestures["at_risk"].fill_null(value=False).to_numpy(),
            partial=gestures.select(partial.fill_null(value=False)).to_series().to_numpy(),
        )

    def ended(self, counted: Collection[int] = HEADLINE, *, certain: bool = False) -> tuple[Ints, Ints]:
        """Return what ended the wait for each gesture: time (µs) and kind (EVENT: answered, COMPETING: superseded, or CENSORED).

        Args:
            counted: grades that are an answer here.
            certain: an answer of uncertain order is none.
        """
        grade = np.where(self.uncertain, -1, self.grade) if certain else self.grade
        return ended(grade=grade, lag=self.lag, follow=self.follow, end=self.end, counted=counted)


def ended(grade: Ints, lag: Ints, follow: Ints, end: Ints, counted: Collection[int] = HEADLINE) -> tuple[Ints, Ints]:
    """Return what ended the wait for each gesture: time (µs) and kind (EVENT: answered, COMPETING: superseded, or CENSORED).

    Args:
        grade: position in GRADES; -1: not answered.
        lag: microseconds to the answer.
        follow: to the follow-up; -1: none. After the end of coverage it is censored before.
        end: to the end of coverage.
        counted: grades that are an answer here.
    """
    is_counted, is_headline = (
        np.array([number in grades for number in (*range(len(GRADES)), -1)]) for grades in (counted, HEADLINE)
    )  # grade -1 reads the last place
    answered = is_counted[grade]
    # an answer of a grade that isn't counted here ends the wait only where it is a headline answer (dimension grade)
    otherwise = is_headline[grade] & ~answered
    followed = (follow >= 0) & (follow <= end)
    time = np.where(answered | otherwise, lag, np.where(followed, follow, end))
    return time, np.where(answered, EVENT, np.where(otherwise | followed, COMPETING, CENSORED))


def numbered(column: pl.Series) -> tuple[pl.Series, list[str]]:
    """Number the values of a column of names in their order from 0 (-1: null); also return the values."""
    values = column.unique().drop_nulls().cast(pl.String).sort()
    if not isinstance(column.dtype, pl.Enum):
        return column.cast(pl.Enum(values)).to_physical().cast(pl.Int64).fill_null(-1), values.to_list()
    place = np.full(len(column.dtype.categories) + 1, -1, dtype=np.int64)  # a null reads the last place
    place[values.cast(column.dtype).to_physical().to_numpy()] = np.arange(len(values))
    return pl.Series(place[column.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()]), values.to_list()
