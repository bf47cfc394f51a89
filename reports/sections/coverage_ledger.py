"""Where every record of every archive went: the ledger as table and bars."""

import altair as alt
import polars as pl

from reports import charts, formats, wording
from reports.model import Column, Figure, Size, Spec, Table
from reports.sections.coverage_lanes import MOST_LANES, lane_axis
from reports.wording import label


def ledger_frame(archives: pl.DataFrame) -> pl.DataFrame:
    """Return the ledger, with the sums of all archives in the last row."""
    numbers = ["records_in", "stored", "already_stored", "set_aside", "skipped", "members", "members_read"]
    frame = archives.with_columns(pl.col("path").fill_null(""), pl.col("archive_id"))
    if archives.is_empty():
        return frame.with_columns(label=pl.lit("", pl.String))
    total = frame.select(
        *(
            pl.lit("all" if name == "archive_id" else None, dtype=kind).alias(name)
            for name, kind in frame.schema.items()
            if name not in numbers
        ),
        *(pl.col(name).sum() for name in numbers),
    ).head(1)
    frame = pl.concat([frame, total.select(frame.columns)])
    labels = [
        "All archives" if row["archive_id"] == "all" else short_path(row["path"]) for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(label=pl.Series("label", labels, pl.String))


def short_path(path: str | None) -> str:
    """The last part of a path, for narrow places."""
    return formats.short((path or formats.NOTHING).rstrip("/").rsplit("/", 1)[-1], 36)


def ledger_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw a stacked bar for each archive: where its records went, as parts of the whole."""
    words = {
        "stored": "stored",
        "already_stored": "already stored",
        "skipped": "skipped by rule",
        "set_aside": "set aside",
    }
    colours = {"stored": "var(--c1)", "already_stored": "var(--c4)", "skipped": "var(--grid)", "set_aside": "var(--c2)"}
    rows = frame.filter(pl.col("archive_id") != "all", pl.col("records_in") > 0).with_row_index("line")
    rows = rows.with_columns(
        lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("label"))
    )
    lanes = rows["lane"].to_list()[:MOST_LANES]
    long = rows.head(MOST_LANES).unpivot(
        list(words), index=["lane", "label", "archive_id", "records_in"], variable_name="what", value_name="records"
    )
    order = pl.col("what").replace_strict({name: number for number, name in enumerate(words)}, return_dtype=pl.Int64)
    long = (
        long.with_columns(_order=order)
        .sort("lane", "_order")
        .with_columns(
            right=pl.col("records").cum_sum().over("lane") / pl.col("records_in"),
        )
        .with_columns(
            left=pl.col("right") - pl.col("records") / pl.col("records_in"),
            series=pl.col("what").replace_strict(words, return_dtype=pl.String),
        )
    )
    long = long.filter(pl.col("records") > 0)
    describe = [
        f"{row['label']}: {formats.count(row['records'])} of {formats.count(row['records_in'])} records {row['series']}"
        for row in long.iter_rows(named=True)
    ]
    long = long.with_columns(describe=pl.Series("describe", describe, pl.String))
    y = alt.Y("lane:N", sort=lanes, axis=lane_axis(size))
    base = alt.Chart(
        charts.rows(long, ["lane", "archive_id", "what", "series", "left", "right", "records", "describe"])
    )
    bars = base.mark_bar(height=11, stroke="var(--c4)", strokeWidth=0.5).encode(
        x=alt.X("left:Q", scale=alt.Scale(domain=[0, 1]), axis=charts.percent_axis("Share of the archive’s records")), x2=alt.X2("right:Q"), y=y,
        color=alt.Color("series:N", scale=charts.series_scale(words, colours), legend=alt.Legend(columns=2 if size.narrow else 4)),
        tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
    )  # fmt: skip
    numbers = rows.head(MOST_LANES).with_columns(
        n_text=pl.Series("n_text", [formats.count(n) for n in rows["records_in"][:MOST_LANES]], pl.String)
    )
    text = (
        alt.Chart(charts.rows(numbers, ["lane", "n_text"]))
        .mark_text(align="right", fontSize=10, color="var(--muted)")
        .encode(x=charts.at_x(size.plot + (48 if size.narrow else 62)), y=y, text=alt.Text("n_text:N"))
    )
    return charts.finish(alt.layer(bars, text).properties(width=size.plot, height=len(lanes) * 22 + 6))


def numbers(*pairs: tuple[str, str]) -> list[Column]:
    """Columns of counts, by name and heading."""
    return [Column(name, words, numeric=True) for name, words in pairs]


def platforms(names: str | None) -> str:
    """Write the platforms of an archive."""
    return (
        formats.listing([label(wording.PLATFORMS, name, 24) for name in (names or "").split("+") if name])
        or formats.NOTHING
    )


def ledger_figure(ledger: pl.DataFrame) -> Figure:
    """Return the bars with the table of the ledger."""
    table = Table("conservation", (
        Column("archive_id", "Archive", lambda row: row["label"]), Column("path", "Path"), Column("platform", "Platforms", lambda row: platforms(row["platform"])),
        Column("status", "Status", lambda row: label(wording.STATUS, row["status"])),
        *numbers(("members", "Files"), ("members_read", "Files read"), ("records_in", "Records in"), ("stored", "Stored"), ("already_stored", "Already stored"),
                  ("set_aside", "Set aside"), ("skipped", "Skipped")),
        Column("reason", "Note"),
    ), ledger)  # fmt: skip
    drawn = not ledger.is_empty() and int(ledger["records_in"].sum()) > 0
    return Figure(
        key="conservation", title="Where every record went", option="Where records went", alt="Stacked bars: records of each archive that were stored, already stored, skipped or set aside.", table=table,
        caption="Numbers on the right count the archive’s records. Already stored: another archive has the same record.",
        chart=(lambda size: ledger_chart(ledger, size)) if drawn else None, empty="No records yet.",
    )  # fmt: skip
