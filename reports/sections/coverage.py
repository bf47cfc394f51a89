"""Coverage and quality: what do these archives show and not show, and does every record add up?"""

from typing import Any, Final

import altair as alt
import polars as pl

from reports import charts, formats, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Size, Table
from reports.notes import not_seen
from reports.wording import label

QUESTION = "What do these archives show and not show?"
_VISIBILITY_SHAPES: Final = {"full": "circle", "partial": "triangle-up", "none": "cross"}
_VISIBILITY_COLOURS: Final = {"full": "var(--c1)", "partial": "var(--c2)", "none": "var(--c4)"}
_MOST_LANES: Final = 60


def headline(archives: pl.DataFrame) -> Headline:
    """How many archives were read in full, and how many records were set aside; checked against the ledger."""
    if archives.is_empty():
        return Headline("No archives yet")
    total, whole = archives.height, archives.filter(pl.col("status") == "complete").height
    aside, records = int(archives["set_aside"].sum()), int(archives["records_in"].sum())
    claims = (
        equals("conservation", "records_in", records, archive_id="all"),
        equals("conservation", "set_aside", aside, archive_id="all"),
        equals("archive_status", "archives", whole, status="complete"),
    )
    text = f"{formats.count(whole)} of {formats.plural(total, 'archive was', 'archives were')} read in full; "
    text += f"{formats.count(aside)} of {formats.plural(records, 'record', 'records')} {'was' if aside == 1 else 'were'} set aside"
    lost = int((archives["records_in"] - archives["stored"] - archives["already_stored"] - archives["set_aside"] - archives["skipped"]).sum())
    if lost:
        return Headline(f"{text}; the ledger does not add up: {formats.plural(lost, 'record is', 'records are')} unaccounted for", claims)
    return Headline(text, claims)


def ledger_frame(archives: pl.DataFrame) -> pl.DataFrame:
    """The conservation table, with the sums of all archives in a last row."""
    numbers = ["records_in", "stored", "already_stored", "set_aside", "skipped", "members", "members_read"]
    frame = archives.with_columns(pl.col("path").fill_null(""), pl.col("archive_id"))
    if archives.is_empty():
        return frame.with_columns(label=pl.lit("", pl.String))
    total = frame.select(
        *(pl.lit("all" if name == "archive_id" else None, dtype=kind).alias(name) for name, kind in frame.schema.items() if name not in numbers),
        *(pl.col(name).sum() for name in numbers),
    ).head(1)
    frame = pl.concat([frame, total.select(frame.columns)])
    labels = ["All archives" if row["archive_id"] == "all" else short_path(row["path"]) for row in frame.iter_rows(named=True)]
    return frame.with_columns(label=pl.Series("label", labels, pl.String))


def short_path(path: str | None) -> str:
    """The last part of a path, for narrow places."""
    return formats.short((path or formats.NOTHING).rstrip("/").rsplit("/", 1)[-1], 36)


def ledger_chart(frame: pl.DataFrame, size: Size) -> dict[str, Any]:
    """One stacked bar an archive: where its records went, as parts of the whole."""
    words = {"stored": "stored", "already_stored": "already stored", "skipped": "skipped by rule", "set_aside": "set aside"}
    colours = {"stored": "var(--c1)", "already_stored": "var(--c4)", "skipped": "var(--grid)", "set_aside": "var(--c2)"}
    rows = frame.filter(pl.col("archive_id") != "all", pl.col("records_in") > 0).with_row_index("line")
    rows = rows.with_columns(lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("label")))
    lanes = rows["lane"].to_list()[:_MOST_LANES]
    long = rows.head(_MOST_LANES).unpivot(list(words), index=["lane", "label", "archive_id", "records_in"], variable_name="what", value_name="records")
    order = pl.col("what").replace_strict({name: number for number, name in enumerate(words)}, return_dtype=pl.Int64)
    long = long.with_columns(_order=order).sort("lane", "_order").with_columns(
        right=pl.col("records").cum_sum().over("lane") / pl.col("records_in"),
    ).with_columns(left=pl.col("right") - pl.col("records") / pl.col("records_in"), series=pl.col("what").replace_strict(words, return_dtype=pl.String))
    long = long.filter(pl.col("records") > 0)
    describe = [f"{row['label']}: {formats.count(row['records'])} of {formats.count(row['records_in'])} records {row['series']}" for row in long.iter_rows(named=True)]
    long = long.with_columns(describe=pl.Series("describe", describe, pl.String))
    y = alt.Y("lane:N", sort=lanes, axis=_lane_axis(size))
    base = alt.Chart(charts.rows(long, ["lane", "archive_id", "what", "series", "left", "right", "records", "describe"]))
    bars = base.mark_bar(height=11, stroke="var(--c4)", strokeWidth=0.5).encode(
        x=alt.X("left:Q", scale=alt.Scale(domain=[0, 1]), axis=charts.percent_axis("Share of the archive’s records")), x2="right:Q", y=y,
        color=alt.Color("series:N", scale=charts.series_scale(words, colours), legend=alt.Legend(columns=2 if size.narrow else 4)),
        tooltip="describe:N", description="describe:N",
    )  # fmt: skip
    numbers = rows.head(_MOST_LANES).with_columns(n_text=pl.Series("n_text", [formats.count(n) for n in rows["records_in"][:_MOST_LANES]], pl.String))
    text = alt.Chart(charts.rows(numbers, ["lane", "n_text"])).mark_text(align="right", fontSize=10, color="var(--muted)").encode(
        x=alt.value(size.plot + (48 if size.narrow else 62)), y=y, text="n_text:N"
    )
    return charts.finish(alt.layer(bars, text).properties(width=size.plot, height=len(lanes) * 22 + 6))


