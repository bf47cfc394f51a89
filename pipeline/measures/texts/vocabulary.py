"""Word lists of the text rules, one folder a language, and the patterns that search texts for them.

A list is the file `lists/<language>/<topic>.toml`. Its values are arrays of phrases, its keys name them; a key within a
table is written with a dot (`courtesy.opening`). A new language is a new folder.

A phrase is written in lower case with its accents and matches whole words:

- Accents and apostrophes are optional: "está" matches "esta", "schön" also "schoen", "don't" also "dont". A phrase that
  starts with `=` matches only as it is written.
- A blank matches any white space and a hyphen: "check out" matches "check-out".
- `…` is a gap of up to three words of one sentence, `…5` of up to five: "thanks for … help".
- `*` within a word matches any further letters ("genial*": "genialer"), alone exactly one word.
- `(a|b)` is a choice, and `[a]` may be missing: "thank (you|u) [so] much".

Lists serve the definitions of docs/methods/texts.md; each rule cites its own.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import polars as pl

_LISTS: Final = files("pipeline.measures.texts") / "lists"

LANGUAGES: Final[tuple[str, ...]] = tuple(sorted(folder.name for folder in _LISTS.iterdir() if folder.is_dir()))
"""ISO 639-1 codes of the languages that have word lists."""

_GAP_WORDS: Final = 3
SPELLINGS: Final = {"ä": ("ä", "ae", "a"), "ö": ("ö", "oe", "o"), "ü": ("ü", "ue", "u"), "ß": ("ß", "ss")} | {
    "œ": ("œ", "oe"),
    "æ": ("æ", "ae"),
    **{
        accented: (accented, plain)
        for plain, all_accented in {
            "a": "áàâãå",
            "c": "ç",
            "e": "éèêë",
            "i": "íìîï",
            "n": "ñ",
            "o": "óòôõ",
            "u": "úùû",
        }.items()
        for accented in all_accented
    },
}
"""How a letter of a phrase may be written, unless the phrase starts with `=`."""
_OPTIONAL_ACCENTS: Final = {"'": "['’´`]?"} | {
    letter: f"[{''.join(forms)}]" if all(len(form) == 1 for form in forms) else f"(?:{'|'.join(forms)})"
    for letter, forms in SPELLINGS.items()
}
_EXACT: Final = {"'": "['’´`]"}
_PIECE: Final = re.compile(
    r"(?P<gap>\s*(?:…|\.\.\.)(?P<words>\d*)\s*)|(?P<open>(?P<before>\s*)\[)|(?P<close>\])"
    r"|(?P<blank>\s+)|(?P<star>\*)|(?P<sign>[()|])|(?P<letter>.)"
)
_SIGNS: Final = {"(": "(?:", ")": ")", "|": "|"}
_BLANK: Final = r"[\s\-]+"


@cache
def _topic(language: str, topic: str) -> dict[str, tuple[str, ...]]:
    path = _LISTS / language / f"{topic}.toml"
    if not path.is_file():
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    _flatten(tomllib.loads(path.read_text("utf-8")), "", lists)
    return lists


def _flatten(table: dict[str, Any], prefix: str, lists: dict[str, tuple[str, ...]]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", lists)
        else:
            lists[prefix + key] = tuple(value)


def languages(topic: str) -> tuple[str, ...]:
    """Return the languages that have lists of a topic; in all others its rules are not assessed."""
    return tuple(language for language in LANGUAGES if _topic(language, topic))


def keys(language: str, topic: str) -> tuple[str, ...]:
    """Return the names of the lists of a topic, in the file's order."""
    return tuple(_topic(language, topic))


def phrases(language: str, topic: str, key: str) -> tuple[str, ...]:
    """Return one list of phrases; an empty one where the language has no lists of the topic.

    Raises:
        KeyError: the topic's file has no such key.

    >>> phrases("xx", "asks", "requests")
    ()
    """
    lists = _topic(language, topic)
    return lists[key] if lists else ()


