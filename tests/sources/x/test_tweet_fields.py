"""Times, ids and fields of tweets, one format trap a line."""

from typing import Any

import pytest

from pipeline.sources.x.people import id_of
from pipeline.sources.x.times import parse_created_at, snowflake_time, tweet_time
from pipeline.sources.x.tweet_fields import end_of_leading_handles, linked_statuses, repost_of, version_ids

S = 1_000_000
SEP_5 = 1_693_905_011 * S
"""2023-09-05 09:10:11 UTC."""
ID = str((1_693_905_011_000 - 1_288_834_974_657) << 22)


@pytest.mark.parametrize(
    "status, created, expected",
    [
        (ID, "Tue Sep 05 09:10:11 +0000 2023", SEP_5),
        (ID, "Tue Sep 05 09:10:41 +0000 2023", SEP_5 + 30 * S),  # a plausible time counts
        (ID, "Tue Sep 05 09:10:11 +0000 1997", SEP_5),
        (ID, "?", SEP_5),
        ("20", "Tue Mar 21 20:50:14 +0000 2006", 1_142_974_214 * S),
        ("20", "Tue Mar 21 20:50:14 +0000 2003", None),
        ("20", None, None),
    ],
)
def test_time_is_checked_against_the_id(status: str, created: Any, expected: int | None) -> None:
    assert tweet_time(status, created) == expected


def test_first_snowflake() -> None:
    assert snowflake_time("29700859246") is None
    assert snowflake_time("29700859247") == 1_288_834_981 * S


def test_zone_of_a_written_time() -> None:
    assert parse_created_at("Tue Sep 05 11:10:11 +0200 2023") == SEP_5
    assert parse_created_at("2023-09-05 09:10:11 +0000") == SEP_5


@pytest.mark.parametrize(
    "value, expected", [("-1", ""), (-12, ""), ("007", "007"), (12, "12"), (1.2e18, ""), (True, ""), ("0", "")]
)
def test_ids_are_text(value: Any, expected: str) -> None:
    assert id_of(value) == expected


def test_parts_of_a_tweet() -> None:
    assert end_of_leading_handles({"full_text": "@a @b hi @c", "display_text_range": ["0", "11"]}) == 6
    assert end_of_leading_handles({"full_text": "@a hi", "display_text_range": ["3", "5"]}) == 3
    again = repost_of({"full_text": "RT @Ana: x", "entities": {"user_mentions": []}})
    assert again is not None
    assert again.author.handle == "Ana"
    link = {"expanded_url": "https://mobile.twitter.com/i/web/status/12"}
    assert list(linked_statuses({"entities": {"urls": [link]}})) == [("", "12")]
    assert version_ids({"edit_info": {"initial": {"editTweetIds": ["10", "9"]}}}) == ["9", "10"]
    assert version_ids({"edit_info": {"initial": {"editTweetIds": ["10"]}}}) == []
