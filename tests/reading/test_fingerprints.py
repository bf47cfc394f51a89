import subprocess
import sys
from pathlib import Path

from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.reading.fingerprints import archive_contents, size_and_change


def test_contents_change_with_the_bytes_and_with_nothing_else(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    inside, given = home.exports / "a.zip", tmp_path / "b.json"
    inside.write_bytes(b"one")
    given.write_bytes(b"two")
    before = archive_contents(home, [given])
    assert list(before) == [str(given), "exports/a.zip"]
    inside.touch()
    assert archive_contents(home, [given]) == before
    inside.write_bytes(b"another")
    after = archive_contents(home, [given])
    assert after["exports/a.zip"] != before["exports/a.zip"]
    assert after[str(given)] == before[str(given)]


def test_an_archive_whose_file_is_gone_counts_by_its_kept_reading(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    known = Known(home)
    known.seen("ab" * 32, "exports/gone.zip")
    known.save()
    assert archive_contents(home, []) == {f"kept:{'ab' * 32}": ""}


def test_an_unreadable_path_has_its_reason(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    missing = tmp_path / "missing.zip"
    assert archive_contents(home, [missing]) == {str(missing): "unreadable: No such file or directory"}


def test_fingerprints_load_neither_polars_nor_sources() -> None:
    code = "import sys, pipeline.reading.fingerprints; print([m for m in ('polars', 'pyarrow', 'numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_size_and_change_include_the_coverage_file(tmp_path: Path) -> None:
    (tmp_path / "a.interactions.csv").write_bytes(b"12345")
    alone = size_and_change(tmp_path / "a.interactions.csv")
    (tmp_path / "a.coverage.csv").write_bytes(b"123")
    assert alone[0] == 5
    assert size_and_change(tmp_path / "a.interactions.csv")[0] == 8
    assert size_and_change(tmp_path)[0] == 8
