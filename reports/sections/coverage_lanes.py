"""Charts of coverage: which account shows which kind of step, in which direction, and over which time."""

from typing import TYPE_CHECKING, Final

import altair as alt
import polars as pl

from reports import charts, formats, wording
from reports.model import Column, Figure, Row, Size, Spec, Table
from reports.wording import label

if TYPE_CHECKING:
    from datetime import date

_VISIBILITY_SHAPES: Final = {"full": "circle", "partial": "triangle-up", "none": "diamond"}
_VISIBILITY_COLOURS: Final = {"full": "var(--c1)", "partial": "var(--c2)", "none": "var(--c4)"}
_GAP_DAYS: Final = 31
_MOST_GAPS: Final = 5
MOST_LANES: Final = 60
"""Further lanes are in the table only."""


def lane_axis(size: Size, narrow_room: int = 84) -> alt.Axis:
    """Return the axis of lanes. Values are row number, bar and name; `narrow_room` is the width of names on a narrow screen."""
    # The row number keeps two equal names apart; the label shows the rest.
    return alt.Axis(
        title=None, minExtent=narrow_room if size.narrow else 150, labelLimit=narrow_room if size.narrow else 190, ticks=False, domain=False, labelPadding=8,
        labelExpr="substring(datum.value, 6)",
    )  # fmt: skip


def account_name(row: Row) -> str:
    """`X`, or `X, ada` where the owner has several accounts on the platform."""
    platform = label(wording.PLATFORMS, row["platform"], 16)
    return platform if row["accounts_there"] == 1 else f"{platform}, {formats.short(row['account'] or '', 18)}"


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(accounts_there=pl.col("account_id").n_unique().over("platform"))


def lanes_frame(lanes: pl.DataFrame) -> pl.DataFrame:
    """Return the lanes of the time chart: account and class, spans of both directions."""
    lanes = _counted(lanes)
    named = [
        f"{account_name(row)}: {label(wording.CLASSES, row['class']).lower()}" for row in lanes.iter_rows(named=True)
    ]
    frame = lanes.with_columns(
        lane_name=pl.Series("lane_name", named, pl.String),
        series=pl.col("direction").replace_strict(
            {"outbound": "You", "inbound": "Them"}, default="", return_dtype=pl.String
        ),
        from_day=pl.col("starts_at").dt.date(),
        to_day=pl.col("ends_at").dt.date(),
    )
    describe = [
        f"{row['lane_name']}, {wording.DIRECTIONS.get(row['direction'], '')}: {label(wording.VISIBILITY, row['visibility'])}, {formats.days(row['from_day'], row['to_day'])}"
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String)).sort(
        "platform", "account_id", "class", "direction", "starts_at", "ends_at", "visibility"
    )


def lanes_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw bars over time: thick where a class is visible in full, thin and dashed in part, none where it isn't visible."""
    frame = frame.filter(pl.col("starts_at") < pl.col("ends_at"))
    keys = (
        frame.select("account_id", "class", "lane_name")
        .unique(maintain_order=True)
        .head(MOST_LANES)
        .with_row_index("line")
    )
    keys = keys.with_columns(
        lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("lane_name"))
    )
    rows = frame.join(
        keys.select("account_id", "class", "lane"), on=["account_id", "class"], how="inner", maintain_order="left"
    )
    rows = rows.with_columns(start=pl.col("from_day").cast(pl.String), end=pl.col("to_day").cast(pl.String))
    y = alt.Y("lane:N", sort=keys["lane"].to_list(), axis=lane_axis(size, 135))
    offset = alt.YOffset("series:N", sort=["You", "Them"], scale=alt.Scale(paddingInner=0.1))
    x = alt.X(
        "start:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, format="%b %Y", tickCount=3 if size.narrow else 6, labelOverlap=True),
    )
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=["You", "Them"], range=["var(--c1)", "var(--c2)"]), legend=alt.Legend()
    )
    layers: list[alt.Chart] = []
    for is_full in (True, False):
        spans = rows.filter((pl.col("visibility") == "full") == is_full)
        if spans.height:  # a layer without rows would have no extent
            data = charts.rows(spans, ["lane", "series", "visibility", "start", "end", "describe"])
            line = {"strokeWidth": 6} if is_full else {"strokeWidth": 3, "strokeDash": [4, 3]}
            layers.append(
                alt.Chart(data)
                .mark_rule(**line)
                .encode(
                    x=x,
                    x2=alt.X2("end:T"),
                    y=y,
                    yOffset=offset,
                    color=colour,
                    tooltip=alt.Tooltip("describe:N"),
                    description=alt.Description("describe:N"),
                )
            )
    width = size.plot + (-8 if size.narrow else 60)
    return charts.finish(alt.layer(*layers).properties(width=width, height=keys.height * 19 + 6))


def gaps(lanes: pl.DataFrame) -> list[str]:
    """List the longest gaps of each platform between the first and the last time that its archives cover."""
    found: list[tuple[int, str, date, date]] = []
    for (platform,), spans in lanes.sort("platform", "starts_at", "ends_at").group_by("platform", maintain_order=True):
        until: date | None = None
        for start, end in spans.select(pl.col("starts_at").dt.date(), pl.col("ends_at").dt.date()).iter_rows():
            if until is not None and (start - until).days > _GAP_DAYS:
                found.append(((start - until).days, str(platform), until, start))
            until = end if until is None else max(until, end)
    found.sort(key=lambda gap: (-gap[0], gap[1], gap[2]))
    return [
        f"No archive of {label(wording.PLATFORMS, platform, 24)} covers {formats.days(first, last)}."
        for _, platform, first, last in found[:_MOST_GAPS]
    ]


