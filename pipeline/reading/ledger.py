"""The ledger of one member: every record counted once, and the independent count reconciled with the reader's records.

Source: methods:record-fates.
"""

from collections import Counter
from dataclasses import dataclass, field

from pipeline.model.records import SetAside


@dataclass(slots=True)
class MemberLedger:
    """Counts of one member while it is read; `close` makes them balance.

    Attributes:
        member: name of the member.
        reader: name of its reader; None without one.
        stored: records stored.
        skipped: rule -> records skipped.
        codes: reason code -> records set aside.
        unknown: reason -> records of an unknown kind.
        records_in: all records, once the ledger is closed.
    """

    member: str
    reader: str | None
    stored: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    records_in: int = 0

    @property
    def accounted(self) -> int:
        """Records that the reader accounted for."""
        return self.stored + self.codes.total() + self.skipped.total()

    def set_aside(self, item: SetAside) -> None:
        """Count a record that is set aside."""
        self.codes[item.code] += 1
        if item.code == "unknown_kind":
            self.unknown[item.reason] += 1

    def close(self, counted: int | None, last: str, problem: SetAside | None) -> tuple[list[SetAside], str | None]:
        """Balance the member.

        Args:
            counted: the independent count; None when there is none.
            last: pointer of the last record that the reader yielded.
            problem: why the reader stopped early, if it did.

        Returns:
            Missing records to set aside, and a finding when the reader yielded more records than were counted.
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
