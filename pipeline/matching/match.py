"""Who answered whom: METHODS 1, all rules, in O(n log n).

Entry points:
    match(interactions, parameters, initiator=…, outcome=…): R0-R6 for one analysis, without risk set.
    all_gestures(interactions, coverage, parameters, contacts): tables `gestures` (both initiators, both outcomes, with
        the risk set of METHODS 2.1) and `matching_counts`.
Both are pure and don't depend on the order of rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
import polars as pl

from pipeline.matching.adjacency import adjacency_passes
from pipeline.matching.encode import TEXTS, Bools, Ints, encode
from pipeline.matching.explicit import explicit_pass
from pipeline.matching.filters import EXCLUSIONS, exclusion_marks, keep
from pipeline.matching.order import Events, Order, canonical, ordered
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.record import collect_answers, record_gestures
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.turns import build_turns
from pipeline.model.schemas import GESTURES

Initiator = Literal["me", "them"]
Outcome = Literal["worded", "any"]
ANALYSES: Final[tuple[tuple[Initiator, Outcome], ...]] = (
    ("me", "worded"), ("me", "any"), ("them", "worded"), ("them", "any"),
)  # fmt: skip
UNITED_COUNTS: Final = ("id_conflict", "edited", "archive_overlap")
"""Names that `deduplicate` counts before any analysis; they stand the same in each."""
SORTED_BY: Final = ("initiator", "outcome", "contact_id", "started_at", "first_interaction_id")
"""How gestures are sorted: by construction, the numbers of `encode` run in the order of names."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Interactions numbered (`order.encode`, without texts) and marked with what the exclusions leave out.

    One preparation serves every run of the matcher; as a frame it can be written and read again.
    """

    encoded: pl.DataFrame
    marks: dict[str, Bools]
    _orders: dict[tuple[bool, int], Order] = field(default_factory=dict, compare=False, repr=False)

    def events(
        self, initiator: Initiator, outcome: Outcome, parameters: MatchingParameters, *, exclusions: bool
    ) -> "Side":
        """Return the events of one analysis in R2's order, and what R0 dropped."""
        out = initiator == "me"
        kept, counts = keep(self.encoded, self.marks if exclusions else {}, out, outcome == "worded")
        return Side(initiator, outcome, canonical(self.encoded, kept, out, self._order(out, parameters)), counts)

    def places(self, parameters: MatchingParameters) -> Ints:
        """Return each row's rank in R2's order with a = out: the one order in which both sides' turns merge."""
        rows = self._order(True, parameters).rows
        ranks = np.empty(len(rows), dtype=np.int64)
        ranks[rows] = np.arange(len(rows))
        return ranks

    def _order(self, initiator_out: bool, parameters: MatchingParameters) -> Order:
        key = (initiator_out, parameters.coarse_us)
        if key not in self._orders:
            self._orders[key] = ordered(self.encoded, initiator_out, parameters)
        return self._orders[key]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Prepared":
        """Read what `frame` wrote."""
        frame = frame.rechunk()  # gathering from many chunks costs ten times what it costs from one
        return cls(frame.drop(EXCLUSIONS), {name: frame[name].to_numpy() for name in EXCLUSIONS})

    def frame(self) -> pl.DataFrame:
        """Return all of it in one frame, the marks in columns of their names."""
        return self.encoded.with_columns(pl.Series(name, self.marks[name]) for name in EXCLUSIONS)

    def linked(self) -> bool:
        """Tell whether any interaction says which one it answers."""
        return bool(self.encoded["_linked"].any())

    def excludes(self) -> bool:
        """Tell whether any interaction is marked by the exclusions."""
        return any(bool(mark.any()) for mark in self.marks.values())

    def without_links(self) -> "Prepared":
        """Return the same as if no export told which interaction answers which."""
        return replace(
            self,
            # links don't change the order
            encoded=self.encoded.with_columns(
                pl.lit(-1, pl.Int8).alias("_reply"), pl.lit(value=False).alias("_linked")
            ),
        )

    def left_out(self) -> pl.DataFrame:
        """Return interaction_id and exclusion (the rule) of every interaction that the exclusions leave out, sorted."""
        rule = pl.coalesce(pl.when(pl.Series(name, self.marks[name])).then(pl.lit(name)) for name in EXCLUSIONS)
        return (
            self.encoded.select("interaction_id", rule.alias("exclusion"))
            .drop_nulls("exclusion")
            .sort("interaction_id")
        )


