"""People in groups: the shareable report's only view of people, by level, standing and platform."""

import polars as pl

from reports import formats, shares, wording
from reports.headline import Headline
from reports.model import Column, Content, Context, Figure, Frames, Note, Section, Table
from reports.shareable.sanitise import FEWEST_PEOPLE
from reports.wording import label

QUESTION = "How is the dance going, and with what kinds of people?"


def few(people: int) -> str:
    """Write a count of people: `1–4` instead of each small number."""
    return f"1{formats.DASH}{FEWEST_PEOPLE - 1}" if 0 < people < FEWEST_PEOPLE else formats.count(people)


def groups_frame(people: pl.DataFrame) -> pl.DataFrame:
    """Count people by level, standing and platforms; groups of fewer than five are not listed.

    Args:
        people: level, tier, platforms, whose_step; one row a person.

    Returns:
        level, tier, platforms, contacts, mine and theirs (texts: whose step it is, small counts as `1–4`).
    """
    groups = (
        people.group_by("level", "tier", "platforms")
        .agg(
            pl.len().cast(pl.Int64).alias("contacts"),
            *((pl.col("whose_step") == whose).sum().cast(pl.Int64).alias(whose) for whose in ("mine", "theirs")),
        )
        .filter(pl.col("contacts") >= FEWEST_PEOPLE)
        .sort(["contacts", "level", "tier", "platforms"], descending=[True, False, False, False], nulls_last=True)
    )
    return groups.with_columns(
        pl.Series(name, [few(number) for number in groups[name]], pl.String) for name in ("mine", "theirs")
    )


def totals(frames: Frames) -> list[str]:
    """How many people wait, and the answered share of each side where enough people are behind it."""
    waiting = frames["people"].filter(pl.col("whose_step") == "mine").height
    found = [f"People who moved last and wait for your step: {few(waiting)}."]
    for row in shares.of(frames["reciprocation"], ("all",)).filter(pl.col("drawn")).iter_rows(named=True):
        whose = "of your steps were answered" if row["initiator"] == "me" else "of their steps you answered"
        found.append(f"{row['summary']} {whose} within 7 days.")
    return found


def build(frames: Frames, context: Context) -> Content:
    """Compute the section."""
    groups = groups_frame(frames["people"])
    table = Table("groups", (
        Column("level", "Level", lambda row: label(wording.LEVELS, row["level"])),
        Column("tier", "Standing", lambda row: label(wording.TIER, row["tier"])),
        Column("platforms", "Platforms", lambda row: formats.listing([label(wording.PLATFORMS, name, 24) for name in (row["platforms"] or "").split()]) or formats.NOTHING),
        Column("contacts", "People", numeric=True),
        Column("mine", "Your step", numeric=True),
        Column("theirs", "Their step", numeric=True),
    ), groups)  # fmt: skip
    listed = int(groups["contacts"].sum())
    rest = context.facts["contacts"] - listed
    others = f" {few(rest)} more people are in smaller groups." if rest > 0 else ""
    figure = Figure(
        key="groups",
        title="People by level, standing and platform",
        alt="",
        table=table,
        caption=f"Groups of at least {FEWEST_PEOPLE} people.{others}",
        chart=None,
        empty="" if groups.height else f"No group has {FEWEST_PEOPLE} people.",
    )
    notes = [
        Note("In numbers", tuple(totals(frames))),
        Note("What is left out", (
            "Names, handles, texts, addresses, file names and the list of people. Times are rounded to the month, lags to bins.",
            f"Groups of fewer than {FEWEST_PEOPLE} people are left out, merged with the nearest group, or read “1–4”. So sums over the groups shown can fall short of the whole.",
        )),
    ]  # fmt: skip
    people = formats.plural(context.facts["contacts"], "person", "people")
    in_groups = f"{formats.count(listed)} of them in {formats.plural(groups.height, 'group', 'groups')} of at least {FEWEST_PEOPLE}"
    return Content(Headline(f"{people}, {in_groups}"), [figure], notes)


SECTION = Section(
    key="groups", title="People in groups", question=QUESTION, queries={"people": "contacts", "reciprocation": "reciprocation"},
    build=build, order=10, shareable=True,
)  # fmt: skip
