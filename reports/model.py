"""What a section is made of: frames from the warehouse, a headline, figures with their tables, side notes.

A figure's chart and its table, and the CSV beside the page, are made from one frame, `Table.frame`. A
number in a chart therefore equals the number in the table, and a test compares them cell by cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import polars as pl

from reports.headline import Headline

Frames = Mapping[str, pl.DataFrame]
Row = Mapping[str, Any]
"""A row of a frame; Polars knows its types only at run time."""
Spec = dict[str, Any]
"""A Vega-Lite specification, which is JSON."""


class LinkSettings(Protocol):
    """`[report]` of the settings."""

    @property
    def links(self) -> bool:
        """Whether names link to profiles on the web."""


class Settings(Protocol):
    """The settings that the report needs."""

    @property
    def time_zone(self) -> str:
        """IANA name of the zone in which dates are shown."""

    @property
    def report(self) -> LinkSettings:
        """The table `[report]`."""


@dataclass(frozen=True, slots=True)
class Links:
    """`[report]` with links off: following one would tell the platform that the report was read."""

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
    """A chart with its caption and table. `chart` is None where there is nothing to draw; `empty` gives the reason."""

    key: str
    title: str
    alt: str
    table: Table
    caption: str
    chart: Callable[[Size], Spec] | None
    empty: str = ""
    table_rows: int = 400
    """Further rows are in the CSV only; the page says so."""
    option: str = ""
    """Its name in the section's chooser, which shows one of its figures at a time; empty: the figure is always shown."""
    private: bool = False
    """Whether it quotes names or texts of people, so that it belongs in no report that is passed on."""


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph group beside a figure: *How sure is this?*, *Cannot be seen here*, *How to read*."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the first screen: the number, what it is, its uncertainty; `mark` names its colour in the picture."""

    big: str
    summary: str
    small: str
    mark: str = ""
    """`me` or `them` (who took the step), or a tier."""


@dataclass(frozen=True, slots=True)
class Card:
    """One of the questions of the first screen: its numbers, a small picture, and the section with the rest."""

    key: str
    question: str
    numbers: tuple[Number, ...]
    caption: str
    section: str
    alt: str
    chart: Callable[[], Spec] | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person who waits for a step of the owner: name, level, what they did last, and since when."""

    name: str
    level: str
    last_step: str
    since: str


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """What the report answers within ten seconds: three cards, the owner's next steps, one line of trust."""

    cards: tuple[Card, ...]
    move: str
    waiting: tuple[Waiting, ...]
    trust: tuple[str, ...]
    changed: str
    """What the last run changed; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every section may need: facts, off-risk steps, visibility."""

    settings: Settings
    facts: Row
    off_risk: pl.DataFrame
    visibility: pl.DataFrame

    @property
    def as_of(self) -> date | None:
        """The last day that the archives cover."""
        moment = self.facts["as_of"] or self.facts["last_at"]
        return moment.date() if moment is not None else None


@dataclass(frozen=True, slots=True)
class Content:
    """A section, computed."""

    headline: Headline
    figures: Sequence[Figure]
    notes: Sequence[Note]
    first_screen: FirstScreen | None = None
    next_step: str = ""
    people: pl.DataFrame | None = None
    """Rows of the contacts table, for the section that has it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report.

    Attributes:
        queries: name of a frame -> the file of `sql/report/` that fetches it, or the table that is fetched whole.
        order: sections are shown in this order; the ones that exist are ten apart.
        shareable: whether the pseudonymised twin has the section. It then gets only the columns that
            `reports.shareable.allowed` lists; every other column is NULL there.
    """

    key: str
    title: str
    question: str
    queries: Mapping[str, str]
    build: Callable[[Frames, Context], Content]
    empty: str = field(default="")
    order: int = field(kw_only=True)
    shareable: bool = field(default=False, kw_only=True)
