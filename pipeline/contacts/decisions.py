"""The owner's decisions on contacts: merge, distinct, split, set and undo. Source: methods:owner-decisions."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.contacts.decision_lines import Line, LineProblem, decision_lines
from pipeline.model.codes import KNOWN_TIERS

_YES_OR_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
_ACTIONS: Final = ("merge", "distinct", "split", "set", "undo")


class Verdict(NamedTuple):
    """The owner's verdict on two identities."""

    one: str
    other: str
    same: bool
    """True: one person (`merge`); False: two people (`distinct`)."""

    def concerns(self, one: str, other: str) -> bool:
        """Return whether it is about these two identities, in any order."""
        return {self.one, self.other} == {one, other}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the owner decided. People are named by an identity_id, or by an older contact_id, which is one too.

    Attributes:
        verdicts: which pairs are one person and which are two; a later one overrides an earlier one.
        splits: identity_ids that are joined to others by no evidence.
        tiers: (identity_id, tier); a later pair overrides an earlier one.
        audiences: (identity_id, audience), likewise.
        excluded: (identity_id, whether excluded), likewise.
        problems: one message for each invalid line, which names the line; the other lines are valid.
    """

    verdicts: tuple[Verdict, ...] = ()
    splits: frozenset[str] = frozenset()
    tiers: tuple[tuple[str, str], ...] = ()
    audiences: tuple[tuple[str, int], ...] = ()
    excluded: tuple[tuple[str, bool], ...] = ()
    problems: tuple[str, ...] = ()

    def named(self) -> set[str]:
        """Return every identity_id that a decision names."""
        pairs = (*self.tiers, *self.audiences, *self.excluded)
        in_pairs = (name for verdict in self.verdicts for name in (verdict.one, verdict.other))
        return {*self.splits, *in_pairs, *(pair[0] for pair in pairs)}


def decisions_text(path: Path) -> str:
    """Return the text of contacts.csv, empty when the file doesn't exist.

    Bytes that aren't UTF-8 are kept as surrogates: `read_decisions` reports their lines, and writing the text with
    `errors="surrogateescape"` writes the same bytes again.
    """
    try:
        return path.read_bytes().decode("utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""


def read_decisions(text: str) -> Decisions:
    r"""Parse the text of contacts.csv. An invalid line is reported in `problems`; the others count.

    Args:
        text: CSV with a header row; columns as in `pipeline.contacts.decision_lines.COLUMNS`, in any order, missing ones
            empty.

    Examples:
        >>> decisions = read_decisions("action,contact,other\nmerge,x:1,x:2\nmarry,x:3,x:4\nsplit,x:3,\n")
        >>> decisions.verdicts
        (Verdict(one='x:1', other='x:2', same=True),)
        >>> decisions.problems
        ("contacts.csv, line 3: unknown action 'marry'; known are merge, distinct, split, set, undo",)

    Source: methods:owner-decisions.
    """
    lines = _Lines()
    problems = []
    for line in decision_lines(text):
        try:
            lines.add(_valid(line))
        except LineProblem as problem:
            problems.append(str(problem))
    return lines.decisions(tuple(problems))


def _valid(line: Line | LineProblem) -> Line:
    if isinstance(line, LineProblem):
        raise line
    return line


@dataclass(slots=True)
class _Lines:
    """The decisions of the lines read so far."""

    verdicts: list[Verdict] = field(default_factory=list)
    splits: set[str] = field(default_factory=set)
    tiers: list[tuple[str, str]] = field(default_factory=list)
    audiences: list[tuple[str, int]] = field(default_factory=list)
    excluded: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Add one line.

        Raises:
            LineProblem: the line is invalid; nothing of it is added.
        """
        action, contact, other = line["action"], line["contact"], line["other"]
        if action not in _ACTIONS:
            raise line.problem(f"unknown action {action!r}; known are {', '.join(_ACTIONS)}")
        if not contact:
            raise line.problem("the column contact is empty; give an identity_id such as x:12")
        match action:
            case "merge" | "distinct" if not other:
                raise line.problem(f"{action} needs the column other")
            case "merge" | "distinct" if contact == other:
                raise line.problem(f"{action} needs two different identities, not {contact!r} twice")
            case "merge" | "distinct":
                self._drop_verdicts(contact, other)
                self.verdicts.append(Verdict(contact, other, same=action == "merge"))
            case "split":
                self.splits.add(contact)
                # a split also undoes the owner's own earlier merges
                self.verdicts = [one for one in self.verdicts if not (one.same and contact in (one.one, one.other))]
            case "set":
                self._set(contact, line)
            case "undo" if other:
                self._drop_verdicts(contact, other)
            case _:
                self._undo(contact)

    def _drop_verdicts(self, one: str, other: str) -> None:
        self.verdicts = [verdict for verdict in self.verdicts if not verdict.concerns(one, other)]

    def _undo(self, contact: str) -> None:
        self.splits.discard(contact)
        self.tiers = [pair for pair in self.tiers if pair[0] != contact]
        self.audiences = [pair for pair in self.audiences if pair[0] != contact]
        self.excluded = [pair for pair in self.excluded if pair[0] != contact]

    def _set(self, contact: str, line: Line) -> None:
        tier, audience, exclude = line["tier"], line["audience"], line["exclude"].lower()
        if tier and tier not in KNOWN_TIERS:
            raise line.problem(f"unknown tier {tier!r}; known are {', '.join(KNOWN_TIERS)}")
        if audience and not (audience.isdecimal() and len(audience) < 19):
            raise line.problem(f"audience must be a whole number, not {audience!r}")
        if exclude and exclude not in _YES_OR_NO:
            raise line.problem(f"exclude must be yes or no, not {line['exclude']!r}")
        if tier:
            self.tiers.append((contact, tier))
        if audience:
            self.audiences.append((contact, int(audience)))
        if exclude:
            self.excluded.append((contact, _YES_OR_NO[exclude]))

    def decisions(self, problems: tuple[str, ...]) -> Decisions:
        """Return the decisions of all lines."""
        return Decisions(
            verdicts=tuple(self.verdicts),
            splits=frozenset(self.splits),
            tiers=tuple(self.tiers),
            audiences=tuple(self.audiences),
            excluded=tuple(self.excluded),
            problems=problems,
        )
