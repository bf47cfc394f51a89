"""The summary that a run prints at its end."""

import pytest

from pipeline.runs.summary import strangers_line


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["x:1"], "contacts.csv names x:1, which no archive contains (yet)"),
        (["x:1", "x:2", "x:3"], "contacts.csv names x:1, x:2, x:3, which no archive contains (yet)"),
        # the demo's file names 33: they pushed the figures off the screen, a line each
        (
            ["x:1", "x:2", "x:3", "x:4", "x:5"],
            "contacts.csv names x:1, x:2, x:3 and 2 more, which no archive contains (yet)",
        ),
    ],
)
def test_strangers_of_contacts_csv_are_one_line(names: list[str], line: str) -> None:
    assert strangers_line(names) == line
