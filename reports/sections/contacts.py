"""Contacts: everyone in one table, those who wait for the owner first, and how long they have been waiting."""

from collections.abc import Callable
from datetime import date
from typing import Final

import altair as alt
import polars as pl

from reports import charts, formats, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Row, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "Whose step is it?"
QUIET: Final = ("up to a week", "up to a month", "up to 3 months", "up to a year", "over a year")
_QUIET_DAYS: Final = (7, 31, 92, 366)
WHOSE_ORDER: Final = ("mine", "theirs", "nobody")


def headline(frame: pl.DataFrame) -> Headline:
    """State how many people moved last, and how many of them are friends."""
    waiting = frame.filter(pl.col("whose_step") == "mine")
    claims = (equals("whose_step", "contacts", waiting.height, whose_step="mine", quiet="all"),)
    if frame.is_empty():
        return Headline("No people yet", ())
    if waiting.is_empty():
        return Headline("Nobody waits for your step", claims)
    friends = waiting.filter(pl.col("level").is_in(["friend", "close"])).height
    text = f"{formats.plural(waiting.height, 'person', 'people')} moved last and {'waits' if waiting.height == 1 else 'wait'} for your step"
    if friends:
        text += f"; {formats.count(friends)} of them {'is a friend' if friends == 1 else 'are friends'}"
    return Headline(text, claims)


def people_frame(frame: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """Add what the table shows: days of quiet, the last step in words, answers as k of n; in whose-step order."""
    rows = list(frame.iter_rows(named=True))
    quiet = [(as_of - row["last_at"].date()).days if as_of and row["last_at"] else None for row in rows]
    frame = frame.with_columns(
        name=pl.Series("name", [formats.clean(row["name"]).strip() or formats.NOTHING for row in rows], pl.String),
        quiet_days=pl.Series("quiet_days", [None if days is None else max(0, days) for days in quiet], pl.Int64),
        last_step=pl.Series("last_step", [last_step(row) for row in rows], pl.String),
        summary=pl.Series("summary", [answered(row) for row in rows], pl.String),
    )
    whose = pl.col("whose_step").replace_strict(
        {name: n for n, name in enumerate(WHOSE_ORDER)}, default=2, return_dtype=pl.Int64
    )
    closeness = pl.col("level").replace_strict(
        {name: n for n, name in enumerate(wording.LEVEL_ORDER)}, default=9, return_dtype=pl.Int64
    )
    return (
        frame.with_columns(_whose=whose, _close=closeness.fill_null(9))
        .sort(["_whose", "_close", "quiet_days", "contact_id"], descending=[False, False, True, False], nulls_last=True)
        .drop("_whose", "_close")
    )


def last_step(row: Row) -> str:
    """Say who did what last: `Their reply on X`."""
    if row["last_kind"] is None:
        return ""
    who = "Your" if row["last_direction"] == "outbound" else "Their"
    return f"{who} {label(wording.KINDS, row['last_kind'], 24)} on {label(wording.PLATFORMS, row['last_platform'], 24)}"


def answered(row: Row) -> str:
    """Write answers to mature steps as `12 of 25`: a share of one person's steps is never given in per cent."""
    return wording.k_of_n(row["answered"] or 0, row["gestures"]) if row["gestures"] else ""


def waiting_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Count people by whose step it is and how long it has been quiet, with an `all` row for each."""
    binned = frame.with_columns(quiet=pl.Series("quiet", [_bin(days) for days in frame["quiet_days"]], pl.String))
    counts = {(row[0], row[1]): row[2] for row in binned.group_by("whose_step", "quiet").len().iter_rows()}
    rows: list[dict[str, object]] = []
    for whose in ("mine", "theirs"):
        parts = [{"whose_step": whose, "quiet": quiet, "contacts": counts.get((whose, quiet), 0)} for quiet in QUIET]
        total = sum(number for (side, _), number in counts.items() if side == whose)
        rows += [*parts, {"whose_step": whose, "quiet": "all", "contacts": total}]
    result = pl.DataFrame(rows, schema={"whose_step": pl.String, "quiet": pl.String, "contacts": pl.Int64})
    describe = [
        f"{label(wording.WHOSE, row['whose_step'])}: {formats.plural(row['contacts'], 'person', 'people')}, quiet for {row['quiet']}"
        for row in result.iter_rows(named=True)
    ]
    return result.with_columns(
        series=pl.col("whose_step").replace_strict(
            {"mine": "Your step", "theirs": "Their step"}, return_dtype=pl.String
        ),
        describe=pl.Series("describe", describe, pl.String),
        text=pl.Series("text", [formats.count(n) for n in result["contacts"]], pl.String),
    )


def _bin(days: int | None) -> str | None:
    if days is None:
        return None
    return next((QUIET[number] for number, limit in enumerate(_QUIET_DAYS) if days <= limit), QUIET[-1])


def chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw people by length of silence, for both sides."""
    bins = frame.filter(pl.col("quiet") != "all")
    data = charts.rows(bins, ["whose_step", "quiet", "series", "contacts", "text", "describe"])
    y = alt.Y(
        "quiet:N",
        sort=list(QUIET),
        axis=charts.label_axis(size),
    )
    offset = alt.YOffset("series:N", sort=["Your step", "Their step"], scale=alt.Scale(paddingInner=0.15))
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=["Your step", "Their step"], range=["var(--c1)", "var(--c4)"]),
        legend=alt.Legend(),
    )
    top = max([*bins["contacts"].to_list(), 1])
    x = alt.X(
        "contacts:Q",
        scale=alt.Scale(domain=[0, top * 1.12], nice=False),
        axis=alt.Axis(title="People", tickMinStep=1, tickCount=4, format="d"),
    )
    return charts.labelled_bars(data, size, len(QUIET) * 36, x=x, y=y, offset=offset, colour=colour)


