"""Read XML one element at a time with expat, in bounded memory, without DTDs, entities or external resources."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple
from xml.parsers import expat

MAX_DEPTH: Final = 128
_CHUNK: Final = 1 << 16
_MAX_TEXT: Final = 64 << 20


class BadXml(Exception):  # noqa: N818 - named for the state of the document
    """The XML can't be read beyond a position.

    Attributes:
        code: dtd_refused, too_deep, too_long or not_xml.
        reason: sentence for the owner.
        offset: byte of the problem.
    """

    def __init__(self, code: str, reason: str, offset: int) -> None:
        super().__init__(code, reason, offset)
        self.code, self.reason, self.offset = code, reason, offset


class Found(NamedTuple):
    """One wanted element with everything in it; tags and attributes are named as written (`wp:comment_id`)."""

    offset: int
    line: int
    element: ET.Element

    @property
    def pointer(self) -> str:
        """Location of the element in the member."""
        return f"byte:{self.offset}"


def local(tag: str) -> str:
    """Return a tag's name without its prefix."""
    return tag.rpartition(":")[2]


def forms(names: Sequence[str]) -> "re.Pattern[bytes]":
    """Return a pattern of start tags with one of the names: `wp:comment` as written, `comment` with any prefix."""
    each = [re.escape(n) if ":" in n else rf"(?:[\w.-]+:)?{re.escape(n)}" for n in names]
    return re.compile(rf"<(?:{'|'.join(each)})(?=[\s/>])".encode())


class _Builder:
    """Builds the wanted elements and passes over everything else."""

    def __init__(self, names: Sequence[str], max_depth: int) -> None:
        self._names, self._max_depth = frozenset(names), max_depth
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.found: list[Found] = []
        self._open: list[ET.Element] = []
        self._depth = self._text = 0
        self._place = (0, 0)

    def _doctype(self, *_args: object) -> None:
        raise BadXml(
            "dtd_refused", "the file holds a document type definition, which is refused", self.parser.CurrentByteIndex
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._max_depth:
            raise BadXml("too_deep", f"nested deeper than {self._max_depth} levels", self.parser.CurrentByteIndex)
        if self._open:
            element = ET.SubElement(self._open[-1], tag, attributes)
        elif tag in self._names or local(tag) in self._names:
            element = ET.Element(tag, attributes)
            self._place, self._text = (self.parser.CurrentByteIndex, self.parser.CurrentLineNumber), 0
        else:
            return
        self._open.append(element)

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.found.append(Found(*self._place, element))

    def _data(self, text: str) -> None:
        if not self._open:
            return
        self._text += len(text)
        if self._text > _MAX_TEXT:
            raise BadXml("too_long", f"one element is longer than {_MAX_TEXT >> 20} MB", self.parser.CurrentByteIndex)
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def read_elements(stream: BinaryIO, names: Sequence[str], max_depth: int = MAX_DEPTH) -> Iterator[Found]:
    """Yield each outermost element with one of the names, in file order; nothing keeps it after the caller drops it.

    Args:
        stream: the XML document, in the encoding that it declares.
        names: tags as written (`wp:author`) or local names (`author`).
        max_depth: levels of nesting that are allowed.

    Raises:
        BadXml: where the document can't be read further; all elements that end before have been yielded.
    """
    builder = _Builder(names, max_depth)
    problem: BadXml | None = None
    while True:
        data = stream.read(_CHUNK)
        try:
            builder.parser.Parse(data, not data)
        except BadXml as error:
            problem = error
        except expat.ExpatError as error:
            problem = BadXml("not_xml", f"not well-formed XML at line {error.lineno}", builder.parser.ErrorByteIndex)
        except (ValueError, LookupError):
            problem = BadXml("not_xml", "declares an encoding that is unknown", 0)
        yield from builder.found
        builder.found.clear()
        if problem:
            raise problem from None
        if not data:
            return
