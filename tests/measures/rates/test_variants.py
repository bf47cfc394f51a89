"""Other runs of the matcher: turn gaps and exclusions change the gestures, and the headline's gap is reused."""

import polars as pl

from pipeline.matching.deduplicate import deduplicate
from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.dimensions import assign
from pipeline.measures.rates import measure_rates
from pipeline.measures.variants import variants
from pipeline.schemas import COVERAGE, GESTURES
from tests.matching.reference import DAY, HOUR, Ev, frame

ROWS = (
    "platform", "account", "native_id", "contact", "direction", "class", "kind", "thread", "reply_to", "is_group", "at",
    "resolution_s", "text", "archive_id", "member", "pointer",
)  # fmt: skip
P = MatchingParameters()
# written at hours 0, 3 and 15: gaps of 3 and 12 hours
LOG = frame([Ev(f"o{k}", out=True, t=9 * DAY + hours * HOUR) for k, hours in enumerate((0, 3, 15))])
ANN_OUT = pl.DataFrame({"contact_id": ["ann"], "excluded": [True]})


def sizes(contacts: pl.DataFrame | None, headline: pl.DataFrame | None = None) -> dict[tuple[str, str], int]:
    runs = variants(LOG, pl.DataFrame(schema=COVERAGE), P, contacts, headline=headline)
    return {key: run.filter(initiator="me", outcome="any").height for key, run in runs.items()}


def test_turn_gaps() -> None:
    expected = {("turn_gap", "1h"): 3, ("turn_gap", "6h"): 2, ("turn_gap", "24h"): 1, ("exclusions", "none"): 2}
    assert sizes(None) == expected
    headline, _ = all_gestures(LOG, pl.DataFrame(schema=COVERAGE), P)
    assert sizes(None, headline) == expected


def test_exclusions() -> None:
    expected = {("turn_gap", "1h"): 0, ("turn_gap", "6h"): 0, ("turn_gap", "24h"): 0, ("exclusions", "none"): 2}
    assert sizes(ANN_OUT) == expected


def test_nothing_at_all_gives_empty_tables() -> None:
    coverage = pl.DataFrame(schema=COVERAGE)
    headline, counts = all_gestures(LOG.clear(), coverage, P)
    runs = variants(LOG.clear(), coverage, P, headline=headline)
    rates = measure_rates(assign(headline, time_zone="Asia/Tokyo"), variants=runs)
    tables = (headline, rates.reciprocation, rates.response_lag, rates.lag_quantiles)
    assert [table.height for table in tables] == [0, 0, 0, 0]
    assert headline.schema == pl.Schema(GESTURES)
    assert set(counts["value"]) == {0}
    empty = deduplicate(
        pl.DataFrame(schema=dict.fromkeys(ROWS, pl.String) | {"seq": pl.Int64, "exported_at": pl.Int64})
    )
    assert (empty.rows.height, empty.dropped.height) == (0, 0)
