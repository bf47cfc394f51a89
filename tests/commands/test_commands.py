"""The other commands on a home that a run has made: words, formats, exit statuses."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from pipeline.cli import COMMANDS, main
from pipeline.commands import archive_removal, contact_decisions
from pipeline.commands.rows import read_table
from pipeline.home.paths import Home
from pipeline.orchestration.working_tables import Store
from pipeline.runs.summary import Summary
from pipeline.warehouse.sql_files import sql_files
from tests.consolidation.harness import run, this_process
from tests.end_to_end.homes import HOSTILE, copy_of_club


class Called:
    """The result of one call in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str, home: Path | None = None) -> None:
        with this_process():
            self.status = main([arguments[0], "--home", str(home or copy_of_club()), *arguments[1:]])
        self.out, self.err = capsys.readouterr()


def query(capsys: pytest.CaptureFixture[str], sql: str, *more: str) -> Called:
    return Called(capsys, "query", sql, *more)


@pytest.mark.alone
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_fast_and_loads_no_library(command: str) -> None:
    watch = "import sys; from pipeline.cli import main\ntry: main(sys.argv[1:])\nfinally: print(*sorted({'dagster','polars','duckdb','altair','pyarrow'} & set(sys.modules)), file=sys.stderr)"
    started = time.monotonic()
    called = subprocess.run(
        [sys.executable, "-c", watch, command, "--help"], capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    assert (called.returncode, called.stderr.strip()) == (0, "")
    assert "--home DIR" in called.stdout
    assert seconds < 1.5  # 0.3 s on a quiet machine, as `make bench` measures it


def test_a_table_for_the_terminal_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    called = query(
        capsys, "select chr(27) || '[31mred' as name, 'x' || chr(8238) || 'y' as turned, null as nothing, 3 as n"
    )
    assert called.status == 0
    assert (
        called.out
        == "name      turned  nothing  n\n────────  ──────  ───────  ─\n␛[31mred  x�y              3\n1 row\n"
    )


def test_csv_is_safe_to_open_in_a_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    called = query(
        capsys, "select display_name, platforms, first_at from contacts order by contact_id", "--format", "csv"
    )
    assert called.out.splitlines() == [
        "display_name,platforms,first_at",
        'Ann Lee,"club, pub",2024-03-01T09:00:00.000000Z',
        "Bob,club,2024-03-02T09:00:00.000000Z",
        "\"'" + HOSTILE.replace('"', '""') + '",club,2024-03-03T09:00:00.000000Z',
    ]
    called = query(
        capsys, "select * from (values ('+1'), ('-1'), ('@a'), ('\tb'), ('plain')) as t(v)", "--format", "csv"
    )
    assert called.out.splitlines() == ["v", "'+1", "'-1", "'@a", "'\tb", "plain"]


def test_json_holds_numbers_times_and_lists(capsys: pytest.CaptureFixture[str]) -> None:
    sql = (
        "select sum(i) as total, 1.5::decimal(9, 2) as part, interval 1 day as span, ['a'] as words, null as nothing, "
        "timestamptz '2024-03-01 09:00:00+02' as at, true as yes, (select count(*) from interactions) as n from range(3) as t(i)"
    )
    assert json.loads(query(capsys, sql, "--format", "json").out) == [
        {"total": 3, "part": 1.5, "span": "1 day", "words": ["a"], "nothing": None, "at": "2024-03-01T07:00:00Z", "yes": True, "n": 5}
    ]  # fmt: skip


def test_parquet_goes_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    called = query(capsys, "select contact_id from contacts order by all", "--format", "parquet", "-o", str(path))
    assert (called.status, called.out) == (0, "")
    assert pl.read_parquet(path)["contact_id"].to_list() == ["club:ann", "club:bob", "club:eve"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert query(capsys, "select 1", "--format", "parquet").status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("selec 1",), ("select nobody from contacts",), ("delete from contacts",), ("copy contacts to 'x.csv'",), ("from read_csv('/etc/passwd')",),
        ("select 1; select 2",), ("--name", "nonsense"), (), ("select 1", "-o", "/no/such/folder/file"),
    ],
)  # fmt: skip
def test_a_query_that_fails_is_2_in_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    called = Called(capsys, "query", *arguments)
    assert (called.status, called.out) == (2, "")
    assert len(called.err.splitlines()) == 1
    assert called.err.startswith("dancecard: ")


