"""Keep a mail's own words: cut the quoted mail, the line that introduces it, forwarded mail and the signature.

Quoting is recognised by its form, whatever the language: lines that start with `>` and the line ending in `:` before
them; dashes around a title; a block of From/Sent/To/Subject lines. Where the quoted text carries no mark (HTML turned
into text), the introduction must be one of the usual ones.
"""

import re
from typing import Final

_DASHED: Final = re.compile(r"^[ \t]*[-_]{3,}[ \t]*\S[^\n]{2,60}?\S[ \t]*[-_]{3,}[ \t]*$")
"""`-----Original Message-----`, `---------- Forwarded message ----------` and their translations."""
_INTRODUCTION: Final = re.compile(
    r"^[ \t]*(?:On\b.{4,300}\bwrote|Am\b.{4,300}\bschrieb\b.{0,120}|Le\b.{4,300}\ba écrit|El\b.{4,300}\bescribió|"
    r"Il\b.{4,300}\bha scritto|Em\b.{4,300}\bescreveu|Op\b.{4,300}\bschreef\b.{0,120}|Dne\b.{4,300}\bnapsal\(?a?\)?|"
    r"W dniu\b.{4,300}\bpisze|V\b.{4,300}\bje .{0,100}\bnapisal\(?a?\)?|Den\b.{4,300}\bskrev\b.{0,120})\s*:?[ \t]*$",
    re.IGNORECASE | re.DOTALL,
)
_FIELD: Final = re.compile(r"^[ \t]*\*?([^\W\d_][\w .'’-]{0,24}):\*?[ \t]+\S")
_HEADER_BLOCK: Final = frozenset({"from", "von", "de", "da", "van", "od", "från", "fra", "от"})
_LONE_DASHES: Final = re.compile(r"^[ \t]*_{20,}[ \t]*$")
_FORWARDED: Final = re.compile(
    r"origin|ursprüngl|forward|weitergel|transf|przekaz|inoltr|reenv|doorgest|přepos|posred", re.IGNORECASE
)
_DATED: Final = re.compile(r"@|\b(?:19|20)\d\d\b|\d:\d\d")
"""What an introduction in whatever language names: an address, a year, a time of day."""
_BLANKS: Final = frozenset({" ", "\t"})
_DASHES: Final = frozenset({"-", "_"})
_LONGEST: Final = 200
"""Characters of a line that may be a title between dashes; longer ones would cost too much to match."""
_WRAPPED: Final = 3
"""Lines over which an introduction may be wrapped."""


def own_words(text: str) -> str:
    """Return the text without quotes and signature; answers between quotes stay. Empty when nothing own is in it."""
    if not any(mark in text for mark in (">", ":", "--", "__")):
        return text.strip()
    lines = text.split("\n")
    kept: list[str] = []
    quoting = False
    for place, line in enumerate(lines):
        first = line[:1]
        if first in _BLANKS:
            first = line.lstrip()[:1]
        if first == ">":
            if not quoting:
                _drop_introduction(kept)
            quoting = True
            continue
        if quoting and not line.strip() and not (kept and kept[-1].strip()):
            continue  # the quote's own blank lines
        quoting = False
        if first in _DASHES:
            if line in {"-- ", "--"} or _title_ends(lines, place):
                break
        elif ":" in line:
            if line.rstrip().endswith(":") and (start := _introduction(lines, place)) is not None:
                del kept[len(kept) - (place - start) :]
                break
            if _block_ends(lines, place):
                break
        kept.append(line)
    return "\n".join(kept).strip()


def _drop_introduction(kept: list[str]) -> None:
    """Remove the paragraph before a quote if it ends in a colon and reads like an introduction of the quote."""
    last = len(kept)
    while last and not kept[last - 1].strip():
        last -= 1
    if not last or not kept[last - 1].rstrip().endswith(":"):
        return
    first = last - 1
    while first and last - first < _WRAPPED and kept[first - 1].strip():
        first -= 1
    paragraphs = [(start, "\n".join(kept[start:last])) for start in range(last - 1, first - 1, -1)]
    usual = next((start for start, words in paragraphs if _INTRODUCTION.match(words)), None)
    start = usual if usual is not None else next((start for start, words in paragraphs if _DATED.search(words)), None)
    if start is not None:
        kept[start:] = [""]


def _title_ends(lines: list[str], place: int) -> bool:
    """Return whether a line of dashes, with or without a title in it, begins an original or forwarded message."""
    line = lines[place]
    if len(line) > _LONGEST:
        return False
    if _LONE_DASHES.match(line):
        return _fields_behind(lines, place + 1) >= 2
    if not _DASHED.match(line):
        return False
    return _FORWARDED.search(line) is not None or _fields_behind(lines, place + 1) >= 2


def _block_ends(lines: list[str], place: int) -> bool:
    """Return whether a block of From, Sent, To, Subject begins here."""
    found = _FIELD.match(lines[place])
    return found is not None and found[1].lower() in _HEADER_BLOCK and _fields_behind(lines, place) >= 3


def _introduction(lines: list[str], place: int) -> int | None:
    """Return where a usual introduction begins that ends on this line, if the quoted mail follows without any mark.

    If marked quotes follow, the marks decide, because answers may be written between them.
    """
    behind = place + 1
    while behind < len(lines) and not lines[behind].strip():
        behind += 1
    if behind < len(lines) and lines[behind].lstrip().startswith(">"):
        return None
    starts = range(max(0, place - _WRAPPED + 1), place + 1)
    return next((start for start in starts if _INTRODUCTION.match("\n".join(lines[start : place + 1]))), None)


def _fields_behind(lines: list[str], place: int) -> int:
    """Return how many consecutive lines from here have the form of header fields."""
    while place < len(lines) and not lines[place].strip():
        place += 1
    number = 0
    while place < len(lines) and number < 4 and _FIELD.match(lines[place]):
        place, number = place + 1, number + 1
    return number
