"""Rates and lags: the answered share with its interval and chance's part, the lag curves, their quantiles."""

from typing import Annotated

import polars as pl

from pipeline.home.settings import Settings
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.tie_ends import tie_ends
from pipeline.measures.reciprocation import active_lag as of_active_lag
from pipeline.measures.reciprocation import comparison_table, dimensions, tier_history
from pipeline.measures.reciprocation.answer_kinds import ANSWER_KINDS_INPUT, answer_kinds_table
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.measures.reciprocation.silence import SILENCE_INPUT, silence_table
from pipeline.measures.reciprocation.variants import VariantRuns
from pipeline.orchestration.contact_ids import ContactIds, as_enum
from pipeline.orchestration.settings import matching_parameters, smallest_window_us
from pipeline.orchestration.table_assets import Columns, Made, table, tables


@table
def gesture_dimensions(
    gestures: Annotated[pl.LazyFrame, Columns(*dimensions.READ, dimensions.FIRST, "gesture_id")],
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", "zone_assumed")],
    standing: Annotated[pl.DataFrame, Columns("contact_id", "tier", "evidence")],
    levels: Annotated[pl.LazyFrame, Columns("contact_id", "month", "level")],
    contacts: ContactIds,
    ties: pl.LazyFrame,
    tie_lists: pl.LazyFrame,
    text_labels: pl.DataFrame,
    settings: Settings,
) -> pl.DataFrame:
    """Every gesture's value in each dimension: platform, class, month, hour, tier, level and others."""
    assumed = None if settings.zone_is_set else dimensions.zone_assumed(interactions)
    labels = {
        dimension: labelled.select("gesture_id", "value")
        for (dimension,), labelled in text_labels.partition_by("dimension", as_dict=True).items()
    }
    read = [
        *dimensions.READ,
        *([] if assumed is None or assumed.is_empty() else [dimensions.FIRST]),
        *(["gesture_id"] if labels else []),
    ]
    return dimensions.assign(
        as_enum(gestures.select(read), contacts),
        time_zone=settings.time_zone,
        zone_assumed=assumed,
        tiers=as_enum(tier_history.tiers(standing, ties, tie_lists, settings.time_zone), contacts),
        levels=as_enum(levels, contacts),
        labels=labels,
    )


@tables("reciprocation", "response_lag", "lag_quantiles")
def reciprocation_and_lags(
    gesture_dimensions: pl.LazyFrame,
    craft_dimensions: pl.LazyFrame,
    encoded_interactions: pl.LazyFrame,
    chance: pl.DataFrame,
    coverage: pl.DataFrame,
    ties: pl.DataFrame,
    settings: Settings,
) -> Made:
    """Compute the answered share at 1, 7 and 14 days, the lag curves and their quantiles.

    Variants with nothing excluded, and with turn gaps of 1, 6 and 24 hours, show how much depends on those choices.
    """
    parameters = matching_parameters(settings)
    runs = VariantRuns(encoded_interactions.collect(), RiskSet(coverage, tie_ends(ties)), parameters)
    measured = measure_rates(
        gesture_dimensions,
        variants=runs,
        further=craft_dimensions,
        chance=chance,
        window_us=smallest_window_us(parameters),
    )
    yield "reciprocation", measured.reciprocation
    yield "response_lag", measured.response_lag
    yield "lag_quantiles", measured.lag_quantiles


@table
def silence(gesture_dimensions: Annotated[pl.LazyFrame, Columns(*SILENCE_INPUT)], settings: Settings) -> pl.DataFrame:
    """The share of gestures still answered within 14 days after some days of silence."""
    return silence_table(gesture_dimensions, smallest_window_us(matching_parameters(settings)))


@table
def active_lag(
    gesture_dimensions: Annotated[pl.LazyFrame, Columns(*of_active_lag.ASSIGNED_INPUT)],
    gestures: Annotated[pl.LazyFrame, Columns(*of_active_lag.GESTURES_INPUT)],
    interactions: Annotated[pl.LazyFrame, Columns(*of_active_lag.ACTS_INPUT)],
    settings: Settings,
) -> pl.DataFrame:
    """The lag counted in hours in which the responder is active, beside the plain lag."""
    return of_active_lag.active_lag_table(
        gesture_dimensions,
        gestures,
        interactions,
        time_zone=settings.time_zone,
        zone_is_set=settings.zone_is_set,
    )


@table
def comparisons(gesture_dimensions: pl.LazyFrame, craft_dimensions: pl.LazyFrame, settings: Settings) -> pl.DataFrame:
    """Every two platforms, classes, tiers, levels and ways of writing compared: an association, not a cause."""
    window_us = smallest_window_us(matching_parameters(settings))
    return comparison_table.comparison_table(gesture_dimensions, window_us, further=craft_dimensions)


@table
def answer_kinds(
    gestures: Annotated[pl.LazyFrame, Columns(*ANSWER_KINDS_INPUT)],
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", "kind")],
) -> pl.DataFrame:
    """Whether gestures are answered in kind, or how else."""
    return answer_kinds_table(gestures.collect(), interactions.collect())