@pytest.mark.parametrize("name", sql_files("queries"))
def test_every_query_of_the_cookbook_runs(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert Called(capsys, "query", "--name", name).status == 0


def test_the_cookbook_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    called = Called(capsys, "query", "--list")
    assert [line.split()[0] for line in called.out.splitlines()] == sorted(sql_files("queries"))


def test_status_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    state = json.loads(Called(capsys, "status", "--json").out)
    assert {"warehouse", "age_s", "archives", "coverage", "set_aside", "skipped", "empty_tables", "build_info"} <= set(
        state
    )
    ((archive),) = state["archives"]
    assert (archive["platform"], archive["status"], archive["first_at"]) == (
        "club+pub",
        "complete",
        "2024-03-01T09:00:00Z",
    )
    assert {row["visibility"] for row in state["coverage"]} == {"full"}
    assert state["age_s"] >= 0
    assert "identity_suggestions" in {row["table_name"] for row in state["empty_tables"]}


def test_status_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    called = Called(capsys, "status")
    assert called.status == 0
    for words in (
        "published",
        "Archives",
        "Coverage: what the archives can show",
        "Set aside: records that could not be read",
        "Tables without rows",
    ):
        assert words in called.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("query", "select 1"),
        ("contacts",),
        ("archives",),
        ("contacts", "suggestions"),
        ("contacts", "merge", "a", "b"),
    ],
)
def test_a_home_without_warehouse_is_1_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    called = Called(capsys, *arguments, home=tmp_path / "nothing")
    assert (called.status, called.out) == (1, "")
    assert (
        called.err
        == f"dancecard: there is no warehouse at {tmp_path / 'nothing' / 'warehouse.duckdb'}: `dancecard run` makes one\n"
    )


def test_contacts_are_shown_and_searched(capsys: pytest.CaptureFixture[str]) -> None:
    assert Called(capsys, "contacts").out.splitlines()[-1] == "3 rows"
    found = Called(capsys, "contacts", "ann", "LEE").out.splitlines()
    assert (found[-1], found[2].split()[0]) == ("1 row", "club:ann")
    assert Called(capsys, "contacts", "pub:ann").out.splitlines()[-1] == "1 row"


def test_contacts_and_archives_do_not_need_the_state_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(copy_of_club(), home)
    shutil.rmtree(home / "state")
    for command in ("contacts", "archives", "status"):
        assert Called(capsys, command, home=home).status == 0


