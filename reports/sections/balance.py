"""Balance: the owner's steps and the answers to them, by standing of the contact."""

from datetime import date
from typing import Final

import altair as alt
import polars as pl

from reports import charts, formats, limits, theme, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "Where does your attention go: to gurus, peers or newbies?"
ORDER: Final = ("newbie", "peer", "guru", "unknown")


def headline(frame: pl.DataFrame) -> Headline:
    """State the shares of the owner's steps by standing, and the target if one is set."""
    whole = {row["tier"]: row for row in frame.filter(pl.col("period") == "all").iter_rows(named=True)}
    total = next((row["period_gestures"] for row in whole.values()), 0)
    if not total:
        return Headline("You have taken no steps yet, so there is no balance")
    if total < limits.DRAW_GESTURES:
        parts = [
            f"{formats.count(whole[tier]['gestures'])} to {wording.TIERS[tier].lower()}"
            for tier in ("guru", "peer", "newbie")
            if tier in whole
        ]
        claims = tuple(
            equals("balance_all", "gestures", whole[tier]["gestures"], tier=tier)
            for tier in ("guru", "peer", "newbie")
            if tier in whole
        )
        return Headline(
            f"Of {formats.plural(total, 'step', 'steps')}: {', '.join(parts) or 'none to people of known standing'}",
            claims,
        )
    known = [tier for tier in ("guru", "peer", "newbie") if tier in whole and whole[tier]["outreach_share"] is not None]
    claims = tuple(equals("balance_all", "outreach_share", whole[tier]["outreach_share"], tier=tier) for tier in known)
    unknown = whole.get("unknown")
    if unknown and (unknown["outreach_share"] or 0) > 0.5:
        claims = (*claims, equals("balance_all", "outreach_share", unknown["outreach_share"], tier="unknown"))
        return Headline(
            f"{formats.percent(unknown['outreach_share'])} of your steps went to people whose standing is not known: too many to judge the balance",
            claims,
        )
    targets = [whole[tier]["target_share"] for tier in known if whole[tier]["target_share"] is not None]
    target = (
        f"target: {' / '.join(formats.percent(share) for share in targets)}"
        if len(targets) == len(known)
        else "no target set"
    )
    first, *rest = [f"to {wording.TIERS[tier].lower()}" for tier in known]
    shares = [formats.percent(whole[tier]["outreach_share"]) for tier in known]
    parts = [f"{shares[0]} of your {formats.plural(total, 'step', 'steps')} went {first}"]
    parts += [f"{share} {name}" for share, name in zip(shares[1:], rest, strict=True)]
    return Headline(f"{', '.join(parts)} ({target})", claims)


def months_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return shares by month. A month with fewer than ten steps keeps its count without shares."""
    months = frame.filter(pl.col("period") != "all", pl.col("period_gestures") > 0)
    enough = pl.col("period_gestures") >= limits.BALANCE_GESTURES
    months = months.with_columns(
        pl.when(enough).then(pl.col(name)).alias(name) for name in ("outreach_share", "return_share", "target_share")
    )
    months = months.with_columns(drawn=enough)
    return _labelled(months).sort("period", "_order").drop("_order")


def all_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return shares over the whole span; none where there are few steps."""
    enough = pl.col("period_gestures") >= limits.DRAW_GESTURES
    whole = frame.filter(pl.col("period") == "all").with_columns(
        pl.when(enough).then(pl.col(name)).alias(name) for name in ("outreach_share", "return_share")
    )
    return _labelled(whole.with_columns(drawn=enough)).sort("_order").drop("_order")


