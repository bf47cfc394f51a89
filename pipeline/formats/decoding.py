"""From foreign bytes to clean text and JSON values: one order of decoding, one error, no lone surrogates."""

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


class BadJson(Exception):  # noqa: N818 - reads as the state it tells of
    """Bytes that are no usable JSON value. `code`: not_json, too_deep, cut_short, too_long; `reason` for the person."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Unusable(bytes):
    """Raw bytes of an array element that a splitter already found to be unusable; `loads` raises its BadJson."""

    code: str = "not_json"
    reason: str = "not valid JSON"

    @classmethod
    def of(cls, raw: bytes, code: str, reason: str) -> "Unusable":
        """Mark raw bytes (may be empty) with why they are unusable."""
        marked = cls(raw)
        marked.code, marked.reason = code, reason
        return marked


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return text and the encoding that it was read in: byte order mark, else UTF-8, else declared, else cp1252.

    Lone surrogates become U+FFFD. UTF-8 that was cut inside of a character, or has fewer bad bytes than characters beyond
    ASCII, stays UTF-8, the bad bytes as U+FFFD. The encoding `cp1252` marks text that is no UTF-8 (bytes without meaning become U+FFFD).
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
    """Return the text with lone surrogates as U+FFFD and surrogate pairs joined."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cut_text(text: str, limit: int) -> str:
    """Return the text, cut at `limit` characters; a cut one ends in its full length and SHA-256, and isn't cut again."""
    if len(text) <= limit or (len(text) <= limit + _CUT_MARK and _CUT.search(text, limit)):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{text[:limit]}… [cut: {len(text)} characters, sha256 {digest}]"


def loads(raw: bytes) -> Any:
    """Return the JSON value of the bytes.

    Byte order marks, UTF-16 and cp1252 are decoded, lone surrogates become U+FFFD, a doubled key's last value stands.

    Raises:
        BadJson: for anything else that isn't one JSON value, and for nesting over 64.
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
    """Read what orjson refuses though its meaning is plain: other encodings, lone surrogates."""
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
    """Stream of UTF-8 over a stream in another Unicode encoding."""

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
    """Return a stream of the same text without byte order mark, in UTF-8 if a mark said UTF-16 or UTF-32.

    Text in cp1252 passes unchanged: `loads` and `decode` deal with it record by record.
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
    """A stream after the bytes that were already taken from it."""

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