def test_suggestions_are_listed_with_the_commands_to_decide(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = {
        "identity_suggestions": pl.DataFrame(
            {"identity_a": ["x:1", "x:3"], "identity_b": ["y:name:bob stone", "y:4"], "score": [0.7, 0.9], "reasons": [["same name"], ["same handle"]]}
        ),
        "identities": pl.DataFrame(
            {"identity_id": ["x:1", "y:name:bob stone"], "display_name": ["Bob", "Bob Stone"], "handle": [None, "b"], "native_id": ["1", "n"]}
        ),
    }  # fmt: skip
    monkeypatch.setattr(contact_decisions, "read_table", lambda _, table: found[table])
    (tmp_path / "contacts.csv").write_text("action,contact,other\ndistinct,y:4,x:3\n", encoding="utf-8")
    assert Called(capsys, "contacts", "suggestions", home=tmp_path).out.splitlines() == [
        "0.70  Bob (x:1) and Bob Stone (y:name:bob stone): same name",
        "      one person: dancecard contacts merge x:1 'y:name:bob stone'",
        "      two people: dancecard contacts distinct x:1 'y:name:bob stone'",
        "1 suggestion",
    ]


def test_decisions_are_written_to_contacts_csv(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(copy_of_club(), home)
    assert Called(capsys, "contacts", "merge", "club:ann", "bob", home=home).status == 0
    assert Called(capsys, "contacts", "split", "pub:ann", home=home).status == 0
    called = Called(capsys, "contacts", "set", "Ann Lee", "tier=guru", "audience=5000", "exclude=yes", home=home)
    assert called.status == 0
    assert "takes effect in the next `dancecard run`" in called.out
    text = (home / "contacts.csv").read_text(encoding="utf-8")
    assert text == (
        "action,contact,other,tier,audience,exclude,note\nmerge,club:ann,club:bob,,,,\nsplit,pub:ann,,,,,\nset,club:ann,,guru,5000,yes,\n"
    )
    assert (home / "contacts.csv").stat().st_mode & 0o777 == 0o600
    for wrong in (
        ("set", "ann", "tier=king"), ("set", "ann", "rank=1"), ("set", "ann"), ("merge", "ann"), ("split", "nobody at all"),
        ("merge", "club", "bob"), ("set", "ann", "exclude=perhaps"),
    ):  # fmt: skip
        called = Called(capsys, "contacts", *wrong, home=home)
        assert (called.status, len(called.err.splitlines())) == (2, 1)
    assert (home / "contacts.csv").read_text(encoding="utf-8") == text


def test_an_archive_in_the_inbox_is_not_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert Called(capsys, "archives", "remove").status == 2
    assert Called(capsys, "archives", "remove", "nothing.zip").status == 2
    listed = Called(capsys, "archives").out.splitlines()
    assert (listed[-1], listed[2].split()[2]) == ("1 row", "club+pub")


def test_platforms_and_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with this_process():
        assert main(["platforms"]) == 0
        assert main(["platforms", "linkedin"]) == 0
        assert main(["platforms", "friendster"]) == 2
        for wrong in (["dance"], [], ["query", "--format", "xml", "select 1"]):
            with pytest.raises(SystemExit) as usage:
                main(wrong)
            assert usage.value.code == 2
    assert "friendster" in capsys.readouterr().err


def test_a_closed_pipe_ends_quietly() -> None:
    words = [
        sys.executable,
        "-m",
        "pipeline",
        "query",
        "select repeat('x', 100) from range(20000)",
        "--format",
        "csv",
        "--home",
        str(copy_of_club()),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        assert asking.stderr is not None
        asking.stdout.readline()
        asking.stdout.close()
        assert asking.stderr.read() == b""
        assert asking.wait() == 0


def test_removing_an_archive_removes_what_only_it_contained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that lies outside the inbox can be taken out; the other stays."""
    home = tmp_path / "home"
    shutil.copytree(copy_of_club(), home)
    gym = home / "exports" / "gym.interactions.csv"
    gym.write_text(
        "contact,direction,occurred_at,platform,class\nzoe,outbound,2024-01-01,gym,message\n", encoding="utf-8"
    )

    def without_publishing(given: str, _: object) -> Summary:
        run(Path(given))
        return Summary((), (), (), home)

    monkeypatch.setattr(archive_removal, "run_home", without_publishing)
    with this_process():
        given = read_table(Home(home), "archives")["path"].item()
        archive_removal.remove(str(home), given)
        left = Store(home / "state" / "work").read("contacts")["contact_id"].to_list()
    assert left == ["gym:zoe"]
    assert Path(given).exists()


def test_an_archive_with_a_copy_in_the_inbox_is_not_removed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The first path in sorted order is listed, which is the one outside; the next run would read the copy again."""
    home = tmp_path / "home"
    shutil.copytree(copy_of_club(), home)
    listed = Called(capsys, "archives", home=home).out.splitlines()
    name, given = listed[2].split()[:2]
    for path in (given, str(Path(given).with_name("club.coverage.csv"))):
        shutil.copyfile(path, home / "exports" / Path(path).name)
    called = Called(capsys, "archives", "remove", name, home=home)
    assert (called.status, len(called.err.splitlines()), "is in the inbox" in called.err) == (2, 1, True)
