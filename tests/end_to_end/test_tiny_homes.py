"""A home of a few interactions, whatever they are, is published and has a report."""

import os
import tempfile
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.model.codes import DIRECTIONS, KINDS
from tests.consolidation.harness import home_in, open_file, run

EXAMPLES: Final = int(os.environ.get("TINY_HOMES", "3"))
"""Homes drawn beside the examples that are named below: few in every test run, many in a search for crashes."""
Row = dict[str, object]


@st.composite
def acts(draw: st.DrawFn) -> list[Row]:
    """Draw 0 to 12 interactions of every class, direction, text length and distance in time."""
    found: list[Row] = []
    for number in range(draw(st.integers(0, 12))):
        cls = draw(st.sampled_from(list(KINDS)))
        minutes = draw(st.sampled_from([0, 1, 60, 1_440, 10_080, 43_200, 525_600]))
        day, minute = divmod(minutes * draw(st.integers(0, 3)), 1_440)
        word = draw(st.sampled_from(["hello", "x", "你好", "🎉", "https://a.example/b"]))
        row: Row = {
            "id": number,
            "contact": draw(st.sampled_from(["ann", "bob", "eve"])),
            "direction": draw(st.sampled_from(DIRECTIONS)),
            "class": cls,
            "kind": draw(st.sampled_from(["", *KINDS[cls]])),
            "occurred_at": f"{2020 + day // 365}-{1 + day % 365 // 31:02d}-{1 + day % 28:02d}T{minute // 60:02d}:{minute % 60:02d}:00Z",
            "text": " ".join([word] * draw(st.sampled_from([0, 1, 2, 5, 6, 7, 30, 300]))),
            "group": draw(st.sampled_from(["", "true"])),
        }
        if number and draw(st.booleans()):
            row["reply_to"] = draw(st.integers(0, number - 1))
        found.append(row)
    return found


def same_text(count: int, words: int) -> list[Row]:
    """Return outbound messages of one text to a contact each."""
    text = "see" + " you" * (words - 1)
    return [
        {"id": number, "contact": f"c{number}", "occurred_at": f"2024-03-0{number + 1}T09:00:00Z", "text": text}
        for number in range(count)
    ]


COVERED: Final = " ".join(
    f"club,{cls},{direction},full,2019-01-01,2027-12-31" for cls in KINDS for direction in DIRECTIONS
)


@settings(
    max_examples=EXAMPLES, derandomize=EXAMPLES < 10, deadline=None, database=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
@given(found=acts(), covered=st.booleans())
@example(found=same_text(3, 6), covered=False)
@example(found=same_text(5, 30), covered=True)
@example(found=[], covered=True)
def test_a_tiny_home_has_a_report(found: list[Row], covered: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = home_in(Path(folder) / "home")
        path = open_file(Path(folder) / "given", "tiny", found, COVERED if covered else "")
        run(home, [path], wanted=("report",))
        page = (home / "reports" / "index.html").read_text(encoding="utf-8")
    assert "</html>" in page
