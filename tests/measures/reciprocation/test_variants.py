"""Other runs of the matcher: turn gaps and exclusions change the gestures, and the headline's gap is reused."""

import random
from dataclasses import fields, replace
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest

from pipeline.matching.deduplication import deduplicate
from pipeline.matching.match import ANALYSES, encode_interactions
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.reciprocation.cohorts import Cohort
from pipeline.measures.reciprocation.dimensions import assign
from pipeline.measures.reciprocation.rates import measure_rates
from pipeline.measures.reciprocation.variants import VariantRuns
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.schemas import COVERAGE, GESTURES
from tests.matching.reference import DAY, HOUR, Ev, frame
from tests.matching.running import all_gestures
from tests.matching.test_properties import random_log

ROWS = (
    "platform", "account", "native_id", "contact", "direction", "class", "kind", "thread", "reply_to", "is_group", "at",
    "resolution_s", "text", "archive_id", "member", "pointer",
)  # fmt: skip
P = MatchingParameters()
# written at hours 0, 3 and 15: gaps of 3 and 12 hours
LOG = frame([Ev(f"o{k}", out=True, t=9 * DAY + hours * HOUR) for k, hours in enumerate((0, 3, 15))])
ANN_OUT = pl.DataFrame({"contact_id": ["ann"], "excluded": [True]})


def sizes(contacts: pl.DataFrame | None, headline: pl.DataFrame | None = None) -> dict[tuple[str, str], int]:
    runs = VariantRuns(encode_interactions(LOG, contacts), RiskSet(pl.DataFrame(schema=COVERAGE)), P)
    own = None if headline is None else Cohort.of(headline.filter(initiator="me", outcome="any"))
    return {(dimension, value): len(run) for dimension, value, run in runs("me", "any", own)}


def test_turn_gaps() -> None:
    expected = {("turn_gap", "1h"): 3, ("turn_gap", "6h"): 2, ("turn_gap", "24h"): 1, ("exclusions", "none"): 2}
    assert sizes(None) == expected
    headline, _ = all_gestures(LOG, pl.DataFrame(schema=COVERAGE), P)
    assert sizes(None, headline) == expected


def test_exclusions() -> None:
    expected = {("turn_gap", "1h"): 0, ("turn_gap", "6h"): 0, ("turn_gap", "24h"): 0, ("exclusions", "none"): 2}
    assert sizes(ANN_OUT) == expected
    headline, _ = all_gestures(LOG, pl.DataFrame(schema=COVERAGE), P, ANN_OUT)
    assert sizes(ANN_OUT, headline) == expected


def seen_in_part() -> pl.DataFrame:
    """Platform p is seen in full until day 40, after it and on q in part; me2's comments are never seen."""
    row: dict[str, Any] = {
        "surface": "all", "thread_id": None, "reason": "", "reply_links": True, "starts_at": 0, "ends_at": 90 * DAY,
    }  # fmt: skip
    rows = [
        row
        | {"account_id": account, "platform": platform, "class": cls, "direction": direction, "visibility": "partial"}
        for account, platform, cls, direction in product(
            ("me", "me2"), "pq", ("message", "comment", "reaction"), ("inbound", "outbound")
        )
        if (account, cls) != ("me2", "comment")
    ]
    full = [{**each, "visibility": "full", "ends_at": 40 * DAY} for each in rows if each["platform"] == "p"]
    return pl.DataFrame(rows + full, schema=COVERAGE)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("analysis", ANALYSES)
def test_runs_in_numbers_say_what_frames_say(seed: int, analysis: tuple[Initiator, Outcome]) -> None:
    # the same gestures twice: with names, by the headline's way, and in numbers, by the way of the other runs
    log, coverage = frame(random_log(random.Random(seed), 60)), seen_in_part()  # noqa: S311 - a drawn log, no secret
    gestures, _ = all_gestures(log, coverage, replace(P, turn_gap_us=24 * HOUR))
    initiator, outcome = analysis
    named = Cohort.of(gestures.filter(initiator=initiator, outcome=outcome))
    runs = VariantRuns(encode_interactions(log), RiskSet(coverage), P)
    numbers = {value: run for _, value, run in runs(initiator, outcome)}["24h"]
    for field in fields(Cohort):
        one, other = (getattr(cohort, field.name) for cohort in (named, numbers))
        if field.name == "contact":
            one, other = (np.unique(numbers_of, return_inverse=True)[1] for numbers_of in (one, other))
        assert one.tolist() == other.tolist(), field.name


def test_nothing_at_all_gives_empty_tables() -> None:
    coverage = pl.DataFrame(schema=COVERAGE)
    headline, counts = all_gestures(LOG.clear(), coverage, P)
    runs = VariantRuns(encode_interactions(LOG.clear()), RiskSet(coverage), P)
    rates = measure_rates(assign(headline, time_zone="Asia/Tokyo"), variants=runs)
    tables = (headline, rates.reciprocation, rates.response_lag, rates.lag_quantiles)
    assert [table.height for table in tables] == [0, 0, 0, 0]
    assert headline.schema == pl.Schema(GESTURES)
    assert set(counts["value"]) == {0}
    empty = deduplicate(
        pl.DataFrame(schema=dict.fromkeys(ROWS, pl.String) | {"seq": pl.Int64, "exported_at": pl.Int64})
    )
    assert (empty.rows.height, empty.dropped.height) == (0, 0)
