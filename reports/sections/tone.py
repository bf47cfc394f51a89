"""Feedback: the tone of public texts towards the owner, and the negative ones to read."""

from datetime import date
from typing import Final

import altair as alt
import polars as pl

from reports import charts, formats, limits, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "What do people say to you in public, and what do they criticise?"
SHARED: Final = ("positive", "neutral", "negative", "not_assessed")
COLOURS: Final = {
    "positive": "var(--c1)",
    "neutral": "var(--c4)",
    "negative": "var(--c2)",
    "not_assessed": "var(--grid)",
}
_TEXT_LENGTH: Final = 280


def shares_frame(texts: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return texts and shares by a column and tone. Praise in a promotion is counted, and left out of the shares.

    Args:
        texts: platform, month, tone, texts.
        by: `platform` or `month`; rows of both together have the value `all`.
    """
    known = texts.rename({by: "value"}) if by else texts.with_columns(value=pl.lit("all"))
    counts = known.group_by("value", "tone").agg(pl.col("texts").sum())
    shared = pl.col("tone").is_in(list(SHARED))
    of = pl.col("texts").filter(shared).sum().over("value")
    order = {name: number for number, name in enumerate(wording.TONES)}
    rank = pl.col("tone").replace_strict(order, default=99, return_dtype=pl.Int64)
    frame = counts.with_columns(
        of=of, share=pl.when(shared & (of >= limits.DRAW_GESTURES)).then(pl.col("texts") / of)
    ).sort("value", rank)
    rows = list(frame.iter_rows(named=True))
    labels = [label(wording.TONES, row["tone"]) for row in rows]
    names = [
        formats.month(row["value"]) if by == "month" else label(wording.PLATFORMS, row["value"], 28) for row in rows
    ]
    describe = [
        f"{name}, {tone.lower()}: {formats.count(row['texts'])} of {formats.plural(row['of'], 'text', 'texts')}"
        for row, name, tone in zip(rows, names, labels, strict=True)
    ]
    return frame.with_columns(
        label=pl.Series("label", labels, pl.String),
        name=pl.Series("name", names, pl.String),
        describe=pl.Series("describe", describe, pl.String),
    )


def headline(whole: pl.DataFrame) -> Headline:
    """State the shares of public texts by tone."""
    rows = {row["tone"]: row for row in whole.iter_rows(named=True)}
    named = [rows[tone] for tone in SHARED if tone in rows]
    if not named:
        return Headline("No public texts to you in these archives")
    total = formats.plural(named[0]["of"], "public text", "public texts")
    column = "share" if named[0]["share"] is not None else "texts"
    words = [
        f"{formats.percent(row['share']) if column == 'share' else formats.count(row['texts'])} {row['label'].lower()}"
        for row in named
    ]
    claims = tuple(equals("tone_platforms", column, row[column], value="all", tone=row["tone"]) for row in named)
    total_claim = equals("tone_platforms", "of", named[0]["of"], value="all", tone=named[0]["tone"])
    return Headline(f"Of {total} to you: {', '.join(words)}", (*claims, total_claim))


def months_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """Draw stacked bars of texts by month; their height is the number of texts."""
    ends = [_next_month(value) for value in frame["value"]]
    top = pl.col("texts").cum_sum().over("value")
    frame = frame.with_columns(
        start=pl.col("value") + "-01", end=pl.Series("end", ends, pl.String), top=top, bottom=top - pl.col("texts")
    )
    data = charts.rows(frame, ["value", "tone", "start", "end", "label", "texts", "top", "bottom", "describe"])
    axis = alt.Axis(title=None, format="%b %Y", tickCount=4 if size.narrow else 8, grid=False, labelOverlap=True)
    words = {tone: wording.TONES[tone] for tone in SHARED}
    colour = alt.Color(
        "label:N",
        scale=charts.series_scale(words, COLOURS),
        legend=alt.Legend(columns=2 if size.narrow else 4),
    )
    bars = alt.Chart(data).mark_rect(stroke="var(--paper)", strokeWidth=1).encode(
        x=alt.X("start:T", scale=alt.Scale(type="utc"), axis=axis), x2=alt.X2("end:T"),
        y=alt.Y("bottom:Q", axis=alt.Axis(title="Texts", tickMinStep=1, tickCount=4, format="d", minExtent=34)), y2=alt.Y2("top:Q"),
        color=colour, tooltip=alt.Tooltip("describe:N"), description=alt.Description("describe:N"),
    )  # fmt: skip
    return charts.finish(bars.properties(width=size.plot + (100 if size.narrow else 150), height=180))


def _next_month(period: str) -> str:
    year, month = int(period[:4]), int(period[5:7])
    return date(year + month // 12, month % 12 + 1, 1).isoformat()


def _table(name: str, heading: str, frame: pl.DataFrame) -> Table:
    return Table(name, (
        Column("value", heading, lambda row: row["name"] if row["value"] != "all" else "All"), Column("tone", "Tone", lambda row: row["label"]),
        Column("texts", "Texts", numeric=True), Column("of", "of", numeric=True),
        Column("share", "Share", lambda row: formats.NOTHING if row["share"] is None else formats.percent(row["share"]), numeric=True),
    ), frame)  # fmt: skip


def negative_table(frame: pl.DataFrame) -> Table:
    """Return the negative texts, newest first; texts are cut for the page and whole in the CSV."""
    return Table("tone_negative", (
        Column("occurred_at", "When", lambda row: formats.day(row["occurred_at"])),
        Column("display_name", "Who", lambda row: formats.short(row["display_name"] or formats.NOTHING, 40)),
        Column("platform", "Where", lambda row: f"{label(wording.PLATFORMS, row['platform'], 24)}, {label(wording.KINDS, row['kind'])}"),
        Column("text", "Text", lambda row: formats.short(row["text"] or formats.NOTHING, _TEXT_LENGTH)),
        Column("reasons", "Why", lambda row: formats.short("; ".join(row["reasons"] or []), 60)),
    ), frame)  # fmt: skip


def build(frames: Frames, _context: Context) -> Content:
    """Compute the section."""
    texts, negative = frames["texts"], frames["negative"]
    whole, months, platforms = (shares_frame(texts, by) for by in ("", "month", "platform"))
    drawn = months.filter(pl.col("tone").is_in(list(SHARED)))
    promotions = int(whole.filter(tone="promotion")["texts"].sum())
    unknown = int(whole.filter(tone="not_assessed")["texts"].sum())
    figures = [
        Figure(
            "tone_months", "Month by month", "Stacked bars: public texts to you by tone, by month.", _table("tone_months", "Month", months),
            "The height of a bar is the number of public texts to you in that month. A gap: a month without any.",
            (lambda size: months_chart(drawn, size)) if drawn.height else None, wording.NO_FEEDBACK,
        ),
        Figure("tone_platforms", "By platform", "", _table("tone_platforms", "Platform", pl.concat([whole, platforms])), "", None, "" if platforms.height else wording.NO_FEEDBACK),
        Figure(
            "tone_negative", "The newest negative texts", "", negative_table(negative),
            "Up to 20, newest first; all of them: dancecard query --name negative_feedback.", None, "" if negative.height else "No public text to you is known to be negative.", private=True,
        ),
    ]  # fmt: skip
    seen = [f"{formats.plural(unknown, 'text is', 'texts are')} not assessed: tone is known for English only."]
    if promotions:
        seen.append(f"Praise in {formats.plural(promotions, 'promotion', 'promotions')} is left out of the shares.")
    sure = [
        "Rules of words decide. Criticism that is only implied is missed, and so is irony without a set phrase.",
        *([f"Tone: {wording.ROUGH}"] if "tone" in limits.ROUGH_RULES else []),
    ]
    notes = [
        Note(wording.HOW_SURE, tuple(sure)),
        Note(wording.NOT_VISIBLE, (*seen, "Private messages are not part of it.")),
        Note(wording.HOW_TO_READ, ("Tone is towards you or your work. Complaints about others and sad news are neutral.",)),
    ]  # fmt: skip
    return Content(headline(whole), figures, notes)


SECTION = Section(
    key="tone", title="Feedback", question=QUESTION, queries={"texts": "tone_months", "negative": "tone_negative"},
    build=build, order=56,
)  # fmt: skip
