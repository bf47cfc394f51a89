"""Times each measure of people over an invented log of 2,500,000 interactions and 50,000 contacts. Run by `make bench`.

    python tests/bench/measures.py [interactions] [contacts]

Prints one line a step and ends with status 1 when the measures together take longer than the limit of 40 s or 3 GiB.
"""
# ruff: noqa: T201 - a benchmark speaks to the terminal

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script from anywhere

from pipeline.matching.match import all_gestures
from pipeline.matching.parameters import MatchingParameters
from pipeline.measures.answer_kinds import answer_kinds
from pipeline.measures.balance import balance, balance_scores
from pipeline.measures.chance import adjacent, chance
from pipeline.measures.contact_reciprocation import contact_reciprocation
from pipeline.measures.dance import dance
from pipeline.measures.dormancy import dormant_spans
from pipeline.measures.funnel import funnel
from pipeline.measures.levels import level_before, level_changes, levels
from pipeline.measures.monthly import monthly
from pipeline.measures.optins import opt_ins
from pipeline.measures.standing import standing
from pipeline.measures.survival import grouped_kaplan_meier
from pipeline.schemas import COVERAGE, INTERACTIONS

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
YEARS: Final = 6
START: Final = 1_577_836_800 * SECOND
END: Final = START + YEARS * 365 * DAY
LIMIT_S: Final = 40.0
LIMIT_MIB: Final = 3 * 1024
TARGET: Final = {"guru": 0.3, "peer": 0.3, "newbie": 0.4}
Made = TypeVar("Made")


