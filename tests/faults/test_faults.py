"""Failures during a run: the published warehouse is unchanged, one line names the reason and holds no text of a message."""

import errno
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest

from pipeline.commands.rows import read_table
from pipeline.home.paths import Home
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.model.tables import tables
from pipeline.runs.run import run_home
from pipeline.warehouse.check_file import failures
from pipeline.warehouse.publishing import build, publish
from pipeline.warehouse.run_metadata import Previous, previous
from pipeline.warehouse.sql_files import sql_files
from tests.consolidation.harness import home_in, this_process
from tests.model.rows import frame


def accounts(name: str) -> pl.LazyFrame:
    columns = [column.name for column in tables()["accounts"].columns]
    row = dict.fromkeys(columns, name)
    return pl.LazyFrame([row], schema=dict.fromkeys(columns, pl.String))


def published_home(folder: Path) -> Home:
    home = Home(home_in(folder))
    publish(home.warehouse, home.state / "warehouse.building", {"accounts": accounts("before")})
    return home


def test_a_full_disk_is_reported_and_the_published_warehouse_is_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = published_home(tmp_path / "home")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")

    monkeypatch.setattr("pipeline.orchestration.assets.reading.read_archives", full)
    with this_process(), pytest.raises(CannotPublishError, match="No space left on device") as said:
        run_home(str(home.path), [])
    assert len(str(said.value).splitlines()) == 1
    assert read_table(home, "accounts")["handle"].to_list() == ["before"]


def test_a_damaged_list_of_known_archives_is_said(tmp_path: Path) -> None:
    home = published_home(tmp_path / "home")
    (home.keep / "archives.json").write_text("{ half", encoding="utf-8")
    with this_process(), pytest.raises(CannotPublishError, match=r"archives\.json is damaged"):
        run_home(str(home.path), [])


def test_settings_are_read_before_anything_else(tmp_path: Path) -> None:
    home = Home(home_in(tmp_path / "home"))
    home.settings_file.write_text("colour = 1\n", encoding="utf-8")
    with this_process(), pytest.raises(UsageError, match=r"dancecard\.toml, line 1: `colour` is not a setting"):
        run_home(str(home.path), [])
    assert not home.warehouse.exists()


def test_a_damaged_warehouse_is_no_hindrance_for_the_next_run(tmp_path: Path) -> None:
    home = published_home(tmp_path / "home")
    content = bytearray(home.warehouse.read_bytes())
    for place in range(4096, len(content), 97):
        content[place] ^= 0xFF
    home.warehouse.write_bytes(content)
    assert previous(home.warehouse, home.tmp) == Previous()
    home.warehouse.write_bytes(b"")
    assert previous(home.warehouse, home.tmp) == Previous()
    home.warehouse.unlink()
    assert previous(home.warehouse, home.tmp) == Previous()


Row: TypeAlias = dict[str, object]
GESTURE: Row = {
    "gesture_id": "g", "initiator": "me", "outcome": "worded", "contact_id": "x:1", "status": "open", "at_risk": True,
    "censored_after_us": 5, "is_group": False, "uncertain": False, "interactions": 1,
}  # fmt: skip
CONTACT: Row = {"contact_id": "x:1", "identities": 1, "platforms": ["x"], "excluded": False}
IDENTITY: Row = {"identity_id": "x:1", "contact_id": "x:1", "platform": "x", "native_id": "1"}
ACT: Row = {"interaction_id": "i", "contact_id": "x:1", "direction": "inbound", "is_group": False, "resolution_s": 1}
MEMBER: Row = {
    "archive_id": "a",
    "member": "m",
    "records_in": 3,
    "stored": 1,
    "already_stored": 1,
    "set_aside": 0,
    "skipped": 1,
}
RATE: Row = {
    "initiator": "me",
    "outcome": "any",
    "dimension": "all",
    "value": "all",
    "horizon_days": 7,
    "answered_share": 0.5,
}
GOOD: dict[str, list[Row]] = {
    "gestures": [GESTURE],
    "contacts": [CONTACT],
    "identities": [IDENTITY],
    "interactions": [ACT],
    "members": [MEMBER],
    "reciprocation": [RATE],
}
BROKEN: dict[str, dict[str, list[Row]]] = {
    "answers_exist": {"gestures": [GESTURE | {"status": "answered", "response_interaction_id": "nowhere"}]},
    "exclusions_exist": {
        "exclusions": [{"interaction_id": "nowhere", "rule": "campaign", "reason": "campaign: one text to 7 people"}]
    },
    "identities_have_contacts": {"identities": [IDENTITY, IDENTITY | {"identity_id": "x:2", "contact_id": "x:2"}]},
    "interactions_have_contacts": {"interactions": [ACT | {"contact_id": "x:3"}]},
    "ledger_balances": {"members": [MEMBER | {"stored": 0}]},
    "replies_exist": {"interactions": [ACT | {"reply_to": "nowhere"}]},
    "risk_has_reasons": {"gestures": [GESTURE | {"at_risk": False}]},
    "set_aside_rows": {"members": [MEMBER | {"set_aside": 1, "stored": 0}]},
    "shares_in_range": {"reciprocation": [RATE | {"low": 0.6, "high": 0.9}]},
}


def written(path: Path, rows: dict[str, list[Row]]) -> Path:
    build(path, {name: frame(tables()[name], found).lazy() for name, found in rows.items()})
    return path


def test_a_sound_warehouse_passes_every_check(tmp_path: Path) -> None:
    assert failures(written(tmp_path / "w", GOOD)) == []


@pytest.mark.parametrize("name", sql_files("checks"))
def test_each_check_finds_what_it_is_for(tmp_path: Path, name: str) -> None:
    """A check that never fails would be no check: each has a broken warehouse here."""
    found = failures(written(tmp_path / "w", GOOD | BROKEN[name]))
    assert name in {sentence.partition(":")[0] for sentence in found}


def test_a_doubled_key_is_found_in_every_table_that_has_one(tmp_path: Path) -> None:
    found = failures(written(tmp_path / "w", {name: [{}, {}] for name in tables()}))
    assert [sentence for sentence in found if sentence.startswith("The key")] == [
        f"The key of {name} ({', '.join(table.key)}) is not unique: 1 doubled, first in rows 0."
        for name, table in tables().items()
        if table.key
    ]


def test_what_checks_report_holds_no_value_of_an_archive(tmp_path: Path) -> None:
    contact: Row = {"contact_id": "email:ada@post.example", "display_name": "Ada"}
    act: Row = {"contact_id": "email:bob@post.example", "reply_to": "ada's post", "text": "hello"}
    found = "\n".join(failures(written(tmp_path / "w", {"contacts": [contact, contact], "interactions": [act]})))
    assert len(found.splitlines()) == 4
    assert [word for word in ("ada", "bob", "Ada", "hello", "post.example") if word in found] == []
