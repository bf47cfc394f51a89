"""All that is computed of the texts of a home: the features of each text, and what depends on its context.

Entry point: `describe`. The tables `craft` and `tone` and the link drops are parts of its result.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, TypeAlias

import polars as pl

from pipeline.measures.texts.features import KEYS, WANTED, features
from pipeline.measures.texts.genericness import genericness
from pipeline.measures.texts.judgement import judged
from pipeline.measures.texts.language import detect, listed_language, settle
from pipeline.measures.texts.link_drops import FEATURES, LinkDrops, find_link_drops
from pipeline.measures.texts.link_owners import link_owners
from pipeline.measures.texts.parents import PARENTS_INPUT, parent_rows
from pipeline.measures.texts.promotion import promotion
from pipeline.measures.texts.templated import TEMPLATED_INPUT, templated
from pipeline.measures.texts.words import without_names

DESCRIBED_INPUT: Final = (*PARENTS_INPUT, "native_id", "text")
"""Columns of INTERACTIONS that are read."""
OF_PARENT: Final = {"text": "parent", "content": "parent_content", "question": "parent_question"}
"""Feature of a text -> its name with the text that answers it."""
Compute: TypeAlias = Callable[[pl.DataFrame], pl.DataFrame]
Cached: TypeAlias = Callable[[str, pl.DataFrame, Compute], pl.DataFrame]
"""Takes a name, distinct keys and a pure function of them, and returns its result, computed now or in an earlier run."""


def compute_all(_name: str, keys: pl.DataFrame, compute: Compute) -> pl.DataFrame:
    """Compute without a cache."""
    return compute(keys)


@dataclass(frozen=True, slots=True)
class DescribedTexts:
    """Texts with what is computed of them, one row an interaction with a text; and the link drops among them."""

    texts: pl.DataFrame
    link_drops: LinkDrops


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is computed of texts.

    every: of each text all that is computed of the texts of either side. disclosure: the depth of disclosure.
    tone_private: the tone of the contacts' messages, not only of what others can read.
    """

    disclosure: bool = True
    tone_private: bool = True
    every: bool = False

    def columns(self) -> dict[str, pl.Expr]:
        """Return an expression over DESCRIBED_INPUT for each name of `features.WANTED`."""
        outbound = pl.col("direction") == "outbound"
        tone = ~outbound & (pl.lit(self.tone_private) | (pl.col("class") != "message"))
        found = (outbound | self.every, tone | self.every, pl.lit(self.disclosure))
        return dict(zip(WANTED, found, strict=True))


EVERYTHING: Final = Wanted(every=True)


def describe(
    interactions: pl.DataFrame,
    names: pl.DataFrame,
    owner_names: Collection[str] = (),
    own_domains: Collection[str] = (),
    wanted: Wanted = EVERYTHING,
    cached: Cached = compute_all,
) -> DescribedTexts:
    """Describe the texts of a home: by the rules, and by the text model where it is sure that a rule is wrong.

    Args:
        interactions: DESCRIBED_INPUT of schema INTERACTIONS, deduplicated; any order.
        names: contact_id, names (List[String]): names and handles of each contact.
        owner_names: names and handles of the owner.
        own_domains: the owner's sites (settings `own_domains`).
        wanted: what is computed; all else is null.
        cached: computes what depends on a text alone.

    Returns:
        Texts: interaction_id, contact_id, class, is_group, outbound, language; content, question, fig_leaf, rhetorical;
        genericness, templated, link_drop, self_promotion, ask, give, asks_for_answer, disclosure, compound, tone, each
        with `<rule>_reason`. Sorted by interaction_id.

    Source: methods:language, methods:answered-text, methods:text-model.
    """
    found = describe_by_rules(
        interactions, names, owner_names=owner_names, own_domains=own_domains, wanted=wanted, cached=cached
    )
    rows = judged(found.texts)
    return DescribedTexts(
        rows.drop("language", "own_marks", "generic_signs").rename({"written_language": "language"}), found.link_drops
    )


