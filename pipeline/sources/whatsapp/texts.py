"""Classify the text of a record: typed text, placeholder of a file, call, poll, deleted message, system line."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.sources.whatsapp import phrases
from pipeline.sources.whatsapp.grammar import LRM, MARKS

_MARKS = re.compile(f"[{MARKS}]")
_MEDIA = phrases.compiled(phrases.MEDIA, re.NOFLAG)
_ATTACHED = phrases.compiled(phrases.ATTACHED)
_DELETED = phrases.compiled(phrases.DELETED)
_DELETED_BY_ME = phrases.compiled(phrases.DELETED_BY_ME)
_DONE_BY_ME = phrases.compiled(phrases.DONE_BY_ME)
_EDITED = phrases.compiled(phrases.EDITED)
_SUFFIX: Final = 80
"""Characters of the longest note of an edit; `_NOTICE`: of the longest line that can be a notice. Nothing longer is searched."""
_NOTICE: Final = 300
_CALLS = {
    ios: phrases.compiled({language: f"(?:{begin}){end}" for language, begin in phrases.CALLS.items()}, re.NOFLAG)
    for ios, end in ((True, phrases.CALL_END_MARKED), (False, phrases.CALL_END))
}
_POLLS = phrases.compiled({language: rf"(?:{word}):\s*(.*)" for language, word in phrases.POLLS.items()}, re.NOFLAG)
_OPTION = re.compile(phrases.OPTION)
GROUP = phrases.compiled(phrases.GROUP_LINES)
OTHER = phrases.compiled(phrases.OTHER_LINES)
_ENCRYPTED = phrases.compiled(phrases.ENCRYPTED)
_OPEN_QUOTE: Final = re.compile(r"[\"“„«][^\"“”„«»]*\Z")
_LINK: Final = re.compile(r"https?://\S+")


class Content(NamedTuple):
    """kind: message, call, deleted, deleted_by_me, system; the plain text of a message."""

    kind: str
    text: str = ""
    language: str = ""


def plain(text: str) -> str:
    """Return the text without direction marks, stripped."""
    return _MARKS.sub("", text).strip()


def _which(patterns: dict[str, re.Pattern[str]], text: str) -> str:
    """Return the language whose pattern matches the whole text, a final full stop aside; empty for none."""
    bare = text.rstrip(". ")
    return next((language for language, pattern in patterns.items() if pattern.fullmatch(bare)), "")


def is_system(line: str) -> str:
    """Return the language of a system line; empty for any other line."""
    for patterns in (GROUP, OTHER):
        for language, pattern in patterns.items():
            if pattern.search(line[:_NOTICE]):
                return language
    return ""


def is_done_by_me(line: str) -> bool:
    """Return whether a system line reports an act of the exporting person ("You added Bo")."""
    return bool(_which(_DONE_BY_ME, plain(line)[:_NOTICE]))


def is_notice(text: str) -> bool:
    """Return whether a text is WhatsApp's notice of encryption."""
    return any(pattern.search(text[:_NOTICE]) for pattern in _ENCRYPTED.values())


def is_group_line(line: str) -> bool:
    """Return whether a system line occurs in groups only."""
    return any(pattern.search(line[:_NOTICE]) for pattern in GROUP.values())


def names_a_subject(prefix: str) -> bool:
    """Return whether the text before a `: ` begins a system line that quotes a new subject, so that the colon belongs to the quote."""
    return _OPEN_QUOTE.search(prefix) is not None and is_group_line(prefix)


def content_of(first: str, more: Sequence[str], *, marked: bool, ios: bool) -> Content:
    """Return kind, text and language of a record.

    Args:
        first: the text after the name, with direction marks (iOS writes one before text that nobody typed).
        more: the following lines of the same record.
        marked: whether the line itself begins with a mark, which iOS writes if a file is attached.
        ios: whether the line has the form of iOS. Only there do marks carry meaning.
    """
    typed = plain(first)
    if language := _which(_DELETED_BY_ME, typed):
        return Content("deleted_by_me", language=language)
    if language := _which(_DELETED, typed):
        return Content("deleted", language=language)
    automatic = first.lstrip(" ").startswith(LRM) or not ios
    for language, pattern in _POLLS.items():
        if automatic and (found := pattern.fullmatch(typed)):
            question = [found[1], *(line for line in map(plain, more) if not _OPTION.fullmatch(line))]
            return Content("message", "\n".join(part for part in question if part), language)
    whole = plain("\n".join([first, *more]))
    if language := _which(_MEDIA, whole):
        return Content("message", language=language)
    if automatic and not more and (language := _which(_CALLS[ios], typed)):
        return Content("call", language=language)
    for language, pattern in _ATTACHED.items():
        if found := pattern.search(typed):
            return Content("message", plain("\n".join([typed[found.end() :], *more])), language)
    if ios and (marked or automatic):
        kept = [line for line in (typed, *map(plain, more)) if not _holds_media(line)]
        language = next((language for language in map(_media_language, (typed, *more)) if language), "")
        if marked or language or _LINK.search(typed):
            return Content("message", "\n".join(kept), language)
        return Content("system", language=is_system(typed))
    return Content("message", *_unedited("\n".join([first, *more])))


def _media_language(line: str) -> str:
    return next((language for language, pattern in _MEDIA.items() if pattern.search(plain(line))), "")


def _holds_media(line: str) -> bool:
    return bool(_media_language(line))


def _unedited(text: str) -> tuple[str, str]:
    """Return the text without the note of an edit at its end, and the language of that note."""
    whole = text.rstrip()
    at = whole.rfind("<", max(0, len(whole) - _SUFFIX))
    if at >= 0 and whole.endswith(">"):
        language = next((language for language, pattern in _EDITED.items() if pattern.fullmatch(whole[at:])), "")
        if language or whole[:at].endswith(LRM):
            return plain(whole[:at]), language
    return plain(text), ""
