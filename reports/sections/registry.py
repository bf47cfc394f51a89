"""All sections, in reading order. A new section is one module and one line here."""

from typing import Final

from reports.model import Section
from reports.sections import balance, contacts, coverage, dance, lag, overview, reciprocation

SECTIONS: Final[tuple[Section, ...]] = (
    overview.SECTION,
    reciprocation.SECTION,
    lag.SECTION,
    balance.SECTION,
    dance.SECTION,
    contacts.SECTION,
    coverage.SECTION,
)
