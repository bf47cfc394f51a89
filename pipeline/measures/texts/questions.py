"""Questions in texts: with a question mark or only by their form, and those that expect no answer."""

from functools import cache
from typing import Final, NamedTuple

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import prepared_text

TOPIC: Final = "questions"
_QUOTED: Final = r"""(?:"[^"]{0,300}"|“[^”]{0,300}”|„[^“”"]{0,300}[“”"]|«[^»]{0,300}»)"""
_QUESTION_MARK: Final = r"[?？؟⸮]"
_MARKED: Final = r"[^.!?…؟⸮]*(?:\.[^\s.!?][^.!?…؟⸮]*)*[?؟⸮]"
"""A sentence with a question mark; a point within "3.5" or "node.js" ends none."""
_REMOVED: Final = " ¤ "
_CLAUSE: Final = r"(?:^|[.!?,;:…)(–—¿¡\n-]\s*)[\s\W]*"


class _Patterns(NamedTuple):
    """Of one language; each is anchored where its name does not say otherwise."""

    interrogative: str
    not_interrogative: str
    reported: str
    fig_leaf: str
    rhetorical: str


@cache
def _patterns(language: str) -> _Patterns:
    def of(key: str) -> str:
        return vocabulary.pattern(vocabulary.phrases(language, TOPIC, key))

    lead = rf"(?:{of('leads')}[\s\W]+){{0,3}}"

    def starting(key: str) -> str:
        return rf"{_CLAUSE}{lead}{of(key)}"

    def whole(key: str) -> str:
        return rf"{_CLAUSE}{lead}{of(key)}[\s\W]*$"

    return _Patterns(
        interrogative=starting("interrogative"),
        not_interrogative=of("not_interrogative"),
        reported=of("reported"),
        fig_leaf=f"{starting('fig_leaf')}|{whole('fig_leaf_tags')}",
        rhetorical=f"{starting('rhetorical')}|{whole('tags')}",
    )


def questions(texts: pl.DataFrame) -> pl.DataFrame:
    """Find questions.

    Args:
        texts: text (raw) and language, and perhaps prepared (`phrase_text` of the text).

    Returns:
        Row by row, as Booleans:

        - question: a question mark outside a URL or a quotation, or an interrogative clause without one; a question that the
          text only reports is none. Where the language has no lists, true with a mark and else null.
        - fig_leaf: all its questions only open a pitch ("ready to double your sales?"); null without lists.
        - rhetorical: none of its questions expects an answer ("who doesn't love cake?", "…, right?"); null without lists.

    Source: methods:generic-text, methods:asks-for-answer.

    >>> texts = pl.DataFrame({"text": ["How cool is that?", "how do you get it so crisp"], "language": ["en", "en"]})
    >>> questions(texts).rows()
    [(True, False, True), (True, False, False)]
    """
    rows = texts.select("language", prepared_text(texts).alias("prepared")).with_row_index("row")
    schema = {"row": pl.UInt32, "question": pl.Boolean, "fig_leaf": pl.Boolean, "rhetorical": pl.Boolean}
    parts = [pl.DataFrame(schema=schema)]
    for (language,), part in rows.drop_nulls("prepared").partition_by("language", as_dict=True).items():
        prepared = part["prepared"]
        if language in vocabulary.languages(TOPIC):
            parts.append(_questions(part["row"], prepared, _patterns(str(language))))
        else:
            marked = prepared.str.contains(_QUESTION_MARK)
            parts.append(
                pl.DataFrame([part["row"], marked.alias("question")]).select(
                    "row",
                    pl.when("question").then("question"),
                    pl.lit(None, pl.Boolean).alias("fig_leaf"),
                    pl.lit(None, pl.Boolean).alias("rhetorical"),
                )
            )
    found = pl.concat([part.cast({"row": pl.UInt32}) for part in parts])
    return (
        rows.cast({"row": pl.UInt32}).select("row").join(found, on="row", how="left", maintain_order="left").drop("row")
    )


def _questions(rows: pl.Series, prepared: pl.Series, patterns: _Patterns) -> pl.DataFrame:
    """Return row, question, fig_leaf, rhetorical of texts of one language."""
    said = prepared.str.replace_all(_QUOTED, _REMOVED)
    clauses = said.str.replace_all(patterns.not_interrogative, _REMOVED)
    sentences = (
        pl.DataFrame(
            {
                "row": rows,
                "marked": said.str.extract_all(_MARKED),
                # from the clause to the end of its sentence
                "clause": clauses.str.extract(f"((?:{patterns.interrogative})[^.!?…]*)"),
            }
        )
        .with_columns(
            pl.when(pl.col("marked").list.len() > 0)
            .then("marked")
            .otherwise(pl.concat_list("clause"))
            .alias("sentence")
        )
        .explode("sentence")
        .drop_nulls("sentence")
        .with_columns(pl.col("sentence").str.strip_chars())
        .filter(~pl.col("sentence").str.contains(patterns.reported))
    )
    flags = sentences.group_by("row").agg(
        pl.lit(value=True).alias("question"),
        pl.col("sentence").str.contains(patterns.fig_leaf).all().alias("fig_leaf"),
        pl.col("sentence").str.contains(patterns.rhetorical).all().alias("rhetorical"),
    )
    return (
        pl.DataFrame({"row": rows})
        .join(flags, on="row", how="left")
        .with_columns(pl.col("question", "fig_leaf", "rhetorical").fill_null(value=False))
    )
