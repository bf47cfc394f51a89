"""The shareable twin: nothing of names, texts, addresses and paths is left in it; small groups are not shown."""

import base64
import gzip
import hashlib
import itertools
import json
import re
import string
from pathlib import Path

import polars as pl
import pytest

from reports.build import write_reports
from reports.shareable.build import BANNER, write_shareable
from reports.shareable.groups import few, groups_frame
from reports.shareable.pseudonyms import pseudonyms
from reports.shareable.sanitise import sanitised, with_merged_cells
from tests.reports import invented
from tests.reports.conftest import Opener

KEY = b"0123456789abcdef0123456789abcdef"
NOT_WORDS = r"/\b(NaN|null|undefined|Infinity|None)\b/"


def build(home: invented.Home, folder: Path, key: bytes = KEY) -> Path:
    connection = invented.home(home)
    path = write_shareable(invented.reader(connection), folder, key=key, check_charts=True)
    connection.close()
    return path


def unpacked(path: Path) -> str:
    """The file, followed by each of its blocks of base64, decoded and inflated."""
    page = path.read_text(encoding="utf-8")
    blocks = re.findall(r'<script type="text/plain" id="(?!vega)[^"]*">([^<]+)</script>', page)
    assert blocks
    return page + "".join(gzip.decompress(base64.b64decode(block)).decode("utf-8") for block in blocks)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(invented.Home(contacts=400, gestures=6000), tmp_path_factory.mktemp("shareable"))


