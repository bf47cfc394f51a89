"""Rules over word lists: which labelled list of phrases a text holds, at the beginning of a clause or anywhere.

The file `lists/<language>/<topic>.toml` of such a rule has these tables:

- `parts`: lists of words that phrases name in braces: "(could|can) you {verb}".
- `masked`: phrases that are hidden before any other is searched: idioms, prohibitions, reported requests. They hide
  only themselves, so a request in the next sentence counts.
- `<section>.anywhere` and `<section>.start`: labels and their phrases. Those of `start` match only at the beginning of a
  clause: of the text, after punctuation or an emoji, or after a word of `parts.lead` ("and", "please"). Words of
  `parts.opener` may come between ("hey", "just").
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import polars as pl

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text, prepared_text

HIDDEN: Final = " _ "
"""What replaces a hidden phrase: a word, so that no clause begins after it."""
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_CLAUSE: Final = r"(?:^[^a-z0-9_<]*|[.,!?;:()\"*~|\]\[]+ ?| -+ {leads})(?:{openers})*"
_MARKS: Final = {
    "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o",
    "£": "$", "€": "$",
    "¿": "(", "¡": "(", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": " - ", "–": " - ",
}  # fmt: skip


def folded(texts: pl.Series) -> pl.Series:
    """Return texts in ASCII, as the rules search them.

    Letters lose their accents, since many writers leave them out. Quotations are hidden: what others said is not the
    writer's request. Opening marks, emoji and other scripts become signs that end a clause.

    >>> folded(pl.Series(["¿Me envías la receta?", "He said “send me money” 😀"])).to_list()
    ['(me envias la receta?', 'he said _ *']
    """
    return _in_ascii(phrase_text(texts))


def _in_ascii(prepared: pl.Series) -> pl.Series:
    """Return what `folded` does of texts that `phrase_text` has prepared."""
    return (
        prepared.str.replace_many(list(_MARKS), list(_MARKS.values()))
        .str.normalize("NFD")
        .str.replace_all("[\u0300-\u036f\ufe00-\ufe0f]", "")
        .str.replace_all(r"[^\x00-\x7f]+", "*")
        .str.replace_all(r'"[^"]{2,300}"', HIDDEN)
        .str.replace_all(r"  +", " ")
    )


def with_folded(texts: pl.DataFrame) -> pl.DataFrame:
    """Add the column `folded`, unless the caller has prepared it for several rules.

    Args:
        texts: `text`, and perhaps `prepared` (by `phrase_text`) or `folded`.
    """
    if "folded" in texts.columns:
        return texts
    return texts.with_columns(_in_ascii(prepared_text(texts)).alias("folded"))


def labels(texts: pl.DataFrame, topic: str, sections: Sequence[str]) -> pl.DataFrame:
    """Search texts for the phrases of a topic.

    What one section finds is hidden from the sections after it.

    Args:
        texts: `folded`, `language`.
        topic: name of the list files.
        sections: of those files, in the order of search.

    Returns:
        Row by row: `assessed` (the language has lists of the topic) and for each section the label of the first list
        that a phrase of the text is in, or null.
    """
    rows = texts.select(pl.int_range(pl.len()).alias("row"), "language", "folded")
    empty = pl.DataFrame(schema={"row": pl.Int64, "assessed": pl.Boolean} | dict.fromkeys(sections, pl.String))
    found = [empty]
    for language in vocabulary.languages(topic):
        of_language = rows.filter(pl.col("language") == language)
        if of_language.height:
            found.append(_of_language(of_language, language, topic, sections).select(empty.columns))
    return (
        rows.select("row")
        .join(pl.concat(found), on="row", how="left", maintain_order="left")
        .with_columns(pl.col("assessed").fill_null(value=False))
        .drop("row")
    )


def _of_language(rows: pl.DataFrame, language: str, topic: str, sections: Sequence[str]) -> pl.DataFrame:
    text = rows["folded"]
    if "masked" in vocabulary.keys(language, topic):
        text = _hide(text, masked(language, topic))
    columns = {}
    for section in sections:
        lists = compiled(language, topic, section)
        columns[section] = _first_label(text, lists)
        if section != sections[-1]:
            text = _hide(text, "|".join(lists.values()))
    return rows.select(
        "row", pl.lit(value=True).alias("assessed"), *(column.alias(name) for name, column in columns.items())
    )


def _hide(texts: pl.Series, pattern: str) -> pl.Series:
    # most texts have nothing to hide, and a search is much cheaper than a replacement
    frame = pl.DataFrame({"text": texts, "hit": texts.str.contains(pattern)})
    hits = frame.filter("hit")["text"].str.replace_all(pattern, HIDDEN)
    return texts.clone().scatter(frame["hit"].fill_null(value=False).arg_true(), hits) if len(hits) else texts


def _first_label(texts: pl.Series, lists: dict[str, str]) -> pl.Series:
    none = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
    if not lists:
        return none
    hit = texts.str.contains("|".join(lists.values())).fill_null(value=False).arg_true()
    if not len(hit):
        return none
    case = pl.coalesce(
        pl.when(pl.col("text").str.contains(pattern)).then(pl.lit(label)) for label, pattern in lists.items()
    )
    named = texts.gather(hit).to_frame("text").select(case.alias("label"))["label"]
    return none.scatter(hit, named)


@cache
def compiled(language: str, topic: str, section: str) -> dict[str, str]:
    """Return the patterns of a section by label, for ASCII texts and in the order of the file."""
    words = _parts(language, topic)
    lead, opener = (_ascii(vocabulary.phrase_pattern(words.get(name, "()"))) for name in ("lead", "opener"))
    clause = _CLAUSE.replace("{leads}", f"|{lead}[ ,]+").replace("{openers}", f"{opener}[ ,]+")
    patterns: dict[str, list[str]] = {}
    for place, before in (("anywhere", ""), ("start", clause)):
        for label in _below(language, topic, f"{section}.{place}"):
            phrases = vocabulary.phrases(language, topic, f"{section}.{place}.{label}")
            patterns.setdefault(label, []).append(before + _ascii(vocabulary.pattern(_expanded(phrases, words))))
    return {label: "|".join(alternatives) for label, alternatives in patterns.items()}


@cache
def masked(language: str, topic: str) -> str:
    """Return the pattern of the phrases that are hidden first."""
    phrases = vocabulary.phrases(language, topic, "masked")
    return _ascii(vocabulary.pattern(_expanded(phrases, _parts(language, topic))))


def _parts(language: str, topic: str) -> dict[str, str]:
    names = _below(language, topic, "parts")
    return {name: f"({'|'.join(vocabulary.phrases(language, topic, f'parts.{name}'))})" for name in names}


def _below(language: str, topic: str, table: str) -> list[str]:
    prefix = f"{table}."
    return [key.removeprefix(prefix) for key in vocabulary.keys(language, topic) if key.startswith(prefix)]


def _expanded(phrases: Iterable[str], words: dict[str, str]) -> list[str]:
    return [_PLACEHOLDER.sub(lambda name: words[name[1]], phrase) for phrase in phrases]


def _ascii(pattern: str) -> str:
    # the engine's fast path does not know Unicode word boundaries, and patterns of ASCII classes are much smaller
    small = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z0-9_]").replace(r"\s", " ")
    return small.replace("[^ .!?;,]", "[!-~--[.!?;,]]").replace("[^ .!?;]", "[!-~--[.!?;]]")
