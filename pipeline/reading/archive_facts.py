"""The result of reading an archive: counts of its records, problems, and the status that follows from them.

Source: methods:archive-status.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from pipeline.reading.assignments import Assignment
from pipeline.reading.ledger import MemberLedger
from pipeline.sources.base import MEDIA

_ONLY_MEDIA: Final = "holds only media, no records"
_UNKNOWN_LAYOUT: Final = "unknown_layout"
_MEMBERS_NAMED: Final = 5
_REASONS_SHOWN: Final = 12
_REMARKS_SHOWN: Final = 5


@dataclass(slots=True)
class ArchiveFacts:
    """Counts and problems of one archive.

    Attributes:
        stored: records stored.
        skipped: records skipped by rule.
        set_aside: records set aside.
        codes: reason code -> records set aside.
        findings: problems of the container or of members; any makes the archive partial.
        remarks: harmless facts.
        unknown: unknown kinds of record, one line each.
        unknown_layouts: members whose layout no reader knows.
        hint: which tool made an archive that no source recognises.
    """

    stored: int = 0
    skipped: int = 0
    set_aside: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_layouts: list[str] = field(default_factory=list)
    hint: str | None = None

    def add(self, ledger: MemberLedger) -> None:
        """Add the counts of one member.

        Raises:
            AssertionError: when the member's ledger does not balance.
        """
        if ledger.records_in != ledger.accounted:
            raise AssertionError(f"the ledger of {PurePosixPath(ledger.member).name} does not balance")
        self.stored += ledger.stored
        self.skipped += ledger.skipped.total()
        self.set_aside += ledger.codes.total()
        for code, count in ledger.codes.items():
            self.codes[code] = self.codes.get(code, 0) + count
        if ledger.codes[_UNKNOWN_LAYOUT]:
            self.unknown_layouts.append(ledger.member)
        self.unknown += [
            f"{ledger.member}: {count} records: {reason}" for reason, count in sorted(ledger.unknown.items())
        ]


def status_of(facts: ArchiveFacts, assignments: Sequence[Assignment]) -> tuple[str, str]:
    """Return the status (complete, partial, failed, unrecognised) and the reason of an archive that was read.

    Args:
        facts: the result of reading it.
        assignments: what each source read in it; none for an unrecognised archive.

    Source: methods:archive-status.
    """
    problems = [_set_aside(facts, code, count) for code, count in sorted(facts.codes.items())] + facts.findings
    reason = _joined(problems, _REASONS_SHOWN)
    if not assignments:
        if facts.set_aside:
            return "failed", reason
        return "unrecognised", "; ".join([facts.hint or "no source knows what is in it", *problems])
    if problems and not facts.stored and not facts.skipped:
        return "failed", f"nothing could be read of it: {reason}" if facts.set_aside else reason
    only_media = all(claim.reader == MEDIA for assignment in assignments for claim in assignment.claims)
    remarks = _joined(([_ONLY_MEDIA] if only_media else []) + facts.remarks, _REMARKS_SHOWN)
    return "partial" if problems else "complete", "; ".join(part for part in (reason, remarks) if part)


def _set_aside(facts: ArchiveFacts, code: str, count: int) -> str:
    named, more = facts.unknown_layouts[:_MEMBERS_NAMED], len(facts.unknown_layouts) - _MEMBERS_NAMED
    members = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    return f"{count} set aside ({code}: {members})" if code == _UNKNOWN_LAYOUT else f"{count} set aside ({code})"


def _joined(sentences: list[str], most: int) -> str:
    rest = len(sentences) - most
    return "; ".join(sentences[:most]) + (f"; and {rest} more" if rest > 0 else "")
