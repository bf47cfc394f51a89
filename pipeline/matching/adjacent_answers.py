"""Adjacent answers: a turn answers the turn right before it, in its thread (B), its channel (C) or across lanes (D)."""

from typing import Final

import polars as pl

from pipeline.matching.answers import ANSWERS, GRADE_A, is_uncertain
from pipeline.matching.parameters import COARSE_US, MatchingParameters

_COLUMNS: Final = ("turn", "place", "own", "at", "end", "order_time", "file", "contact", "channel", "thread", "lane")


def adjacent_answers(turns: pl.DataFrame, taken: pl.Series, parameters: MatchingParameters) -> tuple[pl.DataFrame, int]:
    """Pair direct turns, grade by grade; what one grade pairs, the next can't.

    Args:
        turns: what `turns.turns_of` returns, sorted by lane, then place.
        taken: turns that no pair may use: answered gestures and responses that are closed to adjacency.
        parameters: windows.

    Returns:
        Columns ANSWERS, sorted by grade; and the number of pairs refused because both turns began in the same moment.

    Source: methods:adjacent-answers, methods:windows.
    """
    direct = turns.filter(~pl.col("is_group")).select(_COLUMNS)
    by_place = direct.sort("place")
    # of each part all turns, matched or not: a matched turn still blocks
    levels = (
        ("thread", direct.drop_nulls("thread").sort("thread", "place"), parameters.window_thread_us),
        ("channel", _by_channel(direct, by_place), parameters.window_channel_us),
        ("contact", by_place, parameters.window_contact_us),
    )
    answers: list[pl.DataFrame] = []
    refused: list[pl.DataFrame] = []
    for grade, (part, ordered, window) in enumerate(levels, start=GRADE_A + 1):
        pairs = _neighbours(ordered, part, window)
        pairs = pairs.filter(~pl.col("turn").is_in(taken.implode()) & ~pl.col("response_turn").is_in(taken.implode()))
        simultaneous = _is_simultaneous()
        refused.append(pairs.filter(simultaneous).select("turn", "response_turn"))
        found = pairs.filter(~simultaneous).select(
            "turn", pl.lit(grade, pl.UInt8).alias("grade"), "response_turn",
            pl.col("response_turn").alias("response_row"), "response_place", "response_at",
            is_uncertain(pl.col("end"), pl.col("response_at"), pl.col("file"), pl.col("response_file")),
        )  # fmt: skip
        answers.append(found.select(ANSWERS))
        taken = pl.concat([taken, found["turn"], found["response_turn"]])
    # one pair may be refused at several grades and counts once
    return pl.concat(answers), pl.concat(refused).unique().height


def _by_channel(direct: pl.DataFrame, by_place: pl.DataFrame) -> pl.DataFrame:
    """Return turns by channel, then place.

    Args:
        direct: turns by lane, then place.
        by_place: the same turns by place.
    """
    changes = direct.select((pl.col("channel", "lane") != pl.col("channel", "lane").shift()).sum())
    # lanes run in the order of channels: where each channel has one lane, the turns are sorted already
    one_lane = changes["channel"].item() == changes["lane"].item()
    return direct if one_lane else by_place.sort("channel", maintain_order=True)


def _neighbours(ordered: pl.DataFrame, part: str, window_us: int) -> pl.DataFrame:
    """Pair each turn of the initiator with the responder's turn that follows it in its part, within the window.

    Args:
        ordered: turns by part, then place.
        part: column of the parts.
        window_us: the longest time between their starts, in µs.
    """
    own, time = pl.col("own"), pl.col("order_time")
    followed = own & ~own.shift(-1) & (pl.col(part) == pl.col(part).shift(-1)) & (time.shift(-1) - time <= window_us)
    mask = ordered.select(followed.fill_null(value=False)).to_series()
    response = ordered.filter(mask.shift(1, fill_value=False)).select(
        pl.col("turn", "place", "at", "end", "file").name.prefix("response_")
    )
    return ordered.filter(mask).hstack(response)


def _is_simultaneous() -> pl.Expr:
    """Mark pairs of one moment whose order nothing shows: both of fine resolution, not in one file of true order."""
    fine = (pl.col("end") - pl.col("at") < COARSE_US) & (pl.col("response_end") - pl.col("response_at") < COARSE_US)
    one_file = (pl.col("file") == pl.col("response_file")).fill_null(value=False)
    return (pl.col("at") == pl.col("response_at")) & fine & ~one_file
