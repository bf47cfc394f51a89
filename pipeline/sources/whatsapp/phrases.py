"""Patterns of the phrases that WhatsApp writes into a chat, made from the tables of the languages.

The language of a phrase is evidence for the order of the dates in the file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from pipeline.sources.whatsapp.language_tables import Language, languages

Patterns = Mapping[str, re.Pattern[str]]
"""Language -> pattern of all of its phrases of a kind."""
ANY_LANGUAGE: Final = "xx"
_IOS_NAMES: Final = r"(?:WhatsApp[ -]Chat|Chat WhatsApp) - (?P<name_0>.+)"
"""A form of an export's file name that is used in several languages."""
_QUOTES: Final = '"“”„«»‟「」'
_LONGEST: Final = 300
_FILE: Final = rf"[^>\n]{{1,{_LONGEST}}}"
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Japanese, Chinese, Korean: a phrase may follow a name without a blank."""


def _escaped(text: str) -> str:
    """Return a pattern for fixed text with any quotes, apostrophes and blanks."""
    escaped = re.escape(text).replace(r"\ ", " ")
    escaped = re.sub(f"[{_QUOTES}]", lambda _: f"[{_QUOTES}]", escaped)
    return re.sub(r"['’]", "['’]", escaped).replace(" ", r"\s+")


def pattern_of(phrase: str, *, hole: str = rf".{{1,{_LONGEST}}}?") -> str:
    r"""Return the pattern of a phrase; `{}` stands for any text.

    >>> re.fullmatch(pattern_of("{} added {}"), "Ada added Bo Li") is not None
    True
    """
    return hole.join(_escaped(part) for part in phrase.split("{}"))


def part_of(phrase: str) -> str:
    """Return the pattern of a phrase inside a line: between the boundaries of its words, but for an ending that joins a name."""
    inner = phrase.strip("{} ")
    joins_before = phrase.startswith("{}") and not phrase.startswith("{} ")
    joins_after = (phrase.endswith("{}") and not phrase.endswith(" {}")) or inner in _STEMS
    before = "" if joins_before or _UNSPACED.match(inner[:1]) else r"(?<!\w)"
    after = "" if joins_after or _UNSPACED.match(inner[-1:]) else r"(?!\w)"
    return f"{before}{pattern_of(inner)}{after}"


_STEMS: Final = frozenset({"end-to-end encrypt", "crittografi", "Tippe", "blockiert", "fissato"})
"""Phrases that are beginnings of words."""


class Index:
    """Phrases that are a whole text, found by its first characters or its last: a chat has many texts, and few are phrases."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]], flags: int) -> None:
        """Take (language, phrase, pattern) of each phrase."""
        self._flags = flags
        self._by_end: dict[str, list[tuple[str, str]]] = {}
        for language, phrase, pattern in phrases:
            self._by_end.setdefault(_fixed_end(phrase), []).append((language, pattern))

    def match(self, text: str) -> tuple[str, re.Match[str] | None]:
        """Return the language and the match of the phrase that is the whole text; an empty language for none."""
        for end in (f"^{text[:2].casefold()}", f"{text[-1:].casefold()}$", ""):
            for language, pattern in self._by_end.get(end, ()):
                if found := _compiled_once(pattern, self._flags).fullmatch(text):
                    return language, found
        return "", None


def _fixed_end(phrase: str) -> str:
    """Return how a phrase begins, else how it ends; empty if both are open."""
    if phrase[0] not in "{" + _QUOTES:
        return f"^{phrase[:2].casefold()}"
    return "" if phrase[-1] in "}" + _QUOTES else f"{phrase[-1].casefold()}$"


