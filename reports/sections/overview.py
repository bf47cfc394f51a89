"""Overview: five numbers, each with its uncertainty, and the months behind them."""

from collections.abc import Callable

import altair as alt
import polars as pl

from reports import charts, formats, limits, shares, wording
from reports.headline import Headline, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Row, Section, Size, Spec, Table, Tile
from reports.notes import off_risk_lines, uncertainty_note
from reports.wording import label

QUESTION = "How is the dance going?"


def headline(frame: pl.DataFrame, people: pl.DataFrame) -> Headline:
    """State the answered share of the owner's steps within 7 days, and how many people wait for a step."""
    waiting = people.filter(pl.col("whose_step") == "mine").height
    wait = f"{formats.plural(waiting, 'person waits', 'people wait') if waiting else 'nobody waits'} for your step"
    row = all_row(frame)
    claims = [equals("whose_step", "contacts", waiting, whose_step="mine", quiet="all")]
    if row is None:
        return Headline(f"These archives could not have shown an answer to any of your steps; {wait}", tuple(claims))
    key: dict[str, str | float] = {"initiator": "me", "dimension": "all", "horizon_days": shares.HORIZON}
    steps = formats.plural(row["gestures"], "step", "steps")
    claims.append(equals("reciprocation_platform", "gestures", row["gestures"], **key))
    if row["drawn"]:
        claims.append(equals("reciprocation_platform", "answered_share", row["answered_share"], **key))
        decimals = tile_decimals(row["gestures"])
        share = formats.percent(row["answered_share"], decimals=decimals)
        uncertainty = (
            f" ({formats.interval(row['low'], row['high'], decimals=decimals)})"
            if row["low"] is not None and row["high"] is not None
            else ""
        )
        return Headline(
            f"{_capital(share)} of your {steps} were answered within 7 days{uncertainty}; {wait}", tuple(claims)
        )
    if row["answered"] is not None:
        claims.append(equals("reciprocation_platform", "answered", row["answered"], **key))
    if row["gestures"] < limits.COUNT_GESTURES and row["answered"] is not None:
        verb = "was" if row["answered"] == 1 else "were"
        return Headline(
            f"{formats.count(row['answered'])} of your {steps} {verb} answered within 7 days; {wait}", tuple(claims)
        )
    return Headline(
        f"How many of your {steps} are answered: {row['summary'][:1].lower()}{row['summary'][1:]}; {wait}",
        tuple(claims),
    )


def all_row(frame: pl.DataFrame) -> Row | None:
    """The row of all the owner's steps, answered in words within 7 days."""
    found = shares.of(frame, ("all",)).filter(pl.col("initiator") == "me", pl.col("gestures") > 0)
    return found.row(0, named=True) if found.height == 1 else None


def tile_decimals(gestures: int) -> int:
    """One decimal from 10,000 steps on, none below."""
    return 1 if gestures >= 10_000 else 0


def tiles(frames: Frames, context: Context) -> list[Tile]:
    """The numbers at the top."""
    return [
        _answered(all_row(frames["reciprocation"])),
        _waiting(frames["people"]),
        _outreach(frames["balance"]),
        _unseen_tile(context),
        _set_aside(context),
    ]


def _answered(row: Row | None) -> Tile:
    summary = "of your steps were answered in words within 7 days"
    if row is None:
        return Tile(formats.NOTHING, summary, "these archives could not have shown an answer to any of your steps")
    small = wording.steps_to(row["gestures"], row["contacts"])
    if row["drawn"]:
        decimals = tile_decimals(row["gestures"])
        uncertainty = (
            f"95 % interval {formats.interval(row['low'], row['high'], decimals=decimals)}, "
            if row["low"] is not None
            else ""
        )
        return Tile(formats.percent(row["answered_share"], decimals=decimals), summary, uncertainty + small)
    if row["gestures"] < limits.COUNT_GESTURES and row["answered"] is not None:
        return Tile(wording.k_of_n(row["answered"], row["gestures"]), summary, small)
    return Tile(formats.NOTHING, summary, row["summary"])


def _waiting(people: pl.DataFrame) -> Tile:
    mine = people.filter(pl.col("whose_step") == "mine").height
    theirs = people.filter(pl.col("whose_step") == "theirs").height
    summary = f"{'person waits' if mine == 1 else 'people wait'} for your step"
    return Tile(
        formats.count(mine),
        summary,
        f"they moved last; in {formats.plural(theirs, 'other case', 'other cases')} you did",
    )


def _outreach(balance: pl.DataFrame) -> Tile:
    whole = {row["tier"]: row for row in balance.filter(pl.col("period") == "all").iter_rows(named=True)}
    total = next((row["period_gestures"] for row in whole.values()), 0)
    summary = "of your steps went to gurus / peers / newbies"
    if total < limits.DRAW_GESTURES:
        return Tile(formats.NOTHING, summary, wording.too_few(limits.DRAW_CONTACTS, total))
    parts = [
        formats.percent(whole[tier]["outreach_share"] or 0.0) if tier in whole else formats.percent(0.0)
        for tier in ("guru", "peer", "newbie")
    ]
    unknown = whole.get("unknown")
    rest = (
        f"standing unknown for {formats.percent(unknown['outreach_share'])}"
        if unknown and unknown["outreach_share"]
        else "every standing is known"
    )
    return Tile(" / ".join(part.removesuffix(f"{formats.THIN}%") for part in parts) + f"{formats.THIN}%", summary, rest)


