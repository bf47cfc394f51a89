"""Chart forms that several sections share, as Altair specifications.

Only `to_dict()` of Altair is used. Its HTML export writes data unescaped into a script and is never called.
Every mark has a `description`, so that screen readers announce words instead of fifteen digits.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt
import polars as pl
from altair.utils import schemapi

from reports import theme
from reports.model import Row, Size, Spec

PERCENT_LABEL: Final = "format(datum.value * 100, '.0f') + '\u202f%'"


def finish(chart: alt.TopLevelMixin) -> Spec:
    """Return the specification with the report's theme, checked against Vega-Lite's schema unless Altair's checks are off."""
    spec: Spec = chart.to_dict(validate=schemapi.DEBUG_MODE)
    spec.pop("$schema", None)
    spec["config"] = theme.config()
    return spec


def rows(frame: pl.DataFrame, columns: Sequence[str]) -> alt.Data:
    """Return the named columns as inline data; times become ISO text, missing numbers stay null."""
    return inline([_plain(row) for row in frame.select(columns).iter_rows(named=True)])


def inline(values: Sequence[Row]) -> alt.Data:
    """Return rows as inline data."""
    return alt.Data(values=values)  # type: ignore[no-untyped-call]  # Altair's generated class has no annotations


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def at_x(pixels: float) -> alt.XValue:
    """Place a mark at a fixed distance from the plot's left edge."""
    return alt.XValue(pixels)  # type: ignore[no-untyped-call]  # Altair's generated class has no annotations


def at_y(pixels: float) -> alt.YValue:
    """Place a mark at a fixed distance from the plot's top edge."""
    return alt.YValue(pixels)  # type: ignore[no-untyped-call]  # Altair's generated class has no annotations


def percent_axis(title: str, min_extent: float = 0) -> alt.Axis:
    """Return an axis of shares, labelled `40 %`, with at least `min_extent` pixels for the labels."""
    return alt.Axis(title=title, labelExpr=PERCENT_LABEL, tickCount=5, minExtent=min_extent)


def label_axis(size: Size, narrow_limit: int = 160) -> alt.Axis:
    """Return the axis of named rows, equally wide in all charts, so that their plots align.

    Args:
        size: of the chart.
        narrow_limit: pixels at which names are cut off on a narrow page, where the plot needs the room.
    """
    return alt.Axis(
        title=None,
        minExtent=84 if size.narrow else 120,
        labelLimit=narrow_limit if size.narrow else 160,
        ticks=False,
        domain=False,
        labelPadding=8,
    )


def labelled_bars(
    data: alt.Data, size: Size, height: int, *, x: alt.X, y: alt.Y, offset: alt.YOffset, colour: alt.Color
) -> Spec:
    """Draw bars side by side, each with its number at the end.

    Args:
        data: rows with `describe` and `text`.
        size: of the chart.
        height: pixels.
        x: length of the bars.
        y: rows.
        offset: series within a row.
        colour: of the series.
    """
    base = alt.Chart(data).encode(x=x, y=y, yOffset=offset)
    bars = base.mark_bar().encode(
        color=colour, tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N")
    )
    numbers = base.mark_text(align="left", dx=5, fontSize=10).encode(text=alt.Text("text:N"))
    return finish(alt.layer(bars, numbers).properties(width=size.plot, height=height))


def series_scale(labels: Mapping[str, str], values: Mapping[str, str]) -> alt.Scale:
    """Return a scale that gives each series its own colour or shape, by its label."""
    return alt.Scale(domain=[labels[key] for key in labels], range=[values[key] for key in labels])


def share_dots(
    frame: pl.DataFrame,
    size: Size,
    *,
    series: Mapping[str, str],
    colours: Mapping[str, str],
    shapes: Mapping[str, str],
    title: str,
    columns: Sequence[str],
) -> Spec:
    """Draw a mark with its interval for each row; rows too small for a share carry a text instead.

    Args:
        frame: `label` (row of the chart, in order), `series` (label of the series), `answered_share`, `low`, `high`,
            `chance_share`, `drawn`, `summary`, `n_text`, `describe`.
        size: room for the plot.
        series: key -> label of each series, in order.
        colours: key -> colour.
        shapes: key -> shape of the point.
        title: of the share axis.
        columns: further columns to carry in the data (for filters by click).
    """
    labels = frame["label"].unique(maintain_order=True).to_list()
    per_row = len(series)
    domain_end = _domain_end(frame)
    data = rows(
        frame,
        [
            "label",
            "series",
            "answered_share",
            "low",
            "high",
            "chance_share",
            "drawn",
            "summary",
            "n_text",
            "describe",
            *columns,
        ],
    )
    y = alt.Y(
        "label:N",
        sort=labels,
        axis=label_axis(size, narrow_limit=84),
    )
    offset = alt.YOffset("series:N", sort=list(series.values()), scale=alt.Scale(paddingInner=0.2))
    colour = alt.Color(
        "series:N",
        scale=series_scale(series, colours),
        legend=alt.Legend(direction="vertical" if size.narrow else "horizontal"),
    )
    x_scale = alt.Scale(domain=[0, domain_end], nice=False)
    x = alt.X("answered_share:Q", scale=x_scale, axis=percent_axis(title))
    base = alt.Chart(data)
    drawn = base.transform_filter("datum.drawn")
    layers: list[alt.Chart] = [
        drawn.mark_rule(strokeWidth=2).encode(
            x=alt.X("low:Q", scale=x_scale),
            x2=alt.X2("high:Q"),
            y=y,
            yOffset=offset,
            color=colour,
            description=alt.Description("describe:N"),
        ),
    ]
    if frame["chance_share"].is_not_null().any():
        chance = drawn.transform_filter("datum.chance_share !== null")
        layers.append(
            chance.mark_tick(thickness=2, size=11, color="var(--muted)").encode(
                x=alt.X("chance_share:Q", scale=x_scale), y=y, yOffset=offset, description=alt.Description("describe:N")
            )
        )
    layers += [
        drawn.mark_point(filled=True, size=75, opacity=1).encode(
            x=x, y=y, yOffset=offset, color=colour,
            shape=alt.Shape("series:N", scale=series_scale(series, shapes)),
            tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
        ),
        base.transform_filter("!datum.drawn").mark_text(align="left", color="var(--muted)", fontSize=10, limit=size.plot).encode(
            x=at_x(4), y=y, yOffset=offset, text=alt.Text("summary:N")
        ),
        base.mark_text(align="right", fontSize=10, color="var(--muted)").encode(
            x=at_x(size.plot + (48 if size.narrow else 62)), y=y, yOffset=offset, text=alt.Text("n_text:N")
        ),
        alt.Chart(inline([{"text": "steps"}])).mark_text(align="right", fontSize=10, color="var(--muted)").encode(
            x=at_x(size.plot + (48 if size.narrow else 62)), y=at_y(-7), text=alt.Text("text:N")
        ),
    ]  # fmt: skip
    return finish(alt.layer(*layers).properties(width=size.plot, height=len(labels) * per_row * 17 + 8))


def _domain_end(frame: pl.DataFrame) -> float:
    tops = [
        value
        for name in ("high", "answered_share", "chance_share")
        for value in [frame[name].max()]
        if isinstance(value, float)
    ]
    top = max(tops, default=1.0)
    return min(1.0, max(0.1, (int(top * 10) + 1) / 10))
