"""Decode foreign bytes to text and JSON values: one order of encodings, one error, no lone surrogates."""

import codecs
import hashlib
import io
import json
import re
from typing import Any, BinaryIO, Final, NoReturn

import orjson

MAX_DEPTH: Final = 64
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_CUT = re.compile(r"… \[cut: \d+ characters, sha256 [0-9a-f]{64}\]\Z")
_CUT_MARK: Final = 120
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_OPENING = re.compile(rb"[\[{]")
_BRACKET = re.compile(rb"[\[\]{}]")


class BadJson(Exception):  # noqa: N818 - named for the state of the bytes
    """Bytes that are no usable JSON value.

    Attributes:
        code: not_json, too_deep, cut_short or too_long.
        reason: sentence for the owner.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Unusable(bytes):
    """Raw bytes of an array element that a splitter found to be unusable; `loads` raises BadJson for them."""

    code: str = "not_json"
    reason: str = "not valid JSON"

    @classmethod
    def of(cls, raw: bytes, code: str, reason: str) -> "Unusable":
        """Return raw bytes, perhaps empty, with the reason for which they are unusable."""
        marked = cls(raw)
        marked.code, marked.reason = code, reason
        return marked


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and its encoding: that of the byte order mark, else UTF-8, else the declared one, else cp1252.

    Lone surrogates become U+FFFD. UTF-8 that is cut inside a character, or has fewer invalid bytes than characters beyond ASCII,
    is decoded as UTF-8 with U+FFFD for the invalid bytes.

    Args:
        data: the bytes.
        declared: encoding that the file declares; None when it declares none.

    Examples:
        >>> decode("Zoë".encode("cp1252"))
        ('Zoë', 'cp1252')
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return clean(data[len(bom) :].decode(name, "replace")), name
    for encoding in ("utf-8", declared):
        if encoding:
            try:
                return clean(data.decode(encoding)), encoding
            except (UnicodeDecodeError, LookupError):
                continue
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if len(_BEYOND_ASCII.findall(damaged)) > 2 * bad:
        return clean(damaged), "utf-8"
    return data.decode("cp1252", "replace"), "cp1252"


def clean(text: str) -> str:
    """Return the text with surrogate pairs joined, and lone surrogates replaced by U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cut_text(text: str, limit: int) -> str:
    """Return the text, cut at `limit` characters. A cut text ends in its full length and SHA-256, and isn't cut again."""
    if len(text) <= limit or (len(text) <= limit + _CUT_MARK and _CUT.search(text, limit)):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{text[:limit]}… [cut: {len(text)} characters, sha256 {digest}]"


def loads(raw: bytes) -> Any:
    """Return the JSON value of the bytes.

    Byte order marks, UTF-16 and cp1252 are decoded, and lone surrogates become U+FFFD. Of a repeated key the last value counts.

    Args:
        raw: one JSON value.

    Raises:
        BadJson: when the bytes aren't one JSON value, or are nested deeper than 64 levels.
    """
    if isinstance(raw, Unusable):
        raise BadJson(raw.code, raw.reason)
    if len(raw) > MAX_DEPTH and len(_OPENING.findall(raw)) > MAX_DEPTH and _depth(raw) > MAX_DEPTH:
        raise BadJson("too_deep", f"nested deeper than {MAX_DEPTH} levels")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _tolerant(raw)


def _depth(raw: bytes) -> int:
    deepest = depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", raw)):
        if bracket in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON numbers")


def _tolerant(raw: bytes) -> Any:
    """Parse values that orjson refuses although their meaning is clear: other encodings, lone surrogates."""
    text, _ = decode(raw)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        value = json.loads(text, parse_constant=_no_constant)
        return orjson.loads(clean(json.dumps(value, ensure_ascii=False, allow_nan=False)))
    except (ValueError, RecursionError):
        raise BadJson("not_json", "not valid JSON") from None


class _Transcoder(io.RawIOBase):
    """A stream of UTF-8 over a stream in another Unicode encoding."""

    def __init__(self, stream: BinaryIO, encoding: str, first: bytes) -> None:
        self._stream, self._left = stream, b""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = self._turn(first)
        self._ended = False

    def _turn(self, data: bytes, *, final: bool = False) -> bytes:
        return self._decoder.decode(data, final).encode("utf-8", "replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left and not self._ended:
            data = self._stream.read(1 << 18)
            self._ended = not data
            self._left = self._turn(data, final=self._ended)
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def utf8_stream(stream: BinaryIO) -> BinaryIO:
    """Return a stream of the same text without byte order mark, recoded from UTF-16 or UTF-32 to UTF-8.

    Text in cp1252 is not recoded: `loads` and `decode` handle it record by record.
    """
    first = stream.read(4)
    for bom, name in _BOMS:
        if first.startswith(bom):
            first = first[len(bom) :]
            if name != "utf-8":
                return io.BufferedReader(_Transcoder(stream, name, first), 1 << 18)
            break
    return io.BufferedReader(_Chained(first, stream), 1 << 18) if first else stream


class _Chained(io.RawIOBase):
    """A stream that starts with the bytes already read from it."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        first, self._first = self._first, b""
        if size is None or size < 0:
            return first + self._rest.read()
        self._first = first[size:]
        return first[:size] + (self._rest.read(size - len(first)) if size > len(first) else b"")

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
