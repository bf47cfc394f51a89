"""Each word of a text by the list that it is in: praise, thanks, acknowledgement, denial, or content.

Phrases of several words are found first, all at once (Aho-Corasick), and each becomes one mark; then each distinct word of a
language is looked up once. So the cost of a million texts is that of their vocabulary.
"""

from functools import cache
from itertools import product
from typing import Final, NamedTuple
from unicodedata import combining, normalize

import polars as pl

from pipeline.measures.texts import vocabulary

TOPIC: Final = "words"
CLASSES: Final = {
    "praise": ("praise",),
    "acknowledges": ("acknowledgements",),
    "negative": ("negative",),
    "courteous": ("thanks", "greetings", "courtesies", "laughs"),
    "empty": ("stop", "objects", "intensifiers", "fillers", "interjections", "answers"),
}
"""Names of the lists of each class. A phrase of several words belongs to the first class that has it."""
_MARKS: Final = {name: f"¤{name}" for name in CLASSES}
_APPENDED_HASHTAGS: Final = r"(?:[\s.,;:!]*#\w+)+[^\w]*$"
_PLACEHOLDERS: Final = r"<(?:url|user)>"
_BETWEEN_WORDS: Final = r"[^\p{L}\p{M}\d]+"
_GAP: Final = "  "
"""Each word has a blank of its own on both sides, so that phrases beside each other are both found."""
_SYNTAX: Final = "*()[]|="
"""Signs of the lists' syntax that a single word may have."""
_APOSTROPHES_SEPARATE: Final = ("fr",)
_ASCII: Final = {"ä": "ae", "ö": "oe", "ü": "ue"}
_ONCE: Final = list("abcdefghijklmnopqrstuvwxyzàáâãäçèéêíñóôõöúüß")
_TWICE: Final = [letter * 2 for letter in _ONCE]


class _Lexicon(NamedTuple):
    """Of one language."""

    phrases: list[str]
    marks: list[str]
    wild: dict[str, str]
    """Of each class, a pattern of its phrases that have a gap or a wildcard."""
    words: dict[str, pl.Series]
    """Of each class, its single words, in all spellings."""
    wild_words: dict[str, str]
    """Of the classes that have any, a pattern of the single words with a wildcard, to be matched whole."""


def without_appended_hashtags(prepared: pl.Series) -> pl.Series:
    """Return texts without the hashtags at their end, and without the marks of URLs and mentions.

    >>> without_appended_hashtags(pl.Series(["my #garden, finally! #plants #love"])).to_list()
    ['my #garden, finally']
    """
    return prepared.str.replace_all(_PLACEHOLDERS, " ").str.replace(_APPENDED_HASHTAGS, "")


def classified_words(prepared: pl.Series, language: str) -> pl.DataFrame:
    """Return each word and phrase of the texts of one language, in order.

    Args:
        prepared: by `phrase_text`; nulls have no words.
        language: one with word lists.

    Returns:
        index (of the text), word (a phrase is one row, with a mark for a word), and a Boolean for each class of CLASSES.

    Source: methods:generic-text.

    >>> found = classified_words(pl.Series(["keep up the good work, ana!"]), "en")
    >>> found.select("word", "praise").rows()
    [('¤praise', True), ('ana', False)]
    """
    lexicon = _lexicon(language)
    marked = _separated(without_appended_hashtags(prepared), language).str.replace_many(
        lexicon.phrases, lexicon.marks, leftmost=True
    )
    for name, pattern in lexicon.wild.items():
        marked = marked.str.replace_all(pattern, f" {_MARKS[name]} ")
    words = (
        pl.DataFrame({"word": marked.str.split(" ")})
        .with_row_index("index")
        .explode("word")
        .filter(pl.col("word") != "")
    )
    return words.join(_classes(words["word"].unique(), lexicon), on="word", how="left", maintain_order="left")


def _separated(texts: pl.Series, language: str) -> pl.Series:
    joined = texts if language in _APOSTROPHES_SEPARATE else texts.str.replace_all("'", "", literal=True)
    return " " + joined.str.replace_all(_BETWEEN_WORDS, _GAP) + " "


