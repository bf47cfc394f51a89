"""Response lag: how long does an answer take, on each side? Unanswered steps count as still open."""

from typing import Final

import altair as alt
import polars as pl

from pipeline.model.durations import DAY_S, HOUR_S, MINUTE_S
from reports import charts, formats, limits, theme, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Row, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "How long does an answer take, on each side?"
TICKS: Final = (MINUTE_S, 10 * MINUTE_S, HOUR_S, 6 * HOUR_S, DAY_S, 3 * DAY_S, 7 * DAY_S, 14 * DAY_S)
_WIDEST_BAND: Final = 0.9
NARROW_TICKS: Final = (MINUTE_S, HOUR_S, DAY_S, 14 * DAY_S)
TICK_LABEL: Final = "datum.value < 3600 ? datum.value / 60 + ' min' : datum.value < 86400 ? datum.value / 3600 + ' h' : datum.value / 86400 + ' d'"
_WORDS = {"platform": wording.PLATFORMS, "class": wording.CLASSES, "tier": wording.TIERS, "all": {"all": "All steps"}}


def headline(curves: pl.DataFrame, quantiles: pl.DataFrame) -> Headline:
    """State two facts, always together: the share answered within 7 days, and the median lag of the answers."""
    parts: list[str] = []
    claims = []
    for side, share_words, lag_words in (
        ("me", "{share} of your steps are answered within 7 days", "half of the answers come within {lag}"),
        ("them", "you answer {share} of theirs", "half of your answers within {lag}"),
    ):
        point = curves.filter(pl.col("initiator") == side, pl.col("dimension") == "all", pl.col("lag_s") == 7 * DAY_S)
        middle = quantiles.filter(
            pl.col("initiator") == side, pl.col("dimension") == "all", pl.col("conditional_50_s").is_not_null()
        )
        if point.is_empty() or middle.is_empty() or point["answered_share"][0] is None:
            continue
        share, half = point["answered_share"][0], middle["conditional_50_s"][0]
        parts.append(f"{share_words.format(share=formats.percent(share))}, {lag_words.format(lag=formats.lag(half))}")
        claims.append(
            equals("lag_curves", "answered_share", share, initiator=side, dimension="all", value="all", lag_s=7 * DAY_S)
        )
        claims.append(equals("lag_quantiles", "conditional_50_s", half, initiator=side, dimension="all", value="all"))
    if not parts:
        return Headline("Too few answers to say how long they take")
    text = "; ".join(parts)
    return Headline(text[:1].upper() + text[1:], tuple(claims))


