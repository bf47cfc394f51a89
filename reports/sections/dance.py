"""The dance: do both sides take steps, which stages do people reach, and who moves between levels?"""

from typing import Final

import altair as alt
import polars as pl

from pipeline.model.durations import DAY_S
from reports import charts, formats, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Row, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "Do both sides take steps? Who moves up a level?"
SIDES: Final = {"both": "Both sides", "mine": "Only you", "theirs": "Only they"}
STAGES: Final = {
    "stranger": "Known by name", "noticed": "They noticed you", "exchanged": "A first exchange", "dancing": "Three exchanges",
    "friend": "Friend", "close": "Close", "opted_in": "Opted in",
}  # fmt: skip
LEVELS: Final = tuple(reversed(wording.LEVEL_ORDER))


def headline(sides: pl.DataFrame) -> Headline:
    """Say how many of the people the owner addressed never took a step towards the owner."""
    counts = dict(sides.select("side", "contacts").iter_rows())
    reached = counts["both"] + counts["mine"]
    claims = tuple(equals("dance_sides", "contacts", number, side=side) for side, number in counts.items())
    if not reached:
        return Headline("You have taken no steps in these archives", claims)
    people = formats.plural(reached, "person", "people")
    verb = "has" if counts["mine"] == 1 else "have"
    return Headline(
        f"{formats.count(counts['mine'])} of the {people} you addressed {verb} never taken a step towards you in these archives",
        claims,
    )


def sides_frame(steps: pl.DataFrame) -> pl.DataFrame:
    """Count people by which side took steps: both, only the owner, only they."""
    side = (
        pl.when(pl.col("theirs_from") == 0)
        .then(pl.lit("mine"))
        .when(pl.col("mine_from") == 0)
        .then(pl.lit("theirs"))
        .otherwise(pl.lit("both"))
    )
    counts = dict(steps.group_by(side.alias("side")).agg(pl.col("contacts").sum()).iter_rows())
    frame = pl.DataFrame(
        {"side": list(SIDES), "contacts": [counts.get(name, 0) for name in SIDES]},
        schema={"side": pl.String, "contacts": pl.Int64},
    )
    return frame.with_columns(
        label=pl.col("side").replace_strict(SIDES, return_dtype=pl.String),
        text=pl.Series("text", [formats.count(number) for number in frame["contacts"]], pl.String),
        describe=pl.Series(
            "describe",
            [f"{SIDES[name]}: {formats.plural(number, 'person', 'people')}" for name, number in frame.iter_rows()],
            pl.String,
        ),
    )


def bin_name(start: int) -> str:
    """Name a bin of turns by its range: `0`, `1`, `2–3`, `4–7`."""
    return str(start) if start < 2 else f"{formats.count(start)}–{formats.count(2 * start - 1)}"


def bins(starts: list[int]) -> list[str]:
    """Name every bin up to the largest, empty ones too: the axis doubles evenly."""
    named = [0]
    while named[-1] < max(starts, default=0):
        named.append(max(1, 2 * named[-1]))
    return [bin_name(start) for start in named]


def steps_frame(steps: pl.DataFrame) -> pl.DataFrame:
    """The cells of the heat map, with names of their bins."""
    mine, theirs = ([bin_name(start) for start in steps[name]] for name in ("mine_from", "theirs_from"))
    describe = [
        f"{formats.plural(number, 'person', 'people')}: {yours} of your turns, {their} of theirs"
        for yours, their, number in zip(mine, theirs, steps["contacts"], strict=True)
    ]
    return steps.with_columns(
        mine=pl.Series("mine", mine, pl.String),
        theirs=pl.Series("theirs", theirs, pl.String),
        text=pl.Series("text", [formats.count(number) for number in steps["contacts"]], pl.String),
        describe=pl.Series("describe", describe, pl.String),
        equal=pl.col("mine_from") == pl.col("theirs_from"),
    )