def _day(name: str) -> Callable[[Row], str]:
    return lambda row: formats.day(row[name])


TABLE_COLUMNS: Final = (
    Column("contact_id", "Key"),
    Column("name", "Name"),
    Column("level", "Level", lambda row: label(wording.LEVELS, row["level"])),
    Column("tier", "Standing", lambda row: label(wording.TIER, row["tier"])),
    Column("platforms", "Platforms", lambda row: platform_names(row["platforms"])),
    Column("whose_step", "Whose step", lambda row: label(wording.WHOSE, row["whose_step"])),
    Column("last_step", "Last step"),
    Column("last_at", "On", _day("last_at")),
    Column("quiet_days", "Quiet, days", numeric=True),
    Column("mine", "Your turns", numeric=True),
    Column("theirs", "Their turns", numeric=True),
    Column("gestures", "Your steps, 7 days old or more", numeric=True),
    Column("answered", "Answered", numeric=True),
    Column("median_lag_s", "Typical lag", lambda row: formats.lag(row["median_lag_s"]), numeric=True),
    Column("open_since", "Open since", _day("open_since")),
)


def platform_names(platforms: str | None) -> str:
    """Write the platforms of a person for the table."""
    return ", ".join(label(wording.PLATFORMS, name, 24) for name in (platforms or "").split()) or formats.NOTHING


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    people = people_frame(frames["people"], context.as_of)
    waiting = waiting_frame(people)
    table = Table("whose_step", (
        Column("whose_step", "Whose step", lambda row: label(wording.WHOSE, row["whose_step"])),
        Column("quiet", "Quiet for"),
        Column("contacts", "People", numeric=True),
    ), waiting)  # fmt: skip
    excluded = context.facts["contacts_excluded"]
    left_out = f" {formats.plural(excluded, 'person is', 'people are')} left out as excluded." if excluded else ""
    figure = Figure(
        key="whose_step", title="Waiting, by length of silence", alt="Bars: people by length of silence, your step and theirs.", table=table,
        caption=f"Quiet is counted up to {formats.day(context.as_of)}, the end of the newest archive, from the last step of the side that moved last.{left_out}",
        chart=None if people.is_empty() else lambda size: chart(waiting, size),
        empty="No people yet.",
    )  # fmt: skip
    notes = [
        Note(wording.HOW_TO_READ, (
            "Your step: their turn was the last one. Not every last word wants an answer.",
            "Answers read “2 of 3” and count steps at least 7 days old. Typical lag is the median time to an answer.",
        )),
        Note(wording.NOT_VISIBLE, (
            "Steps on platforms whose archive is missing, and whatever happens in person or by telephone. A person who seems quiet may have written elsewhere.",
        )),
    ]  # fmt: skip
    return Content(headline(people), [figure], notes, people=people)


SECTION = Section(
    key="contacts", title="Contacts", question=QUESTION, queries={"people": "contacts"}, build=build, order=60
)
