"""Link drops: texts that only offer a link, and the contacts who mostly send them.

Entry point: `find_link_drops(texts, own_domains)`. An inbound link drop never counts as an answer or as a gesture.
A link-dropper is excluded as a contact only when nothing else of theirs is left.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipeline.measures.texts.link_owners import leads_to_own, with_link
from pipeline.measures.texts.links import without_links
from pipeline.measures.texts.pitches import SALES, pitches
from pipeline.statistics.intervals import wilson

DROPPER_EVENTS: Final = 3
DROPPER_BOUND: Final = 0.3
READ: Final = ("interaction_id", "contact_id", "direction", "at", "text", "reply_to")
"""Columns of `texts` that are read."""
FEATURES: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "language": pl.String,
    "content": pl.List(pl.String),
    "question": pl.Boolean,
    "fig_leaf": pl.Boolean,
    "rhetorical": pl.Boolean,
    "parent": pl.String,
    "parent_content": pl.List(pl.String),
    "parent_question": pl.Boolean,
}
"""Columns that are read where there are any; a missing one is null."""
SCHEMA: Final = {
    "interaction_id": pl.String,
    "contact_id": pl.String,
    "direction": pl.String,
    "own_domain": pl.Boolean,
    "link_drop_reason": pl.String,
}
SUBSTANCE: Final = 10
"""Words of at least four letters in sentences without a link and without an offer: a letter that says something."""

_STOP: Final = frozenset({
    "about", "also", "auch", "avec", "been", "dans", "dass", "dein", "dich", "eine", "einen", "from", "have",
    "haben", "hier", "http", "https", "ihre", "just", "like", "more", "much", "nicht", "noch", "nous", "only",
    "para", "pour", "schon", "sehr", "some", "than", "that", "their", "them", "then", "there", "they", "this",
    "une", "very", "vous", "was", "were", "what", "when", "which", "will", "with", "would", "www", "your",
})  # fmt: skip
"""Words that two texts share by chance."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_QUESTION: Final = re.compile(r"[?？؟]")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class LinkDrops:
    """Link drops and the contacts who send them.

    drops: `interaction_id`, `contact_id`, `direction`, `own_domain` (it leads to the writer's own domain),
    `link_drop_reason`, sorted.
    droppers: sorted contact_ids of link-droppers: a surely large share of their events to the owner are link drops.
    nothing_else: those of them whose every inbound interaction is a link drop.
    """

    drops: pl.DataFrame
    droppers: pl.Series
    nothing_else: pl.Series


def find_link_drops(texts: pl.DataFrame, own_domains: Collection[str] = ()) -> LinkDrops:
    """Find the link drops of both sides, and the link-droppers.

    Args:
        texts: READ columns of schema INTERACTIONS, deduplicated, in any order; and FEATURES, which only texts with a
            link need: language; content and question of the text, whether the question is a fig leaf or rhetorical;
            the text that it answers with its content and question. Without a parent, `reply_to` names one.
        own_domains: the owner's sites (settings `own_domains`).

    Source: methods:link-drops.
    """
    rows = _candidates(texts)
    rows = rows.with_columns(leads_to_own(rows, own_domains)).filter(pl.col("own_domain") | pl.col("first"))
    drops = rows.filter(~_engages(rows)).select(
        "interaction_id", "contact_id", "direction", "own_domain",
        pl.when("own_domain")
        .then(pl.lit("link drop: leads to the writer's own domain, answers nothing"))
        .otherwise(pl.lit("link drop: a link in the first interaction, answers nothing"))
        .alias("link_drop_reason"),
    )  # fmt: skip
    drops = pl.DataFrame(drops, schema=SCHEMA)
    return LinkDrops(drops, *_droppers(texts, drops))