def _labelled(frame: pl.DataFrame) -> pl.DataFrame:
    describe = [
        f"{formats.month(row['period']) if row['period'] != 'all' else 'Whole span'}, {label(wording.TIERS, row['tier']).lower()}: "
        + (
            f"{formats.percent(row['outreach_share'])} of "
            if row["outreach_share"] is not None
            else f"{formats.count(row['gestures'])} of "
        )
        + formats.plural(row["period_gestures"], "step", "steps")
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(
        label=pl.Series("label", [label(wording.TIERS, tier) for tier in frame["tier"]], pl.String),
        describe=pl.Series("describe", describe, pl.String),
        _order=pl.col("tier").replace_strict(
            {tier: n for n, tier in enumerate(ORDER)}, default=9, return_dtype=pl.Int64
        ),
    )


def months_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw stacked bars by month; grey where a month has too few steps, a gap where it has none."""
    width = size.plot + (100 if size.narrow else 150)
    ends = pl.Series("end", [_next_month(period) for period in frame["period"]], pl.String)
    frame = frame.with_columns(ends, start=pl.col("period") + "-01")
    drawn = frame.filter(pl.col("drawn")).with_columns(
        bottom=pl.col("outreach_share").fill_null(0.0).cum_sum().over("period")
        - pl.col("outreach_share").fill_null(0.0),
        top=pl.col("outreach_share").fill_null(0.0).cum_sum().over("period"),
    )
    few = (
        frame.filter(~pl.col("drawn"))
        .unique(["period"], maintain_order=True)
        .with_columns(
            describe=pl.concat_str(
                pl.col("period"),
                pl.lit(": "),
                pl.col("period_gestures").cast(pl.String),
                pl.lit(" steps, too few for shares"),
            )
        )
    )
    x = alt.X(
        "start:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, format="%b %Y", tickCount=4 if size.narrow else 8, grid=False, labelOverlap=True),
    )
    y_axis = charts.percent_axis("Share of your steps", min_extent=34)
    words = {tier: wording.TIERS[tier] for tier in ORDER}
    colour = alt.Color(
        "label:N",
        scale=charts.series_scale(words, theme.TIER_COLOURS),
        legend=alt.Legend(columns=2 if size.narrow else 4),
    )
    scale = alt.Scale(domain=[0, 1])
    layers: list[alt.Chart] = [
        alt.Chart(
            charts.rows(
                drawn, ["period", "tier", "start", "end", "outreach_share", "bottom", "top", "label", "describe"]
            )
        )
        .mark_rect(stroke="var(--paper)", strokeWidth=1)
        .encode(
            x=x,
            x2=alt.X2("end:T"),
            y=alt.Y("bottom:Q", scale=scale, axis=y_axis),
            y2=alt.Y2("top:Q"),
            color=colour,
            tooltip=alt.Tooltip("describe:N"),
            description=alt.Description("describe:N"),
        )
    ]
    if few.height:
        layers.append(
            alt.Chart(charts.rows(few, ["start", "end", "describe"])).mark_rect(fill="var(--grid)", stroke="var(--c4)", strokeDash=[3, 3])
            .encode(x=x, x2=alt.X2("end:T"), y=alt.datum(0, scale=scale), y2=alt.datum(1), tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"))
        )  # fmt: skip
    target = drawn.filter(pl.col("target_share").is_not_null(), pl.col("tier").is_in(["newbie", "guru"]))
    if target.height:
        target = target.with_columns(
            at=pl.when(pl.col("tier") == "newbie").then(pl.col("target_share")).otherwise(1 - pl.col("target_share"))
        )
        lines = target.unique(["tier"], maintain_order=True).with_columns(
            describe=pl.concat_str(pl.lit("Target for "), pl.col("label").str.to_lowercase())
        )
        layers.append(
            alt.Chart(charts.rows(lines, ["at", "describe"])).mark_rule(strokeDash=[5, 4], strokeWidth=2, color="var(--paper)")
            .encode(y=alt.Y("at:Q", scale=scale), description=alt.Description("describe:N"))
        )  # fmt: skip
    return charts.finish(alt.layer(*layers).properties(width=width, height=200))


def _next_month(period: str) -> str:
    year, month = int(period[:4]), int(period[5:7])
    return date(year + month // 12, month % 12 + 1, 1).isoformat()


def return_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw steps given and answers returned, side by side, for each standing."""
    words = {"outreach_share": "of your steps", "return_share": "of the answers"}
    long = frame.unpivot(
        ["outreach_share", "return_share"], index=["tier", "label"], variable_name="what", value_name="share"
    ).filter(pl.col("share").is_not_null())
    describe = [
        f"{row['label']}: {formats.percent(row['share'])} {words[row['what']]}" for row in long.iter_rows(named=True)
    ]
    long = long.with_columns(
        series=pl.col("what").replace_strict(words, return_dtype=pl.String),
        describe=pl.Series("describe", describe, pl.String),
        text=pl.Series("text", [formats.percent(share) for share in long["share"]], pl.String),
    )
    data = charts.rows(long, ["tier", "label", "what", "series", "share", "text", "describe"])
    labels = frame["label"].to_list()
    y = alt.Y(
        "label:N",
        sort=labels,
        axis=charts.label_axis(size),
    )
    offset = alt.YOffset("series:N", sort=list(words.values()), scale=alt.Scale(paddingInner=0.15))
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=list(words.values()), range=["var(--c1)", "var(--c2)"]), legend=alt.Legend()
    )
    top = max(long["share"].to_list(), default=1.0)
    x = alt.X(
        "share:Q", scale=alt.Scale(domain=[0, min(1.0, top * 1.15)], nice=False), axis=charts.percent_axis("Share")
    )
    return charts.labelled_bars(data, size, len(labels) * 38, x=x, y=y, offset=offset, colour=colour)


