"""The text of a message: its plain part, else its HTML part as text; attachments and forwarded messages are passed over.

MIME parts are cut here by their boundaries and not by the standard library's parser: that one reads line by line, through
attachments too, and would cost more than everything else together.
"""

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from pipeline.formats.decoding import clean, decode
from pipeline.sources.email.headers import Headers, split_message
from pipeline.sources.shared.web.html import plain

_DEEPEST: Final = 30
_MOST_PARTS: Final = 1000
_LONGEST_TYPE: Final = 4000
_TYPE: Final = re.compile(r"\s*([\w.+-]+/[\w.+-]+)")
_PARAMETER: Final = re.compile(r';\s*(charset|boundary|format|delsp)\s*=\s*(?:"([^"]*)"|([^\s;"]+))', re.IGNORECASE)
_ESCAPED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_SHIFTED: Final = ("iso-2022", "utf-7", "hz", "utf-16", "utf-32")
"""Charsets whose bytes may be valid UTF-8 without being UTF-8."""
_QUOTES_CSS: Final = (
    "blockquote[type=cite], div.gmail_quote, div.gmail_extra, div.yahoo_quoted, div.moz-cite-prefix, #divRplyFwdMsg, "
    "#appendonsend, div.gmail_signature, blockquote.gmail_quote"
)


class ContentType(NamedTuple):
    """A part's type in lower case and its parameters."""

    name: str
    parameters: dict[str, str]


class Part(NamedTuple):
    """A text part that is not an attachment."""

    type: ContentType
    headers: Headers
    data: bytes

    @property
    def is_html(self) -> bool:
        """Whether it is HTML."""
        return self.type.name == "text/html"


def content_type(headers: Headers) -> ContentType:
    """Return the content type; text/plain when it is missing or unreadable (RFC 2045, 5.2)."""
    value = headers.raw("content-type")[:_LONGEST_TYPE]
    found = _TYPE.match(value)
    if found is None:
        return ContentType("text/plain", {})
    if "*" not in value:
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(value, found.end())}
        return ContentType(found[1].lower(), parameters)
    message = Message()
    message["Content-Type"] = value
    named = {name: message.get_param(name) for name in ("charset", "boundary", "format", "delsp")}
    texts = {name: given[2] if isinstance(given, tuple) else given for name, given in named.items() if given}
    return ContentType(found[1].lower(), texts)


def text_parts(headers: Headers, body: bytes) -> list[Part]:
    """Return the parts with the message's own text, in order; of alternatives the plain one."""
    budget = [_MOST_PARTS]
    return list(_walk(headers, body, 0, budget))


def _walk(headers: Headers, body: bytes, depth: int, budget: list[int]) -> Iterator[Part]:
    kind = content_type(headers)
    if headers.raw("content-disposition").lower().startswith("attachment"):
        return
    if kind.name in {"text/plain", "text/html"}:
        yield Part(kind, headers, body)
    elif kind.name.startswith("multipart/") and depth < _DEEPEST:
        inner = []
        for piece in _pieces(body, kind.parameters.get("boundary", "")):
            budget[0] -= 1
            if budget[0] < 0:
                break
            inner.append(list(_walk(*split_message(piece), depth + 1, budget)))
        if kind.name == "multipart/alternative":
            with_text = [parts for parts in inner if parts]
            best = next((parts for parts in with_text if not any(part.is_html for part in parts)), None)
            if best is None or not any(part.data.strip() for part in best):
                best = next((parts for parts in with_text if any(part.is_html for part in parts)), best)
            inner = [best or []]
        for parts in inner:
            yield from parts


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """Yield the parts between boundary lines. A boundary that starts like another one is not taken for it."""
    if not boundary:
        return
    mark = b"\n--" + boundary.encode("utf-8", "replace")
    text = b"\n" + body if body.startswith(mark[1:]) else body
    pending: bytes | None = None
    for piece in text.split(mark, _MOST_PARTS)[1:]:
        if piece.startswith(b"--"):
            break
        line, newline, rest = piece.partition(b"\n")
        if line.strip() or not newline:
            pending = None if pending is None else pending + mark + piece
            continue
        if pending is not None:
            yield pending
        pending = rest
    if pending is not None:
        yield pending


def _bytes(part: Part, *, mbox: bool) -> bytes:
    encoding = part.headers.raw("content-transfer-encoding").strip().lower()
    data = part.data
    if encoding == "base64":
        try:
            return binascii.a2b_base64(data)
        except binascii.Error:  # cut in the middle of four letters
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
            return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    if mbox and b">From " in data:
        data = _ESCAPED_FROM.sub(rb"\1", data)
    return binascii.a2b_qp(data) if encoding == "quoted-printable" else data


def part_text(part: Part, *, mbox: bool) -> str:
    """Return a part as text in its charset, as it was written (HTML with its markup); line ends are newlines.

    Args:
        part: the part.
        mbox: whether `>From ` at the start of a line is the mbox's escape.
    """
    data = _bytes(part, mbox=mbox)
    charset = part.type.parameters.get("charset", "").strip().lower()
    text = _decoded(data, charset)
    return text.replace("\r\n", "\n") if "\r" in text else text


def _decoded(data: bytes, charset: str) -> str:
    try:
        if data.isascii() and not charset.startswith(_SHIFTED):
            return data.decode("ascii")
        if charset.startswith(_SHIFTED):
            return clean(data.decode(charset, "replace"))
        return decode(data, charset or None)[0]
    except (LookupError, ValueError):  # a charset that doesn't exist, or is no charset
        return decode(data)[0]


def _flowed(text: str) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676): a line that ends in a blank goes on in the next."""
    return re.sub(r"(?<!^--) \n(?![> ]|-- \n)", " ", text, flags=re.MULTILINE)


def own_html(markup: str) -> str:
    """Return the text of an HTML mail without the quoted mail that clients mark as such."""
    lowered = markup.lower()
    if any(
        word in lowered
        for word in ("blockquote", "gmail_", "yahoo_quoted", "moz-cite", "divrplyfwdmsg", "appendonsend")
    ):
        tree = LexborHTMLParser(markup)
        for node in tree.css(_QUOTES_CSS):
            node.decompose()
        markup = tree.html or ""
    return plain(markup)


def message_text(headers: Headers, body: bytes, *, mbox: bool) -> str:
    """Return the message's text, with what it quotes; empty when it has none."""
    texts = []
    for part in text_parts(headers, body):
        text = part_text(part, mbox=mbox)
        if part.is_html:
            text = own_html(text)
        elif part.type.parameters.get("format", "").lower() == "flowed":
            text = _flowed(text)
        texts.append(text.strip("\n"))
    return "\n\n".join(text for text in texts if text.strip())


def html_part(headers: Headers, body: bytes, *, mbox: bool) -> str:
    """Return the markup of the first HTML part, even if there is a plain part too; empty without one."""
    kind = content_type(headers)
    if kind.name == "text/html":
        return part_text(Part(kind, headers, body), mbox=mbox)
    if kind.name.startswith("multipart/"):
        for piece in _pieces(body, kind.parameters.get("boundary", "")):
            if found := html_part_of(piece, mbox=mbox):
                return found
    return ""


def html_part_of(piece: bytes, *, mbox: bool) -> str:
    """Return the markup of an HTML part one level down (notification mail nests no deeper)."""
    headers, body = split_message(piece)
    kind = content_type(headers)
    return part_text(Part(kind, headers, body), mbox=mbox) if kind.name == "text/html" else ""
