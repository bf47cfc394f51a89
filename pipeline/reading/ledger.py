"""The ledger of one member: every record counted once, and the independent count reconciled with what the reader gave."""

from collections import Counter
from dataclasses import dataclass, field

from pipeline.model.records import SetAside


@dataclass(slots=True)
class MemberLedger:
    """Counts of one member while it is read; `close` makes them balance."""

    member: str
    reader: str | None
    stored: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    """Set aside, by reason code."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Reasons given for unknown kinds: one line each for the person."""
    records_in: int = 0

    @property
    def accounted(self) -> int:
        """Records that the reader gave an account of."""
        return self.stored + self.codes.total() + self.skipped.total()

    def set_aside(self, item: SetAside) -> None:
        """Count a record that was set aside."""
        self.codes[item.code] += 1
        if item.code == "unknown_kind":
            self.unknown[item.reason] += 1

    def close(self, counted: int | None, last: str, problem: SetAside | None) -> tuple[list[SetAside], str | None]:
        """Balance the member.

        Args:
            counted: the independent count; None when it couldn't be had.
            last: pointer of the last record that the reader gave.
            problem: why the reader stopped early, if it did.

        Returns:
            What is to be set aside on top, and a finding when the reader gave more records than there are.
        """
        code = problem.code if problem else "unaccounted"
        reason = problem.reason if problem else "the reader gave no account of this record"
        missing = (counted or 0) - self.accounted
        if counted is None:
            missing = 1 if problem else 0
        extra = [SetAside(f"after {last or 'the start'} +{number}", code, reason) for number in range(1, missing + 1)]
        for item in extra:
            self.set_aside(item)
        self.records_in = self.accounted
        if problem and not extra:
            return [], f"{self.member}: {problem.reason}"
        if counted is not None and missing < 0:
            return [], f"{self.member}: {counted} records were counted, but {self.accounted} were read"
        return extra, None

    def row(self) -> tuple[str, str | None, int, int, int, int, list[str]]:
        """Return the staged row of `members`."""
        reasons = [f"{rule}={count}" for rule, count in sorted(self.skipped.items())]
        set_aside, skipped = self.codes.total(), self.skipped.total()
        return self.member, self.reader, self.records_in, self.stored, set_aside, skipped, reasons
