"""Split a big JSON array into its elements, in bounded memory.

`split_array` yields raw bytes. `pipeline.formats.decoding.loads` parses them, and raises BadJson for elements that were marked as
unusable (too deep, too long, cut short). A script's assignment before the JSON (`window.YTD.tweets.part0 = [`) is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, TypeAlias

from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_scanner import Scanner

Step: TypeAlias = str | re.Pattern[str]
"""One step of a path: a key, or a pattern that the whole key must match (`re.compile(r"followers_v\\d+")`)."""


def _fits(step: Step, key: str) -> bool:
    return key == step if isinstance(step, str) else step.fullmatch(key) is not None


def _descend(scanner: Scanner, path: Sequence[Step]) -> bool:
    """Move to the value at the path; return whether there is one."""
    if scanner.start() is None:
        return False
    for step in path:
        if scanner.buffer[scanner.at] != 0x7B:
            return False
        scanner.at += 1
        while True:
            key = scanner.key()
            if key is None:
                return False
            if _fits(step, key):
                break
            scanner.value(keep=False)
    return True


def split_array(stream: BinaryIO, path: Sequence[Step] = ()) -> Iterator[tuple[int, bytes]]:
    """Yield (index, raw bytes) of each element of the array at `path` of the stream's JSON document.

    A single bare object in place of the array is its only element. An element that can't be used (nested deeper than 64,
    longer than 256 MB, cut off by the end of the file) is yielded as `Unusable` bytes, for which `loads` raises BadJson; the
    next element follows. Nothing is yielded when there is nothing at the path.

    Args:
        stream: bytes of JSON (UTF-8, or UTF-16/32 with byte order mark), perhaps behind a script's assignment.
        path: keys from the root down; () for a root array. A pattern must match the whole key.
    """
    scanner = Scanner(stream)
    if not _descend(scanner, path):
        return
    if scanner.buffer[scanner.at] != 0x5B:
        if scanner.buffer[scanner.at] == 0x7B:
            yield 0, scanner.value()
        return
    scanner.at += 1
    index = 0
    while (ahead := scanner.skip()) is not None and ahead != 0x5D:
        yield index, scanner.value()
        index += 1


def head_values(stream: BinaryIO, keys: Sequence[str], longest: int = 1 << 20) -> dict[str, Any]:
    """Return the values of some keys of the root object, before or after a big array; invalid values are omitted.

    Args:
        stream: as for `split_array`.
        keys: wanted keys; reading stops when all are found.
        longest: bytes; a longer value is omitted.
    """
    scanner = Scanner(stream)
    found: dict[str, Any] = {}
    if scanner.start() != 0x7B:
        return found
    scanner.at += 1
    while len(found) < len(keys) and (key := scanner.key()) is not None:
        raw = scanner.value(keep=key in keys)
        if key in keys and len(raw) <= longest:
            try:
                found[key] = loads(raw)
            except BadJson:
                continue
    return found