def _lane_axis(size: Size) -> alt.Axis:
    # The row number in front keeps two equal names apart; the label shows what stands behind it.
    return alt.Axis(
        title=None, minExtent=84 if size.narrow else 150, labelLimit=84 if size.narrow else 190, ticks=False, domain=False,
        labelExpr="substring(datum.value, 6)",
    )  # fmt: skip


def account_name(row: dict[str, Any]) -> str:
    """`X, ada`: platform and the account's name there."""
    return f"{label(wording.PLATFORMS, row['platform'], 16)}, {formats.short(row['account'] or '', 18)}"


def lanes_frame(lanes: pl.DataFrame) -> pl.DataFrame:
    """Lanes of the time chart: account and class, spans of both directions."""
    named = [f"{account_name(row)}: {label(wording.CLASSES, row['class']).lower()}" for row in lanes.iter_rows(named=True)]
    frame = lanes.with_columns(
        lane_name=pl.Series("lane_name", named, pl.String),
        series=pl.col("direction").replace_strict({"outbound": "You", "inbound": "Them"}, default="", return_dtype=pl.String),
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


def lanes_chart(frame: pl.DataFrame, size: Size) -> dict[str, Any]:
    """Bars over time: thick where a class is seen in full, thin and dashed where in part, nothing where it cannot be seen."""
    keys = frame.select("account_id", "class", "lane_name").unique(maintain_order=True).head(_MOST_LANES).with_row_index("line")
    keys = keys.with_columns(lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("lane_name")))
    rows = frame.join(keys.select("account_id", "class", "lane"), on=["account_id", "class"], how="inner", maintain_order="left")
    rows = rows.with_columns(start=pl.col("from_day").cast(pl.String), end=pl.col("to_day").cast(pl.String))
    data = charts.rows(rows, ["lane", "series", "visibility", "start", "end", "describe"])
    y = alt.Y("lane:N", sort=keys["lane"].to_list(), axis=_lane_axis(size))
    offset = alt.YOffset("series:N", sort=["You", "Them"], scale=alt.Scale(paddingInner=0.1))
    x = alt.X("start:T", scale=alt.Scale(type="utc"), axis=alt.Axis(title=None, format="%Y", tickCount={"interval": "year", "step": 2 if size.narrow else 1}, labelOverlap=True))
    colour = alt.Color("series:N", scale=alt.Scale(domain=["You", "Them"], range=["var(--c1)", "var(--c2)"]), legend=alt.Legend())
    base = alt.Chart(data)
    full = base.transform_filter("datum.visibility == 'full'").mark_rule(strokeWidth=6).encode(
        x=x, x2="end:T", y=y, yOffset=offset, color=colour, tooltip="describe:N", description="describe:N"
    )
    part = base.transform_filter("datum.visibility != 'full'").mark_rule(strokeWidth=3, strokeDash=[4, 3]).encode(
        x=x, x2="end:T", y=y, yOffset=offset, color=colour, tooltip="describe:N", description="describe:N"
    )
    width = size.plot + (40 if size.narrow else 60)
    return charts.finish(alt.layer(full, part).properties(width=width, height=keys.height * 19 + 6))


def matrix_frame(visibility: pl.DataFrame) -> pl.DataFrame:
    """One row a cell of the matrix: account, class, direction, visibility in words."""
    frame = visibility.with_columns(
        account_name=pl.Series("account_name", [account_name(row) for row in visibility.iter_rows(named=True)], pl.String),
        class_name=pl.Series("class_name", [label(wording.CLASSES, name) for name in visibility["class"]], pl.String),
        says=pl.Series("says", [wording.CANNOT_BE_SEEN if v == "none" else label(wording.VISIBILITY, v) for v in visibility["visibility"]], pl.String),
        series=pl.col("direction").replace_strict({"outbound": "You did", "inbound": "Came to you"}, default="", return_dtype=pl.String),
    )
    describe = [f"{row['account_name']}, {row['class_name'].lower()}, {row['series'].lower()}: {row['says']}" for row in frame.iter_rows(named=True)]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String))


