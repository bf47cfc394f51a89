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
_MANY: Final = re.compile(r"\n{3,}")
_FORWARDED: Final = re.compile(
    r"origin|ursprüngl|forward|weitergel|transf|przekaz|inoltr|reenv|doorgest|přepos|posred", re.IGNORECASE
)
_MARKS: Final = re.compile(
    r"^[ \t]*(?:>|--|__)|:[ \t]*$|^[ \t]*\*?(?:from|von|de|da|van|od|från|fra|от):", re.MULTILINE | re.IGNORECASE
)
_WRAPPED: Final = 3
"""Lines over which an introduction may be wrapped."""


def own_words(text: str) -> str:
    """Return the text without quotes and signature; answers between quotes stay. Empty when nothing own is in it."""
    if not _MARKS.search(text):
        return text.strip()
    lines = text.split("\n")
    kept: list[str] = []
    for place, line in enumerate(lines):
        stripped = line.strip()
        if stripped.startswith(">"):
            _drop_introduction(kept)
            continue
        if stripped.startswith(("-", "_")):
            if line in {"-- ", "--"} or _title_ends(lines, place):
                break
        elif stripped.endswith(":") and _introduces(lines, place):
            first = next(
                start for start in range(max(0, place - _WRAPPED + 1), place + 1)
                if _INTRODUCTION.match("\n".join(lines[start : place + 1]))
            )  # fmt: skip
            del kept[len(kept) - (place - first) :]
            break
        elif ":" in stripped and _block_ends(lines, place):
            break
        kept.append(line)
    return _MANY.sub("\n\n", "\n".join(kept)).strip()


def _drop_introduction(kept: list[str]) -> None:
    """Drop the paragraph before a quote if it ends in a colon and looks like an introduction, not like own words."""
    while kept and not kept[-1].strip():
        kept.pop()
    if not kept or not kept[-1].rstrip().endswith(":"):
        return
    first = len(kept) - 1
    while first > 0 and len(kept) - first < _WRAPPED and kept[first - 1].strip():
        first -= 1
    for start in (len(kept) - 1, *range(first, len(kept) - 1)):
        said = "\n".join(kept[start:])
        if _INTRODUCTION.match(said) or "@" in said or re.search(r"\d{1,2}:\d\d|\b(?:19|20)\d\d\b", said):
            del kept[start:]
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append("")
            return


def _title_ends(lines: list[str], place: int) -> bool:
    """Tell whether a line of dashes, with or without a title in it, opens an original or forwarded message."""
    line = lines[place]
    if _LONE_DASHES.match(line):
        return _fields_behind(lines, place + 1) >= 2
    if not _DASHED.match(line):
        return False
    return _FORWARDED.search(line) is not None or _fields_behind(lines, place + 1) >= 2


def _block_ends(lines: list[str], place: int) -> bool:
    """Tell whether a block of From, Sent, To, Subject begins here."""
    found = _FIELD.match(lines[place])
    return found is not None and found[1].lower() in _HEADER_BLOCK and _fields_behind(lines, place) >= 3


def _introduces(lines: list[str], place: int) -> bool:
    """Tell whether a usual introduction ends on this line, and what follows is the quoted mail without any mark.

    With marked quotes behind it the marks decide: an answer may stand between them.
    """
    behind = next((other for other in lines[place + 1 :] if other.strip()), "")
    if behind.lstrip().startswith(">"):
        return False
    starts = range(max(0, place - _WRAPPED + 1), place + 1)
    return any(_INTRODUCTION.match("\n".join(lines[start : place + 1])) for start in starts)


def _fields_behind(lines: list[str], place: int) -> int:
    """Return how many of the next lines stand like header fields, one under the other."""
    while place < len(lines) and not lines[place].strip():
        place += 1
    number = 0
    while place < len(lines) and number < 4 and _FIELD.match(lines[place]):
        place, number = place + 1, number + 1
    return number
