"""How long matching and rates take: `python -m tests.soak.rates_bench --interactions 2500000 --contacts 50000` (make bench).

Prints seconds a step and the peak memory of the process, the invented interactions included.
"""

import argparse
import resource
import time

import numpy as np
import polars as pl

from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import DAY, SECOND, MatchingParameters
from pipeline.measures.dimensions import assign
from pipeline.measures.rates import measure_rates
from pipeline.measures.survival import grouped_kaplan_meier
from pipeline.measures.variants import variants
from pipeline.schemas import COVERAGE, INTERACTIONS

YEARS_US = 3 * 365 * DAY
CLASSES = ("message", "comment", "reaction")
PLATFORMS = ("x", "facebook", "email")


def invent(size: int, contacts: int) -> pl.DataFrame:
    """Draw interactions: random times over three years, half outbound, three platforms and classes, texts all different."""
    rng = np.random.default_rng(1)
    person = pl.Series(rng.integers(0, contacts, size))
    number = pl.Series(np.arange(size)).cast(pl.String)
    frame = pl.DataFrame(
        {
            "interaction_id": number.str.zfill(32),
            "contact_id": person.cast(pl.String),
            "platform": pl.Series(PLATFORMS)[person % 3],
            "direction": pl.Series(("outbound", "inbound"))[rng.integers(0, 2, size)],
            "class": pl.Series(CLASSES)[rng.integers(0, 3, size)],
            "at": np.sort(rng.integers(0, YEARS_US // SECOND, size)) * SECOND,
            "native_id": number,
        }
    ).with_columns(
        pl.lit("me").alias("account_id"),
        pl.col("contact_id").alias("thread_id"),
        pl.lit("a").alias("archive_id"),
        pl.lit(1, dtype=pl.Int64).alias("resolution_s"),
        pl.lit(value=False).alias("is_group"),
        pl.concat_str([pl.lit("see you on "), "native_id", pl.lit(" then my dear friend")]).alias("text"),
    )
    missing = (pl.lit(None, dtype=kind).alias(name) for name, kind in INTERACTIONS.items() if name not in frame.columns)
    return frame.with_columns(missing).select(*INTERACTIONS).with_columns(pl.lit("m").alias("member"))


def everything_seen() -> pl.DataFrame:
    """Return full coverage of all that `invent` draws."""
    rows = [
        {"account_id": "me", "platform": platform, "class": cls, "direction": direction, "surface": "all",
         "visibility": "full", "starts_at": 0, "ends_at": YEARS_US, "reply_links": False}
        for platform in PLATFORMS for cls in CLASSES for direction in ("inbound", "outbound")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=COVERAGE)


def main() -> None:
    """Time each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=2_500_000)
    parser.add_argument("--contacts", type=int, default=50_000)
    arguments = parser.parse_args()
    interactions, coverage, own = (
        invent(arguments.interactions, arguments.contacts),
        everything_seen(),
        MatchingParameters(),
    )
    began = [time.monotonic()]

    def told(step: str) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{step}: {time.monotonic() - began[-1]:.1f} s, peak {peak:.2f} GiB")  # noqa: T201 - a script's output
        began.append(time.monotonic())

    gestures, _ = all_gestures(interactions, coverage, own)
    told("matching, four analyses")
    runs = variants(interactions, coverage, own, headline=gestures)
    told("other turn gaps and without exclusions")
    assigned = assign(gestures)
    measure_rates(assigned, variants=runs)
    told("rates, lags and their intervals")
    at_risk = assigned.filter("at_risk")
    people = at_risk["contact_id"].rank("dense").cast(pl.Int64).to_numpy()
    times = at_risk.select(pl.coalesce("lag_us", "censored_after_us")).to_series().to_numpy()
    began.append(time.monotonic())
    grouped_kaplan_meier(people, times, (at_risk["status"] == "answered").to_numpy())
    told("a Kaplan-Meier curve for each contact")


if __name__ == "__main__":
    main()
