"""Names of the contacts and of the owner, which are no content of a text."""

import polars as pl

from pipeline.home.settings import Settings


def contact_names(identities: pl.DataFrame) -> pl.DataFrame:
    """Return contact_id, names (List[String]): display names and handles of each contact.

    Args:
        identities: contact_id, display_name, handle.
    """
    names = pl.concat(
        identities.select("contact_id", pl.col(column).alias("names")) for column in ("display_name", "handle")
    )
    return names.drop_nulls().group_by("contact_id").agg(pl.col("names").unique().sort())


def owner_names(accounts: pl.DataFrame, settings: Settings) -> list[str]:
    """Return the names and handles of the owner.

    Args:
        accounts: display_name, handle.
        settings: whose `[owner]` tables name further ones.
    """
    known = {*accounts["display_name"], *accounts["handle"]}
    for owner in settings.owners.values():
        known.update(owner.names, owner.handles)
    return sorted(name for name in known if name)
