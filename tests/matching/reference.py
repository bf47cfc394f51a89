"""Brute-force matcher written from the definitions alone: plain loops over plain events, for logs of some dozen events."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from pipeline.model.schemas import INTERACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
WORDLESS = {"reaction", "follow", "subscription"}


@dataclass
class Ev:
    """An event; `t` in microseconds, `res` in seconds."""

    id: str
    out: bool
    t: int
    contact: str = "ann"
    res: int = 1
    platform: str = "p"
    cls: str = "message"
    thread: str | None = None
    reply_to: str | None = None
    group: bool = False
    source: str = "file"
    seq: int | None = None
    account: str = "me"
    text: str | None = None
    kind: str = "message"


def frame(events: list[Ev]) -> pl.DataFrame:
    """Write events as the frame that the matcher reads."""
    ids = {e.id for e in events}
    rows: list[dict[str, Any]] = [
        {
            "interaction_id": e.id, "contact_id": e.contact, "identity_id": e.contact, "account_id": e.account,
            "platform": e.platform, "direction": "outbound" if e.out else "inbound", "kind": e.kind, "class": e.cls,
            "at": e.t, "resolution_s": e.res, "thread_id": e.thread,
            "reply_to": e.reply_to if e.reply_to in ids else None, "reply_to_native": e.reply_to, "is_group": e.group,
            "native_id": e.id, "text": e.text, "surface": None, "seq": e.seq, "archive_id": e.source, "member": "m",
            "pointer": f"/{e.id}", "zone_assumed": False,
        }
        for e in events
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=INTERACTIONS)


@dataclass
class Turn:
    """Events of one side in one lane, by key."""

    out: bool
    events: list[Ev]

    @property
    def first(self) -> Ev:
        return self.events[0]


@dataclass
class Result:
    """pairs: (first gesture event, response, grade, lag, lag_last, uncertain); status of every gesture; counts."""

    pairs: set[tuple[str, str, str, int, int, bool]] = field(default_factory=set)
    gestures: set[tuple[str, str, int, int | None]] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)


def brute(  # noqa: PLR0915 - follows the text that it checks from top to bottom
    log: list[Ev], a_out: bool, *, worded: bool = False, gap: int = 6 * HOUR, windows: tuple[int, int, int] = (14 * DAY, 14 * DAY, 7 * DAY)) -> Result:  # fmt: skip
    """Match one analysis, rule by rule."""
    events = [e for e in log if not (worded and e.out != a_out and e.cls in WORDLESS)]
    sources = sorted({e.source for e in events if e.seq is not None})

    def tkey(e: Ev) -> int:
        late = e.out != a_out and e.res >= 3600 and e.seq is None
        return e.t + e.res * SECOND - 1 if late else e.t

    def key(e: Ev) -> tuple[int, int, int, int, str]:
        rank = 0 if e.seq is None else 1 + sources.index(e.source)
        return (tkey(e), rank, e.seq or 0, 0 if e.out == a_out else 1, e.id)

    def one_log(x: Ev, y: Ev) -> bool:
        return x.seq is not None and y.seq is not None and x.source == y.source

    def lane(e: Ev) -> tuple[Any, ...]:
        return (e.contact, e.platform, e.account, e.cls, e.thread, e.group)

    events.sort(key=key)
    by_id = {e.id: e for e in events}
    turns: list[Turn] = []
    turn_of: dict[str, Turn] = {}
    for e in events:
        before = [f for f in events if lane(f) == lane(e) and key(f) < key(e)]
        p = max(before, key=key, default=None)
        if p is not None and p.out == e.out and tkey(e) - tkey(p) <= gap:
            turn_of[e.id] = turn_of[p.id]
            turn_of[p.id].events.append(e)
        else:
            turn_of[e.id] = Turn(e.out, [e])
            turns.append(turn_of[e.id])

    counts = {"dangling_reply_to": 0, "negative_lag": 0, "simultaneous": 0, "uncertain": 0}
    spent: list[Turn] = []
    aimed: set[str] = set()
    answers: list[tuple[Turn, Ev, Ev, str]] = []
    for x in events:  # by key: a gesture's first candidate is its earliest
        if x.out == a_out or x.reply_to is None:
            continue
        y = by_id.get(x.reply_to)
        if y is None or y.contact != x.contact or y.platform != x.platform:
            counts["dangling_reply_to"] += 1
        elif y.out != a_out:
            aimed.add(x.id)
        else:
            spent.append(turn_of[x.id])
            if x.t + x.res * SECOND <= y.t:
                counts["negative_lag"] += 1
            elif all(g is not turn_of[y.id] for g, *_ in answers):
                answers.append((turn_of[y.id], x, y, "A"))

    partitions: tuple[Callable[[Ev], tuple[Any, ...] | None], ...] = (
        lambda e: (e.contact, e.platform, e.cls, e.thread) if e.thread is not None else None,
        lambda e: (e.contact, e.platform, e.cls),
        lambda e: (e.contact,),
    )
    refused: set[tuple[str, str]] = set()
    for grade, part, window in zip("BCD", partitions, windows, strict=True):
        new: list[tuple[Turn, Ev, Ev, str]] = []
        for r in turns:
            if r.out == a_out or r.first.group or part(r.first) is None:
                continue
            if any(r is s for s in spent) or all(e.id in aimed for e in r.events):
                continue
            before_r = [u for u in turns if not u.first.group and part(u.first) == part(r.first) and key(u.first) < key(r.first)]  # fmt: skip
            if not before_r:
                continue
            p_turn = max(before_r, key=lambda u: key(u.first))
            if p_turn.out != a_out or any(p_turn is g for g, *_ in answers):
                continue
            if tkey(r.first) - tkey(p_turn.first) > window:
                continue
            fine = p_turn.first.res < 3600 and r.first.res < 3600
            if p_turn.first.t == r.first.t and fine and not one_log(p_turn.first, r.first):
                refused.add((p_turn.first.id, r.first.id))
                continue
            new.append((p_turn, r.first, p_turn.first, grade))
        answers += new
        spent += [turn_of[x.id] for _, x, _, _ in new]
    counts["simultaneous"] = len(refused)

    result = Result(counts=counts)
    for g in (t for t in turns if t.out == a_out):
        same_lane = sorted((t for t in turns if lane(t.first) == lane(g.first) and key(t.first) > key(g.first)), key=lambda t: key(t.first))  # fmt: skip
        after = same_lane[0].first.t - g.first.t if same_lane and same_lane[0].out == a_out else None
        answer = next(((x, y, grade) for h, x, y, grade in answers if h is g), None)
        status = "answered" if answer else "superseded" if after is not None else "open"
        result.gestures.add((g.first.id, status, len(g.events), after))
        if answer:
            x, y, grade = answer
            earlier = [e for e in g.events if key(e) < key(x)] or [g.first]
            sure = y.t + y.res * SECOND <= x.t or one_log(x, y)
            counts["uncertain"] += not sure
            lag_last = max(0, x.t - earlier[-1].t)
            result.pairs.add((g.first.id, x.id, grade, max(0, x.t - g.first.t), lag_last, not sure))
    return result
