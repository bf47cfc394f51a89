"""Append a line to a file of the owner's decisions."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pipeline.model.errors import UsageError


def append_line(
    path: Path,
    before: str,
    row: Mapping[str, str],
    *,
    required: Sequence[str],
    problems: Callable[[str], Sequence[str]],
) -> str:
    """Append one line; the file is unchanged if that line is invalid. Invalid lines of before are kept.

    Args:
        path: of the file.
        before: its text, at least its line of column names.
        row: column -> value; columns that the file lacks are left out.
        required: columns that the file must have where the row has a value.
        problems: reads a text of the file and says what is wrong with it.

    Returns:
        The file and the line, for the terminal.

    Raises:
        UsageError: the file lacks a required column, or the line is invalid.
    """
    heads = next(csv.reader(io.StringIO(before.removeprefix("\ufeff"))))
    missing = [column for column in required if row.get(column) and column not in heads]
    if missing:
        raise UsageError(f"{path.name} has no column {missing[0]}; add it to its first line")
    buffer = io.StringIO()
    csv.DictWriter(buffer, heads, lineterminator="\n").writerow({column: row.get(column, "") for column in heads})
    text = before + ("" if before.endswith("\n") else "\n") + buffer.getvalue()
    known = set(problems(before))
    added = [problem for problem in problems(text) if problem not in known]
    if added:
        raise UsageError(added[0])
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text, encoding="utf-8", errors="surrogateescape")
    aside.replace(path)
    return f"{path}: {buffer.getvalue().strip()}"
