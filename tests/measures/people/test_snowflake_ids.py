"""Published pairs of ids and times."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pipeline.measures.people.snowflake_ids import account_created, discord, mastodon, x_status, x_user


@pytest.mark.parametrize(
    "read, native_id, expected",
    [
        (x_status, "1212702693736767490", "2020-01-02T11:50:27.770"),
        (x_status, "1900547158165840235", "2025-03-14T13:58:47.622"),
        (x_status, "1382350606417817604", "2021-04-14T15:10:42.059"),
        (x_status, "1800000000000000000", "2024-06-10T03:00:17.039"),
        (x_user, "699570924048162816", "2016-02-16T12:28:00.349"),
        (discord, "105484726235607040", "2015-10-19T01:58:38.546"),
        (discord, "175928847299117063", "2016-04-30T11:18:25.796"),
        (mastodon, "109270000000000000", "2022-11-01T18:38:00.859"),
    ],
)
def test_an_id_tells_its_time(read: Callable[[str], int | None], native_id: str, expected: str) -> None:
    made = read(native_id)
    assert made is not None
    assert datetime.fromtimestamp(made / 1e6, UTC).isoformat(timespec="milliseconds") == expected + "+00:00"


@pytest.mark.parametrize(
    "read, native_id",
    [
        (x_user, "4922450361"), (x_user, "12"), (x_status, "29700859246"), (x_status, "20"), (mastodon, "123456"),
        (x_user, "jane_doe"), (x_user, ""), (x_user, "-5"), (x_status, "9" * 40), (discord, "١٢٣"),
    ],
)  # fmt: skip
def test_what_an_id_does_not_tell_is_unknown(read: Callable[[str], int | None], native_id: str) -> None:
    assert read(native_id) is None


@pytest.mark.parametrize("read", [x_status, x_user, discord, mastodon])
@pytest.mark.parametrize("damaged", [1.2127026937367675e18, 1212702693736767490, None])
def test_numbers_are_refused(read: Callable[[object], int | None], damaged: object) -> None:
    with pytest.raises(TypeError, match="strings only"):
        read(damaged)


def test_the_first_snowflake_of_x_is_dated() -> None:
    first = x_status("29700859247")
    assert first is not None
    assert datetime.fromtimestamp(first // 1_000_000, UTC).isoformat() == "2010-11-04T01:43:01+00:00"


def test_accounts_of_platforms_whose_ids_do_not_bound_their_age_stay_unknown() -> None:
    assert account_created("mastodon", "109270000000000000") is None
    assert account_created("facebook", "100000000000000") is None
    assert account_created("x", "699570924048162816") == x_user("699570924048162816")
