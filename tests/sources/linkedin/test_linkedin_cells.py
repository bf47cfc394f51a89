"""Dates, addresses and quotes of LinkedIn's files, one format trap a line."""

import pytest

from pipeline.sources.linkedin.activity import unquote_lines
from pipeline.sources.linkedin.dates import ParsedDate, has_day_first, parse_date
from pipeline.sources.linkedin.messages import clean
from pipeline.sources.linkedin.people import profile_key, profile_keys, split_names
from pipeline.sources.linkedin.tables import member_id, table_name

S = 1_000_000


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2024-03-14 09:41:53 UTC", ParsedDate(1_710_409_313 * S, 1, False)),
        ("2024-01-15 14:30:00", ParsedDate(1_705_329_000 * S, 1, True)),
        ("2022/01/16 02:51:39 UTC", ParsedDate(1_642_301_499 * S, 1, False)),
        ("1/29/26, 2:37\u202fPM", ParsedDate(1_769_697_420 * S, 60, True)),
        ("1/29/26, 12:37 AM", ParsedDate(1_769_647_020 * S, 60, True)),
        ("01 Jan 2024", ParsedDate(1_704_067_200 * S, 86_400, False)),
        ("1/1/2024", ParsedDate(1_704_067_200 * S, 86_400, False)),
        ("05 Jun 1833", ParsedDate(-4_309_891_200 * S, 86_400, False)),
        ("14-mrt-23", ParsedDate(1_678_752_000 * S, 86_400, False)),
        ("14. März 2023", ParsedDate(1_678_752_000 * S, 86_400, False)),
        ("14 de marzo de 2023", ParsedDate(1_678_752_000 * S, 86_400, False)),
        ("Mar 14, 2023", ParsedDate(1_678_752_000 * S, 86_400, False)),
        ("2023年3月14日", ParsedDate(1_678_752_000 * S, 86_400, False)),
        ("14.03.2023 09:05", ParsedDate(1_678_784_700 * S, 60, True)),
        ("5 maaliskuu 2020", ParsedDate(1_583_366_400 * S, 86_400, False)),
        ("5 marraskuu 2020", ParsedDate(1_604_534_400 * S, 86_400, False)),
        ("15/1/2024", None),
        ("31 Feb 2024", None),
        ("soon", None),
    ],
)
def test_dates(text: str, expected: ParsedDate | None) -> None:
    assert parse_date(text) == expected


def test_day_before_month_is_decided_by_the_whole_table() -> None:
    assert has_day_first(["3/2/2024", "15/1/2024"])
    assert not has_day_first(["3/2/2024", "1/15/2024", "15/1/2024"])
    assert parse_date("3/2/2024", day_first=True) == parse_date("3 Feb 2024")


def test_names_with_commas() -> None:
    assert split_names("Mina Kovac, PhD, Lea Novak", frozenset()) == ["Mina Kovac, PhD", "Lea Novak"]
    assert split_names("Mina Kovac, Prince", {"prince"}) == ["Mina Kovac", "Prince"]


def test_profiles() -> None:
    assert profile_key("http://DE.linkedin.com/in/mina-kov%C3%A1c/?x=1") == "linkedin.com/in/mina-kovác"
    assert profile_key("N/A") == ""
    both = "https://www.linkedin.com/in/a,https://www.linkedin.com/in/b https://www.linkedin.com/in/c"
    assert profile_keys(both) == ["linkedin.com/in/a", "linkedin.com/in/b", "linkedin.com/in/c"]


def test_file_names() -> None:
    assert table_name("x/Company Follows.csv") == "companyfollows"
    assert table_name("Comments_17000001.csv") == "comments"
    assert table_name("MESSAGES (1).CSV") == table_name("Messages-2020.csv") == "messages"
    assert member_id("Comments_17000001.csv") == "17000001"
    assert member_id("messages-2020.csv") == ""
    assert member_id("Job Applications_1.csv") == ""


def test_texts() -> None:
    assert unquote_lines('"one"\n"two ""x"""') == 'one\ntwo "x"'
    assert unquote_lines('she said "hi"') == 'she said "hi"'
    assert clean("i <3 you &amp; me") == "i <3 you & me"
    assert clean('<p>say \\"hi\\"</p>') == 'say "hi"'
