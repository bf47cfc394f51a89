"""Stable hashes of plain values, by which kept scans and readings are found again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Final

from pipeline.reading.assignments import Assignment

FORMAT: Final = 9
"""Raise it when the same records would be staged in another way."""


def plain(value: object) -> object:
    """Return dataclasses, mappings, sets and sequences as canonical JSON values; other values are returned unchanged."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def digest(*parts: object) -> str:
    """Return a hash of plain values, dataclasses and sets: 32 hexadecimal digits."""
    text = json.dumps([plain(part) for part in parts], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def reading_key(assignments: Sequence[Assignment], versions: Mapping[str, int], limits: object) -> str:
    """Return the name of a reading: a hash of everything that it depends on beside the archive's bytes.

    Args:
        assignments: what each source reads, with the merged context.
        versions: source -> version of its readers.
        limits: `[limits]` of the settings.
    """
    return digest(FORMAT, dict(versions), list(assignments), limits)
