"""Reciprocation: how often people answer the owner's steps, and how often the owner answers theirs."""

from typing import Final

import polars as pl

from reports import charts, formats, limits, shares, theme, wording
from reports.headline import Cell, Claim, Headline, comparable, equals
from reports.model import Content, Context, Figure, Frames, Note, Row, Section, Table
from reports.notes import uncertainty_note
from reports.sections import months
from reports.wording import label

QUESTION = "Who answers when you take a step? And whom do you answer?"
PANELS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("reciprocation_platform", "By platform", "Platform", ("all", "platform")),
    ("reciprocation_class", "By kind of step", "Kind of step", ("class",)),
    ("reciprocation_tier", "By standing at the time", "Standing", ("tier",)),
    ("reciprocation_level", "By level at the time", "Level", ("level",)),
    ("reciprocation_asked", "By whether the step asked for an answer", "Asked or not", ("asked",)),
)
_VARIANTS: Final = ("turn_gap", "certainty", "exclusions", "visibility", "grade")
_KEY: Final[dict[str, str | float]] = {"dimension": "all", "value": "all", "horizon_days": shares.HORIZON}


def headline(frame: pl.DataFrame) -> Headline:
    """Compare the two directions; a comparing word only where the intervals don't overlap."""
    rows = {row["initiator"]: row for row in shares.of(frame, ("all",)).iter_rows(named=True) if row["gestures"] > 0}
    me, them = rows.get("me"), rows.get("them")
    if me is None and them is None:
        return Headline("These archives could not have shown an answer to any step")
    claims = [
        equals("reciprocation_platform", "answered_share", row["answered_share"], initiator=side, **_KEY)
        for side, row in rows.items()
        if row["drawn"]
    ]
    if me is not None and them is not None and me["drawn"] and them["drawn"]:
        texts = {side: formats.percent(row["answered_share"]) for side, row in rows.items()}
        if comparable(me, them):
            more = me["answered_share"] > them["answered_share"]
            claims.append(Claim(_cell("me"), ">" if more else "<", _cell("them"), interval_disjoint=True))
            who = (
                "People answer you more often than you answer them"
                if more
                else "You answer people more often than they answer you"
            )
            first, second = (texts["me"], texts["them"]) if more else (texts["them"], texts["me"])
            return Headline(f"{who}: {first} against {second} within 7 days", tuple(claims))
        text = wording.no_difference(
            f"how often they answer you ({texts['me']})",
            f"how often you answer them ({texts['them']})",
            me["gestures"] + them["gestures"],
        )
        return Headline(text, tuple(claims))
    claims += [
        equals("reciprocation_platform", name, row[name], initiator=side, **_KEY)
        for side, row in rows.items()
        for name in ("gestures", "contacts", "answered")
        if row[name] is not None
    ]
    return Headline(_capital("; ".join(_alone(side, row) for side, row in sorted(rows.items()))), tuple(claims))


def _alone(side: str, row: Row) -> str:
    who, whose = ("they answered", "your") if side == "me" else ("you answered", "their")
    steps = formats.plural(row["gestures"], "step", "steps")
    if row["drawn"]:
        return f"{who} {formats.percent(row['answered_share'])} of {whose} {steps} within 7 days"
    if row["gestures"] < limits.COUNT_GESTURES and row["answered"] is not None:
        return f"{who} {formats.count(row['answered'])} of {whose} {steps} within 7 days"
    how_often = "how often they answer you" if side == "me" else "how often you answer them"
    return f"{how_often}: {row['summary'][:1].lower()}{row['summary'][1:]}"


def _cell(initiator: str) -> Cell:
    return Cell("reciprocation_platform", tuple(sorted({"initiator": initiator, **_KEY}.items())), "answered_share")


def panel(frame: pl.DataFrame, name: str, title: str, *, option: str, dimensions: tuple[str, ...]) -> Figure:
    """Draw the groups of a dimension as a dot chart, in both directions."""
    rows = shares.of(frame, dimensions).filter(pl.col("gestures") > 0)
    what = wording.DIMENSIONS[dimensions[-1]].lower()
    hidden = rows.height - int(rows["drawn"].sum())
    caption = "Each mark is the share answered in words within 7 days, the line through it its 95 % interval. Numbers on the right count steps."
    if rows.filter(pl.col("drawn"))["chance_share"].is_not_null().any():
        caption += " A short grey tick marks the share expected by chance."
    if dimensions == ("tier",):
        caption += (
            " Standing is as of the month before the step. Follow lists without dates count from the day of the export."
        )
    if hidden:
        caption += f" {formats.plural(hidden, 'group has', 'groups have')} too few steps to draw."
    return Figure(
        key=name, title=title, option=option, alt=f"Dots with intervals: share of steps answered within 7 days, by {what}, in both directions.",
        table=shares.table(name, rows), caption=caption,
        chart=None if rows.is_empty() else lambda size: charts.share_dots(
            rows, size, series=wording.INITIATORS, colours=theme.INITIATOR_COLOURS, shapes=theme.INITIATOR_SHAPES,
            title="Share of steps answered within 7 days", columns=["dimension", "value", "initiator"],
        ),
        empty=f"No step has a known {what} yet.",
    )  # fmt: skip


