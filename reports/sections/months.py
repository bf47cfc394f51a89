"""The months: the share of the owner's steps answered within 7 days, month by month."""

from collections.abc import Callable

import altair as alt
import polars as pl

from reports import charts, formats, limits, wording
from reports.model import Column, Figure, Row, Size, Spec, Table


def months_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the owner's steps by month. A month with few steps keeps its row without a share: a gap, not a zero."""
    frame = limits.suppress_small_samples(frame.filter(pl.col("initiator") == "me"))
    describe = [
        f"{formats.month(row['month'])}: {row['summary']}, {wording.steps_to(row['gestures'], row['contacts'])}"
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String), at=pl.col("month") + "-01")


def months_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """A line with its band; it breaks where a month has too few steps."""
    data = charts.rows(frame, ["month", "at", "answered_share", "low", "high", "gestures", "describe"])
    x = alt.X(
        "at:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, format="%b %Y", tickCount=4 if size.narrow else 8, grid=False, labelOverlap=True),
    )
    width = size.plot + (100 if size.narrow else 150)
    base = alt.Chart(data)
    y_scale = alt.Scale(domainMin=0)
    band = base.mark_area(opacity=0.22, color="var(--c1)", invalid="break-paths-filter-domains").encode(
        x=x,
        y=alt.Y("low:Q", scale=y_scale, axis=charts.percent_axis("Answered within 7 days", min_extent=34)),
        y2=alt.Y2("high:Q"),
    )
    line = base.mark_line(color="var(--c1)", strokeWidth=2, invalid="break-paths-filter-domains").encode(
        x=x, y=alt.Y("answered_share:Q", scale=y_scale)
    )
    dots = (
        base.transform_filter("datum.answered_share !== null")
        .mark_point(filled=True, size=34, color="var(--c1)", opacity=1)
        .encode(
            x=x,
            y=alt.Y("answered_share:Q", scale=y_scale),
            tooltip=alt.Tooltip("describe:N"),
            description=alt.Description("describe:N"),
        )
    )
    return charts.finish(alt.layer(band, line, dots).properties(width=width, height=150))


def figure(frame: pl.DataFrame) -> Figure:
    """Return the chart of the months, from the rows of `months`."""
    months = months_frame(frame)
    table = Table("months", (
        Column("month", "Month", lambda row: formats.month(row["month"])),
        Column("gestures", "Your steps", numeric=True),
        Column("contacts", "People", numeric=True),
        Column("summary", "Answered within 7 days"),
        *(Column(name, words, _share(name), numeric=True) for name, words in (("answered_share", "Share"), ("low", "from"), ("high", "to"))),
    ), months)  # fmt: skip
    drawn = int(months["drawn"].sum())
    return Figure(
        key="months", title="Your steps, month by month", option="Month", alt="Line of the share of your steps answered within 7 days, by month, with its 95 % interval.", table=table,
        caption=f"A month needs {limits.MONTH_GESTURES} steps to {limits.DRAW_CONTACTS} people to be drawn: {drawn} of {formats.plural(months.height, 'month', 'months')}. "
        "The band is the 95 % interval. A gap is a month with too few steps, not a zero.",
        chart=(lambda size: months_chart(months, size)) if drawn else None,
        empty="No month has enough steps to draw.",
    )  # fmt: skip


def _share(name: str) -> Callable[[Row], str]:
    return lambda row: formats.NOTHING if row[name] is None else formats.percent(row[name])
