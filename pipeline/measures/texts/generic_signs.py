"""Signs of genericness in a text's own words, independent of what it answers: computed once a text and kept by its hash."""

from functools import cache
from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import prepared_text
from pipeline.measures.texts.word_classes import TOPIC, without_appended_hashtags
from pipeline.measures.texts.words import SIGNS, content_and_signs

EMOJI: Final = r"[\p{Extended_Pictographic}\x{1F1E6}-\x{1F1FF}]|<3|♡|♥"
_EMOJI_ONLY: Final = (
    rf"^(?:{EMOJI}|[\p{{M}}\x{{FE0F}}\x{{20E3}}\x{{200D}}\x{{1F3FB}}-\x{{1F3FF}}\x{{E0020}}-\x{{E007F}}\s!.,~]"
    r"|[#*0-9]\x{FE0F}?\x{20E3}|:-?[)D*]|;-?\)|\^\^)+$"
)
_MENTIONS: Final = "<user>"
_WORD: Final = r"[\p{L}\d']+"
_HASHTAGS_ONLY: Final = r"^(?:#\w+[\s.,]*)+$"
_DIGIT: Final = r"\d"
_SAID: Final = {"number": pl.Boolean, "answers": pl.Boolean}


@cache
def _patterns(language: str) -> tuple[str, str]:
    """Return the pattern of numbers that measure nothing, and of beginnings that make a text an answer."""
    emphasis, answers = (
        vocabulary.pattern(vocabulary.phrases(language, TOPIC, key)) for key in ("emphasis", "answers")
    )
    return emphasis, rf"^\W*{answers}"


def generic_signs(texts: pl.DataFrame) -> pl.DataFrame:
    """Return what genericness needs to know of texts.

    Args:
        texts: text (raw), language, and perhaps prepared (`phrase_text` of the text) and SIGNS of `words`.

    Returns:
        Row by row: assessed (the language has lists); praise: how many praises; courteous, acknowledges, negative (outside
        praise), number (that measures something) and answers (begins with yes or no), 0 and false where there is no text or no
        list; emoji_only, emoji (has any), hashtags_only, all_words: how many words; present (there is a text).

    Source: methods:generic-text.
    """
    prepared = prepared_text(texts)
    words = texts.select(*SIGNS) if set(texts.columns) >= set(SIGNS) else content_and_signs(texts).select(*SIGNS)
    return words.hstack(_said(texts["language"], prepared)).select(
        pl.col("praise").is_not_null().alias("assessed"),
        pl.col("praise").fill_null(0),
        pl.col([name for name in (*SIGNS, *_SAID) if name != "praise"]).fill_null(value=False),
        prepared.str.replace_all(_MENTIONS, "").str.contains(_EMOJI_ONLY).alias("emoji_only"),
        prepared.str.contains(EMOJI).alias("emoji"),
        prepared.str.contains(_HASHTAGS_ONLY).alias("hashtags_only"),
        prepared.str.count_matches(_WORD).alias("all_words"),
        prepared.is_not_null().alias("present"),
    )


def _said(languages: pl.Series, prepared: pl.Series) -> pl.DataFrame:
    """Return number and answers of each text, null where the language has no lists."""
    rows = pl.DataFrame({"language": languages, "text": prepared}).with_row_index("row")
    parts = [pl.DataFrame(schema={"row": rows.schema["row"], **_SAID})]
    for (language,), part in rows.partition_by("language", as_dict=True).items():
        if language not in vocabulary.languages(TOPIC):
            continue
        emphasis, answers = _patterns(str(language))
        said = without_appended_hashtags(part["text"])
        digits = said.str.contains(_DIGIT)
        measured = said.filter(digits).str.replace_all(emphasis, " ").str.contains(_DIGIT)
        number = digits.clone().scatter(digits.fill_null(value=False).arg_true(), measured)
        parts.append(pl.DataFrame([part["row"], number.alias("number"), said.str.contains(answers).alias("answers")]))
    return rows.select("row").join(pl.concat(parts), on="row", how="left", maintain_order="left").drop("row")