def _share_column(name: str, words: str) -> Column:
    return Column(
        name, words, lambda row: formats.NOTHING if row[name] is None else formats.percent(row[name]), numeric=True
    )


def _table(name: str, frame: pl.DataFrame) -> Table:
    return Table(name, (
        Column("period", "Period", lambda row: "Whole span" if row["period"] == "all" else formats.month(row["period"])),
        Column("tier", "Standing", lambda row: row["label"]),
        Column("gestures", "Your steps", numeric=True),
        Column("contacts", "People", numeric=True),
        _share_column("outreach_share", "of your steps"),
        Column("answers", "Answers", numeric=True),
        _share_column("return_share", "of the answers"),
        _share_column("target_share", "Your target"),
    ), frame)  # fmt: skip


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    months, whole = months_frame(frames["balance"]), all_frame(frames["balance"])
    drawn_months = months.filter(pl.col("drawn"))["period"].n_unique()
    has_target = whole["target_share"].is_not_null().any()
    target_words = " Dashed lines: your target." if has_target else ""
    figures = [
        Figure(
            key="balance_months", title="Month by month", option="Month", alt="Stacked bars: share of your steps to newbies, peers and gurus, by month.", table=_table("balance_months", months),
            caption=f"Grey: a month with fewer than {limits.BALANCE_GESTURES} steps. A gap: a month without any.{target_words}",
            chart=(lambda size: months_chart(months, size)) if drawn_months else None,
            empty=f"A month needs {limits.BALANCE_GESTURES} steps to be drawn; none has that many.",
        ),
        Figure(
            key="balance_all", title="Given and returned", option="Given and returned", alt="Bars: share of your steps and of the answers to you, by standing.", table=_table("balance_all", whole),
            caption="A second bar shorter than the first means that a group returned a smaller share of the answers than it received of your steps. This goes together with the channel: gurus are often reached in public, newbies in messages.",
            chart=(lambda size: return_chart(whole, size)) if whole.height and bool(whole["drawn"].any()) else None,
            empty=f"Shares need {limits.DRAW_GESTURES} steps.",
        ),
    ]  # fmt: skip
    target = whole.filter(pl.col("target_share").is_not_null())
    target_lines = (
        tuple(f"{row['label']}: {formats.percent(row['target_share'])}." for row in target.iter_rows(named=True))
        if target.height
        else ("No target is set. A [target_mix] in dancecard.toml draws it here.",)
    )
    unknown = whole.filter(pl.col("tier") == "unknown", pl.col("gestures") > 0)
    seen = (
        tuple(
            f"{formats.plural(row['contacts'], 'person has', 'people have')} no known standing; "
            f"{formats.plural(row['gestures'], 'step', 'steps')} went to them. To set a standing: dancecard contacts set NAME tier=peer"
            for row in unknown.iter_rows(named=True)
        )
        or ("Everyone you reached has a known standing.",)
    )  # fmt: skip
    nameless = context.facts["unattributed"]
    if nameless:
        seen = (
            *seen,
            f"{formats.plural(nameless, 'act names', 'acts name')} no counterpart (posts to everyone, or an export that leaves the person out) and {'is' if nameless == 1 else 'are'} not part of the balance.",
        )
    notes = [
        Note("Your target", target_lines),
        Note(wording.NOT_VISIBLE, seen),
        Note(wording.HOW_TO_READ, ("A guru has ten times your audience or more, a newbie a tenth or less, by the evidence in your exports or in contacts.csv. It says nothing about a person’s worth.",)),
    ]  # fmt: skip
    return Content(headline(frames["balance"]), figures, notes)


SECTION = Section(
    key="balance",
    title="Gurus and newbies",
    question=QUESTION,
    queries={"balance": "balance"},
    build=build,
    order=40,
    shareable=True,
)
