"""The columns of an answer, which explicit and adjacent answers share."""

from typing import Final

import polars as pl

from pipeline.model.codes import GRADES

GRADE_A: Final = GRADES.index("A")
"""Position of grade A in `codes.GRADES`; the frames of the matcher hold grades as positions."""
ANSWERS: Final = ("turn", "grade", "response_turn", "response_row", "response_place", "response_at", "uncertain")
"""turn: the gesture, by the row of its first interaction. grade: position in GRADES. response_turn: the turn of the answer. response_row, response_place and
response_at (µs): the interaction that answers. uncertain: the order of the answered interaction and the answer isn't known."""


def is_uncertain(end: pl.Expr, at: pl.Expr, file: pl.Expr, response_file: pl.Expr) -> pl.Expr:
    """Mark, as `uncertain`, answers that may have happened before what they answer.

    Args:
        end: end of the answered interaction's interval, in µs.
        at: start of the answer's interval, in µs.
        file: file of the answered interaction where its order is known, else null.
        response_file: the same for the answer.

    Source: methods:gesture-outcomes.
    """
    return ((end > at) & (file == response_file).fill_null(value=False).not_()).alias("uncertain")