def matrix_chart(frame: pl.DataFrame, size: Size) -> dict[str, Any]:
    """A mark for every account, class and direction: full, in part, or a cross where the export cannot show it."""
    keys = frame.select("account_id", "account_name").unique(maintain_order=True).head(_MOST_LANES).with_row_index("line")
    keys = keys.with_columns(lane=pl.concat_str(pl.col("line").cast(pl.String).str.zfill(5), pl.lit("|"), pl.col("account_name")))
    rows = frame.join(keys.select("account_id", "lane"), on="account_id", how="inner", maintain_order="left")
    classes = [words for words in wording.CLASSES.values() if words in set(rows["class_name"])]
    legend = {"full": "in full", "partial": "in part", "none": "cannot be seen"}
    rows = rows.with_columns(seen=pl.col("visibility").replace_strict(legend, return_dtype=pl.String))
    panels: list[alt.Chart] = []
    for number, direction in enumerate(("You did", "Came to you")):
        data = charts.rows(rows.filter(pl.col("series") == direction), ["lane", "class", "class_name", "visibility", "seen", "describe"])
        axis = _lane_axis(size) if number == 0 or size.narrow else alt.Axis(labels=False, ticks=False, domain=False, title=None)
        panels.append(
            alt.Chart(data, title=direction).mark_point(filled=True, size=70, opacity=1).encode(
                x=alt.X("class_name:N", sort=classes, scale=alt.Scale(domain=classes), axis=alt.Axis(title=None, labelAngle=-50, ticks=False, domain=False, grid=False, orient="bottom")),
                y=alt.Y("lane:N", sort=keys["lane"].to_list(), axis=axis),
                shape=alt.Shape("seen:N", scale=charts.series_scale(legend, _VISIBILITY_SHAPES), legend=alt.Legend(columns=1 if size.narrow else 3)),
                color=alt.Color("seen:N", scale=charts.series_scale(legend, _VISIBILITY_COLOURS), legend=alt.Legend(columns=1 if size.narrow else 3)),
                tooltip="describe:N", description="describe:N",
            ).properties(width=190 if not size.narrow else 200, height=keys.height * 24)
        )  # fmt: skip
    joined = alt.vconcat(*panels) if size.narrow else alt.hconcat(*panels, spacing=24)
    return charts.finish(joined)


def status_frame(archives: pl.DataFrame) -> pl.DataFrame:
    """Archives by status; every status has its row."""
    counts = dict(archives.group_by("status").len().iter_rows())
    return pl.DataFrame({"status": list(wording.STATUS), "archives": [counts.get(status, 0) for status in wording.STATUS]}, schema={"status": pl.String, "archives": pl.Int64})


def _numbers(*pairs: tuple[str, str]) -> list[Column]:
    return [Column(name, words, numeric=True) for name, words in pairs]


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    archives, ledger = frames["archives"], ledger_frame(frames["archives"])
    matrix, lanes = matrix_frame(context.visibility), lanes_frame(frames["lanes"])
    figures = [
        _matrix_figure(matrix),
        _lanes_figure(lanes),
        _ledger_figure(ledger),
        _table_only("archive_status", "Archives", status_frame(archives), (
            Column("status", "Status", lambda row: label(wording.STATUS, row["status"])), Column("archives", "Archives", numeric=True),
        ), "An archive is read in part when a record was set aside, a file could not be read, or the container has a gap."),
        _table_only("set_aside", "Set aside, and why", frames["set_aside"], (
            Column("archive_id", "Archive", lambda row: short_path(row["path"])), Column("reason_code", "Reason"), Column("reason", "What and why"),
            *_numbers(("records", "Records"), ("members", "Files")),
        ), "A record set aside could not be read; its place stands in the table set_aside of the warehouse. Nothing was set aside when this is empty."),
        _table_only("skipped", "Skipped by rule", frames["skipped"], (Column("rule", "Rule", lambda row: row["rule"].replace("_", " ")), *_numbers(("records", "Records"))),
                    "Records that are no step between you and another person, left out by a named rule."),
        _off_risk_figure(context.off_risk),
    ]  # fmt: skip
    notes = [not_seen(context), Note(wording.HOW_SURE, ("Counts here are exact. For every file: records in = stored + already stored + set aside + skipped.", *_troubles(archives)))]
    return Content(headline(archives), figures, notes)


