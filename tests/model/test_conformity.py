"""Evidence of a frame that is not its table: literal for literal frames, exact for any single fault, never a value of an archive."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.conformity import Disallowed, Evidence, TypeDifference, compare
from pipeline.model.tables import Table, tables
from tests.model.rows import frame

TIES = tables()["ties"]
MEMBERS = tables()["members"]


def test_a_frame_that_becomes_its_table_leaves_no_evidence() -> None:
    evidence = compare(frame(TIES, [{"contact_id": "x:1"}, {"contact_id": "x:2"}]), TIES)
    assert evidence == Evidence(rows=2)
    assert evidence.conforms
    assert evidence.metadata() == {"rows": 2, "doubled_keys": 0}


def test_the_evidence_of_a_broken_frame() -> None:
    broken = pl.DataFrame({
        "account_id": ["x:me"] * 5,
        "contact_id": ["email:ada@post.example", "x:1", "email:ada@post.example", "x:1", None],
        "platform": ["x"] * 5,
        "kind": ["follows", "full", "follows", "full", "ada's list"],
        "since": ["yesterday"] * 5,
        "last_seen_at": [1, 2, 3, 4, None],
        "archive_id": [None, "a", "a", None, "a"],
        "ada": [1] * 5,
    })  # fmt: skip
    evidence = compare(broken, TIES)
    assert evidence == Evidence(
        rows=5,
        missing=("missing_since",),
        extra=("ada",),
        types={"since": TypeDifference("TIMESTAMPTZ", "String")},
        nulls={"contact_id": 1, "archive_id": 2},
        disallowed={"kind": Disallowed(rows=3, codes=("full",))},
        doubled_keys=2,
        doubled_rows=((0, 2), (1, 3)),
    )
    assert not evidence.conforms
    assert evidence.metadata() == {
        "rows": 5,
        "doubled_keys": 2,
        "missing_columns": "missing_since",
        "extra_columns": "ada",
        "types": "since: String instead of TIMESTAMPTZ",
        "nulls": "contact_id: 1; archive_id: 2",
        "disallowed_values": "kind: 3 rows (full)",
        "rows_of_doubled_keys": "0 and 2; 1 and 3",
    }


def test_three_doubled_keys_are_shown_of_many() -> None:
    evidence = compare(frame(MEMBERS, [{"member": f"{n % 9}.json"} for n in range(18)]), MEMBERS)
    assert (evidence.doubled_keys, evidence.doubled_rows) == (9, ((0, 9), (1, 10), (2, 11)))


def test_a_key_with_a_missing_column_is_not_judged() -> None:
    doubled = frame(MEMBERS, [{}, {}]).drop("member")
    assert compare(doubled, MEMBERS) == Evidence(rows=2, missing=("member",))


@pytest.mark.parametrize(
    "values",
    [pl.Series(["follows"], dtype=pl.Enum(["follows"])), pl.Series(["follows"], dtype=pl.Categorical)],
    ids=["enum", "categorical"],
)
def test_names_may_be_encoded(values: pl.Series) -> None:
    assert compare(frame(TIES, [{}]).with_columns(values.alias("kind")), TIES).conforms


def test_durations_may_be_microseconds_and_columns_of_nulls_may_lack_a_type() -> None:
    gestures = tables()["gestures"]
    made = frame(gestures, [{}])
    assert "lag_us" in made.columns
    assert compare(made.with_columns(pl.lit(None).alias("grade")), gestures).conforms


ROWS = 4


@st.composite
def faults(draw: st.DrawFn) -> tuple[Table, pl.DataFrame, dict[str, Any]]:
    """Return a table, a frame with one fault, and the evidence of that fault."""
    table = draw(st.sampled_from([table for table in tables().values() if table.key and table.name != "gestures"]))
    text = next((name for name in table.key if name not in {"initiator", "outcome"}), None)
    keyed = next(c for c in table.columns if c.name == text)
    # any allowed values but one make keys differ: a free text column of the key, or its codes
    free = next((c for c in table.columns if c.name in table.key and c.type == "VARCHAR" and not c.allowed), keyed)
    values: list[object] = list(free.allowed or [f"k{n}" for n in range(ROWS)])[:ROWS]
    sound = frame(table, [{free.name: value} for value in values])
    columns = [c for c in table.columns if c.name in sound.columns and c.name not in table.key]
    kind = draw(st.sampled_from(["missing", "extra", "type", "null", "value", "doubled"]))
    coded = [c for c in columns if c.allowed and c.type == "VARCHAR"]
    required = [c for c in columns if not c.nullable]
    row = draw(st.integers(0, sound.height - 1))
    if kind == "missing" and columns:
        column = draw(st.sampled_from(columns))
        return table, sound.drop(column.name), {"missing": (column.name,)}
    if kind == "type" and columns:
        column = draw(st.sampled_from(columns))
        wrong = sound.with_columns(pl.lit(b"secret").alias(column.name))
        return table, wrong, {"types": {column.name: TypeDifference(column.type, "Binary")}}
    if kind == "null" and required:
        column = draw(st.sampled_from(required))
        gone = pl.when(pl.int_range(pl.len()) != row).then(column.name).alias(column.name)
        return table, sound.with_columns(gone), {"nulls": {column.name: 1}}
    if kind == "value" and coded:
        column = draw(st.sampled_from(coded))
        wrong_value, shown = draw(st.sampled_from([("secret", ()), ("ai_chat", ("ai_chat",))]))
        other = (
            pl.when(pl.int_range(pl.len()) == row).then(pl.lit(wrong_value)).otherwise(column.name).alias(column.name)
        )
        return table, sound.with_columns(other), {"disallowed": {column.name: Disallowed(1, shown)}}
    if kind == "doubled":
        return table, pl.concat([sound, sound[row]]), {"doubled_keys": 1, "doubled_rows": ((row, sound.height),)}
    return table, sound.with_columns(pl.lit("secret").alias("surplus")), {"extra": ("surplus",)}


@given(faults())
@settings(max_examples=150, deadline=None)
def test_one_fault_leaves_exactly_its_evidence(fault: tuple[Table, pl.DataFrame, dict[str, Any]]) -> None:
    table, broken, expected = fault
    evidence = compare(broken, table)
    assert evidence == Evidence(rows=broken.height, **expected)
    assert not evidence.conforms
    assert "secret" not in str(evidence.metadata())
