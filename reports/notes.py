"""Side notes computed from coverage and from the steps off risk: what the archives cannot show, and how sure a figure is."""

from typing import Any

import polars as pl

from reports import formats, wording
from reports.model import Context, Note
from reports.wording import label

_MOST_NAMED = 5
_MOST_BLIND = 3
ON_COVERAGE = "the section on coverage lists them"


def not_seen(context: Context, initiator: str | None = None, *, where: str = ON_COVERAGE) -> Note:
    """Say what cannot be seen: steps off risk by reason, and classes that no export of a platform shows.

    Args:
        context: facts, off-risk counts, visibility.
        initiator: `me` or `them`; None speaks of both.
        where: where the reader finds the kinds of step, when they are too many to name here.
    """
    blind = _blind_lines(context, _directions(initiator))
    if len(blind) > _MOST_BLIND:
        blind = [_blind_platforms(context, _directions(initiator), where)]
    lines = [*off_risk_lines(context, initiator), *blind]
    if context.visibility.is_empty():
        return Note(wording.NOT_SEEN, ("Nothing can be seen yet: no archive was read.",))
    return Note(
        wording.NOT_SEEN, tuple(lines) or ("Nothing: these archives show every kind of step that they know in full.",)
    )


def off_risk_lines(context: Context, initiator: str | None) -> list[str]:
    """One line a reason: how many steps left out of the rates, and why."""
    frame = context.off_risk.filter(pl.col("outcome") == "worded")
    lines: list[str] = []
    for side, whose in (("me", "of your steps"), ("them", "of their steps")):
        if initiator not in (None, side):
            continue
        counts = (
            frame.filter(pl.col("initiator") == side)
            .group_by("reason")
            .agg(pl.col("gestures").sum())
            .sort(["gestures", "reason"], descending=[True, False])
        )
        for reason, gestures in counts.iter_rows():
            verb = "are" if gestures != 1 else "is"
            lines.append(f"{formats.count(gestures)} {whose} {verb} left out: {label(wording.OFF_RISK, reason)}.")
    return lines


def _directions(initiator: str | None) -> tuple[str, ...]:
    return {"me": ("inbound",), "them": ("outbound",)}.get(initiator or "", ("inbound", "outbound"))


def _blind_lines(context: Context, directions: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for direction in directions:
        side = "you received" if direction == "inbound" else "you made"
        for visibility, pattern in (
            ("none", "Exports of {platforms} cannot show {classes} {side}."),
            (
                "partial",
                "Exports of {platforms} show {classes} {side} only in part: shares that rest on them are lower bounds.",
            ),
        ):
            blind = context.visibility.filter(pl.col("direction") == direction)
            # A class counts as unseen on a platform only when no account of it shows more.
            best = blind.group_by("platform", "class").agg(
                pl.col("visibility")
                .replace_strict({"none": 0, "partial": 1, "full": 2}, return_dtype=pl.Int8)
                .max()
                .alias("best")
            )
            unseen = best.filter(pl.col("best") == (0 if visibility == "none" else 1)).sort("class", "platform")
            by_platform: dict[str, list[str]] = {}
            for platform, cls, _ in unseen.iter_rows():
                by_platform.setdefault(str(platform), []).append(label(wording.CLASSES, cls).lower())
            same: dict[tuple[str, ...], list[str]] = {}
            for platform, classes in sorted(by_platform.items()):
                same.setdefault(tuple(classes), []).append(label(wording.PLATFORMS, platform, 24))
            for alike, platforms in list(same.items())[:_MOST_NAMED]:
                named = (
                    platforms
                    if len(platforms) <= _MOST_NAMED
                    else [*platforms[:_MOST_NAMED], f"{len(platforms) - _MOST_NAMED} more"]
                )
                lines.append(
                    pattern.format(platforms=formats.listing(named), classes=formats.listing(alike), side=side)
                )
    return lines


def _blind_platforms(context: Context, directions: tuple[str, ...], where: str) -> str:
    hidden = context.visibility.filter(pl.col("direction").is_in(list(directions)), pl.col("visibility") != "full")
    platforms = sorted({label(wording.PLATFORMS, name, 24) for name in hidden["platform"]}, key=str.casefold)
    sides: dict[tuple[str, ...], str] = {("inbound",): "that came to you", ("outbound",): "that you did"}
    side = sides.get(directions, "that happened")
    return f"Exports of {formats.listing(platforms)} leave out some kinds of steps {side}: {where}."


def how_sure(row: dict[str, Any] | None) -> Note:
    """Say how wide the headline's interval is and why, from its row of `reciprocation`."""
    if row is None or not row.get("drawn"):
        return Note(wording.HOW_SURE, ("Too few steps for a share; more archives or more time would help.",))
    lines: list[str] = []
    if row["low"] is not None and row["high"] is not None:
        points = (row["high"] - row["low"]) / 2 * 100
        lines.append(f"The share of all steps is known to about ±{points:.1f} points.")
    if row.get("design_effect") is not None and row["design_effect"] > 1.5:
        lines.append(
            f"Steps to one person resemble each other: together they tell as much as {row['design_effect']:.1f} times fewer unrelated ones."
        )
    lines.append(wording.BY_CONTACT)
    return Note(wording.HOW_SURE, tuple(lines))
