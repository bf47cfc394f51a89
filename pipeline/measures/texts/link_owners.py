"""Whose pages a text links to: the writer's own, or another's."""

from collections import defaultdict
from collections.abc import Collection

import polars as pl

from pipeline.measures.texts.links import BARE_DOMAIN, domains, learned_domains, registrable_domain

_LONGEST = 5_000
"""Characters of a text in which links are looked for."""


def link_owners(texts: pl.DataFrame, own_domains: Collection[str]) -> pl.DataFrame:
    """Return has_url, has_own_url and foreign_url of each text, row by row.

    Args:
        texts: contact_id, direction, text (not null); all texts of a home, since a contact's domains are learned from them.
        own_domains: the owner's sites (settings `own_domains`).

    Returns:
        has_url: the text has a link; has_own_url: to one of the writer's own domains; foreign_url: it has links, none of
        them to the writer's own domains.

    Source: methods:link-drops.
    """
    has_url = pl.col("text").str.contains_any(["://", "www."], ascii_case_insensitive=True) | pl.col(
        "text"
    ).str.contains(f"(?i){BARE_DOMAIN}")
    rows = texts.select("contact_id", "direction", pl.col("text").str.slice(0, _LONGEST)).with_row_index("row")
    linked = rows.filter(has_url)
    owner = {domain for name in own_domains if (domain := registrable_domain(name))}
    of_contact: defaultdict[str, list[str]] = defaultdict(list)
    for contact, text in linked.filter(pl.col("direction") == "inbound").select("contact_id", "text").iter_rows():
        of_contact[contact].append(text)
    own = {contact: learned_domains(found, owner) for contact, found in of_contact.items()}
    mine = [
        not (owner if direction == "outbound" else own[contact]).isdisjoint(domains(text))
        for contact, direction, text in linked.select("contact_id", "direction", "text").iter_rows()
    ]
    marks = pl.DataFrame(
        {"row": linked["row"], "has_own_url": mine}, schema={"row": rows.schema["row"], "has_own_url": pl.Boolean}
    )
    return (
        rows.select("row")
        .join(marks, on="row", how="left", maintain_order="left")
        .select(
            pl.col("has_own_url").is_not_null().alias("has_url"),
            pl.col("has_own_url").fill_null(value=False),
            pl.col("has_own_url").not_().fill_null(value=False).alias("foreign_url"),
        )
    )
