"""The line of a key in a TOML file, which the standard parser doesn't report."""

import re

_HEADER = re.compile(r"^\s*\[\[?\s*(?P<path>[^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"^\s*(?P<path>(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
_PART = re.compile(r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'")


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(path))


def line_of(text: str, path: tuple[str, ...]) -> int:
    """Return the 1-based line where the key is given, else that of its nearest table, else 1.

    A key inside an inline table is found at the line of that table.
    """
    table: tuple[str, ...] = ()
    best, best_length = 1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = here = _parts(header["path"])
        elif key := _KEY.match(line):
            here = (*table, *_parts(key["path"]))
        else:
            continue
        shared = len(here) if here == path[: len(here)] else len(path) if path == here[: len(path)] else 0
        if shared > best_length:
            best, best_length = number, shared
    return best