def _candidates(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the texts with a link, sorted, with FEATURES and `first`: no interaction of the two before what it answers."""
    linked = with_link(texts)
    missing = [pl.lit(None, kind).alias(name) for name, kind in FEATURES.items() if name not in texts.columns]
    replied = texts.select(pl.col("interaction_id").alias("reply_to"), pl.col("text").alias("replied_text")).join(
        linked.select("reply_to").drop_nulls().unique(), on="reply_to", how="semi"
    )
    return (
        linked.with_columns(missing)
        .join(replied, on="reply_to", how="left")
        .with_columns(
            pl.coalesce("parent", "replied_text").alias("parent"),
            pl.col("interaction_id").is_in(_first(texts, linked).implode()).alias("first"),
        )
        .sort("interaction_id")
    )


def _first(texts: pl.DataFrame, linked: pl.DataFrame) -> pl.Series:
    """Return the interaction_id of texts with a link before which the two had no interaction but the one it answers."""
    pairs = texts.select("contact_id", "at", "interaction_id", "reply_to").join(
        linked.select("contact_id").unique(), on="contact_id", how="semi"
    )
    place = pl.int_range(pl.len()).over("contact_id")
    before = pl.col("interaction_id").shift().over("contact_id")
    in_order = pairs.sort("contact_id", "at", "interaction_id").select(
        "interaction_id", "reply_to", place.alias("place"), before.alias("before")
    )
    answers_first = (pl.col("place") == 1) & (pl.col("reply_to") == pl.col("before"))
    return in_order.filter((pl.col("place") == 0) | answers_first)["interaction_id"]


def _engages(rows: pl.DataFrame) -> pl.Series:
    """Return whether a text with a link engages with what the other wrote, or says something beside the offer.

    Source: methods:link-drops.
    """
    marks = pitches(rows)
    said = pl.DataFrame(
        [_says(text, parent) for text, parent in rows.select("text", "parent").iter_rows()],
        schema={"words_shared": pl.Boolean, "substance": pl.Int64, "asked_mark": pl.Boolean, "parent_mark": pl.Boolean},
        orient="row",
    )
    shared = pl.col("content").list.set_intersection("parent_content").list.len() > 0
    rows = pl.concat([rows, marks, said], how="horizontal").with_columns(
        pl.coalesce(shared, "words_shared").fill_null(value=False).alias("shared"),
        pl.coalesce("question", "asked_mark").alias("asks"),
        pl.coalesce("parent_question", "parent_mark").fill_null(value=False).alias("parent_asks"),
    )
    yes = {
        name: pl.col(name).fill_null(value=False)
        for name in ("fig_leaf", "rhetorical", "disclosed", "promised", "wanted", "invited")
    }
    mechanical = pl.col("asks") | pl.col("shared")
    # a phrase of an offer, or several words of one
    pitch = pl.col("pitch").is_not_null() | (pl.col("sales") >= SALES) | ((pl.col("sales") > 0) & pl.col("price"))
    selling = pitch | (pl.col("sales") > 0) | pl.col("price")
    answers = yes["invited"] | (pl.col("parent_asks") & (~pitch | yes["disclosed"] | yes["wanted"]))
    genuine = pl.col("asks") & ~yes["fig_leaf"] & ~yes["rhetorical"]
    engages = (
        answers
        | (yes["promised"] & pl.col("pitch").is_null())
        | (yes["disclosed"] & pl.col("shared"))
        | (~selling & (genuine | pl.col("shared")))
        | (~pitch & (pl.col("substance") >= SUBSTANCE))
    )
    return rows.select(pl.when(pl.col("sales").is_null()).then(mechanical).otherwise(engages).alias("engages"))[
        "engages"
    ]


def _says(text: str, parent: str | None) -> tuple[bool | None, int, bool, bool | None]:
    """Return what words alone say: a word shared with the parent, words beside the link, a question, and the parent's."""
    beside = sum(len(_words(sentence)) for sentence in _SENTENCE.split(text) if without_links(sentence) == sentence)
    asks = _QUESTION.search(without_links(text)) is not None
    if parent is None:
        return None, beside, asks, None
    shared = not _words(without_links(text)).isdisjoint(_words(without_links(parent)))
    return shared, beside, asks, _QUESTION.search(without_links(parent)) is not None


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)} - _STOP


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
