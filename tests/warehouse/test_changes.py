"""What the last run changed: ids that the published warehouse did not have, and contacts whose level is another now."""

import polars as pl

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


TABLES = {
    "archives": pl.LazyFrame({"archive_id": ["a", "b"]}),
    "interactions": pl.LazyFrame({"interaction_id": ["i3", "i1", "i2"]}),
    "contacts": pl.LazyFrame({"contact_id": ["x:2", "x:1"], "display_name": [None, "Ada"]}),
    "gestures": pl.LazyFrame(GESTURES),
    "levels": pl.LazyFrame(LEVELS),
}


def test_at_first_everything_is_new() -> None:
    assert changes(Previous(), TABLES).rows() == [
        ("new archives", 2, None),
        ("new interactions", 3, None),
        ("new contacts", 2, "Ada, x:2"),
        ("new answers", 2, None),
        ("levels moved", 0, None),
    ]


def test_later_what_was_not_there_before() -> None:
    known = {"archives": ["a"], "interactions": ["i1", "gone"], "contacts": ["x:1"], "answers": ["g1", "g2"]}
    before = Previous({what: pl.Series("id", ids) for what, ids in known.items()}, {"x:1": "stranger", "x:2": "close"})
    assert changes(before, TABLES).rows() == [
        ("new archives", 1, None),
        ("new interactions", 2, None),
        ("new contacts", 1, "x:2"),
        ("new answers", 0, None),
        ("levels moved", 1, "Ada: stranger to friend"),
    ]
