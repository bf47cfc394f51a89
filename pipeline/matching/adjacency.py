"""R5, the adjacency passes: a turn answers the turn right before it, in its thread (B), channel (C) or person (D)."""

from dataclasses import dataclass

import numpy as np

from pipeline.matching.encode import Bools, Ints
from pipeline.matching.explicit import ExplicitPass
from pipeline.matching.order import Events
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.turns import Turns


@dataclass(frozen=True, slots=True)
class AdjacencyPairs:
    """Gesture turn, response turn and grade, and how many pairs were refused because nobody knows who was first."""

    gesture: Ints
    response: Ints
    grade: Ints
    """1 = B, 2 = C, 3 = D."""
    simultaneous: int


def adjacency_passes(
    events: Events, turns: Turns, explicit: ExplicitPass, parameters: MatchingParameters
) -> AdjacencyPairs:
    """Run the three passes over direct turns. Decisions inside of a pass use the state before it."""
    answered = np.zeros(len(turns), dtype=np.bool_)
    answered[explicit.gesture] = True
    spent = explicit.spent | explicit.elsewhere
    direct = np.zeros(len(events), dtype=np.bool_)
    direct[turns.first] = ~events.group[turns.first]
    levels = (
        (events.thread_part, events.by_thread, parameters.window_thread_us),
        (events.channel_part, events.by_channel, parameters.window_channel_us),
        # events run by contact
        (events.contact, np.arange(len(events)), parameters.window_contact_us),
    )
    gestures: list[Ints] = []
    responses: list[Ints] = []
    grades: list[Ints] = []
    refused: list[Ints] = []
    for grade, (partition, ranks, window) in enumerate(levels, start=1):
        before, after = _neighbours(ranks[direct[ranks]], partition, turns)
        fits = turns.a[before] & ~turns.a[after] & ~answered[before] & ~spent[after]
        before, after = before[fits], after[fits]
        fits = events.tkey[turns.first[after]] - events.tkey[turns.first[before]] <= window
        before, after = before[fits], after[fits]
        tie = _simultaneous(events, turns.first[before], turns.first[after], parameters)
        refused.append(before[tie] * len(turns) + after[tie])
        before, after = before[~tie], after[~tie]
        answered[before] = True
        spent[after] = True
        gestures.append(before)
        responses.append(after)
        grades.append(np.full(len(before), grade, dtype=np.int64))
    return AdjacencyPairs(
        np.concatenate(gestures),
        np.concatenate(responses),
        np.concatenate(grades),
        # one pair may be refused at several levels and still counts once
        len(np.unique(np.concatenate(refused))),
    )


def _neighbours(firsts: Ints, partition: Ints, turns: Turns) -> tuple[Ints, Ints]:
    """Return (turn, next turn) for all direct turns that follow each other in a partition, matched or not.

    Args:
        firsts: ranks of the turns' first events, part by part, rising inside of each.
        partition: by rank.
        turns: all turns.
    """
    part, chosen = partition[firsts], turns.turn_of[firsts]
    same = part[1:] == part[:-1]
    return chosen[:-1][same], chosen[1:][same]


def _simultaneous(events: Events, p: Ints, r: Ints, parameters: MatchingParameters) -> Bools:
    fine = (events.res[p] < parameters.coarse_us) & (events.res[r] < parameters.coarse_us)
    known_order = (events.ordered_file[p] >= 0) & (events.ordered_file[p] == events.ordered_file[r])
    same: Bools = (events.t[p] == events.t[r]) & fine & ~known_order
    return same
