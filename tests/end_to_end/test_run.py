"""`dancecard run` as a person calls it: exit statuses, words, where files lie and whose they are."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.home.lock import RunLock
from pipeline.home.paths import Home
from pipeline.orchestration.working_tables import Store
from pipeline.runs.freshness import MARK, is_current
from pipeline.runs.run import record, run_home
from tests.consolidation.harness import this_process
from tests.end_to_end.homes import TRAPS, Finished, club, dancecard, fresh_folder, write_club


@pytest.fixture(scope="module")
def again() -> Finished:
    """Run once more on a home that knows the club, with a broken archive, an unknown one and a row that can't be read."""
    folder = fresh_folder()
    shutil.copytree(club().folder, folder, dirs_exist_ok=True)
    inbox = folder / "home" / "exports"
    (inbox / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    (inbox / "holiday.bin").write_bytes(b"\x00\x01\x02")
    (folder / "home" / "contacts.csv").write_text(
        "action,contact,exclude\nset,club:anne,yes\nset,club:bob,yes\n", encoding="utf-8"
    )
    rows = "contact,direction,occurred_at,platform,class,text\nann,outbound,2024-01-01,gym,message,hi\nann,outbound,soon,gym,message,secret words\n"
    rows += "bob,inbound,2024-01-02,gym,subscription,\nann,inbound,2024-01-02,gym,subscription,\n"
    (inbox / "gym.interactions.csv").write_text(rows, encoding="utf-8")
    return dancecard(folder, "run")


def test_everything_read_is_0_and_the_last_line_is_the_report() -> None:
    done = club()
    assert (done.status, "Traceback" in done.err) == (0, False)
    assert done.out.splitlines()[-1] == f"Report: {done.home / 'reports' / 'index.html'}"
    assert "5 records: 5 stored, 0 already stored, 0 set aside, 0 skipped by rule" in done.out
    page = (done.home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "Ann Lee" in page


def test_nothing_is_written_outside_of_the_home(again: Finished) -> None:
    for done in (club(), again):
        for name in ("user", "tmp"):
            assert sorted(path.name for path in (done.folder / name).rglob("*")) == []
        # what lay in the current folder, named like modules, was neither run nor added to
        assert sorted(path.name for path in (done.folder / "cwd").rglob("*")) == sorted(
            (*TRAPS, "__init__.py", "pipeline")
        )


def test_files_are_the_owners_alone(again: Finished) -> None:
    for done in (club(), again):
        modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in [done.home, *done.home.rglob("*")]}
        given = {path for path in modes if path.parent == done.home / "exports" or path.name == "contacts.csv"}
        wrong = {
            str(path.relative_to(done.home)): oct(mode)
            for path, mode in modes.items()
            if path not in given and mode != (0o700 if path.is_dir() else 0o600)
        }
        assert wrong == {}


def test_no_stray_files_stay(again: Finished) -> None:
    names = [str(path.relative_to(again.home)) for path in again.home.rglob("*") if path.is_file()]
    stray = [name for name in names if name.endswith((".wal", ".building", ".tmp", ".part"))]
    assert stray == []
    assert sorted(path.name for path in (again.home / "state" / "tmp").iterdir()) == []


def test_an_archive_that_is_not_read_in_full_is_3_with_one_line_each(again: Finished) -> None:
    assert again.status == 3
    lines = [
        line for line in again.err.splitlines() if ": failed" in line or ": partial" in line or ": unrecognised" in line
    ]
    said = [line.partition(": ")[::2] for line in lines if not line.endswith(" records")]
    assert [name for name, _ in said] == ["exports/broken.zip", "exports/gym.interactions.csv", "exports/holiday.bin"]
    assert [words.partition(":")[0] for _, words in said] == ["failed", "partial", "unrecognised"]
    assert "Traceback" not in again.err
    assert "secret words" not in again.err + again.out


def test_a_decision_on_nobody_known_is_said(again: Finished) -> None:
    assert [line for line in again.out.splitlines() if line.startswith("contacts.csv")] == [
        "contacts.csv names club:anne, which no archive contains (yet)"
    ]


def test_an_excluded_person_has_no_level_for_having_opted_in(again: Finished) -> None:
    with duckdb.connect(again.home / "warehouse.duckdb", read_only=True) as warehouse:
        found = warehouse.execute("SELECT DISTINCT contact_id, opted_in FROM levels WHERE month = '2024-02'").fetchall()
    assert sorted(found) == [("club:ann", True)]


def test_no_text_of_a_message_stands_in_logs(again: Finished) -> None:
    for done in (club(), again):
        kept = [path for path in (done.home / "state" / "dagster").rglob("*") if path.is_file()]
        assert len(kept) > 3
        for path in kept:
            content = path.read_bytes()
            assert b"secret words" not in content
            assert b"how was the concert" not in content
            assert b"Ann Lee" not in content


def test_an_empty_home_publishes_and_says_what_to_drop_where() -> None:
    done = dancecard(fresh_folder(), "run")
    assert done.status == 0
    assert f"put the zips that your platforms sent you into {done.home / 'exports'}" in done.out
    page = (done.home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "into the folder exports of this home" in page
    assert (done.home / "warehouse.duckdb").exists()


def test_a_run_with_nothing_new_leaves_what_was_published(tmp_path: Path) -> None:
    shutil.copytree(club().folder, tmp_path, dirs_exist_ok=True)
    for name in ("warehouse.duckdb", "reports/index.html", "reports/shareable.html"):
        path = tmp_path / "home" / name
        shutil.copystat(club().home / path.relative_to(tmp_path / "home"), path)
    with this_process():
        home = Home.open(tmp_path / "home")
        mark = json.loads((home.state / "made_of.json").read_text(encoding="utf-8"))
        of = {key: value for key, value in mark.items() if key not in {"warehouse", "report", "shareable_report"}}
        assert is_current(home, of)
        for part in ("settings", "decisions", "steps", "code", "archives"):
            assert not is_current(home, of | {part: "other"})
        stray = home.warehouse.with_name("warehouse.duckdb.wal")
        stray.write_bytes(b"left over")
        assert not is_current(home, of)
        stray.unlink()
        before = (club().home / "warehouse.duckdb").stat()
        summary = run_home(str(club().home), [])
    assert summary.lines[0] == "Nothing new in 1 archive: warehouse and report are current"
    assert (club().home / "warehouse.duckdb").stat() == before


def test_a_run_with_nothing_new_loads_no_dagster() -> None:
    code = (
        "import sys; from pipeline.runs.run import run_home; "
        f"summary = run_home({str(club().home)!r}, []); print(summary.lines[0], 'dagster' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Nothing new in 1 archive: warehouse and report are current False\n"


def test_an_archive_whose_reading_may_succeed_next_time_is_read_again(tmp_path: Path) -> None:
    before, after = {"archives": {"a.zip": "1", "kept:9": ""}, "code": "x"}, {"archives": {"a.zip": "1"}, "code": "x"}
    with this_process():
        home = Home.open(tmp_path / "home")
        readings = pl.DataFrame({"retry": [True]})
        Store.of(home).write("readings", readings)
        record(home, before, after)
        assert not (home.state / MARK).exists()
        Store.of(home).write("readings", readings.select(~pl.col("retry")))
        record(home, before, {"archives": {"a.zip": "2"}, "code": "x"})
        assert not (home.state / MARK).exists()
        record(home, before, after)
        assert json.loads((home.state / MARK).read_text(encoding="utf-8"))["archives"] == {"a.zip": "1"}


def test_a_path_that_does_not_exist_is_2(tmp_path: Path) -> None:
    done = dancecard(tmp_path, "run", str(tmp_path / "nothing.zip"))
    assert (done.status, done.err) == (2, f"dancecard: {tmp_path / 'nothing.zip'} does not exist\n")
    assert not done.home.exists()


def test_a_wrong_setting_is_2_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "dancecard.toml").write_text('\nlanguage = "en"\n[matching]\nturngap = 2\n', encoding="utf-8")
    done = dancecard(tmp_path, "run")
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert "dancecard.toml, line 4: `matching.turngap` is not a setting" in done.err


def test_a_wrong_line_of_contacts_csv_is_named_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "contacts.csv").write_text("action,contact\nmarry,x:1\n", encoding="utf-8")
    done = dancecard(tmp_path, "run")
    assert done.status == 0
    assert "contacts.csv, line 2: unknown action 'marry'" in done.err
    assert (done.home / "reports" / "index.html").exists()


def test_a_second_run_at_the_same_time_leaves_with_a_word(tmp_path: Path) -> None:
    with this_process():
        home = Home.open(tmp_path / "home")
        with RunLock(home):
            done = dancecard(tmp_path, "run")
    assert done.status == 1
    assert (
        done.err
        == f"dancecard: another run is at work on {home.path} (process {os.getpid()}): wait until it ends, then run again\n"
    )


def test_a_home_that_can_not_be_made_is_1(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    done = dancecard(tmp_path, "run")
    assert (done.status, len(done.err.splitlines()), "Traceback" in done.err) == (1, 1, False)


def test_the_demo_refuses_a_home_of_other_archives(tmp_path: Path) -> None:
    write_club(tmp_path / "home" / "exports")
    done = dancecard(tmp_path, "demo")
    assert done.status == 2
    assert "has other archives" in done.err


def test_unread_members_that_look_like_interactions_are_named(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "sources" / "telegram" / "full" / "input", tmp_path / "export")
    (tmp_path / "export" / "pokalbiai.csv").write_text(
        "Kas,Kam,Kada,Ką\nOna,Lea,2020-02-03 10:00,labas\nLea,Ona,2020-02-03 11:00,labas\n", encoding="utf-8"
    )
    done = dancecard(tmp_path, "run", str(tmp_path / "export"))
    assert done.status == 3
    [line] = [line for line in done.err.splitlines() if "pokalbiai.csv" in line]
    assert line.startswith(f"{tmp_path / 'export'}: partial: ")
    assert "1 set aside (unknown_layout: pokalbiai.csv)" in line
    state = json.loads(dancecard(tmp_path, "status", "--json").out)
    assert [(row["member"], row["reason"].split(" (")[1]) for row in state["unread"]] == [
        ("pokalbiai.csv", "Kas, Kam, Kada, Ką): please report them")
    ]
