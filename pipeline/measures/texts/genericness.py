"""How much a text says: generic, short or substantive."""

from typing import Final

import polars as pl

from pipeline.measures.texts.generic_signs import generic_signs

MANY_WORDS: Final = 5
"""A text with so many content words is substantive."""
LONG: Final = 10
"""So is one of so many words with any content word: its verbs, numbers and times say something too."""
MUCH_PRAISE: Final = 4
"""A text that praises so often, and has no more content words than praise, is generic however long."""
REACTION: Final = 2
"""A public text of no more words that answers, agrees or denies nothing is a reaction, in whatever slang."""


def genericness(texts: pl.DataFrame) -> pl.DataFrame:
    """Classify texts by what they say.

    Args:
        texts: text (raw), language, content (List[String] of `words.content`, without names), parent_content (the same of the
            text that is answered, or null), question (`questions.questions`) and has_url; public (whether others can read the
            text: a comment, a reply, a mention) where it is known; perhaps generic_signs (a struct of what
            `generic_signs.generic_signs` returns).

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
    public = (
        texts["public"] if "public" in texts.columns else pl.repeat(None, texts.height, dtype=pl.Boolean, eager=True)
    )
    known = "generic_signs" in texts.columns
    signs = texts["generic_signs"].struct.unnest() if known else generic_signs(texts)
    rows = texts.select("content", "parent_content", "question", "has_url", public.alias("public")).with_columns(
        *signs.iter_columns(),
        pl.col("content").list.set_intersection("parent_content").list.len().fill_null(0).alias("shared"),
    )
    words = pl.col("content").list.len()
    courteous = pl.col("courteous") | pl.col("emoji")
    plain = ~pl.col("number") & ~pl.col("has_url")
    brief = plain & ~pl.col("negative") & ~pl.col("acknowledges") & (pl.col("praise") > 0)
    polite = plain & ~pl.col("negative") & ~pl.col("acknowledges") & ~pl.col("answers") & courteous
    reaction = plain & ~pl.col("negative") & ~pl.col("acknowledges") & ~pl.col("answers") & pl.col("public")
    answers = [
        (pl.col("emoji_only"), "generic", "emoji only"),
        (~pl.col("assessed"), "not_assessed", None),
        (pl.col("hashtags_only"), "generic", "hashtags only"),
        (pl.col("question"), "substantive", "a question"),
        (pl.col("shared") > 0, "substantive", "a word in common with what it answers"),
        (
            plain & (pl.col("praise") >= MUCH_PRAISE) & (words <= pl.col("praise")),
            "generic",
            "much praise, little else",
        ),
        (words >= MANY_WORDS, "substantive", f"{MANY_WORDS} or more content words"),
        ((words == 0) & (brief | polite), "generic", "praise, thanks or a greeting without content words"),
        ((words == 1) & brief, "generic", "praise with one content word"),
        (reaction & pl.col("all_words").is_between(1, REACTION), "generic", "a word or two of reaction"),
        ((words > 0) & (pl.col("all_words") >= LONG), "substantive", f"{LONG} or more words, with content"),
        (pl.lit(value=True), "short", "few content words"),
    ]
    code, reason = pl.lit(None, pl.String), pl.lit(None, pl.String)
    for condition, then_code, then_reason in reversed(answers):
        holds = condition.fill_null(value=False)
        code = pl.when(holds).then(pl.lit(then_code)).otherwise(code)
        reason = pl.when(holds).then(pl.lit(then_reason, pl.String)).otherwise(reason)
    return rows.select(
        pl.when("present").then(code).alias("genericness"), pl.when("present").then(reason).alias("genericness_reason")
    )
