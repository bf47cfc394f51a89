"""How much a text says: generic, short or substantive."""

from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text
from pipeline.measures.texts.words import ACKNOWLEDGEMENTS, PRAISING, TOPIC, without_appended_hashtags

FEW_WORDS: Final = 1
"""A text with at most so many content words may be generic."""
MANY_WORDS: Final = 5
"""A text with so many content words is substantive."""
EMOJI: Final = r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}]|<3|♡|:-?[)*D]|;-?\)"
_EMOJI_ONLY: Final = (
    rf"^(?:{EMOJI}|[\p{{M}}\x{{FE0F}}\x{{20E3}}\x{{200D}}\x{{1F3FB}}-\x{{1F3FF}}\s!.,~]|[#*0-9]\x{{FE0F}}?\x{{20E3}})+$"
)
_DIGIT: Final = r"\d"


def genericness(texts: pl.DataFrame) -> pl.DataFrame:
    """Classify texts by what they say.

    Args:
        texts: text (raw), language, content (List[String] of `words.content`, without names), parent_content (the same of the
            text that is answered, or null), question (`questions.questions`) and has_url.

    Returns:
        Row by row:

        - genericness: `generic`, `short`, `substantive`, or `not_assessed` where the language has no lists.
        - genericness_reason: why, in words for a reader.

    Source: methods:generic-text.

    >>> texts = pl.DataFrame({"text": ["Great post!"], "language": ["en"], "content": [[]], "question": [False],
    ...     "parent_content": [["soup"]], "has_url": [False]}, schema_overrides={"content": pl.List(pl.String)})
    >>> genericness(texts).rows()
    [('generic', 'praise, thanks or a greeting without content words')]
    """
    prepared = phrase_text(texts["text"])
    signs = _signs(texts["language"], prepared)
    rows = texts.select("content", "parent_content", "question", "has_url").with_columns(
        *signs,
        prepared.str.contains(_EMOJI_ONLY).alias("emoji_only"),
        prepared.str.contains(EMOJI).alias("emoji"),
        prepared.is_not_null().alias("present"),
    )
    words = pl.col("content").list.len()
    shared = pl.col("content").list.set_intersection("parent_content").list.len().fill_null(0)
    praising = pl.col("praising") | pl.col("emoji")
    vetoed = pl.col("number") | pl.col("negative") | pl.col("has_url") | pl.col("acknowledges")
    code_and_reason = [
        (pl.col("emoji_only") & (words.fill_null(0) == 0), "generic", "emoji only"),
        (~pl.col("assessed"), "not_assessed", None),
        (pl.col("question"), "substantive", "a question"),
        (shared > 0, "substantive", "a word in common with what it answers"),
        (words >= MANY_WORDS, "substantive", "5 or more content words"),
        ((words == 0) & praising & ~vetoed, "generic", "praise, thanks or a greeting without content words"),
        ((words <= FEW_WORDS) & praising & ~vetoed, "generic", "praise, thanks or a greeting with one content word"),
        (pl.lit(value=True), "short", "few content words"),
    ]
    code, reason = pl.lit(None, pl.String), pl.lit(None, pl.String)
    for condition, then_code, then_reason in reversed(code_and_reason):
        holds = condition.fill_null(value=False)
        code = pl.when(holds).then(pl.lit(then_code)).otherwise(code)
        reason = pl.when(holds).then(pl.lit(then_reason, pl.String)).otherwise(reason)
    return rows.select(
        pl.when("present").then(code).alias("genericness"),
        pl.when("present").then(reason).alias("genericness_reason"),
    )


def _signs(languages: pl.Series, prepared: pl.Series) -> list[pl.Series]:
    """Return for each text what the lists of its language find; false where it has none."""
    rows = pl.DataFrame({"language": languages, "text": prepared}).with_row_index("row")
    schema = {"row": pl.UInt32, **dict.fromkeys(("praising", "acknowledges", "negative", "number"), pl.Boolean)}
    parts = [pl.DataFrame(schema=schema)]
    for (language,), part in rows.partition_by("language", as_dict=True).items():
        if language not in vocabulary.languages(TOPIC):
            continue
        texts = part["text"]
        patterns = {
            key: vocabulary.pattern(
                phrase for name in keys for phrase in vocabulary.phrases(str(language), TOPIC, name)
            )
            for key, keys in {
                "praising": PRAISING,
                "acknowledges": (ACKNOWLEDGEMENTS,),
                "negative": ("negative",),
                "emphasis": ("emphasis",),
                "formulas": PRAISING,
            }.items()
        }
        bare = without_appended_hashtags(texts)
        # a negation within a formula ("can't wait") is none
        outside = bare.str.replace_all(patterns["praising"], " ")
        parts.append(
            pl.DataFrame(
                {
                    "row": part["row"],
                    "praising": bare.str.contains(patterns["praising"]),
                    "acknowledges": outside.str.contains(patterns["acknowledges"]),
                    "negative": outside.str.contains(patterns["negative"]),
                    "number": bare.str.replace_all(patterns["emphasis"], " ").str.contains(_DIGIT),
                }
            ).cast({"row": pl.UInt32})
        )
    known = (
        rows.select(pl.col("row").cast(pl.UInt32))
        .join(pl.concat(parts), on="row", how="left", maintain_order="left")
        .with_columns(pl.col("praising").is_not_null().alias("assessed"))
        .with_columns(pl.col("praising", "acknowledges", "negative", "number").fill_null(value=False))
    )
    return known.drop("row").get_columns()
