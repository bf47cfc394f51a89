import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.home.settings import Settings
from pipeline.home.settings_file import parse_settings
from pipeline.model.survey import Context
from pipeline.reading import archives as reading_module
from pipeline.reading.archives import Reading, read_archives
from pipeline.reading.removal import ArchiveInInbox, UnknownArchive, remove_archive
from pipeline.sources import registry
from pipeline.sources.base import Item, Member, Reader


def read(home: Home, *paths: Path, chosen: Settings | None = None) -> list[Reading]:
    return read_archives(home, chosen or Settings(), list(paths), lambda _line: None, workers=0)


def staged(reading: Reading, table: str) -> pl.DataFrame:
    assert reading.folder is not None
    return pl.read_parquet(reading.folder / f"{table}.parquet")


def test_a_zip_is_read_into_all_tables(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    path = toy.write_zip(
        tmp_path / "a.zip",
        {"x/chat.json": toy.chat(toy.messages(10)), "x/profile.json": toy.profile(), "x/else.bin": b"?"},
    )
    [reading] = read(home, path)
    assert (reading.status, reading.reason, reading.platform, reading.account_ids) == ("complete", "", "toy", ("me",))
    assert staged(reading, "interactions").height == 10
    assert staged(reading, "members").rows() == [
        ("x/chat.json", "chat", 10, 10, 0, 0, []),
        ("x/profile.json", "profile", 0, 0, 0, 0, []),
        ("x/else.bin", None, 0, 0, 0, 0, []),
    ]
    coverage = (
        staged(reading, "coverage").select("class", "direction", "surface", "visibility", "starts_at", "ends_at").rows()
    )
    assert coverage == [
        ("comment", "inbound", "all", "none", None, None),
        ("comment", "outbound", "all", "none", None, None),
        ("message", "inbound", "direct", "full", 1_600_000_000_000_000, 1_700_000_000_000_000),
        ("message", "outbound", "direct", "full", 1_600_000_000_000_000, 1_700_000_000_000_000),
    ]


def test_a_list_export_without_a_name_belongs_to_the_list_in_the_settings(home: Home, tmp_path: Path) -> None:
    """Substack's zip names its publication and the dashboard's CSV doesn't: each tie was once held by two accounts."""
    zipped = tmp_path / "export"
    zipped.mkdir()
    (zipped / "email_list.leas-letters.csv").write_text(
        "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n"
        "ana@ex.org,false,,other,false,2024-02-01T10:00:00.000Z,\n"
    )
    csv = tmp_path / "subscribers.csv"
    csv.write_text(
        "Email,Name,Subscription type,Activity,Subscription date\n"
        "ana@ex.org,Ana Petrov,Free,3,2024-02-01T10:00:00.000Z\n"
    )
    apart = read(home, zipped, csv)
    assert [reading.account_ids for reading in apart] == [("leas-letters",), ("list",)]
    chosen = parse_settings(b'[owner.substack]\nids = ["leas-letters"]\n')
    together = read(home, zipped, csv, chosen=chosen)
    assert [reading.account_ids for reading in together] == [("leas-letters",), ("leas-letters",)]


@pytest.mark.parametrize("kept", [b"{", b'{"accountId": "11"}}', b'{"accountId": "11"}}, '])
def test_a_list_cut_between_two_records_proves_no_absence(home: Home, tmp_path: Path, kept: bytes) -> None:
    start = b'window.YTD.follower.part0 = [ {"follower": '
    path = tmp_path / "follower.js"
    path.write_bytes(start + kept if kept != b"{" else start[: start.index(b"{")])
    [reading] = read(home, path)
    assert "the file ends before its list does; download the export again" in reading.reason
    assert reading.status == ("failed" if kept == b"{" else "partial")  # nothing of the first could be read
    assert staged(reading, "lists")["complete"].to_list() == [False]


def test_every_record_is_accounted_for(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    some = toy.messages(12)
    some[2] |= {"kind": "poll"}
    some[5] |= {"kind": "poll"}
    some[3] |= {"system": True}
    some[4] |= {"drop": True}
    some[7] |= {"at": 10**18}
    some[8] |= {"at": "text"}
    some[9] |= {"boom": True}
    [reading] = read(
        home, toy.write_zip(tmp_path / "a.zip", {"chat.json": toy.chat(some), "profile.json": toy.profile()})
    )
    assert reading.status == "partial"
    assert reading.unknown == ("chat.json: 2 records: messages of kind poll are not understood",)
    assert staged(reading, "members").rows()[0] == ("chat.json", "chat", 12, 3, 8, 1, ["system_line=1"])
    assert staged(reading, "set_aside").sort("reason_code", "pointer").select("pointer", "reason_code").rows() == [
        ("/messages/8", "reader_error"),
        ("after /messages/8 +1", "reader_error"),
        ("after /messages/8 +2", "reader_error"),
        ("after /messages/8 +3", "reader_error"),
        ("after /messages/8 +4", "reader_error"),
        ("/messages/2", "unknown_kind"),
        ("/messages/5", "unknown_kind"),
        ("/messages/7", "unreadable_time"),
    ]
    assert "secret" not in reading.reason + str(staged(reading, "set_aside").rows())


def test_a_record_that_the_reader_omits_is_set_aside_as_unaccounted(
    home: Home, toy: ModuleType, tmp_path: Path
) -> None:
    some = [message | {"drop": n % 4 == 0} for n, message in enumerate(toy.messages(8))]
    (tmp_path / "chat.json").write_bytes(toy.chat(some))
    [reading] = read(home, tmp_path / "chat.json")
    assert staged(reading, "members").rows() == [("chat.json", "chat", 8, 6, 2, 0, [])]
    assert staged(reading, "set_aside")["reason_code"].to_list() == ["unaccounted", "unaccounted"]
    assert reading.reason == "2 set aside (unaccounted)"


def test_a_lone_surrogate_is_replaced_and_its_batch_kept(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    some = toy.messages(10_000)
    some[5_000] |= {"text": "x\ud800"}
    (tmp_path / "chat.json").write_bytes(toy.chat(some))
    [reading] = read(home, tmp_path / "chat.json")
    assert (reading.status, staged(reading, "interactions").height) == ("complete", 10_000)
    assert staged(reading, "interactions")["text"][5_000] == "x\ufffd"


def test_placeholder_years_are_no_times(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    """Regression: one such time ended the run, because monthly figures ran until the year 10000."""
    some = toy.messages(4)
    some[1] |= {"at": 253_402_300_799_000_000}  # 9999-12-31
    some[2] |= {"at": -62_135_596_800_000_000}  # 0001-01-01
    (tmp_path / "chat.json").write_bytes(toy.chat(some))
    [reading] = read(home, tmp_path / "chat.json")
    assert staged(reading, "members").rows() == [("chat.json", "chat", 4, 2, 2, 0, [])]
    assert staged(reading, "set_aside")["reason_code"].to_list() == ["unreadable_time", "unreadable_time"]


def test_staging_is_a_pure_function_and_is_reused(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    path = toy.write_zip(tmp_path / "a.zip", {"chat.json": toy.chat(toy.messages(50)), "profile.json": toy.profile()})
    [first] = read(home, path)
    assert first.folder is not None
    changed = (first.folder / "staging.json").stat().st_mtime_ns
    [second] = read(home, path)
    assert second == first
    assert (first.folder / "staging.json").stat().st_mtime_ns == changed
    other = Home.open(tmp_path / "other")
    [third] = read(other, path)
    assert third.folder is not None
    for file in first.folder.iterdir():
        assert file.read_bytes() == (third.folder / file.name).read_bytes(), file.name


def test_a_copy_adds_nothing_and_a_reading_outlives_its_file(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    path = toy.write_zip(tmp_path / "b.zip", {"chat.json": toy.chat(toy.messages(5)), "profile.json": toy.profile()})
    (tmp_path / "a.zip").write_bytes(path.read_bytes())
    [reading] = read(home, path, tmp_path / "a.zip")
    assert reading.path == str(tmp_path / "a.zip")
    assert [found.archive_id for found in read(home)] == [reading.archive_id]
    path.unlink()
    (tmp_path / "a.zip").unlink()
    shutil.rmtree(home.state)
    Home.open(home.path)
    [kept] = read(home)
    assert (kept.archive_id, kept.path, kept.status, kept.platform) == (
        reading.archive_id,
        reading.path,
        "complete",
        "toy",
    )
    assert staged(kept, "interactions").height == 5
    remove_archive(home, kept.archive_id)
    assert read(home) == []
    with pytest.raises(UnknownArchive):
        remove_archive(home, kept.archive_id)


def test_an_archive_in_the_inbox_is_not_removed(home: Home, toy: ModuleType) -> None:
    toy.write_zip(home.exports / "a.zip", {"chat.json": toy.chat(toy.messages(5))})
    [reading] = read(home)
    assert reading.path == "exports/a.zip"
    with pytest.raises(ArchiveInInbox):
        remove_archive(home, reading.archive_id)


def test_new_bytes_at_a_known_path_are_one_more_export(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "chat.json"
    path.write_bytes(toy.chat(toy.messages(5)))
    [first] = read(home, path)
    path.write_bytes(toy.chat(toy.messages(7)))
    both = read(home, path)
    assert sorted(staged(reading, "interactions").height for reading in both) == [5, 7]
    assert first.archive_id in {reading.archive_id for reading in both}


def test_of_two_accounts_the_one_with_most_records_is_chosen(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    mine = toy.write_zip(tmp_path / "mine.zip", {"chat.json": toy.chat(toy.messages(9)), "profile.json": toy.profile()})
    other = toy.write_zip(
        tmp_path / "other.zip", {"chat.json": toy.chat(toy.messages(4, me="you")), "profile.json": toy.profile("you")}
    )
    part = toy.write_zip(tmp_path / "part.zip", {"chat.json": toy.chat(toy.messages(3))})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "sources", lambda: {"toy": toy.PERSONAL})
        lines: list[str] = []
        first, second, third = read_archives(home, Settings(), [mine, other, part], lines.append, workers=0)
        assert (first.status, second.status, third.status) == ("complete", "failed", "complete")
        # regression: progress called the other account's archive "unknown, unrecognised, 0 records"
        assert not [line for line in lines if "unrecognised" in line]
        assert second.reason.startswith("other_account: of another toy account, you")
        assert '[owner.toy] ids = ["you"]' in second.reason
        assert staged(second, "members")["reader"].to_list() == [None, None]
        assert third.account_ids == ("me",)
        assert staged(third, "interactions")["account"].unique().to_list() == ["me"]
        chosen = parse_settings(b'[owner.toy]\nids = ["you"]')
        first, second, third = read(home, mine, other, part, chosen=chosen)
        assert (first.status, second.status, third.account_ids) == ("failed", "complete", ("you",))


def test_bad_archives_are_reported_and_the_others_read(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"")
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 broken")
    (tmp_path / "c.txt").write_text("what is this")
    (tmp_path / "d.zip").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e.json").write_bytes(b'{"messages": [{"from": ')
    (tmp_path / "e.json").rename(tmp_path / "e chat.json")
    (tmp_path / "f chat.json").write_bytes(toy.chat(toy.messages(2)))
    found = read(home, *tmp_path.glob("[a-f]*"))
    assert [(Path(reading.path).name, reading.status) for reading in found] == [
        ("a.zip", "failed"), ("b.zip", "failed"), ("c.txt", "unrecognised"), ("d.zip", "failed"), ("e chat.json", "failed"),
        ("f chat.json", "complete"),
    ]  # fmt: skip
    assert all(reading.reason for reading in found[:5])


def test_an_open_interactions_file_replaces_its_old_reading(home: Home) -> None:
    known = Known(home)
    known.seen("1", "a.interactions.csv")
    known.seen("2", "b.zip")
    known.replaced("3", "a.interactions.csv")
    known.replaced("3", "b.zip" + "x")
    known.seen("3", "a.interactions.csv")
    known.save()
    assert [(a.archive_id, a.paths) for a in Known(home).archives.values()] == [
        ("2", ["b.zip"]),
        ("3", ["a.interactions.csv"]),
    ]


@pytest.mark.usefixtures("toy")
def test_leftovers_of_a_killed_run_are_deleted(home: Home) -> None:
    left = home.staging / "x" / ".key.1.tmp"
    left.mkdir(parents=True)
    (home.tmp / "file").write_text("x")
    assert read(home) == []
    assert (left.exists(), list(home.tmp.iterdir())) == (False, [])


def test_real_sources_in_children(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("nothing known")
    (tmp_path / "b.zip").write_bytes(b"PK\3\4")
    lines: list[str] = []
    found = read_archives(home, Settings(), [tmp_path / "a.txt", tmp_path / "b.zip"], lines.append)
    assert [reading.status for reading in found] == ["unrecognised", "failed"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "from": st.sampled_from(["me", "p1", "", None, 3]), "to": st.sampled_from(["me", "p1"]), "text": st.text(max_size=3),
                "at": st.integers(-(2**70), 2**70), "drop": st.booleans(), "system": st.booleans(), "boom": st.booleans(),
            },
        ),
        max_size=8,
    ),
    st.integers(0, 60),
)  # fmt: skip
def test_the_ledger_always_balances(
    home: Home, toy: ModuleType, tmp_path: Path, some: list[dict[str, object]], cut: int
) -> None:
    data = toy.chat(some)
    path = tmp_path / "chat.json"
    path.write_bytes(data[: len(data) - cut])
    for known in list(Known(home).archives):
        path.rename(tmp_path / "aside")
        remove_archive(home, known)
        (tmp_path / "aside").rename(path)
    [reading] = read(home, path)
    if reading.folder is None:
        assert reading.status == "failed"
        return
    for member in staged(reading, "members").rows(named=True):
        assert member["records_in"] == member["stored"] + member["set_aside"] + member["skipped"]
        assert staged(reading, "set_aside").height == member["set_aside"]
    assert reading.status == ("complete" if not reading.reason else reading.status)


def test_an_archive_that_changes_while_it_is_read_fails_with_a_reason(
    home: Home, toy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "chat.json"
    path.write_bytes(toy.chat(toy.messages(2)))
    tries = []

    def growing(member: Member, context: Context) -> Iterator[Item]:
        tries.append(1)
        with path.open("ab") as stream:
            stream.write(b" ")
        yield from toy.parse(member, context)

    source = dataclasses.replace(toy.TOY, readers={**toy.TOY.readers, "chat": Reader(growing, None)})
    monkeypatch.setattr(registry, "sources", lambda: {"toy": source})
    [reading] = read(home, path)
    assert (reading.status, reading.reason) == ("failed", "changed while it was read: run again when it is complete")
    assert len(tries) == 2
    assert list(home.staging.glob("*/*")) == []


@pytest.mark.usefixtures("toy")
def test_a_broken_archive_is_scanned_once(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4")
    first = read(home, tmp_path / "a.zip")
    monkeypatch.setattr(reading_module, "scan", None)
    assert read(home, tmp_path / "a.zip") == first
    assert first[0].status == "failed"


def test_a_file_without_records_is_reported(home: Home, toy: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "chat.json").write_bytes(toy.chat([]))
    [reading] = read(home, tmp_path / "chat.json")
    assert (reading.status, reading.reason) == ("complete", "chat.json: recognised (chat), holds no record")