def log(size: int, contacts: int, seed: int = 1) -> pl.DataFrame:
    """Invent a log: heavy-tailed numbers of events a contact, bursts, two platforms, three classes, some reply links."""
    rng = np.random.default_rng(seed)
    weight = rng.pareto(1.2, contacts) + 0.2
    person = np.sort(rng.choice(contacts, size=size, p=weight / weight.sum()))
    # bursts: each event is near an anchor that it shares with its neighbours
    anchor = rng.random(size // 6 + 1) * (END - START - 2 * DAY)
    at = START + (anchor[np.arange(size) // 6] + rng.exponential(0.2 * DAY, size)).astype(np.int64) // SECOND * SECOND
    classes = np.array(["message", "comment", "reaction"])[rng.choice(3, size, p=[0.6, 0.25, 0.15])]
    numbers = pl.Series("n", np.arange(size))
    texts = pl.Series(
        ["ok", "thank you, that helped me a lot", "have you seen the new chapter? I liked the second half"]
    )
    frame = pl.DataFrame({
        "contact_id": pl.Series(person).cast(pl.String),
        "at": np.minimum(at, END - DAY),
        "direction": np.where(rng.random(size) < 0.5, "outbound", "inbound"),
        "class": classes,
        "platform": np.where(rng.random(size) < 0.8, "x", "facebook"),
        "text": texts.gather(rng.choice(3, size)),
    }).with_columns(
        pl.format("i{}", numbers).alias("interaction_id"),
        pl.format("n{}", numbers).alias("native_id"),
        pl.col("class").replace_strict({"message": "message", "comment": "reply", "reaction": "like"}).alias("kind"),
        pl.col("contact_id").alias("identity_id"),
        pl.lit("me").alias("account_id"), pl.lit(1, pl.Int64).alias("resolution_s"), pl.lit(value=False).alias("is_group"),
        pl.lit(value=False).alias("zone_assumed"), pl.lit("z").alias("archive_id"),
        pl.when(pl.col("class") == "message").then(pl.lit("direct")).otherwise(pl.lit("public")).alias("surface"),
    )  # fmt: skip
    linked = pl.Series("linked", rng.random(size) < 0.02)
    before = pl.col("interaction_id").shift(1).over("contact_id")
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in INTERACTIONS.items() if name not in frame.columns]
    return (
        frame.with_columns(missing)
        .with_columns(pl.when(linked).then(before).alias("reply_to"))
        .select(INTERACTIONS.keys())
        .sample(fraction=1.0, shuffle=True, seed=2)
    )


def coverage() -> pl.DataFrame:
    """Everything is seen."""
    rows = [
        dict.fromkeys(COVERAGE) | {
            "account_id": "me", "platform": platform, "class": cls, "direction": direction, "surface": "all",
            "visibility": "full", "starts_at": START, "ends_at": END, "reply_links": True,
        }
        for platform in ("x", "facebook") for cls in ("message", "comment", "reaction")
        for direction in ("outbound", "inbound")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(COVERAGE))


def peak_mib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Clock:
    """Times steps and prints them."""

    def __init__(self) -> None:
        self.measured = 0.0

    def __call__(self, name: str, make: Callable[[], Made], *, counts: bool = True) -> Made:
        """Run a step; `counts`: it is one of the measures."""
        begin = time.perf_counter()
        made = make()
        took = time.perf_counter() - begin
        self.measured += took if counts else 0
        print(f"{name:24} {took:7.2f} s   peak so far {peak_mib():5.0f} MiB", flush=True)
        return made


def run(size: int, contacts: int) -> int:
    """Time everything; return the exit status."""
    clock = Clock()
    acts = clock("(log)", lambda: log(size, contacts), counts=False)
    people = acts.select("contact_id").unique().sort("contact_id")
    ties = pl.DataFrame(
        schema={"contact_id": pl.String, "account_id": pl.String, "platform": pl.String, "kind": pl.String,
                "since": pl.Int64, "last_seen_at": pl.Int64, "missing_since": pl.Int64}
    )  # fmt: skip
    lists = pl.DataFrame(
        schema={
            "account_id": pl.String,
            "platform": pl.String,
            "kind": pl.String,
            "complete": pl.Boolean,
            "as_of": pl.Int64,
        }
    )
    audience = np.random.default_rng(3).lognormal(5, 2, people.height).astype(np.int64)
    decisions = people.with_columns(pl.lit(None, dtype=pl.String).alias("tier"), pl.Series("audience", audience))

    def match(rows: pl.DataFrame) -> pl.DataFrame:
        return all_gestures(rows, coverage(), MatchingParameters())[0]

    gestures = clock("(matching)", lambda: match(acts), counts=False)
    unlinked = clock("(matching, no links)", lambda: adjacent(acts, gestures, match), counts=False)
    clock("contact_reciprocation", lambda: contact_reciprocation(gestures, acts))
    changes = clock("level_changes", lambda: level_changes(gestures, "Europe/Lisbon", END))
    spans = clock("dormant_spans", lambda: dormant_spans(gestures, "Europe/Lisbon", END))
    opted = clock("opt_ins", lambda: opt_ins(acts, ties))
    of_levels = clock("levels", lambda: levels(changes, opted, spans, "Europe/Lisbon", END))
    level = clock("level_before", lambda: level_before(gestures, of_levels, "Europe/Lisbon"))
    clock("funnel", lambda: funnel(people, gestures, changes, opted, END))
    tiers = clock(
        "standing",
        lambda: standing(people, decisions=decisions, ties=ties, lists=lists, interactions=acts, audiences={"x": 150}),
    )
    clock("balance", lambda: balance(gestures, tiers, "Europe/Lisbon", TARGET))
    clock("balance_scores", lambda: balance_scores(gestures, tiers, "Europe/Lisbon", TARGET))
    clock("dance", lambda: dance(gestures, acts, END))
    clock("answer_kinds", lambda: answer_kinds(gestures, acts))
    clock("monthly", lambda: monthly(gestures, acts, spans, "Europe/Lisbon", END))
    dimensions = pl.concat([
        gestures.select("gesture_id", pl.lit("platform").alias("dimension"), pl.col("platform").alias("value")),
        gestures.select("gesture_id", pl.lit("class").alias("dimension"), pl.col("class").alias("value")),
        level.select("gesture_id", pl.lit("level").alias("dimension"), pl.col("level").alias("value")),
    ])  # fmt: skip
    clock("chance", lambda: chance(gestures, unlinked, acts, dimensions))
    mine = gestures.filter((pl.col("initiator") == "me") & (pl.col("outcome") == "worded") & pl.col("at_risk"))
    number = mine["contact_id"].rank("dense").cast(pl.Int64).to_numpy()
    lag = mine.select(pl.coalesce("lag_us", "superseded_after_us", "censored_after_us")).to_series().to_numpy()
    hit = mine["lag_us"].is_not_null().to_numpy()
    clock("Kaplan-Meier a contact", lambda: grouped_kaplan_meier(number, lag, hit))
    peak = peak_mib()
    print(f"{'measures together':24} {clock.measured:7.2f} s of {LIMIT_S:.0f}; peak {peak:.0f} MiB of {LIMIT_MIB}")
    return int(clock.measured > LIMIT_S or peak > LIMIT_MIB)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:3]]
    raise SystemExit(run(*(numbers + [2_500_000, 50_000][len(numbers) :])))
