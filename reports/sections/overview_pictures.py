"""The small pictures of the first screen. Their colours and shapes are those of the large charts."""

from typing import Final

import altair as alt
import polars as pl

from pipeline.model.durations import DAY_S, HOUR_S, MINUTE_S
from reports import charts, formats, theme, wording
from reports.model import Spec
from reports.sections import balance

_WIDTH: Final = 236
_LABELS: Final = 58
_TICKS: Final = (MINUTE_S, HOUR_S, DAY_S, 14 * DAY_S)
_APART: Final = 0.14
"""Labels at the ends of two curves need this part of the axis between them."""
_NAMES: Final = {"me": "They", "them": "You"}
"""Who answers."""
_ROOM_FOR_TEXT: Final = 0.1
_ON_TIER: Final = {"unknown": "var(--ink)"}
"""The grey of unknown standing is too light for the page's background as a text colour."""


def _axis(title: str | None = None) -> alt.Axis:
    return alt.Axis(title=title, labelExpr=charts.PERCENT_LABEL, tickCount=3, labelFlush=False)


def both_shares(rows: pl.DataFrame) -> Spec:
    """Draw a dot with its interval for each direction, and chance as a grey tick, on one scale."""
    names = [_NAMES[side] for side in rows["initiator"]]
    rows = rows.with_columns(who=pl.Series("who", names, pl.String))
    data = charts.rows(rows, ["initiator", "who", "answered_share", "low", "high", "chance_share", "describe"])
    shares = [rows[name].max() for name in ("answered_share", "high", "chance_share")]
    top = max([value for value in shares if isinstance(value, float)], default=1.0)
    scale = alt.Scale(domain=[0, min(1.0, max(0.1, top * 1.1))], nice=False)
    y = alt.Y("who:N", sort=list(_NAMES.values()), axis=_row_axis())
    colour = alt.Color("initiator:N", scale=_scale(theme.INITIATOR_COLOURS), legend=None)
    words = {"tooltip": alt.Tooltip("describe:N"), "description": alt.Description("describe:N")}
    base = alt.Chart(data).encode(y=y)
    interval = base.transform_filter("datum.low !== null && datum.high !== null").mark_rule(strokeWidth=3)
    chance = base.transform_filter("datum.chance_share !== null").mark_tick(thickness=2, size=16, color="var(--muted)")
    dots = base.mark_point(filled=True, size=95, opacity=1)
    return charts.finish(
        alt.layer(
            interval.encode(x=alt.X("low:Q", scale=scale, axis=_axis()), x2=alt.X2("high:Q"), color=colour),
            chance.encode(x=alt.X("chance_share:Q", scale=scale), description=words["description"]),
            dots.encode(
                x=alt.X("answered_share:Q", scale=scale),
                color=colour,
                shape=alt.Shape("initiator:N", scale=_scale(theme.INITIATOR_SHAPES), legend=None),
                **words,
            ),
        ).properties(width=_WIDTH, height=62)
    )


