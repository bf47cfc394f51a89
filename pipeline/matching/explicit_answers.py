"""Explicit answers: a reply link names the interaction that is answered (grade A, no window)."""

from dataclasses import dataclass

import polars as pl

from pipeline.matching.answers import ANSWERS, GRADE_A, is_uncertain


@dataclass(frozen=True, slots=True)
class ExplicitAnswers:
    """What the responder's reply links show."""

    answers: pl.DataFrame
    """Columns ANSWERS, one row an answered turn, sorted by the answer's place."""
    closed: pl.Series
    """Turns of the responder that adjacency can't use: with a link to the initiator, or with none but links to their own side."""
    dangling: int
    """Links to an interaction that isn't in this analysis, or is of another contact or platform."""
    negative: int
    """Links to an interaction that happened after its answer."""


def explicit_answers(interactions: pl.DataFrame, turns: pl.DataFrame) -> ExplicitAnswers:
    """Follow every reply link of the responder; each gesture takes its earliest answer.

    Args:
        interactions: what `turns.assign_turns` returns.
        turns: what `turns.turns_of` returns for them.

    Source: methods:explicit-answers.
    """
    links = interactions.filter(~pl.col("own") & pl.col("linked")).sort("place")
    targets = interactions.filter(pl.col("row").is_in(links["target"].drop_nulls().implode())).select(
        pl.col("row").alias("target"), pl.col("own", "turn", "at", "end", "file").name.prefix("target_")
    )
    links = links.join(targets, on="target", how="left", maintain_order="left")
    to_initiator = links.filter(pl.col("target_own"))
    to_responder = links.filter(~pl.col("target_own"))
    possible = to_initiator.filter(pl.col("end") > pl.col("target_at"))
    answers = possible.unique("target_turn", keep="first", maintain_order=True).select(
        pl.col("target_turn").alias("turn"),
        pl.lit(GRADE_A, pl.UInt8).alias("grade"),
        pl.col("turn").alias("response_turn"),
        pl.col("row", "place", "at").name.prefix("response_"),
        is_uncertain(pl.col("target_end"), pl.col("at"), pl.col("target_file"), pl.col("file")),
    )
    # a turn is aimed elsewhere when all of its interactions answer the responder's own
    aimed = to_responder.group_by("turn").len("aimed")
    aimed = turns.filter(pl.col("turn").is_in(aimed["turn"].implode())).join(aimed, on="turn")
    elsewhere = aimed.filter(pl.col("aimed") == pl.col("interactions"))["turn"]
    return ExplicitAnswers(
        answers=answers.select(ANSWERS),
        closed=pl.concat([to_initiator["turn"], elsewhere]).unique(),
        dangling=links["target_own"].null_count(),
        negative=to_initiator.height - possible.height,
    )
