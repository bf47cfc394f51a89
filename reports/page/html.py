"""HTML and data blocks from untrusted text: everything foreign goes through `text`, `isolated` or `packed_block`."""

import base64
import gzip
import hashlib
import json
import re
from html import escape

from reports import formats

_SCRIPT_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ID = re.compile(r'(?<= id=")(?=[a-zA-Z])')
_URL = re.compile(r"(?<=url\(#)")
_GEOMETRY = re.compile(r'(?<= )(?:d|transform|x|y|x2|y2|width|height)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_UNSEEN = re.compile(r'<path [^<>]* opacity="0"[^<>]*/>')
_SPARE = re.compile(r' (?:aria-[a-z]+|role|pointer-events|xmlns|xmlns:xlink)="[^"]*"')


def text(value: str) -> str:
    """Escape foreign text for an element or a quoted attribute."""
    return escape(formats.clean(value), quote=True)


def isolated(value: str) -> str:
    """Put foreign text into a `bdi`, so that a right-to-left override in it can't reorder the text around it."""
    return f"<bdi>{text(value)}</bdi>" if value else ""


def safe_json(value: object) -> str:
    """Write JSON that is safe inside a script element: no `<`, `>`, `&` or line separator; NaN is refused.

    Raises:
        ValueError: a number is NaN or infinite.
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=False)
    for character, code in _SCRIPT_SAFE.items():
        written = written.replace(character, code)
    return written


def packed(content: str) -> str:
    """Compress a text with gzip and write it as base64; the same bytes for the same text."""
    return base64.b64encode(gzip.compress(content.encode("utf-8"), compresslevel=9, mtime=0)).decode("ascii")


def packed_block(name: str, content: str) -> str:
    """Return a compressed data block; the page inflates it with the browser's DecompressionStream."""
    return f'<script type="text/plain" id="{name}">{packed(content)}</script>'


def script_hash(script: str) -> str:
    """Return the source expression that allows exactly this script."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def embed_svg(svg: str, key: str) -> str:
    """Fit a stand-alone SVG into the page: no namespaces, no XML head, ids of its own, and half of its bytes.

    Omitted are digits beyond a hundredth of a pixel, marks that only catch the pointer of a live chart, and labels
    of single marks: the picture is inside an element with `role="img"` and one label, which hides them anyway.
    """
    svg = svg[svg.index("<svg") :]

    def fitted(tag: re.Match[str]) -> str:
        attributes = _SPARE.sub("", tag.group())
        attributes = _GEOMETRY.sub(lambda found: _LONG_NUMBER.sub(_hundredths, found.group()), attributes)
        # Two pictures both call their first clip path `clip0`; the page has one space of ids.
        return _URL.sub(f"{key}-", _ID.sub(f"{key}-", attributes))

    return _TAG.sub(fitted, _UNSEEN.sub("", svg))


def _hundredths(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".")