def curves_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the curves as drawn: each ends where fewer than ten steps are at risk, and small groups have none."""
    frame = frame.filter(pl.col("at_risk") >= limits.CURVE_AT_RISK, pl.col("answered_share").is_not_null())
    start = pl.col("at_risk").max().over("initiator", "dimension", "value")
    frame = frame.filter(start >= limits.DRAW_GESTURES)
    # Around the first one or two answers the interval spans nearly the whole axis; it would hide the plot.
    informative = pl.col("high") - pl.col("low") < _WIDEST_BAND
    frame = frame.with_columns(pl.when(informative).then(pl.col(name)).alias(name) for name in ("low", "high"))
    labels = [_group(row) for row in frame.iter_rows(named=True)]
    frame = frame.with_columns(
        label=pl.Series("label", labels, pl.String),
        series=pl.col("initiator").replace_strict(wording.INITIATORS, default="", return_dtype=pl.String),
    )
    describe = [
        f"{row['label']}, {row['series'].lower()}: {formats.percent(row['answered_share'])} within {formats.lag(row['lag_s'])}, "
        f"{formats.plural(row['at_risk'], 'step', 'steps')} still open"
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String)).sort(
        "dimension", "value", "initiator", "lag_s"
    )


def _group(row: Row) -> str:
    return label(_WORDS.get(row["dimension"], {}), row["value"], 24)


def _lag_scale() -> alt.Scale:
    return alt.Scale(type="log", domain=[MINUTE_S, 14 * DAY_S], nice=False)


def _lag_axis(size: Size, title: str) -> alt.Axis:
    values = NARROW_TICKS if size.narrow else TICKS
    return alt.Axis(
        title=title, values=list(values), labelExpr=TICK_LABEL, labelFlush=False, labelOverlap=False, grid=True
    )


def curve_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw the curves of both directions with bands, and the steps still open under the axis."""
    width = size.plot + (100 if size.narrow else 170)
    data = charts.rows(frame, ["lag_s", "answered_share", "low", "high", "series", "at_risk", "describe"])
    x = alt.X("lag_s:Q", scale=_lag_scale(), axis=_lag_axis(size, "Time since the step"))
    y_scale = alt.Scale(domainMin=0)
    colour = alt.Color(
        "series:N",
        scale=charts.series_scale(wording.INITIATORS, theme.INITIATOR_COLOURS),
        legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=400, symbolOpacity=1),
    )
    dash = alt.StrokeDash(
        "series:N",
        scale=alt.Scale(domain=list(wording.INITIATORS.values()), range=[[1, 0], [6, 3]]),
        legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=400, symbolOpacity=1),
    )
    base = alt.Chart(data)
    band = (
        base.transform_filter("datum.low !== null && datum.high !== null")
        .mark_area(opacity=0.16, interpolate="step-after")
        .encode(
            x=x,
            y=alt.Y("low:Q", scale=y_scale, axis=charts.percent_axis("Answered by then", min_extent=34)),
            y2=alt.Y2("high:Q"),
            color=colour,
        )
    )
    line = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        x=x, y=alt.Y("answered_share:Q", scale=y_scale), color=colour, strokeDash=dash
    )
    touch = base.mark_point(filled=True, size=60, opacity=0).encode(
        x=x,
        y=alt.Y("answered_share:Q", scale=y_scale),
        tooltip=alt.Tooltip("describe:N"),
        description=alt.Description("describe:N"),
    )
    marks = frame.filter(pl.col("lag_s").is_in([float(tick) for tick in (NARROW_TICKS if size.narrow else TICKS)]))
    counts = marks.with_columns(n_text=pl.Series("n_text", [formats.count(n) for n in marks["at_risk"]], pl.String))
    numbers: list[alt.Chart] = []
    for line_number, (side, name) in enumerate(wording.INITIATORS.items()):
        side_rows = counts.filter(pl.col("initiator") == side)
        below = 240 + 52 + 15 * line_number
        numbers.append(
            alt.Chart(charts.rows(side_rows, ["lag_s", "n_text"]))
            .mark_text(fontSize=10, color=theme.INITIATOR_COLOURS[side])
            .encode(x=alt.X("lag_s:Q", scale=_lag_scale()), y=charts.at_y(below), text=alt.Text("n_text:N"))
        )
        if side_rows.height:
            numbers.append(
                alt.Chart(charts.inline([{"text": name.split()[0]}]))
                .mark_text(fontSize=10, align="right", color=theme.INITIATOR_COLOURS[side])
                .encode(x=charts.at_x(-22), y=charts.at_y(below), text=alt.Text("text:N"))
            )
    return charts.finish(alt.layer(band, line, touch, *numbers).properties(width=width, height=240))


def answers_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return quantiles of the answers' lag, for groups with enough mature steps."""
    enough = (pl.col("gestures") >= limits.DRAW_GESTURES) & (pl.col("contacts") >= limits.DRAW_CONTACTS)
    names = [name for name in frame.columns if name.endswith("_s")]
    frame = frame.with_columns(drawn=enough.fill_null(value=False) & pl.col("conditional_50_s").is_not_null())
    frame = frame.with_columns(pl.when(pl.col("drawn")).then(pl.col(name)).alias(name) for name in names)
    frame = frame.with_columns(
        label=pl.Series("label", [_group(row) for row in frame.iter_rows(named=True)], pl.String),
        series=pl.col("initiator").replace_strict(wording.INITIATORS, default="", return_dtype=pl.String),
        summary=pl.Series("summary", [_quantile_words(row) for row in frame.iter_rows(named=True)], pl.String),
        n_text=pl.Series("n_text", [formats.count(n or 0) for n in frame["gestures"]], pl.String),
    )
    describe = [f"{row['label']}, {row['series'].lower()}: {row['summary']}" for row in frame.iter_rows(named=True)]
    order = pl.col("dimension").replace_strict(
        {"all": 0, "platform": 1, "class": 2, "tier": 3}, default=9, return_dtype=pl.Int64
    )
    return (
        frame.with_columns(
            describe=pl.Series("describe", describe, pl.String),
            _order=order,
            _weight=pl.col("gestures").sum().over("dimension", "value"),
        )
        .sort(["_order", "_weight", "value", "initiator"], descending=[False, True, False, False])
        .drop("_order", "_weight")
    )


