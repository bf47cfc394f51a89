"""What several measures need of a home: zone, end of what is known, kept interactions, complete lists."""

from collections.abc import Sequence

import polars as pl

from pipeline.consolidation.ids import account_id
from pipeline.consolidation.stagings import StagedArchive, load
from pipeline.home.settings import Settings
from pipeline.matching.encode import names_of
from pipeline.measures.people.standing import TierLimits
from pipeline.measures.people.timeline import GESTURES_READ, Timeline
from pipeline.orchestration.working_tables import Store


def zone(settings: Settings) -> str:
    """Return the IANA zone in which days, months and hours are counted."""
    return settings.time_zone


def as_of(store: Store) -> int:
    """Return the end of what is known: the newest export or event, microseconds UTC (0 in an empty home)."""
    archives = store.read("archives")
    times = [archives["exported_at"].max(), archives["last_at"].max(), store.read("interactions", ["at"])["at"].max()]
    return max((time for time in times if isinstance(time, int)), default=0)


def numbered(store: Store, frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Write the contacts of a table as values of one Enum of all contacts, in the order of their ids.

    Grouping, sorting and joining by it costs what it costs by numbers; every contact of any table is in `contacts`.
    """
    contacts = pl.Enum(store.read("contacts", ["contact_id"]).to_series().sort())
    return frame.lazy().with_columns(pl.col("contact_id").cast(contacts)).collect()


def named(frame: pl.DataFrame) -> pl.DataFrame:
    """Write the contacts of a numbered table as text again, as working tables hold them."""
    return frame.with_columns(pl.col("contact_id").cast(pl.String))


def kept_interactions(store: Store, columns: Sequence[str]) -> pl.DataFrame:
    """Return these columns of the interactions that the exclusions of METHODS 2.7 keep."""
    left_out = store.read("left_out", ["interaction_id"])
    if left_out.is_empty():
        return store.read("interactions", columns)
    interactions = store.read("interactions", list(dict.fromkeys(("interaction_id", *columns))))
    return interactions.join(left_out, on="interaction_id", how="anti", maintain_order="left").select(columns)


def prepared(store: Store, columns: Sequence[str]) -> pl.DataFrame:
    """Return these columns of the prepared interactions and contact_id, an Enum.

    It is made anew from its number: to read as many names costs more than to read everything else.
    """
    there = store.scan("prepared")
    names = names_of(there.select("contact_id").head(0).collect().to_series())
    return there.select(*columns, (pl.col("_contact") - 1).cast(pl.UInt32).cat.to(names).alias("contact_id")).collect()


def turn_gestures(store: Store, *more: str, outcome: str | None = "worded") -> pl.DataFrame:
    """Return what turns and exchanges of one outcome (None: of all) are made from, and `more` columns, contacts numbered."""
    gestures = store.scan("gestures").select(*GESTURES_READ, *more)
    return numbered(store, gestures if outcome is None else gestures.filter(pl.col("outcome") == outcome))


def timeline(store: Store) -> Timeline:
    """Return the turns and exchanges of the outcome `worded`, contacts numbered."""
    return Timeline(numbered(store, store.scan("turns")), numbered(store, store.scan("exchanges")))


def lists_seen(archives: Sequence[StagedArchive]) -> pl.DataFrame:
    """Return account_id, platform, kind, complete, as_of of every list of ties that an archive shows."""
    return (
        load(archives, "lists")
        .select(account_id().alias("account_id"), "platform", "kind", "complete", pl.col("exported_at").alias("as_of"))
        .unique()
        .sort("account_id", "kind", "as_of", "complete", nulls_last=True)
    )


def tier_limits(settings: Settings) -> TierLimits:
    """Return the limits of guru and newbie as the owner set them."""
    return TierLimits(guru=settings.tiers.guru, newbie=settings.tiers.newbie)


def target_mix(settings: Settings) -> dict[str, float] | None:
    """Return the owner's target mix of tiers; None when none is set."""
    mix = settings.target_mix
    values = {"guru": mix.guru, "peer": mix.peer, "newbie": mix.newbie}
    known = {tier: value for tier, value in values.items() if value is not None}
    return known or None
