"""R4, the explicit pass: answers that say by a reply link which event they answer (grade A, no window)."""

from dataclasses import dataclass

import numpy as np

from pipeline.matching.encode import Bools, Ints
from pipeline.matching.order import Events
from pipeline.matching.turns import Turns


@dataclass(frozen=True, slots=True)
class ExplicitPass:
    """What the links say. `gesture`, `response`, `target` run together: turn, rank of answer, rank of the answered event."""

    gesture: Ints
    response: Ints
    target: Ints
    spent: Bools
    """Turns that the adjacency passes can't use: they hold an explicit answer, or a link against the order of time."""
    elsewhere: Bools
    """Turns all of whose events answer the responder's own events."""
    dangling: int
    negative: int


def explicit_pass(events: Events, turns: Turns) -> ExplicitPass:
    """Follow every reply link of the responder's; each gesture takes its earliest candidate."""
    x = np.flatnonzero(~events.a & events.linked)
    y = events.reply[x]
    resolved = (y >= 0) & (events.contact[y] == events.contact[x]) & (events.platform[y] == events.platform[x])
    dangling = int((~resolved).sum())
    x, y = x[resolved], y[resolved]
    to_initiator = events.a[y]
    possible = events.t[x] + events.res[x] > events.t[y]
    spent = np.zeros(len(turns), dtype=np.bool_)
    spent[turns.turn_of[x[to_initiator]]] = True
    aimed = np.bincount(turns.turn_of[x[~to_initiator]], minlength=len(turns))
    candidate = to_initiator & possible
    cx, cy = x[candidate], y[candidate]
    # x rises with the key, so the first occurrence of a gesture is its earliest candidate
    gesture, at = np.unique(turns.turn_of[cy], return_index=True)
    return ExplicitPass(
        gesture=gesture.astype(np.int64),
        response=cx[at],
        target=cy[at],
        spent=spent,
        elsewhere=aimed == turns.size,
        dangling=dangling,
        negative=int((to_initiator & ~possible).sum()),
    )
