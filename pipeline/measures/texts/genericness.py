"""How much a text says: generic, short or substantive."""

from functools import cache
from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text
from pipeline.measures.texts.word_classes import TOPIC, classified_words, without_appended_hashtags

MANY_WORDS: Final = 5
"""A text with so many content words is substantive."""
LONG: Final = 10
"""So is one of so many words with any content word: its verbs, numbers and times say something too."""
MUCH_PRAISE: Final = 4
"""A text that praises so often, and has no more content words than praise, is generic however long."""
REACTION: Final = 2
"""A public text of no more words that answers, agrees or denies nothing is a reaction, in whatever slang."""
EMOJI: Final = r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}]|<3|♡|♥"
_EMOJI_ONLY: Final = (
    rf"^(?:{EMOJI}|[\p{{M}}\x{{FE0F}}\x{{20E3}}\x{{200D}}\x{{1F3FB}}-\x{{1F3FF}}\x{{E0020}}-\x{{E007F}}\s!.,~]"
    r"|[#*0-9]\x{FE0F}?\x{20E3}|:-?[)D*]|;-?\)|\^\^)+$"
)
_MENTIONS: Final = "<user>"
_WORD: Final = r"[\p{L}\d']+"
_HASHTAGS_ONLY: Final = r"^(?:#\w+[\s.,]*)+$"
_DIGIT: Final = r"\d"


@cache
def _patterns(language: str) -> tuple[str, str]:
    """Return the pattern of numbers that measure nothing, and of beginnings that make a text an answer."""
    emphasis, answers = (
        vocabulary.pattern(vocabulary.phrases(language, TOPIC, key)) for key in ("emphasis", "answers")
    )
    return emphasis, rf"^\W*{answers}"


def genericness(texts: pl.DataFrame) -> pl.DataFrame:
    """Classify texts by what they say.

    Args:
        texts: text (raw), language, content (List[String] of `words.content`, without names), parent_content (the same of the
            text that is answered, or null), question (`questions.questions`) and has_url; public (whether others can read the
            text: a comment, a reply, a mention) where it is known.

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
    public = (
        texts["public"] if "public" in texts.columns else pl.repeat(None, texts.height, dtype=pl.Boolean, eager=True)
    )
    rows = texts.select("content", "parent_content", "question", "has_url").with_columns(
        public.alias("public"),
        *_signs(texts["language"], prepared).get_columns(),
        prepared.str.replace_all(_MENTIONS, "").str.contains(_EMOJI_ONLY).alias("emoji_only"),
        prepared.str.contains(EMOJI).alias("emoji"),
        prepared.str.contains(_HASHTAGS_ONLY).alias("hashtags_only"),
        prepared.str.count_matches(_WORD).alias("all_words"),
        prepared.is_not_null().alias("present"),
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


def _signs(languages: pl.Series, prepared: pl.Series) -> pl.DataFrame:
    """Return for each text what the lists of its language find.

    Returns:
        assessed (the language has lists); praise: how many praises; courteous, acknowledges, negative (outside praise),
        number (that measures something) and answers (begins with yes or no).
    """
    rows = pl.DataFrame({"language": languages, "text": prepared}).with_row_index("row")
    flags = ("courteous", "acknowledges", "negative", "number", "answers")
    schema = pl.Schema([("row", pl.UInt32()), ("praise", pl.UInt32()), *((flag, pl.Boolean()) for flag in flags)])
    parts = [pl.DataFrame(schema=schema)]
    for (language,), part in rows.partition_by("language", as_dict=True).items():
        if language not in vocabulary.languages(TOPIC):
            continue
        emphasis, answers = _patterns(str(language))
        words = (
            classified_words(part["text"], str(language))
            .group_by("index")
            .agg(pl.col("praise").sum(), *(pl.col(name).filter(~pl.col("praise")).any() for name in flags[:3]))
        )
        said = without_appended_hashtags(part["text"])
        found = (
            pl.DataFrame(
                {
                    "row": part["row"],
                    "number": said.str.replace_all(emphasis, " ").str.contains(_DIGIT),
                    "answers": said.str.contains(answers),
                }
            )
            .with_row_index("index")
            .join(words, on="index", how="left", maintain_order="left")
            .select("row", pl.col("praise").fill_null(0), pl.col(flags).fill_null(value=False))
        )
        parts.append(found.cast({"row": pl.UInt32, "praise": pl.UInt32}))
    return (
        rows.select(pl.col("row").cast(pl.UInt32))
        .join(pl.concat(parts), on="row", how="left", maintain_order="left")
        .with_columns(pl.col("praise").is_not_null().alias("assessed"))
        .with_columns(pl.col("praise").fill_null(0), pl.col(flags).fill_null(value=False))
        .drop("row")
    )
