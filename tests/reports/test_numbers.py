"""Headline, chart, table and CSV say the same; the same warehouse gives the same bytes."""

import base64
import csv
import gzip
import hashlib
import io
import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from reports.build import compute, published_tables, write_reports
from reports.headline import Cell, Claim
from reports.model import NARROW, WIDE, ReportSettings
from tests.reports import invented
from tests.reports.claims import is_true
from tests.reports.conftest import build

HOMES = {
    "ordinary": invented.Home(),
    "lively": invented.Home(contacts=300, gestures=12_000, seed=3),
    "small": invented.Home(contacts=6, gestures=14),
    "one contact": invented.Home(contacts=1, gestures=3),
    "nobody answers": invented.Home(answer=0.0),
    "one platform": invented.Home(platforms=("linkedin",)),
    "nobody": invented.Home(contacts=0, gestures=0),
    "no measures": invented.Home(with_people_measures=False),
}


@pytest.mark.parametrize("name", HOMES)
def test_every_claim_of_every_headline_is_true_of_the_tables(name: str) -> None:
    connection = invented.home(HOMES[name])
    sections, _ = compute(invented.reader(connection), ReportSettings())
    tables = published_tables(sections)
    claims = [(section.key, claim) for section, content in sections for claim in content.headline.claims]
    for key, claim in claims:
        assert is_true(claim, tables), f"{key}: {claim}"
    for section, content in sections:
        assert content.headline.text, section.key
        said = re.findall(r"\d", content.headline.text)
        assert content.headline.claims or not said or content.headline.text.startswith("Of "), section.key
    if name == "ordinary":
        assert len(claims) >= 12


def test_a_wrong_claim_is_found() -> None:
    connection = invented.home(invented.Home())
    tables = published_tables(compute(invented.reader(connection), ReportSettings())[0])
    key = (("dimension", "all"), ("horizon_days", 7), ("initiator", "me"), ("value", "all"))
    cell = Cell("reciprocation_platform", key, "answered_share")
    assert not is_true(Claim(cell, "=", 0.123), tables)
    assert not is_true(Claim(cell, "<", cell, interval_disjoint=True), tables)
    with pytest.raises(LookupError):
        is_true(Claim(Cell("reciprocation_platform", (("dimension", "all"),), "gestures"), "=", 1), tables)


def test_a_comparing_word_needs_intervals_apart() -> None:
    close = invented.home(invented.Home(contacts=100, gestures=400, seed=11, answer=0.3))
    sections, _ = compute(invented.reader(close), ReportSettings())
    text = next(content.headline.text for section, content in sections if section.key == "reciprocation")
    assert text.startswith("No clear difference between how often they answer you (")
    apart, _ = compute(
        invented.reader(invented.home(invented.Home(contacts=300, gestures=12_000, seed=3))), ReportSettings()
    )
    text = next(content.headline.text for section, content in apart if section.key == "reciprocation")
    assert text.startswith("You answer people more often than they answer you: ")


def test_each_number_of_a_chart_is_in_its_table() -> None:
    connection = invented.home(invented.Home())
    sections, _ = compute(invented.reader(connection), ReportSettings())
    compared = 0
    for _, content in sections:
        for figure in content.figures:
            if figure.chart is None:
                continue
            known = {name: set(values.to_list()) for name, values in figure.table.raw.to_dict().items()}
            for size in (WIDE, NARROW):
                for row in rows_of(figure.chart(size)):
                    for name, value in row.items():
                        if name in known and isinstance(value, (int, float)):
                            assert value in known[name], f"{figure.key}.{name}: {value}"
                            compared += 1
    assert compared > 500


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every inline data row of a specification."""
    return [row for dataset in spec.get("datasets", {}).values() for row in dataset] + [
        row for part in walk(spec) if isinstance(part.get("data"), dict) for row in part["data"].get("values", [])
    ]


def walk(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        return [part, *(inner for value in part.values() for inner in walk(value))]
    if isinstance(part, list):
        return [inner for value in part for inner in walk(value)]
    return []


def test_each_number_of_a_table_is_in_its_csv(report: Path) -> None:
    html = (report / "index.html").read_text(encoding="utf-8")
    tables = re.findall(r'<table data-table="([^"]+)">(.*?)</table>', html, flags=re.DOTALL)
    assert len(tables) >= 15
    for name, body in tables:
        with (report / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))[1:]
        shown = re.findall(r"<tr>(.*?)</tr>", body.split("<tbody>")[1], flags=re.DOTALL)
        if len(shown) == 1 and "Nothing to list." in shown[0]:
            shown = []
        assert len(shown) == len(lines)
        for line, row in zip(lines, shown, strict=True):
            for cell, (raw, _) in zip(
                line,
                re.findall(r'<td(?: class="n")?(?: data-v="([^"]*)")?>(.*?)</td>', row, flags=re.DOTALL),
                strict=True,
            ):
                if raw:
                    assert cell == raw, f"{name}: {cell} is not {raw}"


def test_the_ledger_on_the_page_adds_up(report: Path) -> None:
    text = (report / "tables" / "conservation.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 6
    for row in rows:
        assert int(row["records_in"]) == sum(
            int(row[name]) for name in ("stored", "already_stored", "set_aside", "skipped")
        )
    assert sum(int(row["records_in"]) for row in rows[:-1]) == int(rows[-1]["records_in"])


def test_the_same_warehouse_gives_the_same_bytes_whatever_its_rows_order(report: Path, tmp_path: Path) -> None:
    first, second = report, tmp_path
    connection = invented.home(invented.Home())
    invented.shuffle(connection)
    write_reports(invented.reader(connection), second)
    names = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(second)) for path in second.rglob("*") if path.is_file())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_files_are_private_written_aside_and_listed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "of_an_older_report.csv").write_text("x\n")
    (folder / ".index.html.new").write_text("half a report of a run that was killed")
    written = write_reports(invented.reader(invented.empty()), folder)
    assert written[0] == folder / "index.html"
    assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_policy_allows_exactly_the_two_scripts(report: Path) -> None:
    html = (report / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    app = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    packed = re.search(r'<script type="text/plain" id="vega">([^<]+)</script>', html)
    assert len(app) == 1
    assert packed
    bundle = gzip.decompress(base64.b64decode(packed.group(1)))
    hashes = [base64.b64encode(hashlib.sha256(part).digest()).decode() for part in (app[0].encode(), bundle)]
    assert policy.group(1).startswith(f"default-src 'none'; script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}'; ")
    assert "unsafe-eval" not in policy.group(1)


def test_a_thousand_people_fit_in_a_megabyte(tmp_path: Path) -> None:
    folder = build(invented.Home(contacts=1000, gestures=6000, months=36), tmp_path)
    assert (folder / "index.html").stat().st_size < 2**20
