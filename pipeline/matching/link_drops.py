"""Link drops: texts that only lead to the writer's own pages, and the contacts who mostly send them.

Entry point: `find_link_drops(interactions, own_domains)`. An inbound link drop never counts as an answer or as a gesture.
A link-dropper is excluded as a contact only when nothing else of theirs is left.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import polars as pl
from publicsuffixlist import PublicSuffixList

from pipeline.statistics.intervals import wilson

LEARNED_EVENTS: Final = 3
LEARNED_SHARE: Final = 0.5
DROPPER_EVENTS: Final = 3
DROPPER_BOUND: Final = 0.3
READ: Final = ("interaction_id", "contact_id", "direction", "at", "text", "reply_to")
"""Columns of `interactions` that are read."""
SCHEMA: Final = {"interaction_id": pl.String, "contact_id": pl.String, "direction": pl.String, "own_domain": pl.Boolean}

SHORTENERS: Final = frozenset({
    "t.co", "bit.ly", "lnkd.in", "buff.ly", "goo.gl", "ow.ly", "tinyurl.com", "fb.me", "is.gd", "trib.al", "wp.me",
})  # fmt: skip
"""Domains that hide where a link leads: never a writer's own."""
_STOP: Final = frozenset({
    "about", "also", "auch", "avec", "been", "dans", "dass", "dein", "dich", "eine", "einen", "from", "have",
    "haben", "hier", "http", "https", "ihre", "just", "like", "more", "much", "nicht", "noch", "nous", "only",
    "para", "pour", "schon", "sehr", "some", "than", "that", "their", "them", "then", "there", "they", "this",
    "une", "very", "vous", "was", "were", "what", "when", "which", "will", "with", "would", "www", "your",
})  # fmt: skip
"""Words that two texts share by chance."""
_LINK: Final = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"]+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_QUESTION: Final = re.compile(r"[?？؟]")


@dataclass(frozen=True, slots=True)
class LinkDrops:
    """Link drops and the contacts who send them.

    drops: `interaction_id`, `contact_id`, `direction`, `own_domain` (it leads to the writer's own domain), sorted.
    droppers: sorted contact_ids of link-droppers: a surely large share of their events to the owner are link drops.
    nothing_else: those of them whose every inbound interaction is a link drop.
    """

    drops: pl.DataFrame
    droppers: pl.Series
    nothing_else: pl.Series


@cache
def _suffixes() -> PublicSuffixList:
    """Read the bundled public-suffix list (nothing is fetched)."""
    return PublicSuffixList()


def registrable_domain(url: str) -> str | None:
    """Return the registered domain of a URL or host name; None when there is none (an IP address, a bare suffix)."""
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname
    except ValueError:
        return None
    if not host or ":" in host or host.replace(".", "").isdigit():
        return None
    return _suffixes().privatesuffix(host.rstrip("."))


def links(text: str) -> list[str]:
    """Return the URLs written in a text, without the punctuation that ends a sentence."""
    return [found.rstrip(".,;:!?)]}'»”") for found in _LINK.findall(text)]


def _domains(text: str) -> list[str]:
    return [domain for link in links(text) if (domain := registrable_domain(link))]


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(_LINK.sub(" ", text))} - _STOP


def learned_domains(texts: Iterable[str], owner: Collection[str]) -> set[str]:
    """Return the domains that are a contact's own: in at least 3 of their texts and at least half of their links.

    Args:
        texts: the contact's texts with links.
        owner: registrable domains of the owner: linking to those is no advertisement of one's own.
    """
    events: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for text in texts:
        found = _domains(text)
        every.update(found)
        events.update(set(found))
    total = every.total()
    return {
        domain
        for domain, count in every.items()
        if events[domain] >= LEARNED_EVENTS
        and count >= LEARNED_SHARE * total
        and domain not in owner
        and domain not in SHORTENERS
    }


def is_link_drop(text: str, parent: str | None, *, first: bool, own: Collection[str]) -> tuple[bool, bool]:
    """Judge one text: a URL, no question, no word in common with what it answers, and own domain or first event.

    Returns:
        Whether it is a link drop, and whether it leads to one of the `own` domains.

    Source: methods:link-drops.
    """
    found = links(text)
    mine = any(domain in own for domain in _domains(text))
    if not found or not (mine or first) or _QUESTION.search(_LINK.sub(" ", text)):
        return False, mine
    return parent is None or not (_words(text) & _words(parent)), mine


def find_link_drops(interactions: pl.DataFrame, own_domains: Collection[str] = ()) -> LinkDrops:
    """Find the link drops of both sides, and the link-droppers.

    Args:
        interactions: READ columns of schema INTERACTIONS, deduplicated; any order.
        own_domains: the owner's sites (settings `own_domains`).

    Source: methods:link-drops.
    """
    owner = {domain for name in own_domains if (domain := registrable_domain(name))}
    texts = interactions.select(READ)
    with_link = texts.filter(pl.col("text").str.contains_any(["://", "www."], ascii_case_insensitive=True))
    sides = ["contact_id", "direction"]
    first = texts.join(with_link.select(sides).unique(), on=sides, how="semi").sort(*sides, "at", "interaction_id")
    first = first.unique(sides, keep="first", maintain_order=True)
    parents = texts.select(pl.col("interaction_id").alias("reply_to"), pl.col("text").alias("parent")).join(
        with_link.select("reply_to").drop_nulls().unique(), on="reply_to", how="semi"
    )
    rows = (
        with_link.join(parents, on="reply_to", how="left")
        .with_columns(pl.col("interaction_id").is_in(first["interaction_id"].to_list()).alias("first"))
        .sort("interaction_id")
    )
    inbound: defaultdict[str, list[str]] = defaultdict(list)
    for contact, text in rows.filter(pl.col("direction") == "inbound").select("contact_id", "text").iter_rows():
        inbound[contact].append(text)
    theirs = {contact: learned_domains(texts_of, owner) for contact, texts_of in inbound.items()}
    found: list[tuple[str, str, str, bool]] = []
    for row in rows.iter_rows(named=True):
        own = owner if row["direction"] == "outbound" else theirs[row["contact_id"]]
        drop, mine = is_link_drop(row["text"], row["parent"], first=row["first"], own=own)
        if drop:
            found.append((row["interaction_id"], row["contact_id"], row["direction"], mine))
    drops = pl.DataFrame(found, schema=SCHEMA, orient="row")
    return LinkDrops(drops, *_droppers(texts, drops))


def _droppers(texts: pl.DataFrame, drops: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    inbound = pl.col("direction") == "inbound"
    counts = (
        drops.filter(inbound)
        .group_by("contact_id")
        .len("drops")
        .join(texts.filter(inbound).group_by("contact_id").len("events"), on="contact_id")
        .filter(pl.col("events") >= DROPPER_EVENTS)
    )
    rows = counts.select("contact_id", "drops", "events").sort("contact_id").iter_rows()
    named = [row for row in rows if wilson(row[1], row[2])[0] > DROPPER_BOUND]
    every = [contact for contact, _, _ in named]
    nothing_else = [contact for contact, dropped, events in named if dropped == events]
    return (
        pl.Series("contact_id", every, dtype=pl.String),
        pl.Series("contact_id", nothing_else, dtype=pl.String),
    )
