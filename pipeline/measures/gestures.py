"""Predicates on gestures that several measures share, as expressions on the columns of `schemas.GESTURES`."""

import polars as pl

from pipeline.model.codes import HEADLINE_GRADES


def is_answered() -> pl.Expr:
    """Check whether a gesture has an answer of a headline grade.

    Source: methods:grades.
    """
    return (pl.col("status") == "answered") & pl.col("grade").is_in(HEADLINE_GRADES).fill_null(value=False)


def is_observable() -> pl.Expr:
    """Check whether an answer to a gesture would be known: it is at risk, or it was made when its coverage ended.

    Source: methods:risk-set.
    """
    return (pl.col("at_risk") | (pl.col("off_risk_reason") == "no_follow_up")).fill_null(value=False)


def is_group() -> pl.Expr:
    """Check whether an interaction or gesture was sent to a group; unknown counts as direct."""
    return pl.col("is_group").fill_null(value=False)
