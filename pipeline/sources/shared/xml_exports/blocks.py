"""Read an XML export block by block: strict first, then as much of the rest as can be understood.

A *block* is an element with one or more records (`item`, `entry`, `post`). expat reads the document as it is; at
the first fault the rest is cut into blocks by their tags, each is cleaned of what makes such files ill-formed (control
characters, bare ampersands, HTML's entities) and read again by itself. A block that still resists is handed out with its
bytes, so that its source can recover the content. A document type definition ends everything.
"""

import codecs
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from pipeline.formats.counting import xml_elements
from pipeline.formats.decoding import utf8_stream
from pipeline.formats.xml_elements import BadXml, local, read_elements
from pipeline.model.records import SetAside
from pipeline.model.survey import Context
from pipeline.sources.base import Count, Member
from pipeline.sources.shared.xml_exports.tags import count_tags, cut_blocks

_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_HEAD = 1 << 22
"""Bytes in which the head of an ill-formed document is searched."""


class Node:
    """An element's children by local name; prefixes other than WordPress's own pair of `encoded` never matter."""

    def __init__(self, element: ET.Element) -> None:
        self.element = element

    @cached_property
    def _children(self) -> dict[str, list[ET.Element]]:
        found: dict[str, list[ET.Element]] = {}
        for child in self.element:
            tag = child.tag
            found.setdefault(tag, []).append(child)
            if ":" in tag:
                found.setdefault(local(tag), []).append(child)
        return found

    @property
    def name(self) -> str:
        """The element's local name."""
        return local(self.element.tag)

    @property
    def own(self) -> str:
        """All text in the element, stripped."""
        return "".join(self.element.itertext()).strip()

    def text(self, name: str) -> str:
        """Return the stripped text of the first child of that name (unprefixed first), empty when there is none."""
        children = self._children.get(name)
        if not children:
            return ""
        chosen = children[0]
        if len(children) > 1:
            chosen = next((child for child in children if child.tag == name), chosen)
        if len(chosen):
            return "".join(chosen.itertext()).strip()
        return (chosen.text or "").strip()

    def all(self, name: str) -> "list[Node]":
        """Return the children of that name."""
        return [Node(child) for child in self._children.get(name, [])]

    def attribute(self, name: str) -> str:
        """Return an attribute by its local name, empty when there is none."""
        return next((value for key, value in self.element.attrib.items() if local(key) == name), "").strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document: parsed (`node`), or else its decoded bytes (`data`)."""

    at: int
    node: Node | None
    data: str = ""

    @property
    def pointer(self) -> str:
        """Place in the member."""
        return f"byte:{self.at}"


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        legal = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
        return match[0] if legal else ""
    if name in _XML_NAMES:
        return match[0]
    known = html.unescape(match[0]) if name else "&"
    if known == match[0]:
        return f"&amp;{match[0][1:]}"
    return known.replace("&", "&amp;").replace("<", "&lt;")


def clean(text: str) -> str:
    """Take out of XML text what no XML reader accepts: control characters, bare ampersands, HTML's named entities."""
    parts = _CDATA.split(_CONTROL.sub("", text))
    return "".join(part if part.startswith("<![CDATA[") else _ENTITY.sub(_entity, part) for part in parts)


def repair(text: str, name: str) -> Node | None:
    """Read one block by itself after cleaning it; None when it stays unreadable."""
    try:
        found = list(read_elements(BytesIO(clean(text).encode("utf-8", "replace")), [name]))
    except BadXml:
        return None
    return Node(found[0].element) if len(found) == 1 else None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def _head(member: Member) -> tuple[int, str]:
    """Return how many bytes the byte order mark takes and the encoding of the rest once UTF-16 was turned into UTF-8."""
    head = member.head(1024)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 0, "utf-8"
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    declared = _ENCODING.search(head[mark:])
    return mark, declared[1].decode("ascii") if declared else "utf-8"


def fault(member: Member) -> BadXml | None:
    """Return what keeps the whole document from being well-formed, None when nothing does."""
    with member.open() as stream:
        try:
            for _ in read_elements(stream, ()):
                pass
        except BadXml as bad:
            return bad
    return None


def read_blocks(member: Member, name: str, *inner: str) -> Iterator[Block]:
    """Yield the blocks of a document, in order.

    Args:
        member: the XML file.
        name: local name of the block elements.
        inner: local names of further records inside a block.

    Raises:
        BadXml: with code `dtd_refused`, for a document with a document type definition; else only for an ill-formed one in
            which no block at all can be found.
        MemberError: when the bytes can't be had.
    """
    done = 0
    problem: BadXml | None = None
    with member.open() as stream:
        try:
            for found in read_elements(stream, [name]):
                done += 1
                yield Block(found.offset, Node(found.element))
        except BadXml as bad:
            if bad.code == "dtd_refused":
                raise
            problem = bad
    if problem is None:
        return
    mark, encoding = _head(member)
    with member.open() as stream:
        for number, (at, data) in enumerate(cut_blocks(utf8_stream(stream), name, frozenset({name, *inner}), mark)):
            if number >= done:
                done = number + 1
                text = _decoded(data, encoding)
                node = repair(text, name)
                yield Block(at, node, "" if node else text)
    if not done:
        raise problem


def read_head(member: Member, names: Sequence[str], block: str) -> Iterator[Node]:
    """Yield the elements of these local names before the first block, even in an ill-formed document.

    Raises:
        MemberError: when the bytes can't be had.
    """
    with member.open() as stream:
        try:
            for found in read_elements(stream, [*names, block]):
                if local(found.element.tag) == block:
                    return
                yield Node(found.element)
        except BadXml as bad:
            if bad.code == "dtd_refused":
                return
        else:
            return
    with member.open() as stream:
        head = utf8_stream(stream).read(_HEAD)
    joined = "|".join(names)
    text = re.split(rf"<(?:[\w.-]+:)?{block}[\s>]", _decoded(head, _head(member)[1]), maxsplit=1)[0]
    for match in re.finditer(
        rf"<((?:[\w.-]+:)?(?:{joined}))(?:\s[^<>]*)?>.*?</\1\s*>|<(?:{joined})\s[^<>]*/>", text, re.DOTALL
    ):
        name = local(match[1] or match[0][1:].split(maxsplit=1)[0])
        if (node := repair(match[0], name)) is not None:
            yield node


def unreadable(bad: BadXml) -> SetAside:
    """Return the one record of a document that can't be read at all."""
    if bad.code == "dtd_refused":
        advice = "no export of this platform has one, and it can be an attack: export again, or remove the DOCTYPE line"
    else:
        advice = "no record could be found in it: export again"
    return SetAside("byte:0", bad.code, f"{bad.reason}; {advice}")


def count_records(*names: str) -> Count:
    """Return a counter of elements by local name that also counts in files that no XML parser accepts."""
    strict = xml_elements(*names)

    def count(member: Member, context: Context) -> int:
        bad = fault(member)
        if bad is None:
            return strict(member, context)
        if bad.code == "dtd_refused":
            return 1
        with member.open() as stream:
            return count_tags(utf8_stream(stream), frozenset(names)) or 1

    return count