def windows(frame: pl.DataFrame) -> Figure:
    """Show how the share depends on the waiting time, and on how young and followed-up steps are counted."""
    rows = frame.filter(pl.col("dimension") == "all", pl.col("outcome") == "worded", pl.col("gestures") > 0).sort(
        "initiator", "horizon_days"
    )
    rows = rows.with_columns(
        label=pl.Series("label", [_capital(wording.within(days)) for days in rows["horizon_days"]], pl.String)
    ).sort("horizon_days", "initiator")
    return Figure(
        key="reciprocation_windows", title="By waiting time", option="Waiting time", alt="Dots with intervals: share of all steps answered within 1, 7 and 14 days.",
        table=Table("reciprocation_windows", shares.ESTIMATE_COLUMNS, rows),
        caption="A young step counts as still open, not as unanswered; a step with a follow-up counts as over. The table shows other ways to count.",
        chart=None if rows.is_empty() else lambda size: charts.share_dots(
            rows, size, series=wording.INITIATORS, colours=theme.INITIATOR_COLOURS, shapes=theme.INITIATOR_SHAPES,
            title="Share of steps answered", columns=["initiator", "horizon_days"],
        ),
        empty="These archives could not have shown an answer to any step.",
    )  # fmt: skip


def variants(frame: pl.DataFrame) -> Figure:
    """Show the same share counted in other ways: any answer, other turn gaps, nothing excluded, lower bounds, answers elsewhere."""
    week = frame.filter(pl.col("horizon_days") == shares.HORIZON, pl.col("gestures") > 0)
    both = week.filter(pl.col("dimension") == "all").sort(pl.col("outcome") == "any", "initiator")
    others = week.filter(pl.col("dimension").is_in(list(_VARIANTS)), pl.col("outcome") == "worded")
    rank = pl.col("dimension").replace_strict(
        {name: n for n, name in enumerate(_VARIANTS)}, default=9, return_dtype=pl.Int64
    )
    length = pl.col("value").str.zfill(3)  # 1h, 6h, 24h in this order
    others = (
        others.with_columns(_rank=rank, _length=length)
        .sort("_rank", "_length", "value", "initiator")
        .drop("_rank", "_length")
    )
    rows = pl.concat([both, others])
    names = [
        label(wording.VARIANTS, row["outcome"] if row["dimension"] == "all" else row["value"])
        for row in rows.iter_rows(named=True)
    ]
    rows = rows.with_columns(label=pl.Series("label", names, pl.String))
    return Figure(
        key="reciprocation_variants", title="Counted in other ways", option="Other counts", alt="Dots with intervals: the share of all steps answered within 7 days, counted in several ways.",
        table=Table("reciprocation_variants", (shares.OUTCOME, *shares.COLUMNS), rows),
        caption="In any way: answers without words, such as likes, count too. Turns: how long a silence ends a turn; the rest of this report uses 6 h. "
        "Partly visible: the export shows some of the answers, so this is a lower bound. "
        "Answers elsewhere: on another platform or by another kind of step. Many are coincidence, so no other share counts them; "
        "their grey tick is an upper bound of chance.",
        chart=None if rows.is_empty() else lambda size: charts.share_dots(
            rows, size, series=wording.INITIATORS, colours=theme.INITIATOR_COLOURS, shapes=theme.INITIATOR_SHAPES,
            title="Share of steps answered within 7 days", columns=["initiator", "outcome"],
        ),
        empty="These archives could not have shown an answer to any step.",
    )  # fmt: skip


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    frame = frames["reciprocation"]
    figures = [
        panel(frame, name, title, option=option, dimensions=dimensions) for name, title, option, dimensions in PANELS
    ]
    # Standing and level are known for some homes only: leave out a chart that would be empty.
    figures = [figure for figure in figures if figure.chart is not None or figure.key == "reciprocation_platform"]
    figures += [months.figure(frames["months"]), windows(frame), variants(frame)]
    found = shares.of(frame, ("all",)).filter(pl.col("initiator") == "me", pl.col("gestures") > 0)
    notes = [uncertainty_note(found.row(0, named=True) if found.height else None)]
    if chance := _chance_note(frame):
        notes.append(Note("Is it more than chance?", tuple(chance)))
    if context.off_risk.filter(pl.col("outcome") == "worded").height:
        notes.append(Note("Left out", (_left_out(context),)))
    return Content(headline(frame), figures, notes, next_step=_next_step(frame))


def _left_out(context: Context) -> str:
    out = context.off_risk.filter(pl.col("outcome") == "worded")
    counts = {side: int(out.filter(pl.col("initiator") == side)["gestures"].sum()) for side in ("me", "them")}
    return (
        f"{formats.plural(counts['me'], 'step', 'steps')} of yours and {formats.count(counts['them'])} of theirs, because the archives "
        "could not have shown an answer. The section Coverage gives the reasons."
    )


def _chance_note(frame: pl.DataFrame) -> list[str]:
    rows = shares.of(frame, ("all",)).filter(pl.col("initiator") == "me", pl.col("drawn"), pl.col("lift").is_not_null())
    if rows.is_empty():
        return []
    row = rows.row(0, named=True)
    return [
        f"By chance alone, {formats.percent(row['chance_share'])} would be answered; the observed share is {row['lift']:.1f} times that."
    ]


def _next_step(frame: pl.DataFrame) -> str:
    few = shares.of(frame, ("platform",)).filter(pl.col("initiator") == "me", ~pl.col("drawn"))
    if few.is_empty():
        return ""
    names = [label(wording.PLATFORMS, value, 24) for value in few["value"].to_list()[:3]]
    return f"An older or newer export of {formats.listing(names)} would show more."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


SECTION = Section(
    key="reciprocation",
    title="Reciprocation",
    question=QUESTION,
    queries={"reciprocation": "reciprocation", "months": "months"},
    build=build,
    order=20,
    shareable=True,
)
