"""What the last run changed: ids that the published warehouse did not have, and contacts whose level is another now."""

from pathlib import Path

import polars as pl

from pipeline.orchestration.working_tables import Store
from pipeline.warehouse.run_metadata import Previous, changes

GESTURES = [
    {"gesture_id": "g1", "status": "answered", "outcome": "worded"},
    {"gesture_id": "g2", "status": "answered", "outcome": "worded"},
    {"gesture_id": "g3", "status": "answered", "outcome": "any"},
    {"gesture_id": "g4", "status": "open", "outcome": "worded"},
]
LEVELS = [
    {"contact_id": "x:1", "month": "2024-01", "level": "stranger"},
    {"contact_id": "x:1", "month": "2024-02", "level": "friend"},
    {"contact_id": "x:2", "month": "2024-01", "level": "close"},
]


def store(folder: Path) -> Store:
    made = Store(folder)
    made.write("archives", pl.DataFrame({"archive_id": ["a", "b"]}))
    made.write("interactions", pl.DataFrame({"interaction_id": ["i3", "i1", "i2"]}))
    made.write("contacts", pl.DataFrame({"contact_id": ["x:2", "x:1"], "display_name": [None, "Ada"]}))
    made.write("gestures", pl.DataFrame(GESTURES))
    made.write("levels", pl.DataFrame(LEVELS))
    return made


def test_at_first_everything_is_new(tmp_path: Path) -> None:
    assert changes(Previous(), store(tmp_path)).rows() == [
        ("new archives", 2, None),
        ("new interactions", 3, None),
        ("new contacts", 2, "Ada, x:2"),
        ("new answers", 2, None),
        ("levels moved", 0, None),
    ]


def test_later_what_was_not_there_before(tmp_path: Path) -> None:
    known = {"archives": ["a"], "interactions": ["i1", "gone"], "contacts": ["x:1"], "answers": ["g1", "g2"]}
    before = Previous({what: pl.Series("id", ids) for what, ids in known.items()}, {"x:1": "stranger", "x:2": "close"})
    assert changes(before, store(tmp_path)).rows() == [
        ("new archives", 1, None),
        ("new interactions", 2, None),
        ("new contacts", 1, "x:2"),
        ("new answers", 0, None),
        ("levels moved", 1, "Ada: stranger to friend"),
    ]