class Parts:
    """Phrases that are found inside a line. A line is searched for a phrase's longest fixed part first, which is fast."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]], flags: int) -> None:
        """Take (language, phrase, pattern) of each phrase."""
        self._flags = flags
        self._phrases = [(_fixed_part(phrase), language, pattern) for language, phrase, pattern in phrases]

    def search(self, line: str) -> tuple[str, re.Match[str] | None]:
        """Return the language and the match of the first phrase that the line holds; an empty language for none."""
        folded = " ".join(line.casefold().split())
        for fixed, language, pattern in self._phrases:
            if fixed in folded and (found := _compiled_once(pattern, self._flags).search(line)):
                return language, found
        return "", None


def _fixed_part(phrase: str) -> str:
    """Return the longest part of a phrase without a hole, quotes or apostrophes, for comparison.

    >>> _fixed_part("{} changed the subject to “{}”")
    'changed the subject to'
    """
    parts = re.split(rf"\{{\}}|[{_QUOTES}'’]", phrase)
    return max((" ".join(part.casefold().split()) for part in parts), key=len)


@cache
def _compiled_once(pattern: str, flags: int) -> re.Pattern[str]:
    """Compile a pattern when a text first needs it: most languages never occur."""
    return re.compile(pattern, flags)


@cache
def all_of(kind: str) -> Index:
    """Return the index of the phrases of a kind: `deleted`, `deleted_by_me`, `done_by_me` or `edited`."""
    tables = languages().items()
    return Index(
        ((code, phrase, pattern_of(phrase)) for code, table in tables for phrase in getattr(table, kind)), re.IGNORECASE
    )


@cache
def parts_of(kind: str) -> Parts:
    """Return the phrases of a kind as parts of a line: `group`, `other`, `encrypted` or `attached`."""
    tables = languages().items()
    return Parts(
        ((code, phrase, part_of(phrase)) for code, table in tables for phrase in getattr(table, kind)), re.IGNORECASE
    )


@cache
def chat_names() -> Patterns:
    """Return the patterns of an export's file name, with the chat's name in a group that begins with `name`."""

    def named(table: Language) -> Iterable[str]:
        for number, phrase in enumerate(table.chat_names):
            yield pattern_of(phrase, hole=rf"(?P<name_{number}>.+)")

    return {**_compiled(named, re.IGNORECASE), ANY_LANGUAGE: re.compile(_IOS_NAMES)}


def _media_forms(table: Language) -> Iterator[tuple[str, str]]:
    """Yield (phrase, pattern) of the texts in the place of a file: `image omitted`, `<image omitted>`, `<attached: …>`, `3.jpg <attached>`."""
    for phrase in table.media:
        bare = phrase.strip("<>")
        if "{}" not in bare:
            yield f"<{bare}>", f"<{pattern_of(bare)}>"
            if phrase == bare:
                yield bare, pattern_of(bare)
            continue
        word = bare.replace("{}", "").strip(" :：")
        yield f"<{bare}>".replace("<{}", "{}"), rf"<\s*{pattern_of(bare, hole=_FILE)}\s*>"
        yield f"<{word}>", f"<{_escaped(word)}>"
        yield f"{{}} <{word}>", rf"\S[^<>\n]{{0,200}}\s<{_escaped(word)}>"


@cache
def media() -> Index:
    """Return the index of the texts in the place of a file."""
    return Index(((code, *form) for code, table in languages().items() for form in _media_forms(table)), 0)


@cache
def media_parts() -> Parts:
    """Return the places of files inside a line, behind a caption."""
    return Parts(((code, *form) for code, table in languages().items() for form in _media_forms(table)), 0)


@cache
def calls(*, marked: bool) -> Index:
    """Return the index of a call's line. Where a mark says that nobody typed it, more may follow."""
    end = r"(?:\s?[,.•:].{0,60})?" if marked else r"(?:, \d.{0,30}|\. .{0,30})?"
    phrases = ((code, phrase) for code, table in languages().items() for phrase in table.calls)
    return Index(((code, phrase, pattern_of(phrase) + end) for code, phrase in phrases), 0)


@cache
def polls() -> Index:
    """Return the index of a poll's first line; its group `question` is the question."""
    words = ((code, word) for code, table in languages().items() for word in table.polls)
    return Index(((code, word, rf"{pattern_of(word)}\s?[:：]\s*(?P<question>.*)") for code, word in words), 0)


@cache
def poll_option() -> re.Pattern[str]:
    """Return the pattern of a poll's further lines."""
    words = {word for table in languages().values() for word in table.poll_options}
    return re.compile(
        rf"(?:{'|'.join(sorted(map(re.escape, words)))}|\w[\w ]{{1,20}}): .*\(\d+ .*\)|(?:{'|'.join(sorted(map(re.escape, words)))}): .*"
    )


@cache
def subject_begins() -> Parts:
    """Return the beginnings of a system line that quotes a group's subject, up to the opening quote."""

    def beginnings(table: Language) -> Iterator[str]:
        for phrase in table.group:
            quote = re.search(f"[{_QUOTES}]" + r"\{\}", phrase)
            if quote is not None and (beginning := phrase[: quote.start()].strip("{} ")):
                yield beginning

    tables = languages().items()
    return Parts(((code, each, part_of(each)) for code, table in tables for each in beginnings(table)), re.IGNORECASE)


def _compiled(forms: Callable[[Language], Iterable[str]], flags: int) -> dict[str, re.Pattern[str]]:
    """Return the alternatives of each language; longer ones first, so that a note at a phrase's end belongs to it."""
    found = {}
    for code, table in languages().items():
        alternatives = sorted(set(forms(table)), key=len, reverse=True)
        if alternatives:
            found[code] = re.compile("|".join(alternatives), flags)
    return found
