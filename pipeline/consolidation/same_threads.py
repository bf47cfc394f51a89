"""Threads and people that have another id in each export, found by the messages that the exports have in common.

Format fact: Facebook and Instagram name threads and people anew in each generation of their exports. What does not change
is a message: its time to the millisecond, its direction and its text. Source: methods:changing-ids.
"""

from collections.abc import Iterable
from typing import Final

import polars as pl

KEY: Final = ["platform", "second", "direction", "what"]
"""In which equal messages of two exports are equal; an export in whole seconds can be compared with others."""
_SIDES: Final = ["platform", "export", "thread"]
_PAIR: Final = ["platform", "export", "thread", "export_right", "thread_right"]
_ENOUGH: Final = 2
_TELLING_TEXT: Final = 12
"""Length of a text that two people hardly write in the same second."""


def matched_acts(acts: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of equal acts of two exports, each with `points`: how much the pair says about its threads.

    Only threads are compared that share an act with a thread of another id, or in which an act has two senders.

    Args:
        acts: platform, export, thread, person (null: unknown), is_group, direction, at, second, what, text.
    """
    hashed = acts.select(
        pl.struct(KEY).hash().alias("_key"), *(pl.col(name).hash() for name in ("export", "thread", "person"))
    )
    several = hashed.filter(pl.col("_key").is_duplicated())
    kinds = several.group_by("_key").agg(
        (pl.col(name).min() != pl.col(name).max()).alias(name) for name in ("export", "thread", "person")
    )
    shared = kinds.filter("export")
    differing = shared.filter(pl.col("thread") | pl.col("person").fill_null(value=False))["_key"]
    is_differing = hashed["_key"].is_in(differing.implode())
    threads = acts.filter(is_differing).select("platform", "thread").unique()
    is_shared = hashed["_key"].is_in(shared["_key"].implode())
    candidates = acts.filter(is_shared).join(threads, on=["platform", "thread"], how="semi")
    pairs = candidates.join(candidates, on=KEY).filter(pl.col("export") < pl.col("export_right"))
    at, other = pl.col("at"), pl.col("at_right")
    in_seconds = (at % 1_000_000 == 0) | (other % 1_000_000 == 0)
    points = (
        pl.when((at == other) & ~in_seconds | (pl.col("text").str.len_chars().fill_null(0) >= _TELLING_TEXT))
        .then(_ENOUGH)
        .otherwise(1)
    )
    return pairs.filter((at == other) | in_seconds).with_columns(points.alias("points"))


def same_threads(pairs: pl.DataFrame, acts: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of threads (`_PAIR`) that are one thread, pairs with equal ids included.

    Two threads are one when each has more matches with the other than with any further thread of the other's export, and no
    export has both.

    Args:
        pairs: as `matched_acts` returns them.
        acts: the acts of all exports.
    """
    scored = pairs.group_by(_PAIR).agg(pl.col("points").sum())
    mutual = scored.filter(pl.col("points") >= _ENOUGH)
    for side in (
        ["platform", "export", "thread", "export_right"],
        ["platform", "export_right", "thread_right", "export"],
    ):
        is_best = pl.col("points") == pl.col("points").max().over(side)
        mutual = mutual.with_columns((is_best & (is_best.sum().over(side) == 1)).alias("_".join(["best", side[1]])))
    present = acts.select(_SIDES).unique()
    equal = pl.col("thread") == pl.col("thread_right")
    apart = mutual.filter("best_export", "best_export_right").filter(~equal)
    apart = apart.join(
        present, left_on=["platform", "export", "thread_right"], right_on=_SIDES, how="anti"
    ).join(present, left_on=["platform", "export_right", "thread"], right_on=_SIDES, how="anti")  # fmt: skip
    return pl.concat([scored.filter(equal), apart.select(scored.columns)]).select(_PAIR)


def same_people(pairs: pl.DataFrame, threads: pl.DataFrame) -> pl.DataFrame:
    """Return platform, person, person_right of people with two ids, each pair once.

    The ids must fit each other and no third one in the two exports. A closed account's messages in a group are those of
    several people under one id, which is joined with none.

    Args:
        pairs: as `matched_acts` returns them.
        threads: as `same_threads` returns them.
    """
    group = pl.col("is_group") | pl.col("is_group_right")
    closed = [
        pl.col(f"is_group{side}") & (pl.col(f"person{side}") == pl.concat_str(pl.lit("thread:"), f"thread{side}"))
        for side in ("", "_right")
    ]
    seen = (
        pairs.join(threads, on=_PAIR, how="semi")
        .filter(pl.col("person").is_not_null() & pl.col("person_right").is_not_null())
        .filter(~group | (pl.col("direction") == "inbound"), ~closed[0], ~closed[1])
        .select("platform", "export", "export_right", group.alias("group"), "person", "person_right")
        .unique()
    )
    between = ["platform", "export", "export_right", "group"]
    fits = (pl.len().over(*between, "person") == 1) & (pl.len().over(*between, "person_right") == 1)
    return (
        seen.filter(fits)
        .filter(pl.col("person") != pl.col("person_right"))
        .select("platform", "person", "person_right")
        .unique()
    )


def representatives(pairs: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Return (platform, id) -> the id that is used for all ids of its group; ids in no pair are left out.

    It is an id of the platform's own rather than a name or random letters, the least among equals.

    Args:
        pairs: platform, id, id.

    Examples:
        >>> representatives([("facebook", "ana_qwertyuiop", "17"), ("facebook", "17", "ana_asdfghjklz")])["facebook", "ana_qwertyuiop"]
        '17'
    """
    groups: dict[tuple[str, str], set[str]] = {}
    for platform, one, other in pairs:
        joined = groups.get((platform, one), {one}) | groups.get((platform, other), {other})
        groups.update(((platform, member), joined) for member in joined)
    return {(platform, member): min(group, key=_rank) for (platform, member), group in groups.items()}


def _rank(native_id: str) -> tuple[int, str]:
    if native_id.startswith("name:"):
        return 2, native_id
    return (0 if native_id.removeprefix("thread:").isdigit() else 1), native_id
