"""The published file: documented, readable by older DuckDBs, replaced whole; readers neither block a run nor break."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.model.schemas import GESTURES, INTERACTIONS
from pipeline.model.tables import tables
from pipeline.warehouse.connection import STORAGE_VERSION, WarehouseError, building, published
from pipeline.warehouse.publishing import WarehouseCheckError, build, publish
from pipeline.warehouse.queries import answer
from pipeline.warehouse.shaping import shaped
from pipeline.warehouse.sql_files import sql_files
from tests.model.rows import frame


def accounts(name: str) -> pl.LazyFrame:
    row = {"account_id": "x:1", "platform": "x", "native_id": "1", "handle": name, "display_name": None, "email": None}
    return pl.LazyFrame([row], schema=dict.fromkeys(row, pl.String))


def handle(path: Path, private: Path) -> str:
    with published(path, private) as connection:
        return str(answer(connection, "select handle from accounts").item())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    build(path, {})
    return path


@pytest.fixture(scope="module")
def opened(empty: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a copy: connections of one process to one file share their settings."""
    copy = shutil.copyfile(empty, empty.with_name("copy.duckdb"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


def test_every_table_and_column_has_a_comment(opened: duckdb.DuckDBPyConnection) -> None:
    silent = opened.sql("select table_name from duckdb_tables() where coalesce(comment, '') = ''").fetchall()
    silent += opened.sql(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal and coalesce(comment, '') = '' "
        "and table_name in (select table_name from duckdb_tables())"
    ).fetchall()
    assert silent == []


def test_tables_and_columns_that_queries_of_others_rely_on_exist(opened: duckdb.DuckDBPyConnection) -> None:
    found: dict[str, set[str]] = {}
    for table, column in opened.sql(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    missing = {
        f"{table}.{column}"
        for table, columns in RELIED_ON.items()
        for column in columns.split()
        if column not in found.get(table, set())
    }
    assert missing == set()


RELIED_ON = {
    "archives": "archive_id path platform account_id exported_at first_at last_at size_bytes status reason",
    "members": "archive_id member reader records_in stored already_stored set_aside skipped skip_reason",
    "set_aside": "archive_id member pointer reason_code reason",
    "accounts": "account_id platform native_id handle display_name email",
    "contacts": "contact_id display_name identities platforms first_at last_at excluded exclusion_reason",
    "identities": "identity_id contact_id platform native_id handle display_name url email join_reason",
    "identity_suggestions": "identity_a identity_b score reasons",
    "interactions": "interaction_id contact_id account_id platform direction kind class occurred_at resolution_s thread_id reply_to is_group native_id text url archive_id member pointer",
    "ties": "account_id contact_id platform kind since last_seen_at missing_since archive_id",
    "unattributed": "platform kind direction occurred_at text url archive_id member pointer",
    "coverage": "account_id platform class direction surface visibility starts_at ends_at reason",
    "matching_counts": "initiator outcome name value",
    "gestures": "gesture_id initiator outcome contact_id platform class account_id thread_id surface is_group started_at last_at interactions first_interaction_id status grade response_interaction_id lag_s lag_last_s superseded_after_s censored_after_s uncertain at_risk off_risk_reason",
    "reciprocation": "initiator outcome dimension value horizon_days gestures contacts answered_share low high naive_share mature_share one_minus_km answered_share_adjacent chance_share chance_share_simulated p_value lift kappa design_effect shown note",
    "response_lag": "initiator outcome dimension value lag_s answered_share low high km_share km_low km_high at_risk",
    "lag_quantiles": "initiator outcome dimension value quantile unconditional_s low high conditional_s mature_gestures note",
    "contact_reciprocation": "contact_id initiator outcome gestures answered share low high median_lag_s open_since whose_step mine theirs share_mine signed symmetric log_ratio effort_share_mine response_balance not_responding",
    "answer_kinds": "initiator outcome given_kind answer_kind gestures answers share",
    "monthly": "month contacts_reached gestures exchanges exchanges_per_contact words_given words_received sessions new_contacts first_exchanges became_dormant revived",
    "standing": "contact_id tier evidence value source as_of",
    "balance": "period tier gestures contacts outreach_share answers return_share target_share",
    "dance": "contact_id",
    "levels": "contact_id month level opted_in dormant",
    "level_changes": "contact_id changed_at",
    "funnel": "stage contacts median_days_to_reach from_stage",
    "craft": "interaction_id language genericness templated link_drop ask give disclosure reasons",
    "tone": "interaction_id language compound label link_drop self_promotion reasons",
    "changes": "what value detail",
    "exclusions": "interaction_id rule reason",
    "build_info": "key value",
}  # fmt: skip


def test_times_are_utc_ids_text_and_durations_seconds(opened: duckdb.DuckDBPyConnection) -> None:
    columns = opened.sql(
        "select table_name, column_name, data_type from duckdb_columns() where not internal"
    ).fetchall()
    wrong = []
    for table, column, kind in columns:
        times = column.endswith("_at") or column in {"since", "missing_since", "as_of", "open_since"}
        if (times and kind != "TIMESTAMP WITH TIME ZONE") or (column.endswith("_id") and kind != "VARCHAR"):
            wrong.append((table, column, kind))
        if column.endswith("_s") and column != "resolution_s" and kind != "DOUBLE":
            wrong.append((table, column, kind))
    assert wrong == []


def test_the_file_is_in_the_storage_version_of_duckdb_1_4(opened: duckdb.DuckDBPyConnection) -> None:
    assert STORAGE_VERSION == "v1.4.0"
    tags = opened.sql("select tags from duckdb_databases() where database_name not in ('system', 'temp')").fetchall()
    assert [tag["storage_version"].partition("+")[0].removesuffix(" ") for (tag,) in tags] == ["v1.4.0"]


@pytest.mark.parametrize("folder", ["views", "macros", "queries", "checks", "report", "explain"])
def test_every_sql_file_binds_against_an_empty_warehouse(opened: duckdb.DuckDBPyConnection, folder: str) -> None:
    files = sql_files(folder)
    assert files
    for file in files.values():
        assert file.text.startswith("-- "), f"{folder}/{file.name} has no first line that states what it answers"
        if folder in {"queries", "checks", "report", "explain"}:
            opened.execute(f"explain {file.text}").fetchall()


def test_constraints_of_the_ddl_hold_in_the_built_file_and_their_errors_quote_no_value(tmp_path: Path) -> None:
    for table, changed, message in (
        ("accounts", {"account_id": None, "native_id": "secret"}, "NOT NULL constraint failed: accounts.account_id"),
        ("ties", {"kind": "secret"}, "CHECK constraint failed on table .?ties"),
    ):
        broken = frame(tables()[table], [changed]).lazy()
        with pytest.raises(WarehouseError, match=message) as raised:
            build(tmp_path / table, {table: broken})
        assert "secret" not in str(raised.value)


def test_publishing_replaces_the_file_whole_and_removes_a_stale_log(tmp_path: Path) -> None:
    path, aside = tmp_path / "warehouse.duckdb", tmp_path / "building"
    umask = os.umask(0o077)
    try:
        publish(path, aside, {"accounts": accounts("one")})
        first = path.stat().st_ino
        reader = duckdb.connect(str(path), read_only=True)
        # left behind by another program that wrote to the file, and by an earlier build of ours
        path.with_name("warehouse.duckdb.wal").write_bytes(b"left over")
        aside.write_bytes(b"half a file")
        aside.with_name("building.wal").write_bytes(b"left over")
        publish(path, aside, {"accounts": accounts("two")})
    finally:
        os.umask(umask)
    assert path.stat().st_ino != first
    assert sorted(file.name for file in tmp_path.iterdir()) == ["warehouse.duckdb"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert reader.sql("select handle from accounts").fetchall() == [("one",)]
    reader.close()
    assert handle(path, tmp_path) == "two"


def test_a_failed_check_leaves_the_old_file(tmp_path: Path) -> None:
    path, aside = tmp_path / "warehouse.duckdb", tmp_path / "building"
    publish(path, aside, {"accounts": accounts("one")})
    doubled = pl.concat([accounts("two"), accounts("two")])
    with pytest.raises(
        WarehouseCheckError, match=r"The key of accounts \(account_id\) is not unique: 1 doubled, first in rows 0\."
    ):
        publish(path, aside, {"accounts": doubled})
    assert handle(path, tmp_path) == "one"


HOLD = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(60)
"""


def test_a_file_locked_by_another_process_is_read_from_a_private_copy(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    private = tmp_path / "private"
    private.mkdir()
    publish(path, tmp_path / "building", {"accounts": accounts("one")})
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            with published(path, private) as connection:
                (copy,) = private.rglob("*.duckdb")
                assert stat.S_IMODE(copy.stat().st_mode) == 0o600
                assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
                assert connection.sql("select handle from accounts").fetchall() == [("one",)]
            assert list(private.iterdir()) == []
            # and a run can publish meanwhile
            publish(path, tmp_path / "building", {"accounts": accounts("two")})
        finally:
            holder.kill()
    assert handle(path, private) == "two"


@pytest.mark.parametrize(
    "sql",
    [
        "create table t (a int)", "delete from accounts", "copy accounts to 'stolen.csv'", "attach 'other.duckdb'", "from read_text('/etc/hostname')",
        "install httpfs", "load httpfs", "set enable_external_access = true", "from 'https://example.org/a.csv'", "set temp_directory = '/tmp'",
    ],
)  # fmt: skip
def test_sql_can_neither_write_to_the_published_file_nor_reach_other_files(
    empty: Path, tmp_path: Path, sql: str
) -> None:
    before = empty.read_bytes()
    with published(empty, tmp_path) as connection, pytest.raises((duckdb.Error, ValueError)):
        answer(connection, sql)
    assert empty.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sql", ["select 1; select 2", "", "-- nothing"])
def test_only_a_single_statement_is_run(empty: Path, tmp_path: Path, sql: str) -> None:
    with published(empty, tmp_path) as connection, pytest.raises(ValueError, match="one SQL statement"):
        answer(connection, sql)


PUBLISH = """
import sys
from pathlib import Path
from tests.warehouse.test_warehouse import accounts
from pipeline.warehouse.publishing import publish
print("ready", flush=True)
for number in range(1000):
    publish(Path(sys.argv[1]), Path(sys.argv[2]), {"accounts": accounts(f"n{number}")})
"""


def test_after_a_killed_publish_the_file_is_intact_and_the_next_publish_succeeds(tmp_path: Path) -> None:
    path, aside = tmp_path / "warehouse.duckdb", tmp_path / "building"
    publish(path, aside, {"accounts": accounts("n0")})
    root = str(Path(__file__).parents[2])
    for pause in (0.05, 0.2, 0.5, 0.9):
        command = [sys.executable, "-c", PUBLISH, str(path), str(aside)]
        environment = os.environ | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        assert handle(path, tmp_path).startswith("n")
    publish(path, aside, {"accounts": accounts("last")})
    assert handle(path, tmp_path) == "last"


def test_a_flipped_bit_is_found_before_publishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, aside = tmp_path / "warehouse.duckdb", tmp_path / "building"
    publish(path, aside, {"accounts": accounts("one")})

    def damaged(where: Path, frames: dict[str, pl.LazyFrame]) -> None:
        build(where, frames)
        content = bytearray(where.read_bytes())
        place = content.find(b"needle in the haystack")
        content[place] ^= 1
        where.write_bytes(content)

    monkeypatch.setattr("pipeline.warehouse.publishing.build", damaged)
    with pytest.raises(WarehouseCheckError):
        publish(path, aside, {"accounts": accounts("needle in the haystack")})
    assert handle(path, tmp_path) == "one"


def test_frames_become_the_types_of_the_ddl() -> None:
    schema = {**dict.fromkeys(GESTURES, pl.String), **GESTURES}
    frame = pl.DataFrame(
        [{"gesture_id": "g", "started_at": 1_709_280_000_000_000, "lag_us": 1_234_567_891_234, "is_group": False}],
        schema=schema,
    )
    row = shaped(frame, tables()["gestures"]).row(0, named=True)
    assert row["started_at"] == datetime(2024, 3, 1, 8, tzinfo=UTC)
    assert row["lag_s"] == 1234567.891
    assert row["grade"] is None
    acts = shaped(pl.DataFrame(schema=INTERACTIONS), tables()["interactions"])
    assert acts.schema["occurred_at"] == pl.Datetime("us", "UTC")


def test_a_table_of_several_row_groups_keeps_its_order_and_its_last_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.warehouse.publishing.ROW_GROUP", 3)
    frame = pl.DataFrame({"key": list("gfedcba"), "value": [None, *"fedcba"]})
    frame.write_parquet(tmp_path / "build_info.parquet")
    build(tmp_path / "w.duckdb", {"build_info": pl.scan_parquet(tmp_path / "build_info.parquet")})
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        assert connection.sql("select * from build_info").pl().equals(frame)


def test_doubles_are_written_to_ten_significant_digits() -> None:
    types: dict[str, type[pl.DataType]] = {"DOUBLE": pl.Float64, "TIMESTAMPTZ": pl.Int64}
    schema = {column.name: types.get(column.type, pl.String) for column in tables()["standing"].columns}
    written = []
    for value in (0.1 + 0.2, 0.3, 1 / 3):
        frame = pl.DataFrame([{"contact_id": "x:1", "value": value}], schema=schema)
        written.append(shaped(frame, tables()["standing"])["value"].item())
    assert written == [0.3, 0.3, 0.3333333333]


def test_a_large_sort_spills_beside_the_file_and_nowhere_else(tmp_path: Path) -> None:
    with building(tmp_path / "w.duckdb") as connection:
        where = connection.execute("select current_setting('temp_directory')").fetchall()
    assert where == [(str(tmp_path / "w.duckdb.tmp"),)]
    with published(tmp_path / "w.duckdb", tmp_path) as one, published(tmp_path / "w.duckdb", tmp_path) as other:
        for connection in (one, other):
            settings = connection.execute(
                "select current_setting('temp_directory'), current_setting('TimeZone')"
            ).fetchall()
            assert settings == [(str(tmp_path / "spill"), "UTC")]
