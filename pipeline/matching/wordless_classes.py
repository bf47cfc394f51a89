"""Interactions that carry no words of the person."""

from typing import Final

import polars as pl

WORDLESS_CLASSES: Final = ("reaction", "follow", "subscription")
"""Classes none of whose kinds carries words of the person: not measurable in the outcome `worded`."""


def is_wordless() -> pl.Expr:
    """Mark interactions without words of the person, from `class` and `kind`.

    The outcome `worded` drops them on the responder's side.

    Source: methods:outcomes-worded-and-any, methods:wordless-classes.
    """
    cls, kind = pl.col("class"), pl.col("kind").fill_null("")
    return (
        cls.is_in(list(WORDLESS_CLASSES))
        | ((cls == "share") & (kind != "quote"))
        | ((cls == "endorsement") & (kind != "recommendation"))
    )
