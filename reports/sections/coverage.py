"""Coverage and quality: what these archives show and don't show, and where every record went."""

import polars as pl

from reports import formats, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Table
from reports.notes import visibility_note
from reports.sections.coverage_lanes import gaps, lanes_figure, lanes_frame, matrix_figure, matrix_frame
from reports.sections.coverage_ledger import ledger_figure, ledger_frame, numbers, short_path
from reports.wording import label

QUESTION = "What do these archives show and not show?"


def headline(archives: pl.DataFrame) -> Headline:
    """State how many archives were read in full, and how many records were set aside; checked against the ledger."""
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
    lost = int(
        (
            archives["records_in"]
            - archives["stored"]
            - archives["already_stored"]
            - archives["set_aside"]
            - archives["skipped"]
        ).sum()
    )
    if lost:
        return Headline(
            f"{text}; the ledger does not add up: {formats.plural(lost, 'record is', 'records are')} unaccounted for",
            claims,
        )
    return Headline(text, claims)


def status_frame(archives: pl.DataFrame) -> pl.DataFrame:
    """Count archives by status; every status has a row."""
    counts = dict(archives.group_by("status").len().iter_rows())
    return pl.DataFrame(
        {"status": list(wording.STATUS), "archives": [counts.get(status, 0) for status in wording.STATUS]},
        schema={"status": pl.String, "archives": pl.Int64},
    )


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    archives, ledger = frames["archives"], ledger_frame(frames["archives"])
    matrix, lanes = matrix_frame(context.visibility), lanes_frame(frames["lanes"])
    figures = [
        matrix_figure(matrix),
        lanes_figure(lanes),
        ledger_figure(ledger),
        _table_only("archive_status", "Archives", option="Archives", frame=status_frame(archives), columns=(
            Column("status", "Status", lambda row: label(wording.STATUS, row["status"])), Column("archives", "Archives", numeric=True),
        ), caption="An archive is read in part when a record was set aside, a file could not be read, or the container has a gap."),
        _table_only("set_aside", "Set aside, and why", option="Set aside", frame=frames["set_aside"], columns=(
            Column("archive_id", "Archive", lambda row: short_path(row["path"])), Column("reason_code", "Reason"), Column("reason", "What and why"),
            *numbers(("records", "Records"), ("members", "Files")),
        ), caption="A record set aside could not be read; the warehouse table set_aside has its location.", empty="Nothing was set aside."),
        _table_only("skipped", "Skipped by rule", option="Skipped", frame=frames["skipped"], columns=(Column("rule", "Rule", lambda row: row["rule"].replace("_", " ")), *numbers(("records", "Records"))),
                    caption="Records that are not a step between you and another person, each left out by a named rule.", empty="Nothing was skipped."),
        _off_risk_figure(context.off_risk),
    ]  # fmt: skip
    unseen = visibility_note(context, where="the marks and their table show which ones")
    notes = [
        Note(unseen.heading, (*gaps(lanes), *unseen.lines)),
        Note(
            wording.HOW_SURE,
            (
                "Counts here are exact. For every file: records in = stored + already stored + set aside + skipped.",
                *_troubles(archives),
            ),
        ),
    ]
    return Content(headline(archives), figures, notes)


def _off_risk_figure(off_risk: pl.DataFrame) -> Figure:
    return _table_only("off_risk", "Steps left out of the rates, and why", option="Left out of the rates", frame=off_risk, columns=(
        Column("initiator", "Whose step", lambda row: {"me": "Yours", "them": "Theirs"}.get(row["initiator"], "")),
        Column("outcome", "Answer counted", lambda row: label(wording.OUTCOMES, row["outcome"])), Column("reason", "Why", lambda row: label(wording.OFF_RISK, row["reason"])),
        Column("platform", "Platform", lambda row: label(wording.PLATFORMS, row["platform"])), *numbers(("gestures", "Steps"), ("contacts", "People")),
    ), caption="What the archives could not have shown is never counted as unanswered.", empty="No step had to be left out.")  # fmt: skip


def _table_only(
    key: str,
    title: str,
    *,
    option: str,
    frame: pl.DataFrame,
    columns: tuple[Column, ...],
    caption: str,
    empty: str = "",
) -> Figure:
    return Figure(
        key=key,
        title=title,
        option=option,
        alt="",
        table=Table(key, columns, frame),
        caption=caption,
        chart=None,
        empty=empty if frame.is_empty() else "",
    )


def _troubles(archives: pl.DataFrame) -> tuple[str, ...]:
    lines = [
        f"{short_path(row['path'])}: {label(wording.STATUS, row['status'])}"
        + (f" ({formats.short(row['reason'], 160)})" if row["reason"] else "")
        + "."
        for row in archives.filter(pl.col("status") != "complete").iter_rows(named=True)
    ]
    rest = len(lines) - 4
    return (
        (*lines[:4], f"{formats.plural(rest, 'more archive', 'more archives')}: see the table.")
        if rest > 0
        else tuple(lines)
    )


SECTION = Section(
    key="coverage", title="Coverage", question=QUESTION,
    queries={"archives": "conservation", "lanes": "lanes", "set_aside": "set_aside", "skipped": "skipped"}, build=build, order=70, shareable=True,
)  # fmt: skip
