"""Which events carry no words of the person (METHODS 2.1, ruling 3)."""

from typing import Final

import polars as pl

WORDLESS_CLASSES: Final = ("reaction", "follow", "subscription")
"""Classes none of whose kinds carries words of the person: not measurable in the outcome `worded`."""


def wordless() -> pl.Expr:
    """True for events without words of the person, which the outcome `worded` drops in the responder's direction."""
    cls, kind = pl.col("class"), pl.col("kind").fill_null("")
    return (
        cls.is_in(list(WORDLESS_CLASSES))
        | ((cls == "share") & (kind != "quote"))
        | ((cls == "endorsement") & (kind != "recommendation"))
    )
