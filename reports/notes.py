"""Side notes computed from coverage and off-risk steps: what the archives cannot show, and how certain a figure is."""

import polars as pl

from reports import formats, wording
from reports.model import Context, Note, Row
from reports.wording import label

_MOST_NAMED = 5
_MOST_UNSEEN = 3
ON_COVERAGE = "the section Coverage lists them"


def visibility_note(context: Context, initiator: str | None = None, *, where: str = ON_COVERAGE) -> Note:
    """Say what isn't visible: off-risk steps by reason, and classes that no export of a platform shows.

    Args:
        context: facts, off-risk counts, visibility.
        initiator: `me` or `them`; None: both.
        where: where the kinds of step are listed, if there are too many to name here.
    """
    blind = _unseen_classes(context, _directions(initiator))
    if len(blind) > _MOST_UNSEEN:
        blind = [_unseen_platforms(context, _directions(initiator), where)]
    lines = [*_off_risk_lines(context, initiator), *blind]
    if context.visibility.is_empty():
        return Note(wording.NOT_VISIBLE, ("No archive has been read yet.",))
    return Note(wording.NOT_VISIBLE, tuple(lines) or ("Nothing: these archives show every kind of step in full.",))


def _off_risk_lines(context: Context, initiator: str | None) -> list[str]:
    """Return a line for each reason: how many steps the rates leave out, and why."""
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


def _unseen_classes(context: Context, directions: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    for direction in directions:
        side = "you received" if direction == "inbound" else "you made"
        for visibility, pattern in (
            ("none", "Exports of {platforms} cannot show {classes} {side}."),
            (
                "partial",
                "Exports of {platforms} show {classes} {side} only in part, so shares based on them are lower bounds.",
            ),
        ):
            blind = context.visibility.filter(pl.col("direction") == direction)
            # A class counts as hidden on a platform only if no account there shows more.
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


def _unseen_platforms(context: Context, directions: tuple[str, ...], where: str) -> str:
    hidden = context.visibility.filter(pl.col("direction").is_in(list(directions)), pl.col("visibility") != "full")
    platforms = sorted({label(wording.PLATFORMS, name, 24) for name in hidden["platform"]}, key=str.casefold)
    sides: dict[tuple[str, ...], str] = {("inbound",): " that you received", ("outbound",): " that you took"}
    side = sides.get(directions, "")
    return f"Exports of {formats.listing(platforms)} leave out some kinds of steps{side}: {where}."


def uncertainty_note(row: Row | None) -> Note:
    """Explain the width of the headline's interval, from its row of `reciprocation`."""
    if row is None or not row.get("drawn"):
        return Note(wording.HOW_SURE, ("Too few steps for a share; more archives or more time would help.",))
    lines: list[str] = []
    if row["low"] is not None and row["high"] is not None:
        points = (row["high"] - row["low"]) / 2 * 100
        lines.append(f"The share of all steps is known to within about ±{points:.1f} points.")
    if row.get("design_effect") is not None and row["design_effect"] > 1.5:
        lines.append(
            f"Steps to one person resemble one another: these {formats.count(row['gestures'])} count like about "
            f"{formats.count(row['gestures'] / row['design_effect'])} independent ones."
        )
    return Note(wording.HOW_SURE, tuple(lines) or (wording.BY_CONTACT,))
