"""Follows: who follows whom, and what changed since the export before the newest one."""

from typing import Final

import altair as alt
import polars as pl

from reports import charts, formats, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "Who follows you back, and who no longer does?"
COLOURS: Final = {
    "mutual": "var(--c3)",
    "only_mine": "var(--c1)",
    "only_theirs": "var(--c2)",
    "gone_mine": "var(--c4)",
    "gone_theirs": "var(--grid)",
}


def status_frame(status: pl.DataFrame) -> pl.DataFrame:
    """Return the counts by platform and status, in order, labelled; platforms with most people first."""
    order = {name: number for number, name in enumerate(wording.FOLLOWS)}
    rank = pl.col("status").replace_strict(order, default=99, return_dtype=pl.Int64)
    frame = status.sort(
        pl.col("contacts").sum().over("platform"), pl.col("platform"), rank, descending=[True, False, False]
    )
    rows = list(frame.iter_rows(named=True))
    names = ["All" if row["platform"] == "all" else label(wording.PLATFORMS, row["platform"], 24) for row in rows]
    labels = [label(wording.FOLLOWS, row["status"]) for row in rows]
    describe = [
        f"{name}, {what.lower()}: {formats.plural(row['contacts'], 'person', 'people')}"
        for row, name, what in zip(rows, names, labels, strict=True)
    ]
    return frame.with_columns(
        name=pl.Series("name", names, pl.String),
        label=pl.Series("label", labels, pl.String),
        describe=pl.Series("describe", describe, pl.String),
    )


def totals_frame(status: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each status over all platforms, as `platform` `all`; a person on two platforms counts twice."""
    statuses = pl.DataFrame({"status": list(wording.FOLLOWS), "platform": "all"})
    sums = status.group_by("status").agg(pl.col("contacts", "dated", "incomplete").sum())
    totals = statuses.join(sums, on="status", how="left", maintain_order="left").with_columns(
        pl.col("contacts", "dated", "incomplete").fill_null(0).cast(pl.Int64)
    )
    return totals.select("platform", "status", "contacts", "dated", "incomplete")


def headline(totals: pl.DataFrame) -> Headline:
    """Count the follows that are mutual, one-sided and gone."""
    counts = dict(totals.select("status", "contacts").iter_rows())
    total = sum(counts.values())
    if not total:
        return Headline("No lists of followers or connections in these archives")
    gone = [
        f"{formats.count(counts[name])} {words}"
        for name, words in (("gone_mine", "that you ended"), ("gone_theirs", "that they ended"))
        if counts[name]
    ]
    parts = [
        f"{formats.count(counts['mutual'])} mutual",
        f"{formats.count(counts['only_mine'])} only yours",
        f"{formats.count(counts['only_theirs'])} only theirs",
        *gone,
    ]
    claims = tuple(
        equals("follows_platforms", "contacts", number, platform="all", status=name) for name, number in counts.items()
    )
    return Headline(
        f"Of {formats.plural(total, 'follow or connection', 'follows and connections')}: {', '.join(parts)}", claims
    )


def status_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw a stacked bar for each platform."""
    top = pl.col("contacts").cum_sum().over("platform")
    frame = frame.with_columns(top=top, bottom=top - pl.col("contacts"))
    data = charts.rows(frame, ["platform", "status", "name", "label", "contacts", "bottom", "top", "describe"])
    names = frame["name"].unique(maintain_order=True).to_list()
    present = {status: words for status, words in wording.FOLLOWS.items() if status in set(frame["status"])}
    bars = alt.Chart(data).mark_bar(stroke="var(--paper)", strokeWidth=1).encode(
        x=alt.X("bottom:Q", axis=alt.Axis(title="People", tickMinStep=1, tickCount=4, format="d")), x2=alt.X2("top:Q"),
        y=alt.Y("name:N", sort=names, axis=charts.label_axis(size, narrow_limit=84)),
        color=alt.Color("label:N", scale=charts.series_scale(present, COLOURS), legend=alt.Legend(columns=2 if size.narrow else 5)),
        tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
    )  # fmt: skip
    return charts.finish(bars.properties(width=size.plot, height=len(names) * 30))


def changes_table(changes: pl.DataFrame) -> Table:
    """Return the follows that are new or gone since the export before the newest one."""
    return Table("follow_changes", (
        Column("changed_by", "By", lambda row: formats.day(row["changed_by"])),
        Column("display_name", "Who", lambda row: formats.short(row["display_name"] or formats.NOTHING, 40)),
        Column("platform", "Where", lambda row: label(wording.PLATFORMS, row["platform"], 24)),
        Column("status", "Now", lambda row: label(wording.FOLLOWS, row["status"])),
    ), changes)  # fmt: skip


def unknown_lines(status: pl.DataFrame) -> tuple[str, ...]:
    """Say what incomplete and undated lists can't show."""

    def named(condition: pl.Expr) -> str:
        platforms = status.filter(condition)["platform"].unique().sort()
        words = [label(wording.PLATFORMS, platform, 24) for platform in platforms]
        return formats.listing(words if len(words) <= 5 else [*words[:5], f"{len(words) - 5} more"])

    lines = []
    if incomplete := named(pl.col("incomplete") > 0):
        lines.append(
            f"Lists of {incomplete} are not complete: who is missing from them may still follow, and “only you” may be mutual."
        )
    if undated := named((pl.col("dated") < pl.col("contacts")) & ~pl.col("status").str.starts_with("gone")):
        lines.append(f"{undated}: some or all follows have no date, so when they began is not known.")
    lines.append("An end is known only from two complete lists: it came between them, and why is in neither.")
    return tuple(lines)


def build(frames: Frames, _context: Context) -> Content:
    """Compute the section."""
    status, changes = status_frame(frames["status"]), frames["changes"]
    totals = totals_frame(frames["status"])
    table = pl.concat([status_frame(totals), status]) if status.height else status
    figures = [
        Figure(
            "follows_platforms", "By platform", "Stacked bars: people by who follows whom, by platform.",
            Table("follows_platforms", (
                Column("platform", "Platform", lambda row: row["name"]), Column("status", "Who follows", lambda row: row["label"]), Column("contacts", "People", numeric=True),
                Column("dated", "with a date", numeric=True), Column("incomplete", "from incomplete lists", numeric=True),
            ), table),
            "A person on two platforms counts on both.", (lambda size: status_chart(status, size)) if status.height else None, wording.NO_FOLLOWS,
        ),
        Figure(
            "follow_changes", "Changes since the last export", "", changes_table(changes), "", None,
            "" if changes.height else "No changes: they show when a platform has two exports and the newer list differs.", table_rows=20, private=True,
        ),
    ]  # fmt: skip
    notes = [
        Note(wording.NOT_VISIBLE, unknown_lines(frames["status"])),
        Note(wording.HOW_TO_READ, ("A connection or friendship counts as a follow in both directions.", "Who follows whom is not a measure of who answers whom.")),
    ]  # fmt: skip
    return Content(headline(totals), figures, notes)


SECTION = Section(
    key="follows", title="Follows", question=QUESTION, queries={"status": "follows_status", "changes": "follow_changes"},
    build=build, order=63,
)  # fmt: skip
