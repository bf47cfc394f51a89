"""Which threads of two exports are one thread. Source: methods:changing-ids."""

import polars as pl

from pipeline.consolidation.same_threads import matched_acts, representatives, same_people, same_threads

Act = tuple[str, str, str, int, str]
"""Export, thread, direction, milliseconds, text."""


def acts(*rows: Act) -> pl.DataFrame:
    names = ["export", "thread", "direction", "at", "text"]
    frame = pl.DataFrame(rows, schema=names, orient="row").with_columns(pl.col("at") * 1000)
    return frame.with_columns(
        pl.lit("facebook").alias("platform"),
        pl.lit(value=False).alias("is_group"),
        pl.concat_str(pl.lit("thread:"), "thread").alias("person"),
        (pl.col("at") // 1_000_000).alias("second"),
        pl.col("text").alias("what"),
    )


def found(frame: pl.DataFrame) -> set[frozenset[str]]:
    pairs = same_threads(matched_acts(frame), frame)
    return {frozenset(row) for row in pairs.select("thread", "thread_right").iter_rows() if row[0] != row[1]}


def test_one_equal_millisecond_joins_two_threads_and_their_people() -> None:
    frame = acts(("old", "a", "inbound", 1001, "ok"), ("new", "17", "inbound", 1001, "ok"))
    assert found(frame) == {frozenset({"a", "17"})}
    pairs = matched_acts(frame)
    people = same_people(pairs, same_threads(pairs, frame))
    assert {frozenset(row) for row in people.select("person", "person_right").iter_rows()} == {
        frozenset({"thread:a", "thread:17"})
    }
    assert set(representatives(people.iter_rows()).values()) == {"thread:17"}


def test_another_millisecond_text_or_direction_joins_nothing() -> None:
    first = ("old", "a", "inbound", 1001, "ok")
    for other in (("inbound", 1002, "ok"), ("inbound", 1001, "no"), ("outbound", 1001, "ok")):
        assert found(acts(first, ("new", "17", *other))) == set()


def test_a_text_forwarded_to_two_people_in_one_millisecond_does_not_join_them() -> None:
    """Each thread has more in common with its own later self; alone, the text joins none."""
    forwarded = [("outbound", 1001, "a happy new year")]
    own = {"a": ("inbound", 2002, "and you"), "b": ("inbound", 3003, "thanks")}
    rows = [
        (export, names[who], *act)
        for export, names in (("old", {"a": "x", "b": "y"}), ("new", {"a": "1", "b": "2"}))
        for who in "ab"
        for act in (*forwarded, own[who])
    ]
    assert found(acts(*rows)) == {frozenset({"x", "1"}), frozenset({"y", "2"})}
    alone = [row for row in rows if row[2] == "outbound"]
    assert found(acts(*alone)) == set()


def test_threads_that_one_export_holds_side_by_side_stay_two() -> None:
    frame = acts(
        ("old", "1", "outbound", 1001, "hello"),
        ("new", "1", "outbound", 5005, "later"),
        ("new", "2", "outbound", 1001, "hello"),
    )
    assert found(frame) == set()


def test_whole_seconds_need_a_longer_text_or_two_messages() -> None:
    short = [("old", "a", "inbound", 1000, "ok"), ("new", "17", "inbound", 1234, "ok")]
    assert found(acts(*short)) == set()
    again = [("old", "a", "outbound", 9000, "no"), ("new", "17", "outbound", 9876, "no")]
    assert found(acts(*short, *again)) == {frozenset({"a", "17"})}
    longer = [("old", "a", "inbound", 1000, "the river is high"), ("new", "17", "inbound", 1234, "the river is high")]
    assert found(acts(*longer)) == {frozenset({"a", "17"})}