@cache
def phrase_pattern(phrase: str) -> str:
    r"""Return the regular expression of one phrase of a list.

    It is valid in Rust's and in Python's syntax and has no capturing groups.

    >>> phrase_pattern("no está")
    '\\bno[\\s\\-]+est[áa]\\b'
    >>> phrase_pattern("=está*")
    '\\bestá\\w*'
    """
    exact = phrase.startswith("=")
    written = phrase.removeprefix("=")
    letters = _EXACT if exact else _OPTIONAL_ACCENTS
    parts: list[str] = []
    previous = " "
    opened_leading = False
    # An optional part takes the blank before it. At the start of a phrase or choice and after a gap, which has taken
    # that blank, it takes the one after it.
    leading, taken = True, False
    for piece in _PIECE.finditer(written):
        before = "" if taken else _BLANK
        starting = False
        if piece["gap"]:
            words = int(piece["words"] or _GAP_WORDS)
            parts.append(rf"\s+(?:[^\s.!?;]+\s+){{0,{words}}}")
            starting = True
        elif piece["open"]:
            parts.append(f"(?:{before if piece['before'] and not leading else ''}(?:")
            taken = False
            opened_leading, leading = leading, False
            continue
        elif piece["close"]:
            parts.append(f"){_BLANK})?" if opened_leading else "))?")
            leading = taken = opened_leading
            continue
        elif piece["blank"]:
            parts.append(before)
            starting = leading
        elif piece["star"]:
            parts.append(r"[^\s.!?;,]+" if previous.isspace() else r"\w*")
        elif piece["sign"]:
            parts.append(_SIGNS[piece["sign"]])
            starting = piece["sign"] != ")"
        else:
            parts.append(letters.get(piece[0]) or re.escape(piece[0]))
        leading, taken = starting, False
        previous = piece[0][-1]
    return _boundary(written.lstrip("([")[:1]) + "".join(parts) + _boundary(written.rstrip(")]")[-1:])


def _boundary(edge: str) -> str:
    return r"\b" if edge.isalnum() else ""


def pattern(wanted: Iterable[str]) -> str:
    r"""Return a regular expression that matches any of the phrases as whole words, the longest first.

    Search the texts that `phrase_text` prepares: it has no flag for upper case.

    Args:
        wanted: phrases as lists write them; none matches nothing.

    >>> pattern(["thank (you|u)", "thx"])
    '(?:\\bthank[\\s\\-]+(?:you|u)\\b|\\bthx\\b)'
    """
    ordered = _longest_first(wanted)
    return "(?:" + "|".join(phrase_pattern(phrase) for phrase in ordered) + ")" if ordered else r"[^\s\S]"


def matched_phrase(texts: pl.Series, wanted: Iterable[str]) -> pl.Series:
    """Return which phrase each text holds first: the phrase as the list writes it, never words of the text.

    Args:
        texts: prepared by `phrase_text`.
        wanted: phrases as lists write them.

    Returns:
        A phrase without the signs of the syntax, or null.

    >>> matched_phrase(pl.Series(["oh thank you so very much"]), ["thank (you|u) … much"]).to_list()
    ['thank you … much']
    """
    ordered = _longest_first(wanted)
    found = texts.str.extract(f"({pattern(ordered)})")
    distinct = found.unique().drop_nulls()
    named = pl.Series([_which(match, ordered) for match in distinct], dtype=pl.String)
    return found.replace_strict(distinct, named, default=None, return_dtype=pl.String)


def _longest_first(wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(wanted), key=lambda phrase: (-len(phrase), phrase)))


def _which(match: str, ordered: tuple[str, ...]) -> str:
    found = _numbered(ordered).fullmatch(match)
    index = found.lastindex if found else None
    return _readable(ordered[index - 1]) if index else match


@cache
def _numbered(ordered: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"({phrase_pattern(phrase)})" for phrase in ordered))


def _readable(phrase: str) -> str:
    """Write a phrase for a reader: the first of each choice, without optional parts."""
    plain = re.sub(r"\s*\[[^\]]*\]\s*", " ", phrase.removeprefix("="))
    while "(" in plain:
        shorter = re.sub(r"\(([^()|]*)[^()]*\)", r"\1", plain)
        if shorter == plain:
            break
        plain = shorter
    return " ".join(re.sub(r"…\d+", "…", plain).replace("*", "…").split())
