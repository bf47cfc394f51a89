"""Keep a mail's own words: cut the quoted mail, the line that introduces it, forwarded mail and the signature.

Quoting is recognised by its form, whatever the language: lines that start with `>` and the line ending in `:` before
them; dashes around a title; a block of From/Sent/To/Subject lines. Where the quoted text carries no mark (HTML turned
into text), the introduction must be one of the usual ones.
"""

import re
from typing import Final

_DASHED: Final = re.compile(r"^[ \t\xa0]*[-_]{3,}[ \t\xa0]*\S[^\n]{2,60}?\S[ \t\xa0]*[-_]{3,}[ \t\xa0]*$")
"""`-----Original Message-----`, `---------- Forwarded message ----------` and their translations."""
_INTRODUCTION: Final = re.compile(
    r"^[ \t]*(?:On\b.{4,300}\bwrote|Am\b.{4,300}\bschrieb\b.{0,120}|Le\b.{4,300}\ba écrit|El\b.{4,300}\bescribió|"
    r"Il\b.{4,300}\bha scritto|Em\b.{4,300}\bescreveu|Op\b.{4,300}\bschreef\b.{0,120}|Dne\b.{4,300}\bnapsal\(?a?\)?|"
    r"W dniu\b.{4,300}\bpisze|V\b.{4,300}\bje .{0,100}\bnapisal\(?a?\)?|Den\b.{4,300}\bskrev\b.{0,120}|"
    # Japanese: 2024年2月5日(月) 10:00 Ana <…>: (Gmail), …、Anaのメール: (Apple), … Ana さんは書きました: (Thunderbird)
    r"(?:On )?(?:\d{4}年\d\d?月\d\d?日|\d{4}[/-]\d\d?[/-]\d\d?).{0,300}(?:<[^<>\s]+@[^<>\s]+>|のメール|(?:書きました|書いた|書き込みました|のメッセージ))|"
    # Chinese: Ana <…> 于2024年2月5日周一 10:00写道： (Gmail), 在 2024年2月5日，10:00，Ana <…> 写道： (Apple, NetEase)
    r"(?=.*(?:@|\d:\d\d|\d{4})).{0,200}(?:[于於在]|\d{4}\s*年).{2,300}(?:写道|寫道|写到|寫到|写了|寫了)|At \d{4}-\d\d-\d\d\b.{4,300}\bwrote|"
    # Korean: 2024년 2월 5일 (월) 오전 10:00, Ana <…>님이 작성: (Gmail), 2024. 2. 5. 오전 10:00, Ana <…> 작성: (Apple)
    r"\d{4}(?:년|[.-]).{4,300}(?:작성|썼습니다|쓴 글|쓰셨습니다|보낸 메시지|님의 말|님이 쓴 글)|"
    # Turkish: Ana <…>, 5 Şub 2024 Pzt, 10:00 tarihinde şunu yazdı: (Gmail), Ana <…> şunları yazdı (5 Şub 2024 10:00): (Apple)
    r"(?=.*(?:@|\d:\d\d|\d{4})).{4,300}\b(?:yazdı|yazmış|yazmıştı)(?:\s*\([^()\n]{4,60}\))?"
    r")\s*[:：]?[ \t]*$",
    re.IGNORECASE | re.DOTALL,
)
_FIELD: Final = re.compile(
    r"^[ \t\xa0]*\*?([^\W\d_][\w .'’-]{0,24})[ \xa0]?(?::\*?[ \t\xa0]+|[：﹕]\*?[ \t\xa0]*|(?<=[\u3000-\u9fff\uac00-\ud7a3]):\*?)\S"
)
_HEADER_BLOCK: Final = frozenset(
    {"from", "von", "de", "da", "van", "od", "från", "fra", "от", "від", "lähettäjä", "feladó", "από", "ze", "desde", "remitente", "expéditeur", "mittente"}
    | {"kimden", "gönderen", "差出人", "送信者", "发件人", "發件人", "寄件者", "寄件人", "发送人", "보낸 사람", "보낸사람", "보낸이", "발신", "발신자"}
)  # fmt: skip
_LONE_DASHES: Final = re.compile(r"^[ \t]*_{20,}[ \t]*$")
_FORWARDED: Final = re.compile(
    r"origin|ursprüngl|forward|weitergel|transf|przekaz|inoltr|reenv|doorgest|přepos|posred|orijinal|özgün|asıl|ilet|yönlendir|"
    r"元の|転送|引用元|原始|原文|转发|轉寄|轉發|转寄|原郵件|원본|원래|전달",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"@|(?<!\d)(?:19|20)\d\d(?!\d)|\d:\d\d")
"""What an introduction in whatever language names: an address, a year, a time of day."""
_COLONS: Final = (":", "：")
"""The one of European scripts, and the wide one of Chinese and Japanese."""
_ADDRESS_ENDS: Final = re.compile(r"<[^<>\s]+@[^<>\s]+>,?[ \t]*$")
_PATCH: Final = " Mon Sep 17 00:00:00 2001"
"""End of the line with which git begins a patch."""
_BLANKS: Final = frozenset({" ", "\t"})
_DASHES: Final = frozenset({"-", "_"})
_LONGEST: Final = 200
"""Characters of a line that may be a title between dashes; longer ones would cost too much to match."""
_WRAPPED: Final = 3
"""Lines over which an introduction may be wrapped."""


def own_words(text: str) -> str:
    """Return the text without quotes and signature; answers between quotes stay. Empty when nothing own is in it."""
    wide = "：" in text
    if not wide and not any(mark in text for mark in (">", ":", "--", "__")):
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
        elif ":" in line or (wide and "：" in line):
            if line.rstrip().endswith(_COLONS) and (start := _introduction(lines, place)) is not None:
                del kept[len(kept) - (place - start) :]
                break
            if _block_ends(lines, place) or (line.startswith("From ") and line.rstrip().endswith(_PATCH)):
                break
        kept.append(line)
    return "\n".join(kept).strip()


def _drop_introduction(kept: list[str]) -> None:
    """Remove the paragraph before a quote if it ends in a colon and reads like an introduction of the quote."""
    last = len(kept)
    while last and not kept[last - 1].strip():
        last -= 1
    if not last or not kept[last - 1].rstrip().endswith(_COLONS):
        return
    first = last - 1
    while first and last - first < _WRAPPED and kept[first - 1].strip():
        first -= 1
    paragraphs = [(start, "\n".join(kept[start:last])) for start in range(last - 1, first - 1, -1)]
    usual = next((start for start, words in paragraphs if _INTRODUCTION.match(words)), None)
    start = usual if usual is not None else next((start for start, words in paragraphs if _DATED.search(words)), None)
    if start is not None:
        kept[_with_sender(kept, start, first) :] = [""]


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
    first = max(0, place - _WRAPPED + 1)
    starts = range(place, first - 1, -1)
    start = next((start for start in starts if _INTRODUCTION.match("\n".join(lines[start : place + 1]))), None)
    return None if start is None else _with_sender(lines, start, first)


def _with_sender(lines: list[str], start: int, first: int) -> int:
    """Return where an introduction begins, with the sender's line before it when it is wrapped behind the sender."""
    while start > first and _ADDRESS_ENDS.search(lines[start - 1]):
        start -= 1
    return start


def _fields_behind(lines: list[str], place: int) -> int:
    """Return how many consecutive lines from here have the form of header fields."""
    while place < len(lines) and not lines[place].strip():
        place += 1
    number = 0
    while place < len(lines) and number < 4 and _FIELD.match(lines[place]):
        place, number = place + 1, number + 1
    return number
