"""What reading members gives beside the staged rows. Picklable, because several processes may read one archive."""

from dataclasses import dataclass, field

from pipeline.model.records import CoverageNote, ListSeen
from pipeline.reading.event_times import EventTimes
from pipeline.reading.ledger import MemberLedger
from pipeline.reading.staged_rows import AliasRow, PersonRow


@dataclass(slots=True)
class SourceResult:
    """What the members of one source give.

    Attributes:
        times: times and accounts of the staged rows.
        notes: the source's corrections of its declared coverage.
        lists: lists of ties that its members show.
    """

    times: EventTimes = field(default_factory=EventTimes)
    notes: list[CoverageNote] = field(default_factory=list)
    lists: list[ListSeen] = field(default_factory=list)


@dataclass(slots=True)
class MembersRead:
    """What some members of an archive give; the results of consecutive runs of members add up by `merge`.

    Attributes:
        sources: one result for each assignment.
        ledgers: one for each member.
        persons: rows of the staged table `persons`.
        aliases: rows of the staged table `aliases`.
        findings: problems; any makes the archive partial.
        remarks: harmless facts about the archive.
    """

    sources: list[SourceResult]
    ledgers: list[MemberLedger] = field(default_factory=list)
    persons: set[PersonRow] = field(default_factory=set)
    aliases: set[AliasRow] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def merge(self, later: "MembersRead") -> None:
        """Append the result of the members that follow in the archive."""
        for mine, theirs in zip(self.sources, later.sources, strict=True):
            mine.times.merge(theirs.times)
            mine.notes += theirs.notes
            mine.lists += theirs.lists
        self.ledgers += later.ledgers
        self.persons |= later.persons
        self.aliases |= later.aliases
        self.findings += later.findings
        self.remarks += later.remarks
