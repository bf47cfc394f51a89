"""Counters of records, independent of the readers: each function returns a `Reader.count`.

They work on streams in bounded memory, mostly in regular expressions and numpy. They agree with the splitters of this package
(`json_elements`, `csv_rows`, `xml_elements`) on what one record is, but share no code with them.
"""

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeAlias

from pipeline.containers.members import Member
from pipeline.formats.count_csv import rows_in
from pipeline.formats.count_json import Unended, elements_at
from pipeline.formats.csv_rows import Dialect
from pipeline.formats.decoding import utf8_stream
from pipeline.formats.json_elements import Step
from pipeline.formats.xml_elements import forms
from pipeline.model.survey import Context

Count: TypeAlias = Callable[[Member, Context], int]
"""Counts the records of a member, independently of the reader that parses it."""

_CHUNK = 1 << 20
_LINE = re.compile(rb"[^\r\n]*[^\s][^\r\n]*")


def _counter(count: Callable[[BinaryIO], int]) -> Count:
    def counted(member: Member, _context: Context) -> int:
        with member.open() as stream:
            return count(utf8_stream(stream))

    return counted


def json_array(*path: Step) -> Count:
    """Count the elements of a JSON array; a bare object in its place counts as one.

    A script's assignment before the JSON is passed over. `json_array("*", "messages")` counts the messages of all conversations.

    Args:
        path: steps from the root to the array, none for a root array. A step is a key, a compiled pattern that the whole key
            must match, or `"*"` for every element or key.
    """
    return _counter(lambda stream: elements_at(stream, path))


def csv_rows(dialect: Dialect | None = None, header: Sequence[str] = ()) -> Count:
    """Count the data rows of a CSV by the quoting rule: non-empty rows after the header, as for `csv_rows.read_rows`."""
    return _counter(lambda stream: rows_in(stream, dialect or Dialect(), header))


def lines() -> Count:
    """Count the lines that are not blank."""
    return _counter(_lines)


def ndjson() -> Count:
    """Count the records of newline-delimited JSON: its non-blank lines."""
    return lines()


def xml_elements(*names: str) -> Count:
    """Count elements by name, as written (`wp:comment`) or by the local part (`comment`); CDATA and comments don't count."""
    wanted = forms(names)
    return _counter(lambda stream: _elements(stream, wanted))


def one() -> Count:
    """Count a member as one record: one mail a file, one conversation a file."""
    return _counter(lambda stream: 1 if stream.read(1) else 0)


def total(*counts: Count) -> Count:
    """Count the sum of several counters on one member."""

    def counted(member: Member, context: Context) -> int:
        numbers = [count(member, context) for count in counts]
        ended = not any(isinstance(number, Unended) for number in numbers)
        return sum(numbers) if ended else Unended(sum(numbers))

    return counted


def if_ended(number: int, member: Member) -> int:
    """Return a number that was counted by other means, as `Unended` when the member ends before its JSON does."""
    with member.open() as stream:
        return Unended(number) if isinstance(elements_at(utf8_stream(stream), ()), Unended) else number


def _lines(stream: BinaryIO) -> int:
    number, rest = 0, b""
    while data := stream.read(_CHUNK):
        data = rest + data
        cut = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
        number += len(_LINE.findall(data, 0, cut)) if cut else 0
        rest = data[cut:]
    return number + (1 if rest.strip() else 0)


_NO_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_OPENED = re.compile(rb"<!--|<!\[CDATA\[|<\?")


def _elements(stream: BinaryIO, wanted: re.Pattern[bytes]) -> int:
    number, rest = 0, b""
    while data := stream.read(max(_CHUNK, len(rest))):
        data = _NO_MARKUP.sub(b" ", rest + data)
        opened = _OPENED.search(data)
        cut = opened.start() if opened else data.rfind(b"<")
        cut = len(data) if cut < 0 else cut
        number += len(wanted.findall(data, 0, cut))
        rest = data[cut:]
    opened = _OPENED.search(rest)
    return number + len(wanted.findall(rest, 0, opened.start() if opened else len(rest)))
