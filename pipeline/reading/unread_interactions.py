"""Recognise by shape that a file which no reader claims looks like interactions. Source: methods:unread-members."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

from pipeline.containers.members import Member
from pipeline.model.naming import normalise_name
from pipeline.reading.record_samples import SAMPLED, Sample, sample

_SUFFIXES: Final = frozenset(
    {"", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".js", ".mbox", ".mbx", ".eml", ".log"}
)
_EXACT: Final = frozenset(
    ["from", "to", "with", "van", "aan", "von", "an", "de", "à", "a", "para", "da", "od", "do", "från", "till", "fra", "til", "от", "кому", "från", "с"]
)  # fmt: skip
"""Column names that denote a party only when nothing is added: `from`, but not `valid from`."""
_PARTIES: Final = frozenset(
    ["sender", "recipient", "recipients", "receiver", "author", "participant", "participants", "actor", "commenter", "afzender", "ontvanger", "auteur", "absender", "empfänger", "autor", "verfasser", "expéditeur", "destinataire", "remitente", "destinatario", "autora", "mittente", "autore", "remetente", "nadawca", "odbiorca", "avsändare", "mottagare", "afsender", "modtager", "avsender", "mottaker", "lähettäjä", "vastaanottaja", "odesílatel", "příjemce", "feladó", "címzett", "expeditor", "destinatar", "pošiljatelj", "prejemnik", "primatelj", "siuntėjas", "gavėjas", "gönderen", "alıcı", "отправитель", "получатель", "автор", "відправник", "одержувач", "αποστολέας", "παραλήπτης", "pengirim", "penerima", "المرسل", "المستلم", "שולח", "נמען"]
)  # fmt: skip
_PARTS: Final = (
    "送信者",
    "受信者",
    "差出人",
    "宛先",
    "发送者",
    "接收者",
    "发件人",
    "收件人",
    "寄件者",
    "收件者",
    "보낸",
    "받는",
    "người gửi",
    "người nhận",
)
_MACHINE: Final = re.compile(r"(?i)\bip\b|ip.?addr|user.?agent|latitude|longitude|price|amount|currency")
"""Names of columns of sign-ins, places and purchases, which have times and texts too."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
_SMALL: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_SHORT_DATE: Final = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_EPOCH: Final = re.compile(r"^(1\d{9}|2[0-4]\d{8})(?:\.\d+|\d{3}|\d{6})?$")
_OPAQUE: Final = re.compile(r"^(?=.*\d|.*[a-z].*[A-Z]|.*[A-Z].*[a-z])[\w.:\-]{8,}$")
_LINK: Final = re.compile(r"^(?:https?://|www\.)\S+$")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_LONGEST_TIME: Final = 45
_OPAQUE_COLUMNS: Final = 3
_ONE_SIDE: Final = 0.8


def unread_interactions(member: Member, owner: Collection[str]) -> str | None:
    """Return why a member that no reader claims looks like interactions: its column names, never its content.

    Args:
        member: a member of a recognised archive.
        owner: names, handles, addresses and ids of the owner.

    Returns:
        A sentence, or None when the member doesn't look like interactions.
    """
    if PurePosixPath(member.name).suffix.lower() not in _SUFFIXES or not member.size:
        return None
    found = sample(member.head(SAMPLED))
    if found is None or not looks_like_interactions(found, owner):
        return None
    if found.form == "chat":
        return "looks like interactions, but no reader knows it: lines with a time, a name and a text"
    if found.form == "mail":
        return "looks like interactions, but no reader knows it: mails"
    return f"looks like interactions, but no reader knows its columns ({', '.join(list(found.columns)[:20])}): please report them"


def looks_like_interactions(found: Sample, owner: Collection[str] = ()) -> bool:
    """Return whether the records of a sample have a time, and a party with a text, two parties, or a text under three ids.

    Args:
        found: the start of a file.
        owner: names, handles, addresses and ids of the owner.

    Source: methods:unread-members.

    >>> looks_like_interactions(Sample("json", {"sender_name": ["Ana"], "at": ["1700000000"], "content": ["See you soon"]}))
    True
    >>> looks_like_interactions(Sample("json", {"query": ["See you soon"], "at": ["1700000000"]}))
    False
    """
    if found.form in ("chat", "mail"):
        return True
    columns = {name: values for name, values in found.columns.items() if values}
    times = {name for name, values in columns.items() if _most(_is_time(value) for value in values)}
    if not times or any(_MACHINE.search(_CAMEL.sub(" ", name).replace("_", " ")) for name in columns):
        return False
    others = {name: values for name, values in columns.items() if name not in times}
    known = {normalise_name(name) for name in owner if name}
    parties = {name for name, values in others.items() if _is_party(name, values, known)}
    texts = {name for name, values in others.items() if _is_text(values)}
    if any(texts - {party} for party in parties):
        return True
    names = list(found.columns)
    if found.rows and _has_two_sides([[row[names.index(name)] for name in others] for row in found.rows]):
        return True
    opaque = {name for name, values in others.items() if _most(bool(_OPAQUE.match(value)) for value in values)}
    return found.form == "csv" and len(opaque) >= _OPAQUE_COLUMNS and bool(texts - opaque)


def _most(answers: Iterable[bool]) -> bool:
    found = list(answers)
    return sum(found) * 2 > len(found)


def _is_time(value: str) -> bool:
    """Return whether a value is a date or a time: a year with another number, a short date, or seconds since 1970."""
    if _EPOCH.match(value) or _SHORT_DATE.match(value):
        return True
    year = _YEAR.search(value) if len(value) <= _LONGEST_TIME else None
    return year is not None and bool(_SMALL.search(value[: year.start()] + " " + value[year.end() :]))


def _is_party(name: str, values: Sequence[str], owner: Collection[str]) -> bool:
    """Return whether a column holds parties: by its name in many languages, or because the owner is one of its values."""
    if all(not _WORD.search(value) for value in values):
        return False
    spaced = _CAMEL.sub(" ", name).lower()
    if (
        spaced.strip() in _EXACT
        or any(part in spaced for part in _PARTS)
        or _PARTIES.intersection(_WORD.findall(spaced))
    ):
        return True
    distinct = {normalise_name(value) for value in values}
    return len(distinct) > 1 and bool(distinct & set(owner))


def _is_text(values: Sequence[str]) -> bool:
    """Return whether a column holds free text: several words in at least a third of its values."""
    several = [value for value in values if not _LINK.match(value) and not _is_time(value)]
    worded = sum(1 for value in several if len(_WORD.findall(value)) > 1 or _CJK.search(value))
    return worded * 3 >= len(values)


def _has_two_sides(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether one name is on exactly one of two sides in nearly every row, and on both sides in some.

    Args:
        rows: values of the columns that are no times.
    """
    width = len(rows[0]) if rows else 0
    for left in range(width):
        for right in range(left + 1, width):
            pairs = [(row[left], row[right]) for row in rows]
            for name in {a for a, _ in pairs} & {b for _, b in pairs}:
                if not _WORD.search(name):
                    continue
                one_side = sum((a == name) != (b == name) and bool(a) and bool(b) for a, b in pairs)
                if one_side >= _ONE_SIDE * len(pairs):
                    return True
    return False