def _matrix_figure(matrix: pl.DataFrame) -> Figure:
    table = Table("visibility", (
        Column("account_id", "Account", lambda row: row["account_name"]), Column("class", "Kind of step", lambda row: row["class_name"]),
        Column("direction", "Direction", lambda row: row["series"]), Column("visibility", "Shown", lambda row: row["says"]),
        Column("starts_at", "From", lambda row: formats.day(row["starts_at"])), Column("ends_at", "Until", lambda row: formats.day(row["ends_at"])),
        Column("reason", "Why"),
    ), matrix)  # fmt: skip
    return Figure(
        "visibility", "What each account’s archives can show", "A matrix of marks: accounts by kind of step and direction, in full, in part, or not at all.", table,
        "A cross: this export cannot show such steps at all, so their absence says nothing.",
        None if matrix.is_empty() else lambda size: matrix_chart(matrix, size), "No account yet.",
    )  # fmt: skip


def _lanes_figure(lanes: pl.DataFrame) -> Figure:
    table = Table("lanes", (
        Column("account_id", "Account", account_name), Column("class", "Kind of step", lambda row: label(wording.CLASSES, row["class"])),
        Column("direction", "Direction", lambda row: row["series"]), Column("visibility", "Shown", lambda row: label(wording.VISIBILITY, row["visibility"])),
        Column("starts_at", "From", lambda row: formats.day(row["starts_at"])), Column("ends_at", "Until", lambda row: formats.day(row["ends_at"])),
    ), lanes)  # fmt: skip
    return Figure(
        "lanes", "When it is shown", "Bars over time: spans in which each kind of step is shown, by account and direction.", table,
        "Thick: in full. Thin and dashed: in part. No bar: no archive covers that time, so nothing is counted there.",
        None if lanes.is_empty() else lambda size: lanes_chart(lanes, size), "No archive states a span of time.",
    )  # fmt: skip


def _ledger_figure(ledger: pl.DataFrame) -> Figure:
    table = Table("conservation", (
        Column("archive_id", "Archive", lambda row: row["label"]), Column("path", "Path"), Column("platform", "Platforms", lambda row: platforms(row["platform"])),
        Column("status", "Status", lambda row: label(wording.STATUS, row["status"])),
        *_numbers(("members", "Files"), ("members_read", "Files read"), ("records_in", "Records in"), ("stored", "Stored"), ("already_stored", "Already stored"),
                  ("set_aside", "Set aside"), ("skipped", "Skipped")),
        Column("reason", "Note"),
    ), ledger)  # fmt: skip
    drawn = not ledger.is_empty() and int(ledger["records_in"].sum()) > 0
    return Figure(
        "conservation", "Where every record went", "Stacked bars: records of each archive that were stored, already stored, skipped or set aside.", table,
        "Numbers at the right are records in the archive. Already stored: another archive brought the same record.",
        (lambda size: ledger_chart(ledger, size)) if drawn else None, "No records yet.",
    )  # fmt: skip


def _off_risk_figure(off_risk: pl.DataFrame) -> Figure:
    return _table_only("off_risk", "Steps left out of the rates, and why", off_risk, (
        Column("initiator", "Whose step", lambda row: {"me": "Yours", "them": "Theirs"}.get(row["initiator"], "")),
        Column("outcome", "Looking for", lambda row: label(wording.OUTCOMES, row["outcome"])), Column("reason", "Why", lambda row: label(wording.OFF_RISK, row["reason"])),
        Column("platform", "Platform", lambda row: label(wording.PLATFORMS, row["platform"])), *_numbers(("gestures", "Steps"), ("contacts", "People")),
    ), "What the archives could not have shown is not counted as unanswered.")  # fmt: skip


def _table_only(key: str, title: str, frame: pl.DataFrame, columns: tuple[Column, ...], caption: str) -> Figure:
    return Figure(key, title, "", Table(key, columns, frame), caption, None)


def platforms(names: str | None) -> str:
    """Write the platforms of an archive."""
    return formats.listing([label(wording.PLATFORMS, name, 24) for name in (names or "").split("+") if name]) or formats.NOTHING


def _troubles(archives: pl.DataFrame) -> tuple[str, ...]:
    lines = [
        f"{short_path(row['path'])}: {label(wording.STATUS, row['status'])}" + (f" ({formats.short(row['reason'], 160)})" if row["reason"] else "") + "."
        for row in archives.filter(pl.col("status") != "complete").iter_rows(named=True)
    ]
    rest = len(lines) - 4
    return (*lines[:4], f"{formats.plural(rest, 'more archive', 'more archives')}: see the table.") if rest > 0 else tuple(lines)


SECTION = Section(
    "coverage", "Coverage", QUESTION,
    {"archives": "conservation", "lanes": "lanes", "set_aside": "set_aside", "skipped": "skipped"}, build,
)  # fmt: skip