def heat_chart(
    frame: pl.DataFrame,
    size: Size,
    x: tuple[str, str],
    y: tuple[str, str],
    count: str,
    orders: tuple[list[str], list[str]],
) -> Spec:
    """Cells with their counts printed; a frame marks the cells where both sides are equal."""
    across, down = orders
    room = size.plot + (60 if size.narrow else 120)
    cell = (min(52, room // len(across)), 26 if size.narrow else 30)
    # Viridis is dark for few and bright for many: the number's ink turns at the middle of the scale.
    top = max(frame[count].to_list(), default=1)
    frame = frame.with_columns(
        ink=pl.when(pl.col(count) > top**0.6).then(pl.lit("#1b1f24")).otherwise(pl.lit("#ffffff"))
    )
    base = alt.Chart(charts.rows(frame, [x[0], y[0], count, "text", "describe", "equal", "ink"]))
    at_x = alt.X(
        f"{x[0]}:N",
        sort=across,
        scale=alt.Scale(domain=across),
        axis=alt.Axis(title=x[1], labelAngle=-40, domain=False, ticks=False, grid=False),
    )
    at_y = alt.Y(
        f"{y[0]}:N",
        sort=down,
        scale=alt.Scale(domain=down),
        axis=alt.Axis(title=y[1], domain=False, ticks=False, labelPadding=8, minExtent=40),
    )
    colour = alt.Color(f"{count}:Q", scale=alt.Scale(type="symlog", scheme="viridis", domainMin=0), legend=None)
    cells = base.mark_rect(stroke="var(--paper)", strokeWidth=1).encode(
        x=at_x, y=at_y, color=colour, tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N")
    )
    frames = (
        base.transform_filter("datum.equal")
        .mark_rect(fill=None, stroke="var(--c2)", strokeWidth=2)
        .encode(x=at_x, y=at_y)
    )
    numbers = base.mark_text(fontSize=10).encode(
        x=at_x, y=at_y, text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None)
    )
    layers = [cells, frames, numbers] if frame["equal"].any() else [cells, numbers]
    chart = alt.layer(*layers).resolve_scale(color="independent")
    return charts.finish(chart.properties(width=cell[0] * len(across), height=cell[1] * len(down)))


def bars_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Bars of people, each with its count."""
    labels = frame["label"].to_list()
    base = alt.Chart(charts.rows(frame, ["label", "contacts", "text", "describe"]))
    y = alt.Y(
        "label:N",
        sort=labels,
        axis=charts.label_axis(size),
    )
    top = max([*frame["contacts"].to_list(), 1])
    x = alt.X(
        "contacts:Q",
        scale=alt.Scale(domain=[0, top * 1.05], nice=False),
        axis=alt.Axis(title="People", tickMinStep=1, tickCount=4, format="d"),
    )
    bars = base.mark_bar(color="var(--c1)", height=14).encode(
        x=x, y=y, tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N")
    )
    numbers = base.mark_text(align="left", dx=5, fontSize=10).encode(x=x, y=y, text=alt.Text("text:N"))
    return charts.finish(alt.layer(bars, numbers).properties(width=size.plot, height=len(labels) * 24))


def funnel_frame(funnel: pl.DataFrame) -> pl.DataFrame:
    """Return the stages in order, with the median time to each."""
    order = {name: number for number, name in enumerate(STAGES)}
    frame = (
        funnel.with_columns(_order=pl.col("stage").replace_strict(order, default=99, return_dtype=pl.Int64))
        .sort("_order", "stage")
        .drop("_order")
    )
    duration = [_duration(row) for row in frame.iter_rows(named=True)]
    rows = list(frame.iter_rows(named=True))
    return frame.with_columns(
        label=pl.Series("label", [label(STAGES, row["stage"]) for row in rows], pl.String),
        duration=pl.Series("duration", duration, pl.String),
        text=pl.Series("text", [f"{formats.count(row['contacts'])}{', ' + duration[n] if duration[n] else ''}" for n, row in enumerate(rows)], pl.String),
        describe=pl.Series(
            "describe", [f"{label(STAGES, row['stage'])}: {formats.plural(row['contacts'], 'person', 'people')}{', ' + duration[n] if duration[n] else ''}" for n, row in enumerate(rows)], pl.String
        ),
    )  # fmt: skip


def _duration(row: Row) -> str:
    days = row["median_days_to_reach"]
    return "" if days is None or not row["contacts"] else f"half within {formats.lag(days * DAY_S)}"


def moves_frame(moves: pl.DataFrame) -> pl.DataFrame:
    """Moves between levels, with the levels' names."""
    rows = list(moves.iter_rows(named=True))
    names = [
        (label(wording.LEVELS, row["from_level"] or "stranger"), label(wording.LEVELS, row["to_level"])) for row in rows
    ]
    return moves.with_columns(
        before=pl.Series("before", [before for before, _ in names], pl.String),
        after=pl.Series("after", [after for _, after in names], pl.String),
        text=pl.Series("text", [formats.count(row["moves"]) for row in rows], pl.String),
        describe=pl.Series("describe", [
            f"{before} to {after}: {formats.plural(row['moves'], 'move', 'moves')} of {formats.plural(row['contacts'], 'person', 'people')}"
            for row, (before, after) in zip(rows, names, strict=True)
        ], pl.String),
        equal=pl.lit(value=False),
    )  # fmt: skip


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    sides, steps = sides_frame(frames["steps"]), steps_frame(frames["steps"])
    funnel, moves = funnel_frame(frames["funnel"]), moves_frame(frames["moves"])
    across, down = bins(steps["mine_from"].to_list()), bins(steps["theirs_from"].to_list())[::-1]
    levels = [wording.LEVELS[name] for name in LEVELS]
    figures = [
        Figure(key="dance_sides", title="Who took steps", option="Who took steps", alt="Bars: people by which side took steps.", table=Table("dance_sides", (
            Column("side", "Who took steps", lambda row: row["label"]), Column("contacts", "People", numeric=True),
        ), sides), caption="People with at least one turn on either side; answers in words only.", chart=None if steps.is_empty() else lambda size: bars_chart(sides, size), empty="No steps yet."),
        Figure(key="dance_steps", title="How many turns on each side", option="How many turns", alt="Heat map: people by number of your turns and of theirs.", table=Table("dance_steps", (
            Column("mine_from", "Your turns", lambda row: row["mine"], numeric=True), Column("theirs_from", "Their turns", lambda row: row["theirs"], numeric=True),
            Column("contacts", "People", numeric=True),
        ), steps), caption="Each cell counts people; both axes double from cell to cell. Framed cells: both sides took about equally many turns.",
            chart=None if steps.is_empty() else lambda size: heat_chart(steps, size, x=("mine", "Your turns"), y=("theirs", "Their turns"), count="contacts", orders=(across, down)), empty="No steps yet."),
        Figure(key="funnel", title="From stranger to friend", option="Stages", alt="Bars: people who ever reached each stage.", table=Table("funnel", (
            Column("stage", "Stage", lambda row: row["label"]), Column("contacts", "People", numeric=True),
            Column("median_days_to_reach", "Half within", lambda row: row["duration"].removeprefix("half within ") or formats.NOTHING, numeric=True),
            Column("from_stage", "Counted from", lambda row: label(STAGES, row["from_stage"])),
        ), funnel), caption="People who ever reached each stage. The time is the median from the first interaction, over everyone who could be observed.",
            chart=None if funnel.is_empty() else lambda size: bars_chart(funnel, size), empty="Levels are not computed for this home yet."),
        Figure(key="level_moves", title="Moves between levels", option="Moves between levels", alt="Matrix: moves from one level to another.", table=Table("level_moves", (
            Column("from_level", "From", lambda row: row["before"]), Column("to_level", "To", lambda row: row["after"]),
            Column("moves", "Moves", numeric=True), Column("contacts", "People", numeric=True),
        ), moves), caption="Counts of moves. A level falls if nothing happens for half a year; that is nobody’s fault.",
            chart=None if moves.is_empty() else lambda size: heat_chart(moves, size, x=("after", "To"), y=("before", "From"), count="moves", orders=(levels, levels)), empty="No move between levels is on record."),
    ]  # fmt: skip
    notes = [
        Note(wording.HOW_TO_READ, ("In the framed cells both sides took about equally many turns. Bottom row: only you; first column: only they.", *THRESHOLDS)),
        Note(wording.NOT_VISIBLE, ("Steps on platforms whose archive is missing, and what an export leaves out: a person without steps here may have taken some elsewhere.",)),
        Note(wording.HOW_SURE, (f"Counts are exact for these archives, up to {formats.day(context.as_of)}.",)),
    ]  # fmt: skip
    return Content(headline(sides), figures, notes)


THRESHOLDS: Final = (
    "Acquaintance: one exchange ever.",
    "Friend: 3 exchanges on 3 days over two weeks, each side initiating at least a fifth of the time.",
    "Close: 10 exchanges on 6 days over two months, at least one of them private.",
)
SECTION = Section(
    key="dance",
    title="The dance",
    question=QUESTION,
    queries={"steps": "dance_steps", "funnel": "funnel", "moves": "level_moves"},
    build=build,
    order=50,
    shareable=True,
)
