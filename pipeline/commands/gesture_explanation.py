"""The outcome of a gesture and the reasons, in sentences: `dancecard explain GESTURE`."""

from typing import Any, Final

import polars as pl

from pipeline.commands.rows import formatted

GRADES: Final = {
    "A": "an explicit reply link",
    "B": "the next turn in the same thread, within the thread's window",
    "C": "the next turn on the same platform and class, within the channel's window",
    "D": "the next turn on another lane or platform, within the contact's window; weak, so no headline counts it",
}
OFF_RISK: Final = {
    "none_visible": "no archive can show answers of this kind",
    "partial": "the archives show only some answers of this kind",
    "outside_coverage": "no archive covers that time",
    "no_follow_up": "the archives end at this moment",
    "wordless_class": "this class is answered without words; the outcome any measures it",
    "no_reply_links": "in a group only a reply link shows who is answered, and this export has none",
}
QUERIES: Final = ("records", "coverage")
"""Queries of sql/explain that `gesture_text` shows, of one gesture."""


def explanation(gesture: dict[str, Any]) -> list[str]:
    """Describe the outcome of a gesture and the reasons, in sentences."""
    who = "You towards" if gesture["initiator"] == "me" else "Towards you from"
    place = f"{gesture['platform']}, {gesture['class']}"
    lines = [
        f"{who} {gesture['display_name']} on {place}, {gesture['started_at']:%Y-%m-%d %H:%M:%S} UTC (outcome {gesture['outcome']})"
    ]
    match gesture["status"]:
        case "answered":
            doubt = "; the order of the two is uncertain" if gesture["uncertain"] else ""
            lines.append(
                f"Answered after {gesture['lag_s']:.0f} s, grade {gesture['grade']}: {GRADES[gesture['grade']]}{doubt}"
            )
        case "superseded":
            lines.append(
                f"Superseded: the next turn in its lane, {gesture['superseded_after_s']:.0f} s later, is from the same side"
            )
        case _:
            lines.append("Open: the archives contain no answer")
    if gesture["at_risk"]:
        lines.append(f"At risk: an answer would have been visible for {gesture['censored_after_s']:.0f} s")
    else:
        lines.append(
            f"Off risk, {gesture['off_risk_reason']}: {OFF_RISK[gesture['off_risk_reason']]}; no rate counts it"
        )
    return lines


def gesture_text(gesture: dict[str, Any], parts: dict[str, pl.DataFrame]) -> list[str]:
    """Return the lines that explain a gesture, with its records and what the archives can show of an answer.

    Args:
        gesture: a row of sql/explain/gesture.sql.
        parts: QUERIES -> their rows.
    """
    lines = explanation(gesture)
    for name, title in (
        ("records", "Interactions and their records"),
        ("coverage", "What the archives can show of an answer"),
    ):
        lines += ["", title, *formatted(parts[name], "table").decode().splitlines()]
    return lines