def matrix_frame(visibility: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each cell of the matrix: account, class, direction, visibility in words."""
    visibility = _counted(visibility)
    frame = visibility.with_columns(
        account_name=pl.Series(
            "account_name", [account_name(row) for row in visibility.iter_rows(named=True)], pl.String
        ),
        class_name=pl.Series("class_name", [label(wording.CLASSES, name) for name in visibility["class"]], pl.String),
        summary=pl.Series(
            "summary",
            [wording.CANNOT_BE_SEEN if v == "none" else label(wording.VISIBILITY, v) for v in visibility["visibility"]],
            pl.String,
        ),
        series=pl.col("direction").replace_strict(
            {"outbound": "You did", "inbound": "You received"}, default="", return_dtype=pl.String
        ),
    )
    describe = [
        f"{row['account_name']}, {row['class_name'].lower()}, {row['series'].lower()}: {row['summary']}"
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String))


def matrix_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw a mark for every account, class and direction: a circle in full, a triangle in part, a grey diamond where the export cannot show it."""
    keys = (
        frame.select("account_id", "account_name").unique(maintain_order=True).head(MOST_LANES).with_row_index("line")
    )
    keys = keys.with_columns(
        lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("account_name"))
    )
    rows = frame.join(keys.select("account_id", "lane"), on="account_id", how="inner", maintain_order="left")
    classes = [words for words in wording.CLASSES.values() if words in set(rows["class_name"])]
    legend = {"full": "in full", "partial": "in part", "none": "cannot be seen"}
    rows = rows.with_columns(seen=pl.col("visibility").replace_strict(legend, return_dtype=pl.String))
    panels: list[alt.Chart] = []
    for number, direction in enumerate(("You did", "You received")):
        data = charts.rows(
            rows.filter(pl.col("series") == direction),
            ["lane", "class", "class_name", "visibility", "seen", "describe"],
        )
        axis = (
            lane_axis(size)
            if number == 0 or size.narrow
            else alt.Axis(labels=False, ticks=False, domain=False, title=None)
        )
        panels.append(
            alt.Chart(data, title=direction).mark_point(filled=True, size=70, opacity=1).encode(
                x=alt.X("class_name:N", sort=classes, scale=alt.Scale(domain=classes), axis=alt.Axis(title=None, labelAngle=-50, ticks=False, domain=False, grid=False, orient="bottom")),
                y=alt.Y("lane:N", sort=keys["lane"].to_list(), axis=axis),
                shape=alt.Shape("seen:N", scale=charts.series_scale(legend, _VISIBILITY_SHAPES), legend=alt.Legend(columns=1 if size.narrow else 3)),
                color=alt.Color("seen:N", scale=charts.series_scale(legend, _VISIBILITY_COLOURS), legend=alt.Legend(columns=1 if size.narrow else 3)),
                tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
            ).properties(width=190 if not size.narrow else 200, height=keys.height * 24)
        )  # fmt: skip
    joined = alt.vconcat(*panels) if size.narrow else alt.hconcat(*panels, spacing=24)
    return charts.finish(joined)


def matrix_figure(matrix: pl.DataFrame) -> Figure:
    """What each account can show, with its table."""
    table = Table("visibility", (
        Column("account_id", "Account", lambda row: row["account_name"]), Column("class", "Kind of step", lambda row: row["class_name"]),
        Column("direction", "Direction", lambda row: row["series"]), Column("visibility", "Shown", lambda row: row["summary"]),
        Column("starts_at", "From", lambda row: formats.day(row["starts_at"])), Column("ends_at", "Until", lambda row: formats.day(row["ends_at"])),
        Column("reason", "Why"),
    ), matrix)  # fmt: skip
    return Figure(
        key="visibility", title="What each account’s archives can show", option="What exports show", alt="A matrix of marks: accounts by kind of step and direction, in full, in part, or not at all.", table=table,
        caption="Circle: shown in full. Triangle: in part. Grey diamond: this export cannot show such steps, so their absence means nothing.",
        chart=None if matrix.is_empty() else lambda size: matrix_chart(matrix, size), empty="No account yet.",
    )  # fmt: skip


def lanes_figure(lanes: pl.DataFrame) -> Figure:
    """When it is shown, with its table."""
    table = Table("lanes", (
        Column("account_id", "Account", lambda row: account_name(dict(row))), Column("class", "Kind of step", lambda row: label(wording.CLASSES, row["class"])),
        Column("direction", "Direction", lambda row: row["series"]), Column("visibility", "Shown", lambda row: label(wording.VISIBILITY, row["visibility"])),
        Column("starts_at", "From", lambda row: formats.day(row["starts_at"])), Column("ends_at", "Until", lambda row: formats.day(row["ends_at"])),
    ), lanes)  # fmt: skip
    return Figure(
        key="lanes", title="When it is shown", option="When", alt="Bars over time: spans in which each kind of step is shown, by account and direction.", table=table,
        caption="Thick: in full. Thin and dashed: in part. No bar: no archive covers that time, so nothing is counted there. "
        "A kind of step that never occurs has no lane.",
        chart=None if lanes.filter(pl.col("starts_at") < pl.col("ends_at")).is_empty() else lambda size: lanes_chart(lanes, size), empty="No archive covers a span of time.",
    )  # fmt: skip
