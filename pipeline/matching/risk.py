"""The risk set: a gesture counts only where an answer could have been seen (METHODS 2.1; rulings 3, 4, 9, 13, 18).

Coverage rows of one (account, platform, class, direction) that cover a gesture's surface unite; rows of the gesture's
own thread replace the general ones. The follow-up lasts from the gesture to the end of the unbroken full coverage in
which it lies, at most to the known end of the tie.
"""

from typing import ClassVar

import numpy as np
import polars as pl

from pipeline.matching.order import Ints
from pipeline.matching.wordless import WORDLESS_CLASSES
from pipeline.vocabulary import SURFACES

_FOREVER = 2**62
_KEY = ["account_id", "platform", "class", "surface"]


class RiskSet:
    """Coverage made ready for look-ups.

    Args:
        coverage: schema COVERAGE.
        tie_ends: `contact_id`, `platform`, `ended_at` in µs, or None.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("censored_after_us", "at_risk", "off_risk_reason")

    def __init__(self, coverage: pl.DataFrame, tie_ends: pl.DataFrame | None = None) -> None:
        surfaces = pl.DataFrame({"_of": ["all"] * (len(SURFACES) - 1), "surface": [s for s in SURFACES if s != "all"]})
        known = coverage.rename({"surface": "_of"})
        own = known.filter(pl.col("_of") != "all").with_columns(pl.col("_of").alias("surface"))
        every = known.filter(pl.col("_of") == "all").join(surfaces, on="_of")
        self._rows = pl.concat([own, every.select(own.columns)]).with_columns(
            pl.col("starts_at").fill_null(-_FOREVER),
            # a window without an end is no evidence that anything was seen
            pl.when(pl.col("visibility") == "none").then(_FOREVER).otherwise(pl.col("ends_at").fill_null(-_FOREVER)).alias("ends_at"),
        )  # fmt: skip
        self._ends = None
        if tie_ends is not None:
            self._ends = tie_ends.group_by("contact_id", "platform").agg(pl.col("ended_at").min())
        self._links = coverage.group_by("account_id", "platform", "class").agg(
            pl.col("reply_links").fill_null(value=False).any()
        )

    def assess(self, gestures: pl.DataFrame, initiator: str, outcome: str) -> pl.DataFrame:
        """Add `censored_after_us`, `at_risk` and `off_risk_reason`.

        censored_after_us is the follow-up in full coverage (for reason `partial`: in partial or full coverage; NULL
        where nothing could be seen).
        """
        rows = self._rows.filter(pl.col("direction") == ("inbound" if initiator == "me" else "outbound"))
        frame = gestures.with_row_index("_g")
        threads = rows.filter(pl.col("thread_id").is_not_null()).select(*_KEY, "thread_id").unique()
        frame = frame.join(
            threads.with_columns(pl.lit(value=True).alias("_own")), on=[*_KEY, "thread_id"], how="left"
        ).with_columns(pl.when("_own").then("thread_id").otherwise(pl.lit("")).alias("_scope"))
        rows = rows.with_columns(pl.col("thread_id").fill_null("").alias("_scope"))
        keys = rows.select(*_KEY, "_scope").unique().sort(*_KEY, "_scope").with_row_index("_k")
        rows = rows.join(keys, on=[*_KEY, "_scope"]).with_columns(pl.col("_k").cast(pl.Int64))
        frame = frame.join(keys, on=[*_KEY, "_scope"], how="left").with_columns(
            pl.col("_k").cast(pl.Int64).fill_null(-1)
        )
        frame = frame.join(self._links, on=["account_id", "platform", "class"], how="left").sort("_g")

        key, start = frame["_k"].to_numpy(), frame["started_at"].to_numpy()
        full_end = _end_of_cover(rows.filter(pl.col("visibility") == "full"), key, start)
        seen = rows.filter(pl.col("visibility") != "none")
        seen_end = _end_of_cover(seen, key, start)
        visible = np.isin(key, seen["_k"].unique().to_numpy())
        full, some = full_end >= start, seen_end >= start
        end = np.where(full, full_end, seen_end)
        if self._ends is not None:
            tie = frame.join(self._ends, on=["contact_id", "platform"], how="left").sort("_g")
            end = np.minimum(end, tie["ended_at"].fill_null(_FOREVER).to_numpy())
        left = np.maximum(0, end - start)
        known = pl.Series(some)
        wordless = (frame["class"].is_in(list(WORDLESS_CLASSES))) & (outcome == "worded")
        unlinked = frame["is_group"] & ~frame["reply_links"].fill_null(value=False)
        reason = (
            pl.when(~pl.Series(visible)).then(pl.lit("none_visible"))
            .when(~known).then(pl.lit("outside_coverage"))
            .when(pl.Series(left) <= 0).then(pl.lit("no_follow_up"))
            .when(wordless).then(pl.lit("wordless_class"))
            .when(unlinked).then(pl.lit("no_reply_links"))
            .when(~pl.Series(full)).then(pl.lit("partial"))
        )  # fmt: skip
        return frame.with_columns(
            pl.when(known).then(pl.Series(left)).alias("censored_after_us"), reason.alias("off_risk_reason")
        ).with_columns(pl.col("off_risk_reason").is_null().alias("at_risk"))


def _end_of_cover(rows: pl.DataFrame, key: Ints, start: Ints) -> Ints:
    """Return, for each (key, start), the end of the unbroken cover in which start lies; below start when there is none."""
    spans = rows.filter(pl.col("ends_at") >= pl.col("starts_at")).sort("_k", "starts_at", "ends_at").with_columns(
        pl.col("ends_at").cum_max().over("_k").alias("reach")
    ).with_columns(
        (pl.col("starts_at") > pl.col("reach").shift().over("_k")).fill_null(value=True).cum_sum().alias("block")
    )  # fmt: skip
    if spans.is_empty():
        return np.full(len(key), -_FOREVER, dtype=np.int64)
    blocks = spans.group_by("block").agg(
        pl.col("_k").first(), pl.col("starts_at").min(), pl.col("reach").max().alias("end")
    ).sort("_k", "starts_at")  # fmt: skip
    k, begin, end = (blocks[name].to_numpy() for name in ("_k", "starts_at", "end"))
    # rank of (key, start) among the blocks: the same as a search by key, then by time
    merged = np.lexsort((
        np.concatenate([np.zeros(len(k), dtype=np.int8), np.ones(len(key), dtype=np.int8)]),
        np.concatenate([begin, start]),
        np.concatenate([k, key]),
    ))  # fmt: skip
    is_block = merged < len(k)
    last = np.cumsum(is_block) - 1
    at = np.empty(len(merged), dtype=np.int64)
    at[merged] = last
    found = at[len(k) :]
    ok = (found >= 0) & (k[np.maximum(found, 0)] == key)
    return np.where(ok, end[np.maximum(found, 0)], -_FOREVER)
