"""What the texts of a gesture say, as values of the dimensions of texts.

A gesture is one or several interactions of its initiator; a gesture without a text has no value.
"""

from typing import Final

import polars as pl

from pipeline.matching.canonical_order import PLACES, is_initiators
from pipeline.model.codes import OUTCOMES, Initiator

ENCODED_INPUT: Final = ("row", "interaction_id", "lane", "outbound", *PLACES.values(), "exclusion")
"""Columns of the encoded interactions that are read."""
GESTURES_INPUT: Final = ("gesture_id", "initiator", "outcome", "first_interaction_id")
"""Columns of the gestures that are read."""
CRAFT_INPUT: Final = ("interaction_id", "genericness", "templated", "ask", "give", "asks_for_answer")
TONE_INPUT: Final = ("interaction_id", "label", "asks_for_answer")
_FEW_GIFTS: Final = 2
"""At most as many earlier gifts are few."""


def text_gestures(
    encoded: pl.DataFrame, gestures: pl.DataFrame, texts: pl.DataFrame, initiator: Initiator
) -> pl.DataFrame:
    """Assign each text to the gesture that it is part of.

    Args:
        encoded: ENCODED_INPUT of what `match.encode_interactions` returns; excluded rows belong to no gesture.
        gestures: gesture_id and first_interaction_id of one analysis.
        texts: interaction_id and any columns.
        initiator: of the analysis.

    Returns:
        gesture_id and the columns of `texts`, in canonical order, for each text of the initiator's that is part of a gesture.
    """
    own = encoded.filter(is_initiators(initiator), pl.col("exclusion").is_null()).sort("lane", PLACES[initiator])
    first = gestures.select("gesture_id", pl.col("first_interaction_id").cast(pl.String).alias("interaction_id"))
    return (
        own.select("interaction_id")
        .join(first, on="interaction_id", how="left", maintain_order="left")
        # a turn reaches from its first interaction to the next first one; each lane begins with one
        .with_columns(pl.col("gesture_id").forward_fill())
        .join(texts, on="interaction_id", how="inner", maintain_order="left")
        .drop("interaction_id")
    )


def craft_labels(texts: pl.DataFrame) -> pl.DataFrame:
    """Return gesture_id, craft, templated, intent: the owner's gestures by how they are written.

    Args:
        texts: gesture_id, length (characters), genericness, templated, ask, give, in canonical order.

    Returns:
        craft: the genericness of the longest text, the first of equals; templated: `templated` if any text is, else
        `personal`; intent: `gift`, `ask`, `both` or `neither`, null where no text is assessed.

    Source: methods:dimensions.
    """
    asks, gives = pl.col("ask").any(), pl.col("give").any()
    intent = (
        pl.when(pl.col("ask").is_null().all()).then(None)
        .when(asks & gives).then(pl.lit("both"))
        .when(asks).then(pl.lit("ask"))
        .when(gives).then(pl.lit("gift"))
        .otherwise(pl.lit("neither"))
    )  # fmt: skip
    return texts.group_by("gesture_id", maintain_order=True).agg(
        _of_longest("genericness").alias("craft"),
        pl.when(pl.col("templated").any()).then(pl.lit("templated")).otherwise(pl.lit("personal")).alias("templated"),
        intent.alias("intent"),
    )


def earlier_gifts_labels(texts: pl.DataFrame) -> pl.DataFrame:
    """Return gesture_id, earlier_gifts: how many texts had given to the contact before a gesture that asks.

    Args:
        texts: gesture_id, ask, earlier_gifts (from `owner_texts.earlier_gifts`), in canonical order.

    Returns:
        `0`, `1-2` or `3+`, counted before the first text of the gesture; null unless a text of it asks, and in groups.

    Source: methods:dimensions, methods:gives-before-asks.
    """
    before = pl.col("earlier_gifts").first()
    value = (
        pl.when(pl.col("ask").any().not_() | before.is_null()).then(None)
        .when(before == 0).then(pl.lit("0"))
        .when(before <= _FEW_GIFTS).then(pl.lit(f"1-{_FEW_GIFTS}"))
        .otherwise(pl.lit(f"{_FEW_GIFTS + 1}+"))
    )  # fmt: skip
    return texts.group_by("gesture_id", maintain_order=True).agg(value.alias("earlier_gifts"))


def asked_labels(texts: pl.DataFrame) -> pl.DataFrame:
    """Return gesture_id, asked: whether a gesture asks for an answer.

    Args:
        texts: gesture_id, asks_for_answer (null: not assessed).

    Returns:
        `asked` if any text asks; `not_asked` if all are assessed and none does; else null.

    Source: methods:dimensions, methods:asks-for-answer.
    """
    asks = pl.col("asks_for_answer")
    value = pl.when(asks.any()).then(pl.lit("asked")).when(asks.is_not_null().all()).then(pl.lit("not_asked"))
    return texts.group_by("gesture_id", maintain_order=True).agg(value.alias("asked"))


def tone_labels(texts: pl.DataFrame) -> pl.DataFrame:
    """Return gesture_id, tone: the label of the longest text, the first of equals.

    Args:
        texts: gesture_id, length (characters), label, in canonical order.

    Source: methods:dimensions, methods:tone.
    """
    return texts.group_by("gesture_id", maintain_order=True).agg(_of_longest("label").alias("tone"))


def gesture_labels(
    encoded: pl.DataFrame, gestures: pl.LazyFrame, craft: pl.DataFrame, tone: pl.DataFrame
) -> pl.DataFrame:
    """Return the working table `text_labels`: dimensions `asked`, of both initiators, and `tone`, of the contacts' gestures.

    Args:
        encoded: ENCODED_INPUT of what `match.encode_interactions` returns.
        gestures: GESTURES_INPUT of the headline's gestures.
        craft: interaction_id, asks_for_answer of the owner's texts.
        tone: interaction_id, length (characters), label, asks_for_answer of the contacts' texts.

    Returns:
        gesture_id, dimension, value; a gesture without a value has no row.
    """
    sides: dict[Initiator, pl.DataFrame] = {"me": craft, "them": tone}
    parts = [pl.DataFrame(schema={"gesture_id": pl.String, "dimension": pl.String, "value": pl.String})]
    for initiator, texts in sides.items():
        if texts.is_empty():
            continue
        for outcome in OUTCOMES:
            analysis = gestures.filter(initiator=initiator, outcome=outcome).collect()
            of_gestures = text_gestures(encoded, analysis, texts, initiator)
            parts.append(_long(asked_labels(of_gestures), "asked"))
            if initiator == "them":
                parts.append(_long(tone_labels(of_gestures), "tone"))
    return pl.concat(parts)


def _long(labels: pl.DataFrame, dimension: str) -> pl.DataFrame:
    named = labels.select("gesture_id", pl.lit(dimension).alias("dimension"), pl.col(dimension).alias("value"))
    return named.drop_nulls("value")


def _of_longest(name: str) -> pl.Expr:
    return pl.col(name).get(pl.col("length").arg_max())
