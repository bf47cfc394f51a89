"""Forms of a person's name that are equal however it is written: script, diacritics, transliteration, titles.

Source: methods:suggestions.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from pipeline.model.naming import normalise_name

_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|«[^»]*»")
"""Pronouns, employers and nicknames in brackets."""
_HAN: Final = re.compile(r"([\u3400-\u9fff])")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)*")
_TITLES: Final = frozenset({
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau", "sr", "sra", "jr", "senior", "junior",
    "phd", "md", "mba", "msc", "bsc", "dipl", "ii", "iii", "iv", "esq", "rev",
})  # fmt: skip
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ae", "a"), ("oe", "o"), ("ue", "u"),  # German umlauts written out
        ("schtsch|shch", "s"), ("tsch|tch", "c"), ("sch|sh", "s"), ("ch|cz", "c"), ("kh", "h"), ("zh", "z"), ("ts|tz", "z"),
        ("ph", "f"), ("th", "t"), ("gh", "g"), ("ck|q", "k"), ("ks", "x"), ("ou|oy|oo", "u"), ("dj", "d"), ("w", "v"), ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Spellings that differ between transliterations of one name, and the letter that takes their place."""


@lru_cache(maxsize=1 << 17)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters, without titles, in their order; empty for what isn't a name.

    "Last, First" is turned round. Addresses, and names with digits or underscores, are handles, not names.

    Examples:
        >>> name_tokens("Dr. Çağla Holm (she/her)")
        ('cagla', 'holm')
        >>> name_tokens("Щербакова, Юлия")
        ('yuliya', 'shcherbakova')
        >>> name_tokens("ann_lee84")
        ()
    """
    shown = _ASIDE.sub(" ", unicodedata.normalize("NFKC", name[:200]))
    if "@" in shown or "_" in shown or any(letter.isdigit() for letter in shown):
        return ()
    last, comma, first = shown.partition(",")
    if comma and name_words(first):
        shown = f"{first} {last}"
    return name_words(shown)


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in Latin letters, without titles, in their order."""
    latin = anyascii(_HAN.sub(r" \1 ", normalise_name(text))).lower().replace("-", " ")
    words = tuple(word.replace("'", "") for word in _WORD.findall(latin))
    return tuple(word for word in words if word not in _TITLES)


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Return the form of a word that its transliterations share. It is idempotent.

    Examples:
        >>> {sound(word) for word in ("tschaikowski", "tchaikovsky", "chaykovskiy")}
        {'caikovski'}
        >>> sound("mueller") == sound("muller")
        True
    """
    while True:
        heard = word
        for pattern, letter in _SOUNDS:
            heard = pattern.sub(letter, heard)
        if heard == word:
            return heard
        word = heard


@lru_cache(maxsize=1 << 17)
def handle_form(handle: str) -> str:
    """Return a handle's letters and digits in Latin: "@Ann.Lee" and "ann-lee@host.example" are both "annlee".

    Examples:
        >>> handle_form("@Ann.Lee"), handle_form("ann-lee@host.example")
        ('annlee', 'annlee')
    """
    own = handle.strip().lstrip("@").partition("@")[0]
    return "".join(letter for letter in anyascii(normalise_name(own)).lower() if letter.isalnum())
