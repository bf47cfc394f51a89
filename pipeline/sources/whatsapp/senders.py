"""Split the text after a head into the sender's name and what they wrote, by what the whole file shows of its names."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from pipeline.sources.whatsapp.forms import DIRECTION_MARKS
from pipeline.sources.whatsapp.texts import names_a_subject, plain

_SAME_WORD_LINES: Final = 3
_LONGEST_NAME: Final = 120
_LONGEST_SECOND: Final = 25
_PHONE: Final = re.compile(r"\+?[\d\s().\u2010-\u2015\u2212-]{7,}")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_BLANKS: Final = re.compile(r"\s+")


def sender_name(raw: str) -> str:
    """Return a sender's name without marks and without the tilde before a name that isn't in the address book.

    A number is written with plain hyphens and blanks, because phones differ in them.

    >>> sender_name("~\u202fMira"), sender_name("\u202a+1\u00a0(777)\u00a0555\u20110123\u202c")
    ('Mira', '+1 (777) 555-0123')
    """
    name = plain(plain(raw).removeprefix("~"))
    return _BLANKS.sub(" ", _DASHES.sub("-", name)) if _PHONE.fullmatch(name) else name


def phone_digits(name: str) -> str:
    """Return the digits of a sender that is a phone number; empty for a name.

    >>> phone_digits("+1 (777) 555-0123"), phone_digits("Ada 7")
    ('17775550123', '')
    """
    return re.sub(r"\D", "", name) if _PHONE.fullmatch(name) else ""


def split_names(rests: Sequence[str], known: Sequence[str]) -> list[tuple[str, str] | None]:
    """Split lines into name and text; None for a line without a name.

    The name ends at `: `. Names that contain `: ` are recognised if they are known, or if the same longer beginning recurs. Where no
    blank follows the colon, the name ends there if other lines have it too.

    Args:
        rests: what follows the heads of the file's lines.
        known: names of the chat and of the owner.
    """
    longer = _names_with_a_colon(rests) | {name for name in known if ": " in name}
    short = _names_before_a_colon(rests, known)
    split: list[tuple[str, str] | None] = []
    for rest in rests:
        bare = plain(rest)
        whole = next((name for name in longer if bare.startswith(f"{plain(name)}: ")), None)
        if whole is not None:
            at = rest.find(": ", rest.find(whole.rpartition(": ")[2]))
            split.append((whole, rest[at + 2 :]))
            continue
        name, colon, text = rest.partition(":")
        while colon and _goes_on(text) and plain(name) not in short and len(name) <= _LONGEST_NAME:
            # a colon inside a name or an address
            more, colon, text = text.partition(":")
            name = f"{name}:{more}"
        named = colon and len(name) <= _LONGEST_NAME and not names_a_subject(name)
        split.append((name, text.removeprefix(" ")) if named else None)
    return split


def _goes_on(text: str) -> bool:
    """Return whether the text after a colon begins without a blank or mark, as inside a name or an address."""
    return bool(text) and not text.startswith((" ", "\u00a0", *DIRECTION_MARKS))


def _names_with_a_colon(rests: Sequence[str]) -> set[str]:
    """Return beginnings with `: ` in them that always recur as a whole."""
    seconds: dict[str, Counter[str]] = {}
    for rest in rests:
        name, colon, text = rest.partition(": ")
        if colon:
            second, again, _ = text.partition(": ")
            seconds.setdefault(name, Counter())[second if again and len(second) <= _LONGEST_SECOND else "\n"] += 1
    return {
        f"{name}: {next(iter(counts))}"
        for name, counts in seconds.items()
        if len(counts) == 1 and "\n" not in counts and counts.total() >= _SAME_WORD_LINES
    }


def _names_before_a_colon(rests: Sequence[str], known: Sequence[str]) -> Collection[str]:
    """Return names that end at a colon even where no blank follows: known ones, and those before several lines' first colon."""
    spaced: set[str] = set()
    unspaced: Counter[str] = Counter()
    for rest in rests:
        name, colon, text = rest.partition(":")
        if not colon or not name or len(name) > _LONGEST_NAME:
            continue
        if not _goes_on(text):
            spaced.add(plain(name))
        elif not text.startswith("//"):
            unspaced[plain(name)] += 1
    recurring = {name for name, count in unspaced.items() if count > 1}
    return spaced | recurring | {plain(name) for name in known if name}