def describe_by_rules(
    interactions: pl.DataFrame,
    names: pl.DataFrame,
    owner_names: Collection[str] = (),
    own_domains: Collection[str] = (),
    wanted: Wanted = EVERYTHING,
    cached: Cached = compute_all,
) -> DescribedTexts:
    """Describe texts by the rules alone; takes the same as `describe`.

    Returns:
        As `describe`, and `written_language`, while `language` is the one whose lists serve; and what `judged` reads.
    """
    texts = interactions.select(DESCRIBED_INPUT).filter(pl.col("text").str.contains(r"\S")).sort("interaction_id")
    rows = texts.with_columns(
        *_languages(texts, cached),
        parent_rows(texts).alias("parent_row"),
        *link_owners(texts, own_domains).iter_columns(),
    )
    rows = _without_names(_with_features(rows, wanted, cached), names, owner_names)
    rows = rows.with_columns(rows[name].gather(rows["parent_row"]).alias(of) for name, of in OF_PARENT.items())
    rows = rows.hstack(genericness(rows.with_columns((pl.col("class") != "message").alias("public"))))
    found = find_link_drops(_with_wordless(interactions, rows), own_domains)
    reasons = found.drops.select("interaction_id", "link_drop_reason")
    rows = rows.join(reasons, on="interaction_id", how="left", maintain_order="left").with_columns(
        pl.col("link_drop_reason").is_not_null().alias("link_drop")
    )
    outbound = pl.col("direction") == "outbound"
    same = templated(rows.filter(outbound).select(TEMPLATED_INPUT))
    rows = (
        rows.hstack(promotion(rows))
        .join(same, on="interaction_id", how="left", maintain_order="left")
        .with_columns(pl.col("templated").fill_null(value=False), outbound.alias("outbound"))
    )
    return DescribedTexts(rows, found)


def _with_wordless(interactions: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return all interactions with the features that those with a text have."""
    others = interactions.select(DESCRIBED_INPUT).join(rows.select("interaction_id"), on="interaction_id", how="anti")
    features_of = rows.select(*DESCRIBED_INPUT, *FEATURES, "own_marks")
    return pl.concat([features_of, others], how="diagonal")


def _languages(texts: pl.DataFrame, cached: Cached) -> list[pl.Series]:
    """Return `written_language` (what is known of it) and `language` (whose lists serve)."""
    distinct = texts.select("text").unique(maintain_order=True)
    judged = distinct.hstack(cached("languages", distinct, lambda keys: detect(keys["text"])))
    rows = texts.select("text", "contact_id").join(judged, on="text", how="left", maintain_order="left").drop("text")
    languages = settle(rows)
    return [languages.alias("written_language"), listed_language(rows, languages).alias("language")]


def _with_features(rows: pl.DataFrame, wanted: Wanted, cached: Cached) -> pl.DataFrame:
    keys = (
        rows.select(*KEYS, **wanted.columns())
        .group_by(KEYS, maintain_order=True)
        .agg(pl.col(WANTED).any())
        .sort("language", maintain_order=True)  # features takes the least time so
    )
    return rows.join(
        keys.drop(WANTED).hstack(cached("features", keys, features)),
        on=list(KEYS),
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _without_names(rows: pl.DataFrame, names: pl.DataFrame, owner_names: Collection[str]) -> pl.DataFrame:
    """Add `names` (of both people) and remove them from `content`."""
    owner = pl.lit(sorted(owner_names), pl.List(pl.String))
    empty = pl.lit([], pl.List(pl.String))
    people = rows.select("contact_id", "language").join(names, on="contact_id", how="left", maintain_order="left")
    named = people.select(
        "language", owner.alias("writer_names"), pl.col("names").fill_null(empty).alias("reader_names")
    )
    content = without_names(rows.select("content"), named)
    both = named.select(pl.concat_list("writer_names", "reader_names").alias("names"))
    return rows.with_columns(content["content"], both["names"])
