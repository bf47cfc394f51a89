"""R3, turns: events of one side in one lane, each at most the turn gap after the one before."""

from dataclasses import dataclass

import numpy as np

from pipeline.matching.encode import Bools, Ints
from pipeline.matching.order import Events
from pipeline.matching.parameters import MatchingParameters


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns in order of (lane, rank); a turn's number is its place here, its place in time its first event."""

    turn_of: Ints
    """Rank of an event -> number of its turn."""
    members: Ints
    """Ranks of all events, turn by turn, rising inside of a turn."""
    start: Ints
    """Where in `members` the turn begins; one more entry closes the last."""
    first: Ints
    """Rank of the first event."""
    last: Ints
    """Rank of the last event."""
    size: Ints
    a: Bools
    follow_up: Ints
    """Rank of the first event of the next turn in the lane when both are the initiator's, else -1."""
    by_time: Ints
    """Numbers of all turns by their first event."""

    def __len__(self) -> int:
        return len(self.first)


def build_turns(events: Events, parameters: MatchingParameters) -> Turns:
    """Cut each lane into turns (an event joins iff same side and the distance is at most the turn gap)."""
    members = events.by_lane
    opens = ~(events.alike & (events.after <= parameters.turn_gap_us))
    begin = np.flatnonzero(opens)
    start = np.append(begin, len(members))
    turn_of = np.empty(len(members), dtype=np.int64)
    turn_of[members] = np.cumsum(opens) - 1
    first, last = members[begin], members[start[1:] - 1]
    a = events.a[first]
    follow_up = np.full(len(first), -1, dtype=np.int64)
    again = (events.lane[first[1:]] == events.lane[first[:-1]]) & a[1:] & a[:-1]
    follow_up[:-1][again] = first[1:][again]
    heads = np.zeros(len(members), dtype=np.bool_)
    heads[first] = True
    return Turns(turn_of, members, start, first, last, np.diff(start), a, follow_up, turn_of[heads])


def in_order(events: Events, turns: Turns) -> Ints:
    """Return the initiator's turns by the row of their first event, which is the order of `match.SORTED_BY`."""
    # by rank they are as good as sorted: only events of one moment may stand otherwise
    g = turns.by_time[turns.a[turns.by_time]]
    return g[np.argsort(events.row[turns.first[g]], kind="stable")]
