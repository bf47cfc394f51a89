"""Contact ids as values of one Enum while figures are computed, as text in the tables.

Grouping, sorting and joining by an Enum costs what it costs by numbers.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import polars as pl

from pipeline.matching.encoding import enum_of
from pipeline.orchestration.table_assets import Columns

ContactIds: TypeAlias = Annotated[pl.DataFrame, Columns("contact_id")]
"""The input `contacts` of an asset that needs the ids only."""


def as_enum(frame: pl.DataFrame | pl.LazyFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `contact_id` as values of one Enum of all contacts, in the order of their ids.

    Args:
        frame: contact_id (text) and anything else.
        contacts: contact_id of every contact of any table.
    """
    ids = pl.Enum(contacts["contact_id"].sort())
    return frame.lazy().with_columns(pl.col("contact_id").cast(ids)).collect()


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `contact_id` as text."""
    return frame.with_columns(pl.col("contact_id").cast(pl.String))


def turns_and_exchanges(
    turns: pl.LazyFrame, exchanges: pl.LazyFrame, contacts: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the turns and the exchanges of the outcome `worded`, contact ids as Enum."""
    return as_enum(turns, contacts), as_enum(exchanges, contacts)


def encoded(interactions: pl.LazyFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return these columns of the encoded interactions and contact_id, an Enum.

    The Enum is restored from the contact's number: reading as many names costs more than reading everything else.
    """
    names = enum_of(interactions.select("contact_id").head(0).collect().to_series())
    ids = (pl.col("contact") - 1).cast(pl.UInt32).cat.to(names).alias("contact_id")
    return interactions.select(*columns, ids).collect()
