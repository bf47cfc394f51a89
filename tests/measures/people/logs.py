"""Invented gestures and interactions for the tests of measures: shorthand for rows, and seeded random logs."""

from typing import Any

import numpy as np
import polars as pl

from pipeline.measures.people.turns import exchanges_table, turns_table
from pipeline.model.schemas import COVERAGE, GESTURES, INTERACTIONS

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR
START = 1_704_067_200 * SECOND
"""2024-01-01 00:00 UTC."""


def day(number: float) -> int:
    return START + round(number * DAY)


def gesture(
    number: int, initiator: str, at: float, lag: float | None = None, cls: str = "message", **other: Any
) -> dict[str, Any]:
    """Make a gesture at day `at`, answered after `lag` days (grade C) or open; followed for 100 days."""
    row: dict[str, Any] = {
        "gesture_id": f"g{number:04}", "initiator": initiator, "outcome": "worded", "contact_id": "ann", "platform": "x",
        "class": cls, "account_id": "me", "surface": "direct", "is_group": False, "started_at": day(at),
        "last_at": day(at), "interactions": 1, "first_interaction_id": f"i{number:04}", "uncertain": False,
        "status": "open" if lag is None else "answered", "grade": None if lag is None else "C",
        "lag_us": None if lag is None else round(lag * DAY), "censored_after_us": 100 * DAY, "at_risk": True,
        "resolution_s": 1,
    }  # fmt: skip
    return row | other


def gestures(*rows: dict[str, Any]) -> pl.DataFrame:
    """Make the frame; places are given by time, equal times with the owner first, unless a row has its own."""
    frame = pl.DataFrame([dict.fromkeys(GESTURES) | row for row in rows], schema=dict(GESTURES))
    by_time = pl.struct("started_at", pl.col("initiator") == "them", "gesture_id").rank("ordinal").cast(pl.Int64)
    return frame.with_columns(pl.coalesce("place", by_time).alias("place"))


def turns_and_exchanges(gestures: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return turns_table(gestures), exchanges_table(gestures)


def event(number: int, contact: str, at: int, *, out: bool, cls: str = "message", **other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "interaction_id": f"i{number:06}", "contact_id": contact, "identity_id": contact, "account_id": "me",
        "platform": "x", "direction": "outbound" if out else "inbound", "kind": "message", "class": cls, "at": at,
        "resolution_s": 1, "is_group": False, "native_id": f"n{number}", "surface": "direct", "zone_assumed": False,
        "archive_id": "z",
    }  # fmt: skip
    return row | other


def interactions(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(INTERACTIONS) | row for row in rows], schema=dict(INTERACTIONS))


def coverage(ends_at: int, *classes: str, starts_at: int = START, platform: str = "x") -> pl.DataFrame:
    """Everything is seen in both directions from START to `ends_at`."""
    rows = [
        dict.fromkeys(COVERAGE) | {
            "account_id": "me", "platform": platform, "class": cls, "direction": direction, "surface": "all",
            "visibility": "full", "starts_at": starts_at, "ends_at": ends_at, "reply_links": True,
        }
        for cls in classes or ("message",) for direction in ("outbound", "inbound")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(COVERAGE))


def planted(
    seed: int, contacts: int = 60, *, days: int = 300, every: float = 15.0, theta: float = 0.0, background: float = 0.2
) -> pl.DataFrame:
    """Send each contact a message every so often, answered with probability theta within a day; more comes by itself.

    Args:
        seed: equal seeds give equal logs.
        contacts: people.
        days: length of the log.
        every: mean days between the owner's messages (exponential).
        theta: probability of a genuine answer, lag exponential with mean 0.5 d.
        background: inbound messages a day that answer nothing.
    """
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for person in range(contacts):
        sent = np.cumsum(rng.exponential(every, size=int(3 * days / every)))
        sent = sent[sent < days]
        answers = sent + rng.exponential(0.5, size=len(sent))
        genuine = answers[(rng.random(len(sent)) < theta) & (answers < days)]
        alone = rng.random(rng.poisson(background * days)) * days
        acts = [(float(t), True) for t in sent] + [(float(t), False) for t in [*genuine, *alone]]
        rows += [event(len(rows) + k, f"p{person:03}", day(t), out=out) for k, (t, out) in enumerate(sorted(acts))]
    return interactions(*rows)
