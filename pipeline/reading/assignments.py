"""What each source reads in an archive: its members, and the context that its readers may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.survey import Account, Context
from pipeline.reading.staged_rows import Defaults
from pipeline.sources.base import Claim, Source


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one source reads in an archive.

    Attributes:
        source: name of the source.
        claims: members and the readers that read them, in the archive's order.
        context: what the readers may know beside the bytes.
        accounts: platform -> native_id that rows without an account get.
        account: the owner's account according to the surveys; None when no survey states one.
    """

    source: str
    claims: tuple[Claim, ...]
    context: Context
    accounts: Mapping[str, str]
    account: Account | None


IndexedClaim: TypeAlias = tuple[int, Claim]
"""Index of the assignment in its plan, and one of its claims."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """Everything that is to be read in one archive.

    Attributes:
        assignments: one for each source that reads in it.
        sources: all sources by name.
    """

    assignments: Sequence[Assignment]
    sources: Mapping[str, Source]

    def claims(self) -> list[IndexedClaim]:
        """Return the claims of all assignments, in the order in which their members are read."""
        return [(index, claim) for index, assignment in enumerate(self.assignments) for claim in assignment.claims]

    def source(self, assignment: Assignment) -> Source:
        """Return the source of an assignment."""
        return self.sources[assignment.source]

    def defaults(self, assignment: Assignment) -> Defaults:
        """Return the values for what the assignment's rows leave out."""
        platform = self.source(assignment).platforms[0].name
        return Defaults(platform, dict(assignment.accounts), assignment.context.settings.max_text)
