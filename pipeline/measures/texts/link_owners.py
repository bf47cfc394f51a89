"""Whose pages a text links to: the writer's own, or another's."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

import polars as pl

from pipeline.measures.texts.links import BARE_DOMAIN, domains, learned_domains, registrable_domain

_LONGEST: Final = 5_000
"""Characters of a text in which links are looked for."""
_DOTTED: Final = r"[^\s.]\.[A-Za-z]{2}"


def with_link(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose text has a link, in their order; the text cut to what is searched.

    Args:
        texts: text (nullable) and any other columns.
    """
    written = pl.col("text").str.contains_any(["://", "www."], ascii_case_insensitive=True)
    # the pattern of a domain without a scheme is slow: it sees only texts with letters after a full stop
    return (
        texts.with_columns(pl.col("text").str.slice(0, _LONGEST))
        .filter(written | pl.col("text").str.contains(_DOTTED))
        .filter(written | pl.col("text").str.contains(f"(?i){BARE_DOMAIN}"))
    )


def leads_to_own(linked: pl.DataFrame, own_domains: Collection[str]) -> pl.Series:
    """Return whether each text links to one of the writer's own domains.

    Args:
        linked: contact_id, direction, text: all texts of a home with a link, since a contact's domains are learned from
            them.
        own_domains: the owner's sites (settings `own_domains`).

    Source: methods:link-drops.
    """
    owner = {domain for name in own_domains if (domain := registrable_domain(name))}
    of_contact: defaultdict[str, list[str]] = defaultdict(list)
    for contact, text in linked.filter(pl.col("direction") == "inbound").select("contact_id", "text").iter_rows():
        of_contact[contact].append(text)
    own = {contact: learned_domains(found, owner) for contact, found in of_contact.items()}
    mine = [
        not (owner if direction == "outbound" else own[contact]).isdisjoint(domains(text))
        for contact, direction, text in linked.select("contact_id", "direction", "text").iter_rows()
    ]
    return pl.Series("own_domain", mine, dtype=pl.Boolean)


def link_owners(texts: pl.DataFrame, own_domains: Collection[str]) -> pl.DataFrame:
    """Return has_url, has_own_url and foreign_url of each text, row by row.

    Args:
        texts: contact_id, direction, text; all texts of a home.
        own_domains: as in `leads_to_own`.

    Returns:
        has_url: the text has a link; has_own_url: to one of the writer's own domains; foreign_url: it has links, none of
        them to the writer's own domains.

    Source: methods:link-drops.
    """
    rows = texts.select("contact_id", "direction", "text").with_row_index("row")
    linked = with_link(rows)
    marks = linked.select("row", leads_to_own(linked, own_domains).alias("has_own_url"))
    return (
        rows.select("row")
        .join(marks, on="row", how="left", maintain_order="left")
        .select(
            pl.col("has_own_url").is_not_null().alias("has_url"),
            pl.col("has_own_url").fill_null(value=False),
            pl.col("has_own_url").not_().fill_null(value=False).alias("foreign_url"),
        )
    )
