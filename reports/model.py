"""What a section is made of: frames from the warehouse, a headline, figures with their tables, side notes.

A figure's chart and its table, and the CSV beside the page, are drawn from one frame: `Table.frame`. So a number in a
chart is the number in the table by construction, and a test compares them cell by cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import polars as pl

from reports.headline import Headline

Frames = Mapping[str, pl.DataFrame]
Row = Mapping[str, Any]


class LinkSettings(Protocol):
    """`[report]` of the settings."""

    @property
    def links(self) -> bool:
        """Whether names lead to profiles on the web."""


class Settings(Protocol):
    """What the report asks of the home's settings."""

    @property
    def time_zone(self) -> str:
        """IANA name of the zone in which dates are shown."""

    @property
    def report(self) -> LinkSettings:
        """The table `[report]`."""


@dataclass(frozen=True, slots=True)
class Links:
    """`[report]`; links are off, since a click on one tells the platform that the report was read."""

    links: bool = False


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """The report's settings with their defaults."""

    time_zone: str = "UTC"
    report: LinkSettings = field(default_factory=Links)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name in the frame and CSV, its heading, and how a row is shown (default: as it is)."""

    name: str
    label: str
    show: Callable[[Row], str] | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers; `name` is the stem of its CSV. The CSV holds `columns` in order, raw."""

    name: str
    columns: tuple[Column, ...]
    frame: pl.DataFrame

    @property
    def raw(self) -> pl.DataFrame:
        """The columns as they go into the CSV."""
        return self.frame.select([column.name for column in self.columns])


@dataclass(frozen=True, slots=True)
class Size:
    """Room for a chart: width of the plot without axes, in pixels."""

    plot: int
    narrow: bool


WIDE: Final = Size(plot=430, narrow=False)
NARROW: Final = Size(plot=178, narrow=True)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption and table. `chart` is None where there is nothing to draw, and `empty` says why."""

    key: str
    title: str
    alt: str
    table: Table
    caption: str
    chart: Callable[[Size], dict[str, Any]] | None
    empty: str = ""
    table_rows: int = 400
    """More rows than this stand in the CSV only, and the page says so."""


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph group beside a figure: *How sure is this?*, *Cannot be seen here*, *How to read*."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of the overview: big text, what it is, and how sure; `warn` marks what lowers trust."""

    big: str
    says: str
    small: str
    warn: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What every section may need: the facts, what is off risk, what can be seen."""

    settings: Settings
    facts: Row
    off_risk: pl.DataFrame
    visibility: pl.DataFrame

    @property
    def as_of(self) -> date | None:
        """The day up to which the archives tell."""
        moment = self.facts["as_of"] or self.facts["last_at"]
        return moment.date() if moment is not None else None


@dataclass(frozen=True, slots=True)
class Content:
    """A section, computed."""

    headline: Headline
    figures: Sequence[Figure]
    notes: Sequence[Note]
    tiles: Sequence[Tile] = ()
    next_step: str = ""
    people: pl.DataFrame | None = None
    """Rows of the contacts table, for the section that has it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; `queries` maps the names of its frames to the SQL files that fetch them."""

    key: str
    title: str
    question: str
    queries: Mapping[str, str]
    build: Callable[[Frames, Context], Content]
    empty: str = field(default="")
