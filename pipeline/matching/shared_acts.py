"""Acts that reach several people at once, as one row a person."""

import polars as pl

SHARED_INPUT = ("platform", "account_id", "class", "thread_id", "is_group", "native_id", "at")
"""Columns that `person_reached` reads beside the contact."""


def group_person(contact: str) -> pl.Expr:
    """Return the contact of each row; of the rows of one message to a group chat, the least contact.

    Counted so, a message to a group reaches one person, however many people it addresses.

    Args:
        contact: column of the contact; the rows have SHARED_INPUT too.

    Source: methods:group-chats.
    """
    least = pl.col(contact).min().over("platform", "account_id", "thread_id", "is_group", "at")
    return pl.when("is_group").then(least).otherwise(contact)


def person_reached(contact: str) -> pl.Expr:
    """Return the contact of each row; of the rows of one message to a group, or of one public text, the least contact.

    A public text that mentions several people is written once. A direct message with one id to several people is not
    shared: each of them gets it alone.

    Args:
        contact: column of the contact; the rows have SHARED_INPUT too.

    Source: methods:one-act-one-row.
    """
    public = (pl.col("class").cast(pl.String) != "message") & pl.col("native_id").is_not_null()
    least = pl.col(contact).min().over("platform", "account_id", "class", "native_id")
    return pl.when(public).then(least).otherwise(group_person(contact))
