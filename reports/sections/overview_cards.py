"""The three cards of the first screen: reciprocation, response lag, balance. Each has its claims about a table."""

import polars as pl

from reports import formats, limits, shares, wording
from reports.headline import Claim, equals
from reports.model import Card, Number
from reports.sections import overview_pictures as pictures
from reports.wording import label

WHOSE = {"me": "of your steps answered", "them": "of their steps answered by you"}
FASTER = {"me": "until half of their answers arrive", "them": "until half of your answers arrive"}
_TIERS = ("guru", "peer", "newbie", "unknown")


def reciprocation(frame: pl.DataFrame) -> tuple[Card, list[Claim]]:
    """Return both directions' shares answered within 7 days, on one scale, with chance."""
    rows = shares.of(frame, ("all",)).filter(pl.col("gestures") > 0)
    numbers, claims = [], []
    for side, words in WHOSE.items():
        found = rows.filter(pl.col("initiator") == side)
        if found.is_empty():
            numbers.append(Number(formats.NOTHING, words, "the archives could not have shown an answer", mark=side))
            continue
        row = found.row(0, named=True)
        big, small = formats.NOTHING, row["summary"]
        if row["drawn"]:
            decimals = shares.headline_decimals(row["gestures"])
            big = formats.percent(row["answered_share"], decimals=decimals)
            known = row["low"] is not None and row["high"] is not None
            small = f"{formats.interval(row['low'], row['high'], decimals=decimals)}, " if known else ""
            small += wording.steps_to(row["gestures"], row["contacts"])
            claims.append(_claim("reciprocation_platform", "answered_share", row["answered_share"], side, horizon=True))
        elif row["gestures"] < limits.COUNT_GESTURES and row["answered"] is not None:
            big, small = row["summary"], wording.steps_to(row["gestures"], row["contacts"])
        numbers.append(Number(big, words, small, mark=side))
    drawn = rows.filter(pl.col("drawn"))
    chance = " Grey tick: chance." if drawn["chance_share"].is_not_null().any() else ""
    card = Card(
        key="card-reciprocation",
        question="Who answers?",
        numbers=tuple(numbers),
        caption=f"In words, within 7 days.{'' if drawn.is_empty() else f' Lines: 95 % intervals.{chance}'}",
        section="reciprocation",
        alt="Two dots with intervals on one scale: how often they answer you, and how often you answer them.",
        chart=None if drawn.is_empty() else lambda: pictures.both_shares(drawn),
    )
    return card, claims


def response_lag(curves: pl.DataFrame, answers: pl.DataFrame) -> tuple[Card, list[Claim]]:
    """Return both directions' median lag of the answers, with the curves of the share answered by then."""
    numbers, claims = [], []
    for side, words in FASTER.items():
        found = answers.filter(pl.col("initiator") == side, pl.col("dimension") == "all", pl.col("drawn"))
        if found.is_empty():
            numbers.append(Number(formats.NOTHING, words, "too few answers to say", mark=side))
            continue
        row = found.row(0, named=True)
        half = row["conditional_50_s"]
        claims.append(_claim("lag_quantiles", "conditional_50_s", half, side))
        spread = ""
        if row["conditional_25_s"] is not None and row["conditional_75_s"] is not None:
            first, last = formats.lag(row["conditional_25_s"]), formats.lag(row["conditional_75_s"])
            spread = f"middle half: {first} to {last}"
        numbers.append(Number(formats.lag(half), words, spread, mark=side))
    card = Card(
        key="card-lag",
        question="How long does an answer take?",
        numbers=tuple(numbers),
        caption="" if curves.is_empty() else "Curves: share of steps answered by then. Bands: 95 % intervals.",
        section="lag",
        alt="Two rising curves: share of steps answered by the time since the step, in both directions.",
        chart=None if curves.is_empty() else lambda: pictures.both_curves(curves),
    )
    return card, claims


def mix(whole: pl.DataFrame) -> tuple[Card, list[Claim]]:
    """Return the shares of the owner's steps by standing beside the target; unknown standing is a share of its own."""
    rows = {row["tier"]: row for row in whole.iter_rows(named=True)}
    drawn = whole.filter(pl.col("outreach_share").is_not_null(), pl.col("gestures") > 0)
    total = next((row["period_gestures"] for row in rows.values()), 0)
    numbers, claims = [], []
    for tier in _TIERS:
        row = rows.get(tier)
        if row is None or row["outreach_share"] is None:
            continue
        words = "unknown standing" if tier == "unknown" else label(wording.TIERS, tier).lower()
        target = row["target_share"]
        small = f"target {formats.percent(target)}" if target is not None else ""
        numbers.append(Number(formats.percent(row["outreach_share"]), words, small, mark=tier))
        claims.append(equals("balance_all", "outreach_share", row["outreach_share"], tier=tier))
    aimed = whole.filter(pl.col("target_share").is_not_null())
    caption = f"Shares of your {formats.plural(total, 'step', 'steps')}: a count, not an estimate."
    caption += "" if aimed.height else " No target is set."
    if not numbers:
        numbers = [
            Number(formats.NOTHING, "of your steps to gurus, peers and newbies", f"{limits.DRAW_GESTURES} steps needed")
        ]
        caption = f"{formats.plural(total, 'step', 'steps')} so far."
    card = Card(
        key="card-balance",
        question="Where do your steps go?",
        numbers=tuple(numbers),
        caption=caption,
        section="balance",
        alt="Stacked bar: shares of your steps to newbies, peers, gurus and people of unknown standing; below it your target.",
        chart=None if drawn.is_empty() else lambda: pictures.mix(drawn, aimed),
    )
    return card, claims


def _claim(table: str, column: str, value: float, side: str, *, horizon: bool = False) -> Claim:
    key: dict[str, str | float] = {"initiator": side, "dimension": "all", "value": "all"}
    if horizon:
        key["horizon_days"] = shares.HORIZON
    return equals(table, column, value, **key)
