"""The header of a message: fields by name, encoded words, addresses, ids."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.formats.decoding import clean, decode
from pipeline.model.naming import normalise_email

_FIELD: Final = re.compile(r"^([!-9;-~]+)[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_FOLD: Final = re.compile(r"[\r\n]+[ \t]*")
_LONGEST: Final = 1 << 18
_MOST_DECODED: Final = 20_000
"""Characters of a value in which encoded words are searched: the standard library's pattern is slow on long nonsense."""
_SHORT: Final = 300
"""Characters of a value that is worth to be remembered, and safe to be matched as one address."""
_ID: Final = re.compile(r"<\s*([^<>\s]+)\s*>")
_BLANK: Final = re.compile(r"\s")
_ADDRESS: Final = r"[^\s<>,;:\"()@]+@[^\s<>,;:\"()@]+"
_ONE: Final = re.compile(rf'\s*(?:"([^"\\]*)"|([^"<>,;:()\\]*))\s*<({_ADDRESS})>\s*|\s*({_ADDRESS})\s*')


class Mailbox(NamedTuple):
    """A person in a header field: address in lower case, display name decoded (empty when there is none)."""

    address: str
    name: str = ""


def split_message(data: bytes) -> tuple["Headers", bytes]:
    """Return the headers of a message and its body."""
    end, behind = data.find(b"\n\n"), 2
    crlf = data.find(b"\n\r\n", 0, end if end >= 0 else len(data))
    if crlf >= 0:
        end, behind = crlf, 3
    if data.startswith((b"\n", b"\r\n")):  # a part without header
        end, behind = -1, 2 if data.startswith(b"\n") else 3
    elif end < 0:
        return Headers(data[:_LONGEST]), b""
    return Headers(data[: min(end + 1, _LONGEST)]), data[end + behind :]


class Headers:
    """Header fields by lower-case name; values are decoded when asked for."""

    __slots__ = ("_fields",)

    def __init__(self, block: bytes) -> None:
        fields: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(block.decode("latin-1")):  # bytes as letters, decoded by `unfolded`
            fields.setdefault(name.lower(), []).append(value)
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __bool__(self) -> bool:
        return bool(self._fields)

    def has_any(self, names: frozenset[str]) -> bool:
        """Return whether one of these fields is present."""
        return not names.isdisjoint(self._fields)

    def raw(self, name: str) -> str:
        """Return the first field of that name, unfolded, encoded words as they are; empty when there is none."""
        values = self._fields.get(name)
        return unfolded(values[0]) if values else ""

    def all_raw(self, name: str) -> list[str]:
        """Return all fields of that name like `raw`."""
        return [unfolded(value) for value in self._fields.get(name, ())]

    def text(self, name: str) -> str:
        """Return the first field of that name with its encoded words decoded."""
        return decoded(self.raw(name))

    def people(self, *names: str) -> list[Mailbox]:
        """Return the addresses of all fields of these names, in order, each once."""
        found: dict[str, Mailbox] = {}
        for name in names:
            for value in self._fields.get(name, ()):
                for one in addresses(unfolded(value)):
                    found.setdefault(one.address, one)
        return list(found.values())

    def ids(self, name: str) -> list[str]:
        """Return the message ids of a field, without angle brackets."""
        value = self.raw(name)
        if not value:
            return []
        return _ID.findall(value) or ([] if _BLANK.search(value) else [value])


def unfolded(value: str) -> str:
    """Return a field's value as one line: UTF-8 where it is (8-bit headers exist), else cp1252."""
    if not value.isascii():
        value, _ = decode(value.encode("latin-1"))
    return (_FOLD.sub(" ", value) if "\n" in value else value).strip()


def decoded(text: str) -> str:
    """Return a value with RFC 2047's encoded words decoded; what can't be decoded stays as written."""
    if "=?" not in text or len(text) > _MOST_DECODED:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return clean("".join(part if isinstance(part, str) else _word(part, charset) for part, charset in parts)).strip()


def _word(part: bytes, charset: str | None) -> str:
    if charset is None:
        return part.decode(
            "raw-unicode-escape", "replace"
        )  # decode_header returns the text between encoded words in this encoding
    try:
        return part.decode(charset)
    except (LookupError, ValueError):
        return decode(part)[0]


def addresses(value: str) -> tuple[Mailbox, ...]:
    """Return the addresses of a field's value. Names are decoded after the list is split, because they may contain commas."""
    return _remembered(value) if len(value) <= _SHORT else _addresses(value)


def _addresses(value: str) -> tuple[Mailbox, ...]:
    simple = _ONE.fullmatch(value) if len(value) <= _SHORT else None
    try:
        pairs = [(simple[1] or simple[2] or "", simple[3] or simple[4])] if simple else getaddresses([value])
    except RecursionError:  # comments within comments within comments
        return ()
    return tuple(
        Mailbox(address, " ".join(decoded(name).strip().strip("'\"").split()))
        for name, written in pairs
        if (address := normalise_email(written)) and _is_address(address)
    )


_remembered: Final = lru_cache(maxsize=1 << 14)(_addresses)


def _is_address(text: str) -> bool:
    local, _, host = text.rpartition("@")
    return bool(local and host) and " " not in text
