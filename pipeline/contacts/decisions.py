"""The owner's decisions in `contacts.csv`: merge, split, set (CONTRACT, "Files that the owner edits")."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("action", "contact", "other", "tier", "audience", "exclude", "note")
TIERS = ("guru", "peer", "newbie")


class DecisionError(ValueError):
    """A line of contacts.csv that can't be understood; says the line and what is allowed."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the owner decided; persons are named by an identity_id (or an older contact_id, which is one too)."""

    merges: tuple[tuple[str, str], ...] = ()
    splits: frozenset[str] = frozenset()
    tiers: tuple[tuple[str, str], ...] = ()
    """identity_id, tier; a later line stands before an earlier one."""
    audiences: tuple[tuple[str, int], ...] = ()
    excluded: tuple[tuple[str, bool], ...] = ()

    def named(self) -> set[str]:
        """Return every identity_id that a decision names."""
        pairs = (*self.tiers, *self.audiences, *self.excluded)
        return {*self.splits, *(name for pair in self.merges for name in pair), *(pair[0] for pair in pairs)}


def decisions_text(path: Path) -> str:
    """Return the text of contacts.csv, empty when there is none.

    Raises:
        DecisionError: the file is not UTF-8 text (a spreadsheet may have saved it otherwise).
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DecisionError(f"contacts.csv, line {line}: not UTF-8 text; save the file as CSV UTF-8") from None


def read_decisions(text: str) -> Decisions:
    """Parse contacts.csv.

    Raises:
        DecisionError: naming the line, for an unknown column or action, a missing person, a bad tier, audience or exclude.
    """
    try:
        return _read(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise DecisionError(f"contacts.csv can't be read as CSV: {error}; look for a quote that isn't closed") from None


def _read(reader: "csv.DictReader[str]") -> Decisions:
    """Read all lines."""
    unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
    if unknown:
        raise DecisionError(f"contacts.csv, line 1: unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
    merges: list[tuple[str, str]] = []
    splits: set[str] = set()
    tiers: list[tuple[str, str]] = []
    audiences: list[tuple[str, int]] = []
    excluded: list[tuple[str, bool]] = []
    for row in reader:
        line = reader.line_num
        values = {
            key: (value or "").strip()
            for key, value in row.items()
            if isinstance(key, str) and not isinstance(value, list)
        }
        if not any(values.values()):
            continue
        contact, other = values.get("contact", ""), values.get("other", "")
        if not contact:
            raise DecisionError(
                f"contacts.csv, line {line}: the column contact is empty; give an identity_id such as x:12"
            )
        match values.get("action", ""):
            case "merge" if other:
                merges.append((contact, other))
            case "merge":
                raise DecisionError(f"contacts.csv, line {line}: merge needs the column other")
            case "split":
                splits.add(contact)
                # a later line stands before an earlier one: a split takes the owner's own earlier merges back too
                merges = [pair for pair in merges if contact not in pair]
            case "set":
                _read_set(values, line, contact, tiers, audiences, excluded)
            case action:
                raise DecisionError(
                    f"contacts.csv, line {line}: unknown action {action!r}; known are merge, split, set"
                )
    return Decisions(tuple(merges), frozenset(splits), tuple(tiers), tuple(audiences), tuple(excluded))


def _read_set(
    values: dict[str, str],
    line: int,
    contact: str,
    tiers: list[tuple[str, str]],
    audiences: list[tuple[str, int]],
    excluded: list[tuple[str, bool]],
) -> None:
    """Read one `set` line into the three lists."""
    if tier := values.get("tier", ""):
        if tier not in TIERS:
            raise DecisionError(f"contacts.csv, line {line}: unknown tier {tier!r}; known are {', '.join(TIERS)}")
        tiers.append((contact, tier))
    if audience := values.get("audience", ""):
        if not audience.isdecimal():
            raise DecisionError(f"contacts.csv, line {line}: audience must be a whole number, not {audience!r}")
        audiences.append((contact, int(audience)))
    if exclude := values.get("exclude", ""):
        words = {"yes": True, "true": True, "no": False, "false": False}
        if exclude.lower() not in words:
            raise DecisionError(f"contacts.csv, line {line}: exclude must be yes or no, not {exclude!r}")
        excluded.append((contact, words[exclude.lower()]))
