"""HTML as plain text, and the links in it: markup is removed, entities are resolved, line breaks are kept.

Source: methods:plain-text.
"""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

_BREAK = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(p|div|li|blockquote|h[1-6]|pre|tr|ul|ol|figure|section|article)\s*>\s*", re.IGNORECASE)
_MANY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_NOT_READ = ("script", "style", "template", "noscript")
_HIDDEN = re.compile(rf"<(?:{'|'.join(_NOT_READ)})\b", re.IGNORECASE)


class Link(NamedTuple):
    """A link of the author's: where to, and the words that carry it."""

    href: str
    words: str


def plain(markup: str) -> str:
    """Return the text of an HTML fragment."""
    if "<" not in markup:
        return unescape(markup).replace("\r\n", "\n").replace("\xa0", " ").strip()
    marked = _BLOCK_END.sub(lambda found: f"</{found[1]}>\n\n", _BREAK.sub("\n", markup))
    tree = LexborHTMLParser(marked)
    if _HIDDEN.search(marked):
        for node in tree.css(", ".join(_NOT_READ)):
            node.decompose()
    body = tree.body
    text = body.text() if body is not None else ""
    return _MANY.sub("\n\n", text.replace("\r\n", "\n").replace("\xa0", " ")).strip()


def links(markup: str) -> list[Link]:
    """Return the web links of an HTML fragment, in order, each address once."""
    if "href" not in markup.lower():
        return []
    found: dict[str, Link] = {}
    for node in LexborHTMLParser(markup).css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if href.lower().startswith(("http://", "https://", "//")):
            found.setdefault(href, Link(href, node.text().strip()))
    return list(found.values())


def host(url: str) -> str:
    """Return the host of a web address in lower case without `www.`, empty when there is none."""
    text = url.strip()
    if not text:
        return ""
    try:
        name = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    name = name.removeprefix("www.").rstrip(".")
    return name if "." in name or name == "localhost" else ""
