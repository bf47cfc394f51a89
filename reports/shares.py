"""The frame behind every dot chart of answered shares: labels, limits, words; and its table."""

import polars as pl

from pipeline.model.thresholds import HEADLINE_HORIZON_DAYS
from reports import formats, wording
from reports.limits import suppress_small_samples
from reports.model import Column, Row, Table
from reports.wording import label

HORIZON = HEADLINE_HORIZON_DAYS
_STEPS_FOR_A_DECIMAL = 10_000
_WORDS = {
    "platform": wording.PLATFORMS,
    "class": wording.CLASSES,
    "tier": wording.TIERS,
    "level": wording.LEVELS,
    "all": {"all": "All steps"},
    "craft": wording.GENERICNESS,
    "templated": wording.TEMPLATED,
    "intent": wording.INTENTS,
    "asked": wording.ASKED,
    "earlier_gifts": wording.EARLIER_GIFTS,
    **dict.fromkeys(("turn_gap", "certainty", "exclusions", "visibility", "grade"), wording.VARIANTS),
}


def labelled(frame: pl.DataFrame) -> pl.DataFrame:
    """Label the rows of `reciprocation` and blank the shares of small groups."""
    frame = suppress_small_samples(frame)
    labels = [label(_WORDS.get(row["dimension"], {}), row["value"], 28) for row in frame.iter_rows(named=True)]
    frame = frame.with_columns(
        label=pl.Series("label", labels, pl.String),
        series=pl.col("initiator").replace_strict(wording.INITIATORS, default="", return_dtype=pl.String),
        n_text=pl.Series("n_text", [formats.count(n) for n in frame["gestures"]], pl.String),
    )
    describe = [
        f"{row['label']}, {row['series'].lower()} {wording.within(row['horizon_days'])}: {row['summary']}, "
        f"{wording.steps_to(row['gestures'], row['contacts'])}" + _chance_words(row)
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(describe=pl.Series("describe", describe, pl.String))


def _chance_words(row: Row) -> str:
    chance = row.get("chance_share")
    return f"; {formats.percent(chance)} expected by chance" if chance is not None and row["drawn"] else ""


def of(
    frame: pl.DataFrame, dimensions: tuple[str, ...], *, outcome: str = "worded", horizon: int = HORIZON
) -> pl.DataFrame:
    """Select a chart's rows: the named dimensions in order, in each the groups with most steps first (levels by closeness)."""
    chosen = frame.filter(
        pl.col("dimension").is_in(list(dimensions)), pl.col("outcome") == outcome, pl.col("horizon_days") == horizon
    )
    weight = pl.col("gestures").sum().over("dimension", "value")
    level = pl.col("value").replace_strict(
        {name: number for number, name in enumerate(wording.LEVEL_ORDER)}, default=99, return_dtype=pl.Int64
    )
    tier = pl.col("value").replace_strict(
        {"newbie": 0, "peer": 1, "guru": 2, "unknown": 3}, default=9, return_dtype=pl.Int64
    )
    return (
        chosen.with_columns(
            _dimension=pl.col("dimension").replace_strict(
                {name: n for n, name in enumerate(dimensions)}, return_dtype=pl.Int64
            ),
            _order=pl.when(pl.col("dimension") == "level")
            .then(level)
            .when(pl.col("dimension") == "tier")
            .then(tier)
            .otherwise(0),
            _weight=weight,
        )
        .sort(["_dimension", "_order", "_weight", "value", "initiator"], descending=[False, False, True, False, False])
        .drop("_dimension", "_order", "_weight")
    )


def headline_decimals(gestures: int) -> int:
    """Return the decimals of a headline's per cents: one from 10,000 steps on, none below."""
    return 1 if gestures >= _STEPS_FOR_A_DECIMAL else 0


def table(name: str, frame: pl.DataFrame) -> Table:
    """Return the table under a dot chart."""
    return Table(name, COLUMNS, frame)


def _share(name: str) -> Column:
    words = {
        "answered_share": "Share", "low": "from", "high": "to", "naive_share": "All steps, whatever their age", "mature_share": "Only steps old enough",
        "one_minus_km": "Without follow-ups", "chance_share": "By chance",
    }  # fmt: skip

    def show(row: Row) -> str:
        return formats.NOTHING if row[name] is None else formats.percent(row[name])

    return Column(name, words[name], show, numeric=True)


OUTCOME = Column("outcome", "Answer counted", lambda row: label(wording.OUTCOMES, row["outcome"]))
_WHO = Column("initiator", "Who answers", lambda row: row["series"])
_WITHIN = Column("horizon_days", "Within", lambda row: wording.within(row["horizon_days"]).removeprefix("within "))
_COUNTS = (
    Column("gestures", "Steps", numeric=True),
    Column("contacts", "People", numeric=True),
    Column("answered", "Answers", numeric=True),
    Column("summary", "Answered in words"),
)
_SHARES = (_share("answered_share"), _share("low"), _share("high"), _share("chance_share"))
_NOTE = Column("note", "Note")
COLUMNS: tuple[Column, ...] = (
    Column("dimension", "By", lambda row: label(wording.DIMENSIONS, row["dimension"])),
    Column("value", "Group", lambda row: row["label"]),
    _WHO,
    _WITHIN,
    *_COUNTS,
    *_SHARES,
    _NOTE,
)
ESTIMATE_COLUMNS: tuple[Column, ...] = (
    _WHO,
    _WITHIN,
    *_COUNTS,
    *_SHARES,
    _share("mature_share"),
    _share("naive_share"),
    _share("one_minus_km"),
    _NOTE,
)