def _quantile_words(row: Row) -> str:
    if not row["drawn"]:
        return wording.too_few(row["contacts"] or 0, row["gestures"] or 0)
    middle = f"half within {formats.lag(row['conditional_50_s'])}"
    if row["conditional_25_s"] is None or row["conditional_75_s"] is None:
        return middle
    return f"{middle}; the middle half between {formats.lag(row['conditional_25_s'])} and {formats.lag(row['conditional_75_s'])}"


def answers_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw a mark at the median lag of the answers and a line over their middle half, on a logarithmic axis."""
    labels = frame["label"].unique(maintain_order=True).to_list()
    seconds = [
        pl.col(name).clip(MINUTE_S, 14 * DAY_S) for name in ("conditional_25_s", "conditional_50_s", "conditional_75_s")
    ]
    data = charts.rows(
        frame.with_columns(expression.name.prefix("at_") for expression in seconds),
        ["label", "series", "conditional_25_s", "conditional_50_s", "conditional_75_s", "at_conditional_25_s", "at_conditional_50_s",
         "at_conditional_75_s", "drawn", "n_text", "describe", "dimension", "value"],
    )  # fmt: skip
    y = alt.Y(
        "label:N",
        sort=labels,
        axis=charts.label_axis(size, narrow_limit=84),
    )
    offset = alt.YOffset("series:N", sort=list(wording.INITIATORS.values()), scale=alt.Scale(paddingInner=0.2))
    colour = alt.Color(
        "series:N",
        scale=charts.series_scale(wording.INITIATORS, theme.INITIATOR_COLOURS),
        legend=alt.Legend(direction="vertical" if size.narrow else "horizontal"),
    )
    base = alt.Chart(data)
    drawn = base.transform_filter("datum.drawn")
    bars = drawn.mark_rule(strokeWidth=2).encode(
        x=alt.X("at_conditional_25_s:Q", scale=_lag_scale(), axis=_lag_axis(size, "Time to the answer")),
        x2=alt.X2("at_conditional_75_s:Q"), y=y, yOffset=offset, color=colour, description=alt.Description("describe:N"),
    )  # fmt: skip
    dots = drawn.mark_point(filled=True, size=75, opacity=1).encode(
        x=alt.X("at_conditional_50_s:Q", scale=_lag_scale()), y=y, yOffset=offset, color=colour,
        shape=alt.Shape("series:N", scale=charts.series_scale(wording.INITIATORS, theme.INITIATOR_SHAPES)),
        tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
    )  # fmt: skip
    edge = size.plot + (48 if size.narrow else 62)
    counts = base.mark_text(align="right", fontSize=10, color="var(--muted)").encode(
        x=charts.at_x(edge), y=y, yOffset=offset, text=alt.Text("n_text:N")
    )
    head = (
        alt.Chart(charts.inline([{"text": "steps"}]))
        .mark_text(align="right", fontSize=10, color="var(--muted)")
        .encode(x=charts.at_x(edge), y=charts.at_y(-7), text=alt.Text("text:N"))
    )
    return charts.finish(alt.layer(bars, dots, counts, head).properties(width=size.plot, height=len(labels) * 34 + 8))


def _lag_column(name: str, words: str) -> Column:
    return Column(name, words, lambda row: formats.lag(row[name]), numeric=True)


def _share_column(name: str, words: str) -> Column:
    return Column(
        name, words, lambda row: formats.NOTHING if row[name] is None else formats.percent(row[name]), numeric=True
    )


_WHO: Final = (
    Column("initiator", "Who answers", lambda row: row["series"]),
    Column("dimension", "By", lambda row: label(wording.DIMENSIONS, row["dimension"])),
    Column("value", "Group", lambda row: row["label"]),
)


_ANSWERS: Final = (
    ("lag_quantiles", "Platform", ("all", "platform")),
    ("lag_quantiles_class", "Kind of step", ("class",)),
    ("lag_quantiles_tier", "Standing", ("tier",)),
)


def _answers_figure(option: str, table: Table) -> Figure:
    drawn = table.frame.filter(pl.col("drawn"))
    return Figure(
        key=table.name, title=f"Time to an answer, by {option.lower()}", option=option, alt=f"Dots with bars: median lag of the answers and their middle half, by {option.lower()}.", table=table,
        caption="The mark is the time by which half of the answers arrived, the line the middle half of them. Only steps observed for at least 14 days count, so all had the same chance.",
        chart=None if drawn.is_empty() else lambda size: answers_chart(drawn, size),
        empty="No group has enough answers to draw.",
    )  # fmt: skip


def build(frames: Frames, _context: Context) -> Content:
    """Compute the section."""
    curves = curves_frame(frames["curves"])
    whole = curves.filter(pl.col("dimension") == "all")
    answers = answers_frame(frames["quantiles"]).filter(pl.col("gestures") > 0)
    curve_table = Table(
        "lag_curves",
        (*_WHO, _lag_column("lag_s", "Within"), _share_column("answered_share", "Answered"), _share_column("low", "from"),
         _share_column("high", "to"), Column("at_risk", "Still open", numeric=True)),
        whole,
    )  # fmt: skip
    answers_columns = (
        (*_WHO, Column("gestures", "Steps", numeric=True), Column("contacts", "People", numeric=True), Column("summary", "Time to an answer"),
         _lag_column("conditional_25_s", "A quarter within"), _lag_column("conditional_50_s", "Half within"),
         _lag_column("conditional_75_s", "Three quarters within"), _lag_column("unconditional_50_s", "Half of all steps within"))
    )  # fmt: skip
    figures = [
        Figure(
            key="lag_curves", title="Answered by then", option="Curve", alt="Rising step curves: share of steps answered by the time since the step, in both directions.", table=curve_table,
            caption="Unanswered steps count as still open, so a curve need not reach 100 %. It ends where fewer than "
            f"{limits.CURVE_AT_RISK} steps are still open; the numbers under the axis count them. Bands are 95 % intervals. Solid: they answer you; dashed: you answer them.",
            chart=None if whole.is_empty() else lambda size: curve_chart(whole, size),
            empty=f"A curve needs {limits.DRAW_GESTURES} steps to which the archives could have shown an answer.",
        ),
        *(
            _answers_figure(option, Table(key, answers_columns, answers.filter(pl.col("dimension").is_in(list(dimensions)))))
            for key, option, dimensions in _ANSWERS
        ),
    ]  # fmt: skip
    notes = [
        Note(wording.HOW_TO_READ, (
            "Pick a time on the bottom axis and read up: the share of steps answered by then.",
            "The time axis is logarithmic: a minute to an hour is as wide as an hour to two and a half days.",
        )),
        Note(wording.HOW_SURE, _uncertainty_lines(whole)),
        Note(wording.NOT_VISIBLE, ("When a step was read: a late answer may be a prompt answer to a message read late.",)),
    ]  # fmt: skip
    return Content(headline(whole, answers), figures, notes)


def _uncertainty_lines(whole: pl.DataFrame) -> tuple[str, ...]:
    lines: list[str] = []
    for side, name in wording.INITIATORS.items():
        rows: list[Row] = list(
            whole.filter(pl.col("initiator") == side, pl.col("low").is_not_null()).iter_rows(named=True)
        )
        if rows:
            last = rows[-1]
            lines.append(
                f"{name}: {formats.percent(last['answered_share'])} ({formats.interval(last['low'], last['high'])}) within {formats.lag(last['lag_s'])}, "
                f"where {formats.plural(last['at_risk'], 'step is', 'steps are')} still open."
            )
    return tuple(lines) if lines else ("Too few steps for a band.",)


SECTION = Section(
    key="lag",
    title="Response lag",
    question=QUESTION,
    queries={"curves": "lag_curves", "quantiles": "lag_quantiles"},
    build=build,
    order=30,
    shareable=True,
)