def prepare(
    interactions: pl.DataFrame, contacts: pl.DataFrame | None = None, link_drops: pl.Series | None = None
) -> Prepared:
    """Number and mark interactions (arguments as in `all_gestures`)."""
    encoded = encode(interactions)
    marks = exclusion_marks(encoded, contacts, link_drops)
    return Prepared(encoded.drop(TEXTS), marks)


@dataclass(frozen=True, slots=True)
class Side:
    """One analysis: its events in R2's order, and how many rows R0 dropped (`dropped_<rule>`)."""

    initiator: Initiator
    outcome: Outcome
    events: Events
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Matched:
    """Gestures of one analysis (schema GESTURES without censored_after_us, at_risk, off_risk_reason), and rule counts."""

    gestures: pl.DataFrame
    counts: dict[str, int]


def match(
    interactions: pl.DataFrame,
    parameters: MatchingParameters,
    *,
    initiator: Initiator,
    outcome: Outcome,
    contacts: pl.DataFrame | None = None,
    link_drops: pl.Series | None = None,
    exclusions: bool = True,
) -> Matched:
    """Match one analysis.

    Args:
        interactions: schema INTERACTIONS, deduplicated (R1); any order.
        parameters: turn gap and windows.
        initiator: whose gestures: `me` (the owner's) or `them`.
        outcome: `worded` or `any` (ruling 3).
        contacts: `contact_id`, `excluded`; None: nobody is excluded.
        link_drops: interaction_ids that 7.3 calls link drops.
        exclusions: False leaves the exclusions of 2.7 off (dimension `exclusions`, value `none`).
    """
    prepared = prepare(interactions, contacts, link_drops)
    return run(prepared, prepared.events(initiator, outcome, parameters, exclusions=exclusions), parameters)


def run(prepared: Prepared, side: Side, parameters: MatchingParameters, *, ids: bool = True) -> Matched:
    """Run R3-R6 on the events of one analysis.

    Args:
        prepared: what `side` was made from.
        side: from `Prepared.events`.
        parameters: turn gap and windows.
        ids: False saves hashing gesture_ids, which costs more than the matching (and leaves gesture_id, place and
            response_interaction_id null).
    """
    events = side.events
    if not len(events):
        empty = {name: kind for name, kind in GESTURES.items() if name not in RiskSet.COLUMNS}
        return Matched(pl.DataFrame(schema=empty), {**_no_counts(), **side.counts})
    turns = build_turns(events, parameters)
    explicit = explicit_pass(events, turns)
    pairs = adjacency_passes(events, turns, explicit, parameters)
    answers = collect_answers(events, turns, explicit, pairs)
    gestures = record_gestures(
        prepared.encoded, events, turns, answers, initiator=side.initiator, outcome=side.outcome,
        places=prepared.places(parameters) if ids else None,
    )  # fmt: skip
    counts = side.counts | {
        "gestures": gestures.height,
        "simultaneous": pairs.simultaneous,
        "dangling_reply_to": explicit.dangling,
        "negative_lag": explicit.negative,
        "uncertain": int(answers.uncertain.sum()),
    }
    return Matched(gestures, counts)


def _no_counts() -> dict[str, int]:
    return dict.fromkeys(("gestures", "simultaneous", "dangling_reply_to", "negative_lag", "uncertain"), 0)


