"""Strong evidence and the owner's decisions join identities; resemblance doesn't. Source: methods:joins."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.consolidation.stagings import ARCHIVE
from pipeline.contacts.decisions import Decisions, Verdict, decisions_text, read_decisions
from pipeline.contacts.identities import identities
from pipeline.contacts.joining import contact_of
from pipeline.model.schemas import STAGED
from tests.consolidation.harness import home_in, open_file, rows, run

AT = "2024-03-01T09:00:00Z"


def person(native_id: str, platform: str = "x", archive: str = "a", **other: Any) -> dict[str, Any]:
    return {"platform": platform, "native_id": native_id, "archive_id": archive, "placeholder": False} | other


def joined(
    persons: list[dict[str, Any]], decisions: Decisions | None = None, aliases: Sequence[tuple[str, ...]] = ()
) -> dict[str, tuple[str, str | None]]:
    """Return identity_id -> (contact_id, join_reason)."""
    seen = pl.DataFrame(persons, schema={**STAGED["persons"], **ARCHIVE})
    stated = pl.DataFrame(
        [(*alias[:3], "stated by the export", alias[3] if len(alias) > 3 else None) for alias in aliases],
        schema=STAGED["aliases"],
        orient="row",
    )
    people = identities(seen, seen.select("platform", "native_id"))
    found = contact_of(people, seen, stated, decisions or Decisions())
    return {identity: (contact, reason) for identity, contact, reason in found.iter_rows()}


def test_equal_names_alone_join_none() -> None:
    found = joined(
        [person("1", display_name="Ann Lee"), person("2", display_name="Ann Lee"), person("1", platform="threads")]
    )
    assert found == {"threads:1": ("threads:1", None), "x:1": ("x:1", None), "x:2": ("x:2", None)}


def test_equal_addresses_join_whatever_their_case_also_as_native_id() -> None:
    found = joined(
        [
            person("9", platform="facebook", email="Ann@Mail.Example"),
            person("ann@mail.example", platform="mailchimp"),
            person("ann@mail.example", platform="mastodon"),  # a handle there, not an address
        ]
    )
    assert found == {
        "facebook:9": ("facebook:9", "same_email"),
        "mailchimp:ann@mail.example": ("facebook:9", "same_email"),
        "mastodon:ann@mail.example": ("mastodon:ann@mail.example", None),
    }


@pytest.mark.parametrize(
    "url", ["https://twitter.com/annlee", "http://www.x.com/AnnLee/", "https://mobile.twitter.com/annlee?lang=en"]
)
def test_a_stated_profile_url_joins(url: str) -> None:
    found = joined([person("12", handle="annlee"), person("c9", platform="wordpress", url=url)])
    assert found == {"wordpress:c9": ("wordpress:c9", "profile_url"), "x:12": ("wordpress:c9", "profile_url")}


def test_a_url_of_an_unknown_page_joins_none() -> None:
    found = joined([person("12", handle="annlee"), person("c9", platform="wordpress", url="https://x.com/annlee2")])
    assert {contact for contact, _ in found.values()} == {"x:12", "wordpress:c9"}


def test_a_name_joins_the_one_person_of_that_name_in_the_same_archive() -> None:
    found = joined(
        [
            person("name:ann lee", "facebook", display_name="Ann Lee"),
            person("thread:5", "facebook", display_name="Ann  LEE"),
        ]
    )
    assert found["facebook:name:ann lee"] == ("facebook:name:ann lee", "unique_name")
    assert found["facebook:thread:5"] == ("facebook:name:ann lee", "unique_name")


def test_a_name_of_two_people_or_in_another_archive_joins_none() -> None:
    name = person("name:ann lee", "facebook", display_name="Ann Lee")
    two = [person(f"thread:{number}", "facebook", display_name="Ann Lee") for number in (5, 6)]
    other = person("thread:5", "facebook", archive="b", display_name="Ann Lee")
    assert {reason for _, reason in joined([name, *two]).values()} == {None}
    assert {reason for _, reason in joined([name, other]).values()} == {None}


def test_placeholders_are_never_joined_by_name_or_address() -> None:
    gone: dict[str, Any] = {"display_name": "Facebook user", "placeholder": True, "email": "gone@mail.example"}
    found = joined(
        [person("thread:5", "facebook", **gone), person("thread:6", "facebook", **gone),
         person("name:facebook user", "facebook", display_name="Facebook user")]
    )  # fmt: skip
    assert {reason for _, reason in found.values()} == {None}


def test_stated_aliases_join_and_chains_end_at_the_least_identity() -> None:
    found = joined(
        [person("z", email="a@b.example"), person("y"), person("a", "youtube", email="a@b.example")],
        aliases=[("x", "y", "z")],
    )
    assert found == {"x:y": ("x:y", "stated"), "x:z": ("x:y", "same_email+stated"), "youtube:a": ("x:y", "same_email")}


def test_the_owners_merges_and_splits_override_all_evidence() -> None:
    people = [person("1", email="a@b.example"), person("2", email="a@b.example"), person("3")]
    split = read_decisions("action,contact,other\nsplit,x:2,\n")
    assert {identity: contact for identity, (contact, _) in joined(people, split).items()} == {
        "x:1": "x:1", "x:2": "x:2", "x:3": "x:3",
    }  # fmt: skip
    both = read_decisions("action,contact,other\nsplit,x:2,\nmerge,x:3,x:2\n")
    assert joined(people, both) == {"x:1": ("x:1", None), "x:2": ("x:2", "owner"), "x:3": ("x:2", "owner")}


def test_names_are_those_of_the_newest_export() -> None:
    people = pl.DataFrame(
        [
            person("1", archive="b", exported_at=5, display_name="Old Name", handle="old"),
            person("1", archive="a", exported_at=9, display_name="New Name"),
            person("1", archive="c", display_name="Undated"),
        ],
        schema={**STAGED["persons"], **ARCHIVE},
    )
    found = identities(people, people.select("platform", "native_id")).row(0, named=True)
    assert (found["display_name"], found["handle"]) == ("New Name", "old")


def test_equal_keys_of_open_interactions_files_are_one_person_on_all_platforms(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    one = {"contact": "ann", "contact_name": "Ann Lee", "occurred_at": AT}
    open_file(home / "exports", "a", [one | {"platform": "pub"}, one | {"platform": "club"}])
    open_file(home / "exports", "b", [one | {"platform": "gym"}, one | {"contact": "ann2", "platform": "gym"}])
    store = run(home)
    assert rows(store, "identities", "identity_id", "contact_id", "join_reason") == [
        ("club:ann", "club:ann", "same_key"),
        ("gym:ann", "club:ann", "same_key"),
        ("gym:ann2", "gym:ann2", None),
        ("pub:ann", "club:ann", "same_key"),
    ]
    assert rows(store, "contacts", "contact_id", "display_name", "identities", "platforms") == [
        ("club:ann", "Ann Lee", 3, ["club", "gym", "pub"]),
        ("gym:ann2", "Ann Lee", 1, ["gym"]),
    ]


def test_contacts_csv_merges_and_excludes_and_accepts_older_ids(tmp_path: Path) -> None:
    home = home_in(tmp_path)
    open_file(home / "exports", "a", [{"contact": name, "occurred_at": AT} for name in ("ann", "bob", "cleo")])
    (home / "contacts.csv").write_text(
        "\ufeffaction,contact,other,tier,audience,exclude,note\r\n"
        "merge,club:bob,club:cleo,,,,the same person\r\n"
        "set,club:cleo,,guru,5000,yes,\r\n"
        "\r\n"
        "set,club:bob,,peer,,,later lines win\r\n",
        encoding="utf-8",
    )
    store = run(home, wanted=("contacts", "standing", "gestures"))
    assert rows(store, "contacts", "contact_id", "excluded", "exclusion_reason") == [
        ("club:ann", False, None),
        ("club:bob", True, "excluded by you (contacts.csv)"),
    ]
    assert rows(store, "standing", "contact_id", "tier") == [("club:ann", "unknown"), ("club:bob", "peer")]
    assert {row[0] for row in rows(store, "gestures", "contact_id")} == {"club:ann"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("action,contact,rank\n", "line 1: unknown column 'rank'"),
        ("action,contact\nmarry,x:1\n", "line 2: unknown action 'marry'"),
        ("action,contact,other\n\nmerge,x:1,\n", "line 3: merge needs the column other"),
        ("action,contact\nsplit,\n", "line 2: the column contact is empty"),
        ("action,contact,tier\nset,x:1,king\n", "line 2: unknown tier 'king'"),
        ("action,contact,audience\nset,x:1,many\n", "line 2: audience must be a whole number"),
        ("action,contact,exclude\nset,x:1,perhaps\n", "line 2: exclude must be yes or no"),
        ('action,contact\nsplit,"x:1\n', "can't be read as CSV"),
    ],
)
def test_an_invalid_line_is_reported(text: str, words: str) -> None:
    (problem,) = read_decisions(text).problems
    assert problem.startswith("contacts.csv, ")
    assert words in problem


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes("action,contact,note\nsplit,x:1,Zoë\nsplit,x:2,\n".encode("cp1252"))
    decisions = read_decisions(decisions_text(path))
    assert decisions.problems == ("contacts.csv, line 2: not UTF-8 text; save the file as CSV UTF-8",)
    assert decisions.splits == {"x:2"}
    assert decisions_text(tmp_path / "none.csv") == ""


def test_identities_named_by_decisions() -> None:
    text = "action,contact,other,tier,audience,exclude\nmerge,x:1,x:2,,,\nsplit,x:3,,,,\nset,x:4,,guru,,\nset,x:5,,,9,\nset,x:6,,,,no\n"
    assert read_decisions(text).named() == {"x:1", "x:2", "x:3", "x:4", "x:5", "x:6"}


def test_a_split_undoes_an_earlier_merge_of_the_owner() -> None:
    # regression: `contacts merge x:1 x:2`, then `contacts split x:2`, had no effect
    text = "action,contact,other\nmerge,x:1,x:2\nmerge,x:1,x:3\nsplit,x:2,\n"
    first, again = Verdict("x:1", "x:3", same=True), Verdict("x:1", "x:2", same=True)
    assert read_decisions(text).verdicts == (first,)
    assert read_decisions(text + "merge,x:1,x:2\n").verdicts == (first, again)


@pytest.mark.parametrize(
    "bad",
    [
        "marry,x:1,x:9", 'split,"x:9', "merge,x:9,", "set,x:9,,king", "set,x:9,,,-5", "distinct,x:9,x:9", 'split,"x:9" and more',
        "split,\udce9",
    ],
)  # fmt: skip
def test_the_lines_around_an_invalid_one_count(bad: str) -> None:
    text = f'action,contact,other,tier,audience,exclude,note\nmerge,x:1,x:2\n{bad}\nsplit,x:3,,,,,"a note,\nof two lines"\nset,x:4,,guru\n'
    decisions = read_decisions(text)
    assert [problem.partition(":")[0] for problem in decisions.problems] == ["contacts.csv, line 3"]
    assert decisions.named() == {"x:1", "x:2", "x:3", "x:4"}


def test_a_file_of_another_kind_is_one_problem() -> None:
    for text in ("action;contact;other\nmerge;x:1;x:2\n", "PK\x03\x04\n\0\n", '"'):
        decisions = read_decisions(text)
        assert (len(decisions.problems), decisions.named()) == (1, set())
        assert "line 1" in decisions.problems[0]
    assert read_decisions("") == Decisions()


def test_two_people_stay_two_whatever_joins_either_to_others() -> None:
    people = [person("1", email="a@b.example"), person("2", email="a@b.example"), person("3")]
    chain = [("x", "2", "3"), ("x", "1", "3")]
    text = "action,contact,other\ndistinct,x:1,x:3\n"
    found = joined(people, read_decisions(text), chain)
    assert found["x:1"][0] != found["x:3"][0]
    assert len({contact for contact, _ in found.values()}) == 2
    later = joined(people, read_decisions(text + "merge,x:3,x:1\n"), chain)
    assert {contact for contact, _ in later.values()} == {"x:1"}
    undone = joined(people, read_decisions(text + "undo,x:3,x:1\n"), chain)
    assert undone == joined(people, None, chain)


def test_a_later_verdict_overrides_what_earlier_merges_imply() -> None:
    people = [person(number) for number in "123"]
    text = "action,contact,other\nmerge,x:1,x:2\nmerge,x:2,x:3\ndistinct,x:1,x:3\n"
    found = joined(people, read_decisions(text))
    assert found == {"x:1": ("x:1", None), "x:2": ("x:2", "owner"), "x:3": ("x:2", "owner")}


IDS = st.sampled_from(["x:1", "x:2", "x:3"])
VERDICTS = [(action, *pair) for action in ("merge", "distinct") for pair in permutations(("x:1", "x:2", "x:3"), 2)]
PAIRS = st.sampled_from(VERDICTS)
OWN = st.sampled_from([*VERDICTS, *(("split", identity, "") for identity in ("x:1", "x:2", "x:3"))])


@given(st.lists(OWN, max_size=6), PAIRS)
def test_a_verdict_is_reversible(before: list[tuple[str, str, str]], last: tuple[str, str, str]) -> None:
    _, one, other = last
    fresh = [line for line in before if {one, other} != {line[1], line[2]}]
    text = "".join(",".join(line) + "\n" for line in [("action", "contact", "other"), *fresh])
    undone = text + ",".join(last) + "\n" + f"undo,{other},{one}\n"
    assert read_decisions(undone) == read_decisions(text)


@given(IDS, st.lists(PAIRS, max_size=6))
def test_a_split_and_values_are_reversible(identity: str, before: list[tuple[str, str, str]]) -> None:
    kept = [line for line in before if identity not in line]
    text = "".join(",".join(line) + "\n" for line in [("action", "contact", "other", "tier", "exclude"), *kept])
    undone = text + f"split,{identity}\nset,{identity},,guru,yes\nundo,{identity}\n"
    assert read_decisions(undone) == read_decisions(text)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read_decisions("action,contact,other,tier,audience,exclude,note\n" + text)
    read_decisions(text)
