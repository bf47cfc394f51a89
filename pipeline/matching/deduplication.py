"""Deduplication: what several archives show of one act becomes one act.

`deduplicate(rows)` takes the staged interactions of all archives, concatenated.

Columns of `rows` (any others are kept): `platform`, `account`, `native_id`, `contact` (identity or contact),
`direction`, `class`, `kind`, `thread`, `reply_to`, `is_group`, `at` (µs), `resolution_s`, `text`, `seq`, `archive_id`,
`exported_at` (µs or null), `member`, `pointer`.

(a) (platform, account, native_id) is one act. Of the versions with the same contact and direction, that of the newest
    export is current. A record that shares no contact and direction with the current one is a conflict, set aside.
(b) Equal rows of several archives are one overlap: those of the archive with most of them are kept. Equal rows
    inside one archive are kept: people do send "ok" twice.

Source: methods:deduplication, methods:one-act-one-row.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

_ACT: Final = ["platform", "account", "native_id"]
_RECORD: Final = [*_ACT, "archive_id", "member", "pointer"]
_VERSION: Final = [*_ACT, "contact", "direction"]
_EQUAL: Final = ["contact", "direction", "platform", "class", "thread", "at", "resolution_s", "text"]
_ORDER: Final = [
    "archive_id", "seq", "at", "contact", "direction", "class", "resolution_s", "thread", "reply_to", "is_group", "text",
    "member", "pointer", "kind",
]  # fmt: skip
"""The order of versions (null seq = -1, other nulls first), then the location, so that it is total."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """Which rows are kept, which aren't, and why.

    rows: the rows that are kept, sorted by the order of versions.
    dropped: all other rows, with `fate` (`older_version`, `archive_overlap`, `id_conflict`) and `replaced_by`, the
        native_id of the row kept in its place (null without); rows of fate `id_conflict` are to be set aside.
    aliases: `platform`, `account`, `native_id`, `replaced_by`: ids of dropped rows that links may still name.
    counts: id_conflict, edited, archive_overlap for `matching_counts`.
    """

    rows: pl.DataFrame
    dropped: pl.DataFrame
    aliases: pl.DataFrame
    counts: dict[str, int]


def may_repeat() -> pl.Expr:
    """Mark the rows that another row may repeat: all with an act or a content in common, and by chance hardly another.

    `deduplicate` keeps every other row, and those rows don't change what it does with the marked ones. So it may be
    called with the marked rows only.
    """
    act = pl.col("native_id").is_not_null() & pl.struct(_ACT).hash().is_duplicated()
    return act | pl.struct(_EQUAL).hash().is_duplicated()


def deduplicate(rows: pl.DataFrame) -> Deduplicated:
    """Keep the current version of each act, then each overlap once; the order of rows and archives doesn't matter.

    Source: methods:deduplication.
    """
    names = rows.columns
    frame = rows.with_columns(pl.col("seq").fill_null(-1).alias("_seq")).sort(
        ["_seq" if name == "seq" else name for name in _ORDER], nulls_last=False
    ).with_row_index("_order").with_columns(pl.col("_order").cast(pl.Int64))  # fmt: skip
    frame = _versions(frame)
    conflicts = frame.filter(pl.col("fate") == "id_conflict").select(_RECORD).unique().height
    edited = _edited(frame)
    frame = _overlaps(frame)
    kept = frame.filter(pl.col("fate").is_null()).sort("_order").select(names)
    dropped = frame.filter(pl.col("fate").is_not_null()).sort("_order").select(*names, "fate", "replaced_by")
    aliases = (
        dropped.filter(
            (pl.col("fate") == "archive_overlap") & pl.col("native_id").is_not_null() & pl.col("replaced_by").is_not_null()
        )
        .join(kept.select(_ACT).unique(), on=_ACT, how="anti")
        .group_by(_ACT).agg(pl.col("replaced_by").min())
        .sort(_ACT)
    )  # fmt: skip
    overlaps = dropped.filter(pl.col("fate") == "archive_overlap").height
    return Deduplicated(
        kept, dropped, aliases, {"id_conflict": conflicts, "edited": edited, "archive_overlap": overlaps}
    )


def _versions(frame: pl.DataFrame) -> pl.DataFrame:
    """Give every row its `fate` as a version of an act, null for those that are kept."""
    known = frame.filter(pl.col("native_id").is_not_null())
    several = known.filter(pl.struct("archive_id", "member", "pointer").n_unique().over(_ACT) > 1)
    if several.is_empty():
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias("fate"))
    records = several.group_by(_RECORD).agg(
        pl.col("exported_at").max(), pl.col("_order").min().alias("_best")
    ).sort(*_ACT, "exported_at", "_best", descending=[*[False] * len(_ACT), True, False], nulls_last=True).with_columns(
        pl.int_range(pl.len()).over(_ACT).alias("_age")
    )  # fmt: skip
    several = several.join(records.select(*_RECORD, "_age"), on=_RECORD, how="left", nulls_equal=True)
    # the first record in the order of versions defines the act; one that shares no contact with it is another act
    least = several.filter(pl.col("_order") == pl.col("_order").min().over(_ACT)).select(_RECORD)
    act = several.join(least, on=_RECORD, how="semi", nulls_equal=True).select(_VERSION).unique()
    shared = several.join(act, on=_VERSION, how="semi").select(_RECORD).unique()
    several = several.join(
        shared.with_columns(pl.lit(value=True).alias("_same")), on=_RECORD, how="left", nulls_equal=True
    )
    same = pl.col("_same").fill_null(value=False)
    newest = pl.when(same).then("_age").min().over(_VERSION)
    fates = several.select(
        "_order",
        pl.when(~same).then(pl.lit("id_conflict"))
        .when(pl.col("_age") != newest).then(pl.lit("older_version")).alias("fate"),
    )  # fmt: skip
    return frame.join(fates, on="_order", how="left").sort("_order")


def _edited(frame: pl.DataFrame) -> int:
    """Count acts of which an older version has another text or time than the current one."""
    seen = frame.filter(pl.col("fate").is_null() | (pl.col("fate") == "older_version")).filter(
        pl.col("native_id").is_not_null()
    )
    return (
        seen.group_by(_VERSION)
        .agg(pl.struct("text", "at").n_unique().alias("n"), (pl.col("fate") == "older_version").any().alias("older"))
        .filter((pl.col("n") > 1) & pl.col("older"))
        .select(_ACT)
        .unique()
        .height
    )


def _overlaps(frame: pl.DataFrame) -> pl.DataFrame:
    """Drop overlaps: of equal rows in several archives, those of the archive with most of them are kept."""
    kept = frame.filter(pl.col("fate").is_null())
    shared = kept.filter(pl.col("archive_id").n_unique().over(_EQUAL) > 1)
    lost = pl.lit(None, dtype=pl.String).alias("replaced_by")
    if shared.is_empty():
        return frame.with_columns(lost)
    shared = shared.with_columns(pl.len().over(*_EQUAL, "archive_id").alias("_many")).sort(
        *_EQUAL, "_many", "archive_id", "_order", descending=[*[False] * len(_EQUAL), True, False, False]
    )
    shared = shared.with_columns(
        pl.col("archive_id").first().over(_EQUAL).alias("_winner"),
        pl.int_range(pl.len()).over(*_EQUAL, "archive_id").alias("_place"),
    )
    wins = pl.col("archive_id") == pl.col("_winner")
    winners = shared.filter(wins).select(*_EQUAL, "_place", pl.col("native_id").alias("replaced_by"))
    lose = (
        shared.filter(~wins)
        .join(winners, on=[*_EQUAL, "_place"], how="left", nulls_equal=True)
        .select("_order", "replaced_by", pl.lit("archive_overlap").alias("_overlap"))
    )
    return (
        frame.join(lose, on="_order", how="left")
        .with_columns(pl.coalesce("fate", "_overlap").alias("fate"))
        .drop("_overlap")
        .sort("_order")
    )
