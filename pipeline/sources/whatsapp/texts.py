"""Classify the text of a record: typed text, placeholder of a file, call, poll, deleted message, system line."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.sources.whatsapp import phrases
from pipeline.sources.whatsapp.forms import DIRECTION_MARKS, MARKS

_MARKS = re.compile(f"[{MARKS}]")
_SUFFIX: Final = 80
"""Characters of the longest note of an edit; `_NOTICE`: of the longest line that can be a notice. Nothing longer is searched."""
_NOTICE: Final = 300
_OPEN_QUOTE: Final = re.compile(r"[\"“„«「][^\"“”„«»「」]*\Z")
_LINK: Final = re.compile(r"https?://\S+")
_NO_TEXT: Final = "null"
"""What Android writes in the place of a picture that could be viewed once."""


class Content(NamedTuple):
    """kind: message, call, deleted, deleted_by_me, system; the plain text of a message."""

    kind: str
    text: str = ""
    language: str = ""


def plain(text: str) -> str:
    """Return the text without direction marks, stripped."""
    return _MARKS.sub("", text).strip()


def _which(index: phrases.Index, text: str) -> str:
    """Return the language whose phrase is the whole text, a final full stop aside; empty for none."""
    return index.match(text.rstrip(".。। "))[0]


def _holds(parts: phrases.Parts, line: str) -> str:
    """Return the language of a phrase that is found in a line; empty for none."""
    return parts.search(plain(line[:_NOTICE]))[0]


def is_system(line: str) -> str:
    """Return the language of a system line; empty for any other line."""
    kinds = ("encrypted", "group", "other")
    return next((language for kind in kinds if (language := _holds(phrases.parts_of(kind), line))), "")


def is_done_by_me(line: str) -> bool:
    """Return whether a system line reports an act of the exporting person ("You added Bo")."""
    return bool(_which(phrases.all_of("done_by_me"), plain(line)[:_NOTICE]))


def is_notice(text: str) -> bool:
    """Return whether a text is WhatsApp's notice of encryption."""
    return bool(_holds(phrases.parts_of("encrypted"), text))


def is_group_line(line: str) -> bool:
    """Return whether a system line occurs in groups only."""
    return bool(_holds(phrases.parts_of("group"), line))


def names_a_subject(prefix: str) -> bool:
    """Return whether the text before a `: ` begins a system line that quotes a new subject, so that the colon belongs to the quote."""
    if _OPEN_QUOTE.search(prefix) is None:
        return False
    return is_group_line(prefix) or bool(_holds(phrases.subject_begins(), prefix))


def content_of(first: str, more: Sequence[str], *, marked: bool, ios: bool) -> Content:
    """Return kind, text and language of a record.

    Args:
        first: the text after the name, with direction marks (iOS writes one before text that nobody typed).
        more: the following lines of the same record.
        marked: whether the line itself begins with a mark, which iOS writes if a file is attached.
        ios: whether the line has the form of iOS. Only there do marks carry meaning.
    """
    typed = plain(first)
    if language := _which(phrases.all_of("deleted_by_me"), typed):
        return Content("deleted_by_me", language=language)
    if language := _which(phrases.all_of("deleted"), typed):
        return Content("deleted", language=language)
    automatic = first.lstrip(" ").startswith(DIRECTION_MARKS) or not ios
    language, poll = phrases.polls().match(typed)
    if automatic and poll is not None:
        option = phrases.poll_option()
        question = [poll["question"], *(line for line in map(plain, more) if not option.fullmatch(line))]
        return Content("message", "\n".join(part for part in question if part), language)
    whole = plain("\n".join([first, *more]))
    if language := _which(phrases.media(), whole):
        return Content("message", language=language)
    if whole == _NO_TEXT and not ios:
        return Content("message")
    if automatic and not more and (language := _which(phrases.calls(marked=ios), typed)):
        return Content("call", language=language)
    language, note = phrases.parts_of("attached").search(typed) if "(" in typed else ("", None)
    if note is not None:
        return Content("message", plain("\n".join([typed[note.end() :], *more])), language)
    if ios and (marked or automatic):
        kept = [line for line in (typed, *map(plain, more)) if not _holds(phrases.media_parts(), line)]
        language = next((language for line in (typed, *more) if (language := _holds(phrases.media_parts(), line))), "")
        if marked or language or _LINK.search(typed):
            return Content("message", "\n".join(kept), language)
        return Content("system", language=is_system(typed))
    return Content("message", *_unedited("\n".join([first, *more])))


def _unedited(text: str) -> tuple[str, str]:
    """Return the text without the note of an edit at its end, and the language of that note."""
    whole = text.rstrip()
    at = whole.rfind("<", max(0, len(whole) - _SUFFIX))
    if at >= 0 and whole.endswith(">"):
        note = plain(whole[at:]).removesuffix(".>").removesuffix(">") + ">"
        language = phrases.all_of("edited").match(note)[0]
        if language or whole[:at].endswith(DIRECTION_MARKS):
            return plain(whole[:at]), language
    return plain(text), ""