def test_no_planted_marker_is_in_the_file(tmp_path: Path) -> None:
    planted: list[str] = []

    def marker(_: str) -> str:
        number = len(planted)
        letters = "".join(string.ascii_lowercase[number // 26**place % 26] for place in range(5))
        planted.append(f"qxzmarker{letters}")
        return f"https://{planted[-1]}.example/{planted[-1]}/data.zip {planted[-1]}"

    connection = invented.home(invented.Home(text=marker, platforms=("x", "linkedin", "qxzmarkerplatform")))
    path = write_shareable(invented.reader(connection), tmp_path, key=KEY)
    assert len(planted) > 100
    text = unpacked(path).casefold()
    assert "qxzmarker" not in text
    for encoded in (base64.b64encode(b"qxzmarker").decode().rstrip("=")[:10], b"qxzmarker".hex()):
        assert encoded.casefold() not in text
    assert not re.search(r"[0-9a-f]{32}", re.sub(r"sha256-[^']*", "", text)), "an id or a digest"


def test_a_column_that_is_not_listed_never_passes() -> None:
    frame = pl.DataFrame(
        {
            "stage": ["friend", "Bob Miller"],
            "contacts": [7, 9],
            "median_days_to_reach": [1.4, 2.0],
            "from_stage": ["stranger", "Bob"],
            "new": ["Bob", "Eve"],
        }
    )
    assert sanitised("funnel", frame, {}).rows(named=True) == [
        {"stage": "friend", "contacts": 7, "median_days_to_reach": 2.0, "from_stage": "stranger", "new": None}
    ]
    with pytest.raises(KeyError):
        sanitised("a_new_query", frame, {})


def test_an_allowed_column_of_another_type_is_emptied() -> None:
    frame = pl.DataFrame({"rule": ["draft"], "records": ["Bob Miller"]})
    assert sanitised("skipped", frame, {}).rows() == [("draft", None)]


def test_groups_of_one_to_four_people_are_left_out() -> None:
    frame = pl.DataFrame(
        {"from_level": ["friend"] * 4, "to_level": ["close"] * 4, "moves": [9, 9, 9, 9], "contacts": [0, 1, 4, 5]}
    )
    assert sanitised("level_moves", frame, {})["contacts"].to_list() == [0, 5]


def test_small_cells_are_merged_into_the_nearest_and_sums_stay() -> None:
    steps = pl.DataFrame(
        {"mine_from": [0, 0, 1, 1, 2, 64], "theirs_from": [1, 2, 0, 1, 2, 64], "contacts": [9, 2, 6, 40, 3, 1]}
    )
    assert with_merged_cells(steps).rows() == [(0, 1, 11), (1, 0, 6), (1, 1, 44)]  # type: ignore[union-attr]
    assert with_merged_cells(steps.with_columns(contacts=pl.lit(1))) is None


def test_people_are_counted_by_groups_of_at_least_five() -> None:
    people = pl.DataFrame({
        "level": ["friend"] * 6 + ["close"] * 4, "tier": ["peer"] * 10, "platforms": ["x"] * 10,
        "whose_step": ["mine"] * 5 + ["theirs"] + ["mine"] * 4,
    })  # fmt: skip
    assert groups_frame(people).rows() == [("friend", "peer", "x", 6, "5", "1–4")]
    assert [few(n) for n in (0, 1, 4, 5)] == ["0", "1–4", "1–4", "5"]


def test_pseudonyms_depend_on_the_key_alone_and_not_on_the_order_of_names() -> None:
    ids = [f"person-{number}" for number in range(500)]
    first = pseudonyms(ids, "Person", KEY)
    assert first == pseudonyms(reversed(ids), "Person", KEY)
    assert first != pseudonyms(ids, "Person", b"another key")
    assert sorted(first.values()) == [f"Person {number:04d}" for number in range(1, 501)]
    ranks = [first[name] for name in ids]
    assert sum(left < right for left, right in itertools.pairwise(ranks)) < 350


def test_times_are_months_and_no_small_group_is_in_a_table(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    days = re.findall(r"\b(\d{1,2}) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", text)
    assert set(days) <= {"1"}
    for table in re.findall(r"<table.*?</table>", text, flags=re.DOTALL):
        heads = re.findall(r"<th[^>]*>(.*?)</th>", table)
        if "People" not in heads:
            continue
        for row in re.findall(r"<tr><td.*?</tr>", table):
            cell = re.findall(r'<td[^>]*?(?: data-v="([^"]*)")?>', row)[heads.index("People")]
            assert not 1 <= int(cell or 0) <= 4


def test_the_same_warehouse_and_key_give_the_same_bytes(page: Path, tmp_path: Path) -> None:
    connection = invented.home(invented.Home(contacts=400, gestures=6000))
    invented.shuffle(connection)
    again = write_shareable(invented.reader(connection), tmp_path, key=KEY)
    assert again.read_bytes() == page.read_bytes()


@pytest.mark.parametrize("width", [1185, 390])
def test_it_opens_silently_with_banner_and_charts_and_without_people(
    page: Path, open_report: Opener, width: int
) -> None:
    opened = open_report(page, width=width)
    opened.draw_all()
    assert opened.requests == [page.as_uri()]
    assert opened.console == []
    assert BANNER in opened.page.inner_text("header")
    assert opened.page.locator("#people").count() == 0
    for key in ("groups", "reciprocation", "lag", "balance", "dance", "coverage"):
        assert opened.page.locator(f"#{key} h2").inner_text()
    assert opened.page.evaluate(f"document.body.innerText.match({NOT_WORDS})") is None
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_has_the_policy_of_the_report(page: Path, report: Path) -> None:
    found = [
        re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', path.read_text(encoding="utf-8"))
        for path in (page, report / "index.html")
    ]
    assert found[0] == found[1] != []


@pytest.mark.parametrize(
    "home",
    [
        invented.Home(contacts=0, gestures=0),
        invented.Home(contacts=4, gestures=60),
        invented.Home(contacts=6, gestures=40, platforms=("x",)),
    ],
)
def test_small_homes(home: invented.Home, tmp_path: Path, open_report: Opener) -> None:
    opened = open_report(build(home, tmp_path), width=390)
    assert opened.console == []
    assert "Pseudonymised." in opened.page.inner_text("header")
    assert opened.page.evaluate(f"document.body.innerText.match({NOT_WORDS})") is None


def test_an_empty_home(tmp_path: Path, open_report: Opener) -> None:
    opened = open_report(write_shareable(invented.reader(invented.empty()), tmp_path, key=KEY))
    assert "No archives yet" in opened.page.inner_text("body")
    assert opened.console == []


def test_the_manifest_lists_it_beside_the_report(tmp_path: Path) -> None:
    connection = invented.home(invented.Home(contacts=40, gestures=300))
    write_reports(invented.reader(connection), tmp_path)
    path = write_shareable(invented.reader(connection), tmp_path, key=KEY)
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {"index.html", "shareable.html"} <= set(files)
    assert files["shareable.html"] == hashlib.sha256(path.read_bytes()).hexdigest()
