"""Which text a text answers."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.texts.parents import PARENTS_INPUT, parent_rows
from pipeline.model.durations import DAY, HOUR

NAMES = ("interaction_id", "direction", "at", "class", "thread_id", "reply_to", "is_group", "contact_id")


def texts(*rows: tuple[str, str, int, str, str | None, str | None, bool, str]) -> pl.DataFrame:
    frame = pl.DataFrame(
        rows, schema=NAMES, orient="row", schema_overrides={"reply_to": pl.String, "thread_id": pl.String}
    )
    return frame.with_columns(account_id=pl.lit("me"), platform=pl.lit("x")).select(PARENTS_INPUT)


def answered(frame: pl.DataFrame) -> dict[str, str | None]:
    """Return interaction_id -> interaction_id of what it answers."""
    names = frame["interaction_id"]
    return dict(zip(names, names.gather(parent_rows(frame)), strict=True))


def test_a_named_parent_counts_else_the_last_message_of_the_other_side() -> None:
    frame = texts(
        ("question", "outbound", 0, "message", "t", None, False, "ann"),
        ("more", "outbound", HOUR, "message", "t", None, False, "ann"),
        ("answer", "inbound", 2 * HOUR, "message", "t", None, False, "ann"),
        ("late", "outbound", 8 * DAY, "message", "t", None, False, "ann"),
        ("other thread", "inbound", 3 * HOUR, "message", "u", None, False, "ann"),
        ("other person", "inbound", 3 * HOUR, "message", "t", None, False, "bob"),
        ("named", "inbound", 4 * HOUR, "message", "t", "question", False, "ann"),
        ("gone", "inbound", 5 * HOUR, "message", "t", "unknown", False, "ann"),
        ("comment", "inbound", HOUR, "comment", "t", None, False, "ann"),
        ("group", "inbound", HOUR, "message", "t", None, True, "ann"),
    )
    assert answered(frame) == {
        "question": None, "more": None, "answer": "more", "late": None, "other thread": None, "other person": None,
        "named": "question", "gone": None, "comment": None, "group": None,
    }  # fmt: skip


@given(st.permutations(range(5)))
def test_the_order_of_rows_is_of_no_consequence(order: list[int]) -> None:
    frame = texts(
        *((f"m{k}", "inbound" if k % 2 else "outbound", 0, "message", None, None, False, "ann") for k in range(5))
    )
    assert answered(frame[order]) == {"m0": None, "m1": "m0", "m2": "m1", "m3": "m2", "m4": "m3"}
