"""Meta's double encoding, times and wrappers: examples and laws."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.shared.meta.json_lists import find_records
from pipeline.sources.shared.meta.labels import flatten, labelled_text
from pipeline.sources.shared.meta.member_paths import parse_path
from pipeline.sources.shared.meta.text_repair import repair, repair_tree
from pipeline.sources.shared.meta.times import epoch_micros, iso_micros


def doubled(text: str) -> str:
    """Write a text as Meta does: each UTF-8 byte as a character of its own."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    "written, meant",
    [
        ("Zo\u00c3\u00ab \u00f0\u009f\u0098\u0082", "Zoë 😂"),
        ("plain", "plain"),
        ("Zoë", "Zoë"),
        ("already 😂 right", "already 😂 right"),
        ("cut \u00f0\u009f\u0098", "cut \u00f0\u009f\u0098"),
        ("\u00e2\u009d\u00a4", "❤"),
        ("", ""),
    ],
)
def test_repair(written: str, meant: str) -> None:
    assert repair(written) == meant


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_repair_undoes_the_double_encoding(text: str) -> None:
    assert repair(doubled(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=0x100), min_size=1))
def test_repair_leaves_correct_text_alone(text: str) -> None:
    assert repair(text) == text
    assert repair(repair(text)) == repair(text)


def test_repair_reaches_keys_and_values_of_every_level() -> None:
    assert repair_tree({doubled("Propriétaire"): [{"a": doubled("é")}, 1, None]}) == {
        "Propriétaire": [{"a": "é"}, 1, None]
    }


@pytest.mark.parametrize(
    "value, expected",
    [
        (1_672_531_200, 1_672_531_200_000_000),
        (1_672_531_200_123, 1_672_531_200_123_000),
        ("1672531201", 1_672_531_201_000_000),
        (12_597_863_400, 12_597_863_400_000_000),
        (0, None),
        (-5, None),
        (None, None),
        (True, None),
        ("soon", None),
        (float("nan"), None),
        (float("inf"), None),
        (10**30, None),
        ([], None),
    ],
)
def test_epoch_micros(value: Any, expected: int | None) -> None:
    assert epoch_micros(value) == expected


@pytest.mark.parametrize(
    "value, expected",
    [
        ("2019-03-01T10:00:00+00:00", 1_551_434_400_000_000),
        ("2019-03-01T10:00:00", 1_551_434_400_000_000),
        ("2019-03-01T12:00:00+02:00", 1_551_434_400_000_000),
        ("yesterday", None),
        (5, None),
    ],
)
def test_iso_micros(value: Any, expected: int | None) -> None:
    assert iso_micros(value) == expected


@pytest.mark.parametrize(
    "data, expected",
    [
        ([{"a": 1}], [("/0", {"a": 1})]),
        ({"friends_v2": [{"name": "A"}]}, [("/friends_v2/0", {"name": "A"})]),
        ({"friends": []}, []),
        ({"timestamp": 1, "title": "alone"}, [("", {"timestamp": 1, "title": "alone"})]),
        ({"wall": {"activity_log_data": [{"a": 1}]}}, [("/wall/activity_log_data/0", {"a": 1})]),
        ({"a/b": [1]}, [("/a~1b/0", 1)]),
        ("text", [("", "text")]),
        ({}, []),
    ],
)
def test_find_records(data: Any, expected: list[tuple[str, Any]]) -> None:
    assert [(element.pointer, element.value) for element in find_records(data)] == expected


def test_flatten_walks_blocks_of_blocks() -> None:
    values = [
        {"label": "URL", "value": "https://a.example", "href": "https://a.example"},
        {
            "title": "Owner",
            "dict": [
                {"title": "", "dict": [{"label": "Name", "value": "Ana"}, {"label": "When", "timestamp_value": 5}]}
            ],
        },
        {"label": "Media", "media": []},
        {"label": "Words", "vec": [{"value": "one"}, {"value": "two"}]},
        {"ent_field_name": "Text", "value": "x"},
    ]
    assert list(flatten(values)) == [
        (("URL",), "https://a.example"),
        (("Owner", "Name"), "Ana"),
        (("Owner", "When"), 5),
        (("Words",), "one"),
        (("Words",), "two"),
        (("Text",), "x"),
    ]
    assert labelled_text(flatten(values), "name", inside="owner") == "Ana"
    assert labelled_text(flatten(values), "username") == ""


@pytest.mark.parametrize(
    "written",
    ["who_you've_followed.json", "who_you’ve_followed.json", "who_you_ve_followed.json", "WHO_YOUVE_FOLLOWED.JSON"],
)
def test_apostrophes_make_no_difference(written: str) -> None:
    assert parse_path(f"top/connections/followers/{written}").stem == "whoyouvefollowed"


def test_pages_are_numbers() -> None:
    assert [parse_path(f"x/message_{number}.json").page for number in (1, 2, 10)] == [1, 2, 10]
    assert parse_path("outer.zip!/a/message_3.json").parts == ("a", "message")