def both_curves(curves: pl.DataFrame) -> Spec:
    """Draw the share answered by then for both directions, each curve named at its end."""
    data = charts.rows(curves, ["initiator", "lag_s", "answered_share", "low", "high", "describe"])
    label = "datum.value < 3600 ? datum.value / 60 + ' min' : datum.value < 86400 ? datum.value / 3600 + ' h' : datum.value == 86400 ? '1 day' : datum.value / 86400 + ' days'"
    x = alt.X(
        "lag_s:Q",
        scale=alt.Scale(type="log", domain=[MINUTE_S, 14 * DAY_S], nice=False),
        axis=alt.Axis(
            title=None, values=list(_TICKS), labelExpr=label, labelFlush=False, labelOverlap=False, grid=True
        ),
    )
    scale = alt.Scale(domainMin=0)
    y = alt.Y(
        "answered_share:Q",
        scale=scale,
        axis=alt.Axis(title=None, labelExpr=charts.PERCENT_LABEL, tickCount=3, minExtent=_LABELS - 20),
    )
    colour = alt.Color("initiator:N", scale=_scale(theme.INITIATOR_COLOURS), legend=None)
    base = alt.Chart(data).encode(x=x, color=colour)
    band = base.transform_filter("datum.low !== null && datum.high !== null").mark_area(
        opacity=0.16, interpolate="step-after"
    )
    dash = alt.Scale(domain=list(theme.INITIATOR_COLOURS), range=[[1, 0], [6, 3]])
    line = base.mark_line(interpolate="step-after", strokeWidth=2)
    touch = base.mark_point(filled=True, size=60, opacity=0)
    return charts.finish(
        alt.layer(
            band.encode(y=alt.Y("low:Q", scale=scale), y2=alt.Y2("high:Q")),
            line.encode(y=y, strokeDash=alt.StrokeDash("initiator:N", scale=dash, legend=None)),
            touch.encode(y=y, tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N")),
            *_ends(curves, scale),
        ).properties(width=_WIDTH - 20, height=84)
    )


def _ends(curves: pl.DataFrame, scale: alt.Scale) -> list[alt.Chart]:
    """Name each curve at its end; the names move apart where the curves end close together."""
    ends = curves.sort("lag_s").group_by("initiator", maintain_order=True).last().sort("answered_share")
    top = curves["high"].max() if curves["high"].is_not_null().any() else curves["answered_share"].max()
    values = ends["answered_share"].to_list()
    close = len(values) > 1 and values[1] - values[0] < _APART * (top if isinstance(top, float) else 1.0)
    charts_of_ends = []
    for number, row in enumerate(ends.iter_rows(named=True)):
        shift = (7, -7)[number] if close else 0
        words = charts.inline(
            [{"lag_s": row["lag_s"], "answered_share": row["answered_share"], "text": _NAMES[row["initiator"]]}]
        )
        charts_of_ends.append(
            alt.Chart(words)
            .mark_text(align="left", dx=4, dy=shift, fontSize=11, color=theme.INITIATOR_COLOURS[row["initiator"]])
            .encode(x="lag_s:Q", y=alt.Y("answered_share:Q", scale=scale), text=alt.Text("text:N"))
        )
    return charts_of_ends


def mix(rows: pl.DataFrame, target: pl.DataFrame) -> Spec:
    """Draw the owner's mix as one stacked bar, and the target below it if one is set."""
    parts: list[dict[str, object]] = []
    for name, frame, column in (("You", rows, "outreach_share"), ("Target", target, "target_share")):
        start = 0.0
        for tier in balance.ORDER:
            for row in frame.filter(pl.col("tier") == tier).iter_rows(named=True):
                share, words = row[column], formats.percent(row[column])
                parts.append({
                    "who": name, "tier": tier, "start": start, "end": start + share, "middle": start + share / 2,
                    "text": words if share >= _ROOM_FOR_TEXT else "", "describe": f"{name}: {words} {wording.TIERS[tier].lower()}",
                })  # fmt: skip
                start += share
    names = ["You", "Target"] if target.height else ["You"]
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(charts.inline(parts)).encode(y=alt.Y("who:N", sort=names, axis=_row_axis()))
    bars = base.mark_bar(height=24, stroke="var(--paper)", strokeWidth=1).encode(
        x=alt.X("start:Q", scale=scale, axis=_axis()),
        x2=alt.X2("end:Q"),
        color=alt.Color("tier:N", scale=_scale(theme.TIER_COLOURS), legend=None),
        tooltip=alt.Tooltip("describe:N"),
        description=alt.Description("describe:N"),
    )
    ink = alt.Scale(
        domain=list(theme.TIER_COLOURS), range=[_ON_TIER.get(tier, "var(--paper)") for tier in theme.TIER_COLOURS]
    )
    words = base.mark_text(fontSize=10).encode(
        x=alt.X("middle:Q", scale=scale), text=alt.Text("text:N"), color=alt.Color("tier:N", scale=ink, legend=None)
    )
    return charts.finish(
        alt.layer(bars, words).resolve_scale(color="independent").properties(width=_WIDTH, height=31 * len(names))
    )


def _row_axis() -> alt.Axis:
    return alt.Axis(title=None, ticks=False, domain=False, minExtent=_LABELS - 12, labelPadding=6)


def _scale(values: dict[str, str]) -> alt.Scale:
    return alt.Scale(domain=list(values), range=list(values.values()))