def _unseen_tile(context: Context) -> Tile:
    inbound = context.visibility.filter(pl.col("direction") == "inbound")
    accounts = context.visibility["account_id"].n_unique()
    unseen = (
        inbound.filter(pl.col("visibility") == "none")
        .group_by("class")
        .agg(pl.col("account_id").n_unique().alias("accounts"))
        .sort(["accounts", "class"], descending=[True, False])
    )
    if context.visibility.is_empty():
        return Tile(formats.NOTHING, "what archives cannot show", "no archive has been read yet")
    if unseen.is_empty():
        return Tile(
            wording.k_of_n(0, accounts), "accounts hide what you received", "every class is shown, in full or in part"
        )
    cls, blind = unseen.row(0)
    others = [label(wording.CLASSES, name).lower() for name in unseen["class"].to_list()[1:4]]
    also = f"; others cannot show {formats.listing(others)}" if others else ""
    return Tile(
        wording.k_of_n(blind, accounts),
        f"accounts cannot show {label(wording.CLASSES, cls).lower()} you received",
        f"never counted as unanswered{also}",
        warn=True,
    )


def _set_aside(context: Context) -> Tile:
    facts = context.facts
    unread = facts["archives_unread"]
    small = f"of {formats.count(facts['records_in'])} in {formats.plural(facts['archives'], 'archive', 'archives')}"
    if unread:
        small += f"; {formats.plural(unread, 'archive', 'archives')} could not be read"
    summary = "record was set aside" if facts["records_set_aside"] == 1 else "records were set aside"
    return Tile(formats.count(facts["records_set_aside"]), summary, small, warn=facts["records_set_aside"] + unread > 0)


def months_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the owner's steps by month. A month with few steps keeps its row without a share: a gap, not a zero."""
    frame = limits.suppress_small_samples(frame.filter(pl.col("initiator") == "me"))
    describe = [
        f"{formats.month(row['month'])}: {row['summary']}, {wording.steps_to(row['gestures'], row['contacts'])}"
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String), at=pl.col("month") + "-01")


def months_chart(frame: pl.DataFrame, size: Size) -> Spec:
    """A line with its band; it breaks where a month has too few steps."""
    data = charts.rows(frame, ["month", "at", "answered_share", "low", "high", "gestures", "describe"])
    x = alt.X(
        "at:T",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(title=None, format="%b %Y", tickCount=4 if size.narrow else 8, grid=False, labelOverlap=True),
    )
    width = size.plot + (100 if size.narrow else 150)
    base = alt.Chart(data)
    y_scale = alt.Scale(domainMin=0)
    band = base.mark_area(opacity=0.22, color="var(--c1)", invalid="break-paths-filter-domains").encode(
        x=x,
        y=alt.Y("low:Q", scale=y_scale, axis=charts.percent_axis("Answered within 7 days", min_extent=34)),
        y2=alt.Y2("high:Q"),
    )
    line = base.mark_line(color="var(--c1)", strokeWidth=2, invalid="break-paths-filter-domains").encode(
        x=x, y=alt.Y("answered_share:Q", scale=y_scale)
    )
    dots = (
        base.transform_filter("datum.answered_share !== null")
        .mark_point(filled=True, size=34, color="var(--c1)", opacity=1)
        .encode(
            x=x,
            y=alt.Y("answered_share:Q", scale=y_scale),
            tooltip=alt.Tooltip("describe:N"),
            description=alt.Description("describe:N"),
        )
    )
    return charts.finish(alt.layer(band, line, dots).properties(width=width, height=150))


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    months = months_frame(frames["months"])
    table = Table("months", (
        Column("month", "Month", lambda row: formats.month(row["month"])),
        Column("gestures", "Your steps", numeric=True),
        Column("contacts", "People", numeric=True),
        Column("summary", "Answered within 7 days"),
        *(Column(name, words, _share(name), numeric=True) for name, words in (("answered_share", "Share"), ("low", "from"), ("high", "to"))),
    ), months)  # fmt: skip
    drawn = int(months["drawn"].sum())
    figure = Figure(
        key="months", title="Month by month", alt="Line of the share of your steps answered within 7 days, by month, with its 95 % interval.", table=table,
        caption=f"A month needs {limits.MONTH_GESTURES} steps to {limits.DRAW_CONTACTS} people to be drawn: {drawn} of {formats.plural(months.height, 'month', 'months')}. "
        "A gap is a month with too few steps, not a zero.",
        chart=(lambda size: months_chart(months, size)) if drawn else None,
        empty="No month has enough steps to draw.",
    )  # fmt: skip
    row = all_row(frames["reciprocation"])
    changed = [wording.change(what, value) for what, value, _ in frames["changes"].iter_rows()]
    notes = [
        uncertainty_note(row),
        Note(wording.NOT_VISIBLE, tuple(off_risk_lines(context, "me")) or ("No step of yours had to be left out.",)),
    ]
    if changed:
        notes.append(Note("Since the last run", (f"{formats.listing(changed)}.",)))
    return Content(headline(frames["reciprocation"], frames["people"]), [figure], notes, tiles=tiles(frames, context))


def _share(name: str) -> Callable[[Row], str]:
    return lambda row: formats.NOTHING if row[name] is None else formats.percent(row[name])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


SECTION = Section(
    key="overview", title="Overview", question=QUESTION,
    queries={"reciprocation": "reciprocation", "months": "months", "balance": "balance", "people": "contacts", "changes": "changes"},
    build=build, order=10,
)  # fmt: skip
