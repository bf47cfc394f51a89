"""The events that chance is computed on: one analysis, direct, in channels with their span (METHODS 4.1).

Entry point: `channels(events, came, seen)`. A channel is what the adjacency passes B and C pair within: contact, platform,
class. Gestures are named by their number in the analysis.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.matching.encode import places_by
from pipeline.matching.order import Events
from pipeline.matching.outcomes import Came
from pipeline.statistics.arrays import Ints

SPANS: Final = 4
"""A channel counts at horizon h from a span of 4 h on."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Channels:
    """Outbound (initiator's) and inbound (responder's) events by channel, each sorted by (channel, time).

    Times are microseconds since the dyad's first event; everything lies within [0, span] of its channel.
    """

    person: Ints
    """Contact's number by channel, rising."""
    span: Ints
    out_channel: Ints
    out_at: Ints
    out_gesture: Ints
    """Number of each event's gesture."""
    out_counted: Bools
    """The event's gesture is at risk."""
    in_channel: Ints
    in_at: Ints
    every_person: Ints
    """Contact's number of all inbound events, of channels without gestures too (for grade D); rising, then by time."""
    every_channel: Ints
    """Their channel, -1 where it isn't one of these."""
    every_at: Ints
    gesture: Ints
    """Numbers of the gestures at risk in these channels, rising."""
    gesture_channel: Ints

    def eligible(self, horizon_us: int) -> Bools:
        """Tell which channels are long enough for a horizon."""
        return self.span >= SPANS * horizon_us


def channels(events: Events, came: Came, at_risk: Bools, followed: Ints) -> Channels:
    """Prepare one analysis; group events are left out.

    Args:
        events: of the analysis.
        came: its gestures.
        at_risk: by gesture.
        followed: by gesture: microseconds from its first event to the end of coverage.
    """
    begun = np.zeros(len(came), dtype=np.int64)
    channel = begun.copy()
    person = begun.copy()
    group = np.zeros(len(came), dtype=np.bool_)
    # a gesture's first event: the events run in time, so the last one written is the first
    backwards = np.flatnonzero(came.of_event >= 0)[::-1]
    own = came.of_event[backwards]
    for values, of_events in (
        (begun, events.t), (channel, events.channel_part), (person, events.contact), (group, events.group),
    ):  # fmt: skip
        values[own] = of_events[backwards]
    counted = at_risk & ~group
    direct = ~events.group

    start = np.full(int(events.contact.max(initial=-1)) + 2, np.iinfo(np.int64).max)
    np.minimum.at(start, events.contact[direct], events.t[direct])
    names, of_gesture = np.unique(channel[counted], return_inverse=True)
    end = np.full(len(names), np.iinfo(np.int64).min)
    np.maximum.at(end, of_gesture, begun[counted] + followed[counted])
    contact = np.zeros(len(names), dtype=np.int64)
    contact[of_gesture] = person[counted]
    span = end - start[contact]
    some = span > 0
    names, contact, span = names[some], contact[some], span[some]
    # channels run by contact: their numbers begin with the contact's
    who = np.cumsum(np.concatenate([[0], contact[1:] != contact[:-1]])) if len(contact) else contact

    people = np.full(len(start), -1, dtype=np.int64)
    people[contact] = who
    of_event, since = _places(names, events.channel_part), events.t - start[events.contact]
    inside = direct & (of_event >= 0) & (since <= span[of_event] if len(span) else False)
    mine = np.flatnonzero(inside & (came.of_event >= 0))
    mine = mine[_by(of_event[mine], since[mine])]
    theirs = np.flatnonzero(inside & ~events.a)
    theirs = theirs[_by(of_event[theirs], since[theirs])]
    every = np.flatnonzero(direct & ~events.a & (people[events.contact] >= 0))
    every = every[_by(people[events.contact[every]], since[every])]
    of_gesture = _places(names, channel)
    seen = np.flatnonzero(counted & (of_gesture >= 0))
    gesture = came.of_event[mine]
    return Channels(
        who, span, of_event[mine], since[mine], gesture, at_risk[gesture], of_event[theirs], since[theirs],
        people[events.contact[every]], of_event[every], since[every], seen, of_gesture[seen],
    )  # fmt: skip


def _places(names: Ints, values: Ints) -> Ints:
    """Find each value among the rising names: its place, -1 where it isn't one of them."""
    if not len(names):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(names, values), len(names) - 1)
    return np.where(names[place] == values, place, -1)


def _by(group: Ints, at: Ints) -> Ints:
    """Order events by group, then time; they come in time but for answers that stand at the end of a coarse interval."""
    order = np.argsort(group, kind="stable")
    here = group[order]
    if ((here[1:] == here[:-1]) & (at[order[1:]] < at[order[:-1]])).any():
        return places_by(group, at)
    return order
