"""Overview: the first screen. Who answers, how long it takes, where the steps go; who waits; how far to trust it."""

from typing import Final

import polars as pl

from reports import formats, limits, shares, wording
from reports.headline import Headline, equals
from reports.model import Content, Context, FirstScreen, Frames, Row, Section, Waiting
from reports.sections import balance, lag
from reports.sections import overview_cards as cards
from reports.sections.contacts import people_frame
from reports.wording import label

QUESTION = "How is the dance going?"
_NEAREST: Final = 5
_NAME: Final = 60


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
        decimals = shares.headline_decimals(row["gestures"])
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


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    people = people_frame(frames["people"], context.as_of)
    curves, answers = lag.curves_frame(frames["curves"]), lag.answers_frame(frames["quantiles"])
    parts = (
        cards.reciprocation(frames["reciprocation"]),
        cards.response_lag(curves.filter(pl.col("dimension") == "all"), answers),
        cards.mix(balance.all_frame(frames["balance"])),
    )
    said = headline(frames["reciprocation"], frames["people"])
    claims = (*said.claims, *(claim for _, claims in parts for claim in claims))
    changed = [wording.change(what, value) for what, value, _ in frames["changes"].iter_rows()]
    screen = FirstScreen(
        cards=tuple(card for card, _ in parts),
        move=_move(people, context),
        waiting=tuple(_waiting(row) for row in nearest(people).iter_rows(named=True)),
        trust=_trust(context),
        changed=f"{formats.listing(changed)}." if changed else "",
    )
    return Content(Headline(said.text, tuple(dict.fromkeys(claims))), [], [], first_screen=screen)


def nearest(people: pl.DataFrame) -> pl.DataFrame:
    """Return the five people nearest to a step of the owner: closest level first, then longest quiet."""
    return people.filter(pl.col("whose_step") == "mine").head(_NEAREST)


def _move(people: pl.DataFrame, context: Context) -> str:
    mine = people.filter(pl.col("whose_step") == "mine").height
    theirs = people.filter(pl.col("whose_step") == "theirs").height
    if not mine:
        return "Nobody waits for your step."
    wait = f"{formats.plural(mine, 'person', 'people')} moved last and {'waits' if mine == 1 else 'wait'} for you; "
    wait += f"you wait for {formats.count(theirs) if theirs else 'nobody'}."
    if mine > 1:
        wait += f" The {'nearest' if mine <= _NEAREST else f'{_NEAREST} nearest'}, as of {formats.day(context.as_of)}:"
    return wait


def _waiting(row: Row) -> Waiting:
    since = f"since {formats.day(row['last_at'])}" if row["last_at"] else ""
    if row["quiet_days"]:
        since += f" ({formats.plural(row['quiet_days'], 'day', 'days')})"
    return Waiting(
        name=formats.short(row["name"], _NAME),
        level=label(wording.LEVELS, row["level"]) if row["level"] else "",
        last_step=row["last_step"] or formats.NOTHING,
        since=since,
    )


def _trust(context: Context) -> tuple[str, ...]:
    facts = context.facts
    read = facts["archives"] - facts["archives_unread"]
    parts = [
        f"{formats.count(read)} of {formats.plural(facts['archives'], 'archive', 'archives')} read",
        f"{formats.count(facts['records_set_aside'])} of {formats.plural(facts['records_in'], 'record', 'records')} set aside",
    ]
    unseen = (
        context.visibility.filter(pl.col("direction") == "inbound", pl.col("visibility") == "none")
        .group_by("class")
        .agg(pl.col("account_id").n_unique().alias("accounts"))
        .sort(["accounts", "class"], descending=[True, False])
    )
    accounts = context.visibility["account_id"].n_unique()
    if unseen.height:
        cls, blind = unseen.row(0)
        parts.append(
            f"{wording.k_of_n(blind, accounts)} accounts cannot show {label(wording.CLASSES, cls).lower()} you received"
        )
    out = int(context.off_risk.filter(pl.col("outcome") == "worded", pl.col("initiator") == "me")["gestures"].sum())
    if out:
        parts.append(f"{formats.plural(out, 'step', 'steps')} of yours left out of the rate")
    parts.append(f"up to {formats.day(context.as_of)}")
    return tuple(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


SECTION = Section(
    key="overview", title="Overview", question=QUESTION,
    queries={
        "reciprocation": "reciprocation", "curves": "lag_curves", "quantiles": "lag_quantiles", "balance": "balance", "people": "contacts",
        "changes": "changes",
    },
    build=build, order=10,
)  # fmt: skip