def _classes(distinct: pl.Series, lexicon: _Lexicon) -> pl.DataFrame:
    """Return word and a Boolean for each class."""
    words = pl.DataFrame({"word": distinct}, schema={"word": pl.String})
    # "omgg" and "woow", which phrase_text leaves of stretched words, are looked up as "omg" and "wow" too
    words = words.with_columns(pl.col("word").str.replace_many(_TWICE, _ONCE).alias("once"))

    def listed(name: str) -> pl.Expr:
        wild = lexicon.wild_words.get(name)
        return pl.any_horizontal(
            pl.col("word") == _MARKS[name],
            pl.col("word", "once").is_in(lexicon.words[name].implode()),
            *([pl.col("word", "once").str.contains(wild)] if wild else []),
        )

    return words.select("word", *(listed(name).alias(name) for name in lexicon.words))


@cache
def _lexicon(language: str) -> _Lexicon:
    marks: dict[str, str] = {}
    wild: dict[str, str] = {}
    words: dict[str, pl.Series] = {}
    wild_words: dict[str, str] = {}
    for name, keys in CLASSES.items():
        wanted = [phrase for key in keys for phrase in vocabulary.phrases(language, TOPIC, key)]
        single = [phrase for phrase in wanted if all(sign.isalnum() or sign in _SYNTAX for sign in phrase)]
        several = set(wanted).difference(single)
        gaps = [phrase for phrase in several if set("*…") & set(phrase)]
        plain = [form for phrase in several if phrase not in gaps for form in forms(phrase)]
        written = _separated(pl.Series(plain, dtype=pl.String), language).to_list()
        one_word = {form.strip() for form in written if _GAP not in form}
        for form in written:
            if _GAP in form:
                marks.setdefault(form, f" {_MARKS[name]} ")
        if gaps:
            wild[name] = vocabulary.pattern(gaps)
        written_words = {form for word in [*single, *one_word] if "*" not in word for form in _all_spellings(word)}
        words[name] = pl.Series(sorted(written_words - {""}), dtype=pl.String)
        if stars := [word for word in single if "*" in word]:
            wild_words[name] = f"^{vocabulary.pattern(stars)}$"
    ordered = sorted(marks, key=lambda form: (-len(form), form))
    return _Lexicon(ordered, [marks[form] for form in ordered], wild, words, wild_words)


def forms(phrase: str) -> list[str]:
    """Return all that a phrase without gaps and wildcards can match, with its accents and without.

    >>> forms("thank (you|u) [so] much")
    ['thank you so much', 'thank you much', 'thank u so much', 'thank u much']
    >>> forms("qué día")
    ['qué día', 'que dia']
    """
    exact = phrase.startswith("=")
    written, _ = _alternatives(phrase.removeprefix("="), 0)
    plain = list(dict.fromkeys(" ".join(form.split()) for form in written))
    return plain if exact else list(dict.fromkeys(other for form in plain for other in _spellings(form)))


def _all_spellings(word: str) -> list[str]:
    """Return all that the pattern of a single word without a wildcard matches."""
    written, _ = _alternatives(word.removeprefix("="), 0)
    if word.startswith("="):
        return written
    return [
        "".join(letters) for form in written for letters in product(*(vocabulary.SPELLINGS.get(c, (c,)) for c in form))
    ]


def _alternatives(phrase: str, start: int) -> tuple[list[str], int]:
    found: list[str] = []
    current, at = [""], start
    while at < len(phrase) and phrase[at] not in ")]":
        sign = phrase[at]
        if sign == "|":
            found, current = found + current, [""]
        elif sign in "([":
            inner, at = _alternatives(phrase, at + 1)
            current = [a + b for a, b in product(current, [*inner, ""] if sign == "[" else inner)]
        else:
            current = [form + sign for form in current]
        at += 1
    return found + current, at


def _spellings(form: str) -> list[str]:
    bare = "".join(letter for letter in normalize("NFD", form) if not combining(letter))
    german = form
    for letter, letters in _ASCII.items():
        german = german.replace(letter, letters)
    return [form, bare, german.replace("ß", "ss")]