def all_gestures(
    interactions: pl.DataFrame,
    coverage: pl.DataFrame,
    parameters: MatchingParameters,
    contacts: pl.DataFrame | None = None,
    *,
    link_drops: pl.Series | None = None,
    tie_ends: pl.DataFrame | None = None,
    united: Mapping[str, int] | None = None,
    exclusions: bool = True,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Match all four analyses and put every gesture on or off the risk set.

    Args:
        interactions: schema INTERACTIONS, deduplicated.
        coverage: schema COVERAGE.
        parameters: turn gap and windows.
        contacts: `contact_id`, `excluded`; None: nobody is excluded.
        link_drops: interaction_ids that 7.3 calls link drops; inbound ones are left out.
        tie_ends: `contact_id`, `platform`, `ended_at` (µs): known ends (a block, a deletion, the platform's death).
        united: counts of `deduplicate` (id_conflict, edited …), repeated for each analysis.
        exclusions: False leaves the exclusions of 2.7 off.

    Returns:
        Frame of schema GESTURES sorted by SORTED_BY; frame initiator, outcome, name, value (ruling 17), sorted.
    """
    prepared = prepare(interactions, contacts, link_drops)
    risk = RiskSet(coverage, tie_ends)
    return match_all(prepared, risk, parameters, united=united, exclusions=exclusions)


def match_all(
    prepared: Prepared,
    risk: RiskSet,
    parameters: MatchingParameters,
    *,
    united: Mapping[str, int] | None = None,
    exclusions: bool = True,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Do what `all_gestures` does on interactions that are prepared already."""
    frames: list[pl.DataFrame] = []
    counts = Counts(united)
    for initiator, outcome, matched in analyses(prepared, risk, parameters, exclusions=exclusions):
        frames.append(matched.gestures)
        counts.add(initiator, outcome, matched.counts)
    return pl.concat(frames), counts.table()


def analyses(
    prepared: Prepared,
    risk: RiskSet,
    parameters: MatchingParameters,
    *,
    exclusions: bool = True,
    ids: bool = True,
) -> Iterator[tuple[Initiator, Outcome, Matched]]:
    """Match one analysis after the other; who lets go of each holds one at a time.

    Args:
        prepared: from `prepare`.
        risk: coverage, made ready.
        parameters: turn gap and windows.
        exclusions: False leaves the exclusions of 2.7 off.
        ids: as in `run`.

    Yields:
        initiator, outcome, gestures (with the risk set) and counts; together in the order of SORTED_BY.
    """
    for initiator, outcome in sorted(ANALYSES):
        side = prepared.events(initiator, outcome, parameters, exclusions=exclusions)
        matched = run(prepared, side, parameters, ids=ids)
        gestures = risk.assess(matched.gestures, initiator, outcome).select(*GESTURES)
        yield initiator, outcome, Matched(gestures, matched.counts)


class Counts:
    """Rows of `matching_counts`, collected analysis by analysis."""

    def __init__(self, united: Mapping[str, int] | None = None) -> None:
        self._united = {**dict.fromkeys(UNITED_COUNTS, 0), **dict(united or {})}
        self._rows: list[tuple[str, str, str, int]] = []

    def add(self, initiator: str, outcome: str, counts: Mapping[str, int]) -> None:
        """Take the counts of one analysis."""
        self._rows += [(initiator, outcome, name, value) for name, value in {**self._united, **counts}.items()]

    def table(self) -> pl.DataFrame:
        """Return initiator, outcome, name, value, sorted."""
        schema = {"initiator": pl.String, "outcome": pl.String, "name": pl.String, "value": pl.Int64}
        return pl.DataFrame(self._rows, schema=schema, orient="row").sort("initiator", "outcome", "name")


def exclusion_report(
    interactions: pl.DataFrame, contacts: pl.DataFrame | None = None, link_drops: pl.Series | None = None
) -> pl.DataFrame:
    """Return interaction_id and exclusion (the rule) of every interaction that R0's exclusions leave out, sorted."""
    return prepare(interactions, contacts, link_drops).left_out()
