"""The owner's decisions on contacts, parsed from `contacts.csv`: merge, split and set. Source: methods:owner-decisions."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.model.codes import KNOWN_TIERS

COLUMNS: Final = ("action", "contact", "other", "tier", "audience", "exclude", "note")
_YES_OR_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


class DecisionError(ValueError):
    """A line of contacts.csv is invalid; the message names the line and what is allowed."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the owner decided. People are named by an identity_id, or by an older contact_id, which is one too.

    Attributes:
        merges: pairs of identity_ids that are one person.
        splits: identity_ids that are joined to others by no evidence.
        tiers: (identity_id, tier); a later pair overrides an earlier one.
        audiences: (identity_id, audience), likewise.
        excluded: (identity_id, whether excluded), likewise.
    """

    merges: tuple[tuple[str, str], ...] = ()
    splits: frozenset[str] = frozenset()
    tiers: tuple[tuple[str, str], ...] = ()
    audiences: tuple[tuple[str, int], ...] = ()
    excluded: tuple[tuple[str, bool], ...] = ()

    def named(self) -> set[str]:
        """Return every identity_id that a decision names."""
        pairs = (*self.tiers, *self.audiences, *self.excluded)
        return {*self.splits, *(name for pair in self.merges for name in pair), *(pair[0] for pair in pairs)}


def decisions_text(path: Path) -> str:
    """Return the text of contacts.csv, empty when the file doesn't exist.

    Raises:
        DecisionError: when the file is not UTF-8 text; a spreadsheet may have saved it in another encoding.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DecisionError(f"contacts.csv, line {line}: not UTF-8 text; save the file as CSV UTF-8") from None


def read_decisions(text: str) -> Decisions:
    r"""Parse the text of contacts.csv.

    Args:
        text: CSV with a header row; columns as in `COLUMNS`, in any order, missing ones empty.

    Raises:
        DecisionError: naming the line, for an unknown column or action, a missing person, an invalid tier, audience or exclude.

    Examples:
        >>> read_decisions("action,contact,other\nmerge,x:1,x:2\nsplit,x:3,\n").merges
        (('x:1', 'x:2'),)

    Source: methods:owner-decisions.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
        if unknown:
            raise DecisionError(f"contacts.csv, line 1: unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
        lines = _Lines()
        for row in reader:
            values = {
                key: (value or "").strip()
                for key, value in row.items()
                if isinstance(key, str) and not isinstance(value, list)
            }
            if any(values.values()):
                lines.add(values, reader.line_num)
    except csv.Error as error:
        raise DecisionError(f"contacts.csv can't be read as CSV: {error}; look for a quote that isn't closed") from None
    return lines.decisions()


@dataclass(slots=True)
class _Lines:
    """The decisions of the lines read so far."""

    merges: list[tuple[str, str]] = field(default_factory=list)
    splits: set[str] = field(default_factory=set)
    tiers: list[tuple[str, str]] = field(default_factory=list)
    audiences: list[tuple[str, int]] = field(default_factory=list)
    excluded: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, values: dict[str, str], line: int) -> None:
        """Add one line: column -> stripped text."""
        contact, other = values.get("contact", ""), values.get("other", "")
        if not contact:
            raise DecisionError(
                f"contacts.csv, line {line}: the column contact is empty; give an identity_id such as x:12"
            )
        match values.get("action", ""):
            case "merge" if other:
                self.merges.append((contact, other))
            case "merge":
                raise DecisionError(f"contacts.csv, line {line}: merge needs the column other")
            case "split":
                self.splits.add(contact)
                # a split also undoes the owner's own earlier merges
                self.merges = [pair for pair in self.merges if contact not in pair]
            case "set":
                self._set(contact, values, line)
            case action:
                raise DecisionError(
                    f"contacts.csv, line {line}: unknown action {action!r}; known are merge, split, set"
                )

    def _set(self, contact: str, values: dict[str, str], line: int) -> None:
        if tier := values.get("tier", ""):
            if tier not in KNOWN_TIERS:
                raise DecisionError(
                    f"contacts.csv, line {line}: unknown tier {tier!r}; known are {', '.join(KNOWN_TIERS)}"
                )
            self.tiers.append((contact, tier))
        if audience := values.get("audience", ""):
            if not audience.isdecimal():
                raise DecisionError(f"contacts.csv, line {line}: audience must be a whole number, not {audience!r}")
            self.audiences.append((contact, int(audience)))
        if exclude := values.get("exclude", ""):
            if exclude.lower() not in _YES_OR_NO:
                raise DecisionError(f"contacts.csv, line {line}: exclude must be yes or no, not {exclude!r}")
            self.excluded.append((contact, _YES_OR_NO[exclude.lower()]))

    def decisions(self) -> Decisions:
        """Return the decisions of all lines."""
        return Decisions(
            merges=tuple(self.merges),
            splits=frozenset(self.splits),
            tiers=tuple(self.tiers),
            audiences=tuple(self.audiences),
            excluded=tuple(self.excluded),
        )
