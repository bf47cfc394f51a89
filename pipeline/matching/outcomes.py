"""What came of gestures, in numbers only: R6 for runs of the matcher whose gestures nobody reads by name.

Entry point: `came_of(events, parameters)`. The frame of `match.run` says the same with names; writing it costs several times
what matching costs.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.matching.adjacency import adjacency_passes
from pipeline.matching.encode import Bools, Ints
from pipeline.matching.explicit import explicit_pass
from pipeline.matching.order import Events
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.record import Answers, collect_answers
from pipeline.matching.turns import Turns, build_turns, in_order


@dataclass(frozen=True, slots=True)
class Came:
    """The gestures of one run of one analysis, one entry each, in the order of `match.SORTED_BY`."""

    row: Ints
    """Row of the first event in the encoded frame."""
    grade: Ints
    """0 A, 1 B, 2 C, 3 D; -1: not answered."""
    lag: Ints
    """Microseconds from the first event to the answer; 0 where there is none."""
    follow: Ints
    """Microseconds from the first event to the follow-up that ended the wait; -1 where there is none."""
    uncertain: Bools
    of_event: Ints
    """The gesture that each of the analysis' events is part of; -1 for the responder's events."""

    def __len__(self) -> int:
        return len(self.row)


def came_of(events: Events, parameters: MatchingParameters) -> Came:
    """Run R3-R6 on the events of one analysis (`Side.events`)."""
    if not len(events):
        nothing = np.zeros(0, dtype=np.int64)
        return Came(nothing, nothing, nothing, nothing, np.zeros(0, dtype=np.bool_), nothing)
    turns = build_turns(events, parameters)
    explicit = explicit_pass(events, turns)
    pairs = adjacency_passes(events, turns, explicit, parameters)
    return _read(events, turns, collect_answers(events, turns, explicit, pairs))


def _read(events: Events, turns: Turns, answers: Answers) -> Came:
    g = in_order(events, turns)
    first, response, follow_up = turns.first[g], answers.response[g], turns.follow_up[g]
    start = events.t[first]
    number = np.full(len(turns), -1, dtype=np.int64)
    number[g] = np.arange(len(g))
    return Came(
        events.row[first],
        answers.grade[g],
        np.where(response >= 0, np.maximum(0, events.t[response] - start), 0),
        np.where(follow_up >= 0, events.t[follow_up] - start, -1),
        answers.uncertain[g],
        number[turns.turn_of],
    )
