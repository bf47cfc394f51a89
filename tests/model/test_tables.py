"""The DDL is the only definition of a table: it parses to what DuckDB makes of it, and documents every column."""

import duckdb
import pytest

from pipeline.contacts.step_verdicts import VERDICTS
from pipeline.measures.reciprocation import active_lag
from pipeline.measures.reciprocation.silence import DIMENSIONS, SILENT_DAYS
from pipeline.measures.texts.first_asks import DAYS
from pipeline.model import codes, schemas, thresholds
from pipeline.model.tables import Column, ColumnSchemaRow, Table, TableSyntaxError, parse_table, tables

TOY = """\
-- One row a gesture. It may be
-- answered.
-- Key: gesture_id, "from".
create table toy (
    -- Hash of its first
    -- interaction.
    gesture_id VARCHAR not null,
    -- Time to the answer. [seconds]
    lag_s DOUBLE,
    -- Level before.
    "from" VARCHAR not null check ("from" in ('stranger', 'friend')),
    -- Days.
    days BIGINT check (
        days in (
            1, 7
        )
    ),
    -- Platforms (of all identities).
    platforms VARCHAR[]
);
"""


def test_ddl_parses_to_keys_types_allowed_values_units_and_comments() -> None:
    assert parse_table("toy", TOY.replace('gesture_id, "from".', "gesture_id, from.")) == Table(
        name="toy",
        comment="One row a gesture. It may be answered.",
        key=("gesture_id", "from"),
        columns=(
            Column("gesture_id", "VARCHAR", nullable=False, allowed=(), unit=None, comment="Hash of its first interaction."),
            Column("lag_s", "DOUBLE", nullable=True, allowed=(), unit="seconds", comment="Time to the answer."),
            Column("from", "VARCHAR", nullable=False, allowed=("stranger", "friend"), unit=None, comment="Level before."),
            Column("days", "BIGINT", nullable=True, allowed=(1, 7), unit=None, comment="Days."),
            Column("platforms", "VARCHAR[]", nullable=True, allowed=(), unit=None, comment="Platforms (of all identities)."),
        ),
        statement=TOY.replace('gesture_id, "from".', "gesture_id, from."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        TOY,  # the key quotes a name
        "create table toy (\n    lag_s DOUBLE\n);\n",  # no comment
        "create table toy (\n    -- Lag.\n    lag_s DOUBLE default 0\n);\n",  # not a form that is read
        "create table other (\n    -- Lag.\n    lag_s DOUBLE\n);\n",  # of another name
        "create table toy (\n    -- Lag.\n    lag_s DOUBLE\n);\ndrop table toy;\n",
    ],
)
def test_ddl_of_another_form_is_refused(statement: str) -> None:
    with pytest.raises(TableSyntaxError):
        parse_table("toy", statement)


def test_catalogue_rows_state_what_holds_of_a_column() -> None:
    rows = {row.name: row for row in tables()["funnel"].column_schema_rows()}
    stages = "('stranger', 'noticed', 'exchanged', 'dancing', 'friend', 'close', 'opted_in')"
    assert rows["stage"].nullable is False
    assert rows["stage"].unique is True
    assert rows["from_stage"].constraints == (f"from_stage in {stages}",)
    assert rows["median_days_to_reach"] == ColumnSchemaRow(
        name="median_days_to_reach",
        type="DOUBLE",
        description=(
            "Kaplan–Meier median of the time from the first turn of either side; NULL when fewer than half reached it. "
            "Unit: days."
        ),
        nullable=True,
        unique=False,
        constraints=(),
    )


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_every_ddl_runs_in_duckdb_and_means_what_was_parsed(table: Table) -> None:
    with duckdb.connect() as connection:
        connection.execute(table.statement)
        found = connection.sql(
            "select column_name, replace(data_type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ'), is_nullable "
            "from duckdb_columns() where not internal order by column_index"
        ).fetchall()
        kinds = connection.sql(
            "select constraint_type, count(*) from duckdb_constraints() group by all order by all"
        ).fetchall()
    assert found == [(column.name, column.type, column.nullable) for column in table.columns]
    checks = sum(bool(column.allowed) for column in table.columns)
    required = sum(not column.nullable for column in table.columns)
    wanted = (("CHECK", checks), ("NOT NULL", required))
    assert kinds == [(kind, count) for kind, count in wanted if count]
    assert len(table.comment) > 10
    assert [column.name for column in table.columns if len(column.comment) < 5] == []


def test_tables_that_may_hold_equal_rows_are_few() -> None:
    assert [name for name, table in tables().items() if not table.key] == ["set_aside", "unattributed"]


ENUMERATIONS: dict[str, tuple[object, ...]] = {
    "class": codes.CLASSES, "dimension": codes.DIMENSIONS, "direction": codes.DIRECTIONS, "evidence": codes.EVIDENCE,
    "from": codes.LEVELS, "from_stage": codes.STAGES, "genericness": codes.GENERICNESS, "grade": codes.GRADES,
    "horizon_days": thresholds.HORIZON_DAYS, "initiator": codes.INITIATORS, "label": codes.TONES, "level": codes.LEVELS,
    "off_risk_reason": codes.OFF_RISK_REASONS, "outcome": codes.OUTCOMES, "quantile": thresholds.QUANTILES,
    "stage": codes.STAGES, "surface": codes.ACT_SURFACES, "tier": codes.TIERS, "to": codes.LEVELS,
    "visibility": codes.VISIBILITIES, "whose_step": codes.WHOSE_STEPS, "archives.status": codes.ARCHIVE_STATUSES,
    "comparisons.dimension": codes.COMPARED_DIMENSIONS, "coverage.surface": codes.SURFACES,
    "rule": codes.EXCLUSIONS,
    "first_asks.day": DAYS, "gestures.status": codes.GESTURE_STATUSES, "lag_quantiles.dimension": codes.LAG_DIMENSIONS,
    "matching_counts.name": codes.MATCHING_COUNTS, "follows.status": codes.FOLLOW_STATUSES, "silence.dimension": DIMENSIONS, "active_lag.dimension": active_lag.DIMENSIONS, "silence.silent_days": SILENT_DAYS,
    "ties.kind": codes.TIE_KINDS, "steps.verdict": VERDICTS, "active_lag.note": ("fewer_than_10_answers",),
}  # fmt: skip
"""Column, or table.column where the name alone does not decide -> its values."""
FREE = {"comparisons.horizon_days"}
"""Columns of a code's name that only some of its values can have."""


def test_allowed_values_are_those_of_the_enumerations() -> None:
    found = {}
    wanted = {}
    for table in tables().values():
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            values = ENUMERATIONS.get(name, ENUMERATIONS.get(column.name, ()))
            if name not in FREE and (values or column.allowed):
                found[name], wanted[name] = column.allowed, values
    assert found == wanted


def test_working_frames_mirror_their_tables() -> None:
    table = tables()["gestures"]
    assert list(schemas.GESTURES)[:3] == ["gesture_id", "initiator", "outcome"]
    assert list(schemas.GESTURES)[-2:] == ["resolution_s", "place"]
    assert len(schemas.GESTURES) == len(table.columns) + 2
    assert {name: str(schemas.GESTURES[name]) for name in ("started_at", "lag_us", "is_group", "grade")} == {
        "started_at": "Int64", "lag_us": "Int64", "is_group": "Boolean", "grade": "String",
    }  # fmt: skip
    assert str(schemas.INTERACTIONS["at"]) == "Int64"
    assert "occurred_at" not in schemas.INTERACTIONS
