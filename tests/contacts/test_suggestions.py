"""Contacts that resemble each other are suggested with reasons, and the owner's decisions override. Source: methods:suggestions."""

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contacts.decisions import Decisions, read_decisions
from pipeline.contacts.name_forms import handle_form, name_tokens, sound
from pipeline.contacts.name_matches import NameMatch, compare_tokens
from pipeline.contacts.shared_addresses import may_be_one
from pipeline.contacts.suggestions import suggestions
from pipeline.model.schemas import STAGED

DAY = 86_400_000_000
SCHEMA = {
    name: kind for name, kind in STAGED["persons"].items() if name != "key"
} | {"identity_id": pl.String, "contact_id": pl.String, "former_handles": pl.List(pl.String)}  # fmt: skip
NO_SPANS = pl.DataFrame(schema={"contact_id": pl.String, "first_at": pl.Int64, "last_at": pl.Int64})


def identity(identity_id: str, contact: str | None = None, **other: Any) -> dict[str, Any]:
    platform, _, native_id = identity_id.partition(":")
    own = {"platform": platform, "native_id": native_id, "placeholder": False}
    return {"identity_id": identity_id, "contact_id": contact or identity_id} | own | other


def suggested(
    *identities: dict[str, Any], spans: pl.DataFrame = NO_SPANS, decisions: Decisions | None = None
) -> list[tuple[str, str, list[str]]]:
    """Return identity_a, identity_b and the reasons."""
    found = suggestions(pl.DataFrame(identities, schema=SCHEMA), spans, decisions or Decisions())
    return found.select("identity_a", "identity_b", "reasons").rows()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"display_name": "Cleo Kestrel"}, {"display_name": "Cleo Kestrel"}, "same rare name"),
        ({"display_name": "Юлия Щербакова"}, {"display_name": "Julia Scherbakowa"}, "same rare name, in another script"),
        ({"display_name": "Γιώργος Παπαδόπουλος"}, {"display_name": "Giorgos Papadopoulos"}, "same rare name, in another script"),
        ({"display_name": "Lindqvist, Jonas"}, {"display_name": "Jonas Lindqvist"}, "same rare name, in another order"),
        ({"display_name": "Jürgen Müller"}, {"display_name": "Juergen Mueller"}, "same rare name, spelled differently"),
        ({"display_name": "Bob Kestrel"}, {"display_name": "Robert Kestrel"}, "same name, one in a short form"),
        ({"display_name": "Paco Ibarra"}, {"display_name": "Francisco Ibarra"}, "same name, one in a short form"),
        ({"display_name": "C. Kestrel"}, {"display_name": "Cleo Kestrel"}, "same name, one with initials"),
        ({"display_name": "Cleo Kestrel"}, {"display_name": "Cleo Mae Kestrel"}, "same name, one with a middle name"),
        ({"display_name": "Cleo Lindqvist"}, {"display_name": "Cleo Lindqist"}, "same name, spelled differently"),
        ({"handle": "nightowl_cleo"}, {"handle": "@nightowlcleo"}, "same handle"),
        ({"former_handles": ["nightowl"], "handle": "cleo.k"}, {"handle": "nightowl"}, "same handle"),
        ({"handle": "cleokestrel84"}, {"display_name": "Cleo Kestrel"}, "handle spells the name"),
        ({"url": "https://cleo.example/"}, {"url": "http://www.cleo.example", "handle": "ck"}, "same website"),
    ],
)  # fmt: skip
def test_resemblance_is_suggested_with_its_reason(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    assert suggested(identity("x:1", **one), identity("linkedin:2", **other)) == [("linkedin:2", "x:1", [reason])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"display_name": "Cleo Kestrel"}, {"display_name": "Hugo Kestrel"}),
        ({"display_name": "Mario Rossi"}, {"display_name": "Maria Rossi"}),
        ({"display_name": "Cleo"}, {"display_name": "Cleo"}),
        ({"display_name": "Cleo K."}, {"display_name": "Cleo Lee"}),
        ({"handle": "anna_k"}, {"handle": "anna_l"}),
        ({"handle": "abc"}, {"handle": "abc"}),
        ({"email": "info@a.example"}, {"email": "info@b.example"}),
        ({"display_name": "Cleo Kestrel", "placeholder": True}, {"display_name": "Cleo Kestrel"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_little_resemblance_is_not_suggested(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert suggested(identity("x:1", **one), identity("linkedin:2", **other)) == []


def test_a_common_name_is_not_suggested() -> None:
    crowd = [
        identity(f"{platform}:{n}", display_name="Maria Garcia") for platform in ("x", "facebook") for n in range(20)
    ]
    assert suggested(*crowd) == []


def test_two_accounts_of_one_name_on_one_platform_stay_two() -> None:
    crowd = [identity(f"x:{n}", display_name="Maria Garcia") for n in range(4)]
    assert suggested(*crowd) == []


def test_several_people_at_one_address_are_suggested_as_such() -> None:
    found = suggested(
        identity("email:lee@a.example", email="lee@a.example", display_name="Ann Lee"),
        identity("facebook:2", email="lee@a.example", display_name="Tom Lee"),
    )
    assert found == [("email:lee@a.example", "facebook:2", ["same e-mail address, different names"])]


def test_a_conversation_that_moved_is_a_reason() -> None:
    spans = pl.DataFrame(
        {"contact_id": ["x:1", "email:2"], "first_at": [0, 103 * DAY], "last_at": [100 * DAY, 110 * DAY]}
    )
    ann = {"display_name": "Ann Lee"}
    ((_, _, reasons),) = suggested(identity("x:1", **ann), identity("email:2", **ann), spans=spans)
    assert reasons == ["same rare name", "one conversation ended when the other began"]


@pytest.mark.parametrize(
    "line", ["distinct,x:1,linkedin:2", "distinct,linkedin:2,instagram:3", "split,x:1,", "split,instagram:3,"]
)
def test_what_the_owner_decided_is_not_suggested_and_is_again_when_undone(line: str) -> None:
    ann = {"display_name": "Ann Lee"}
    people = (identity("x:1", **ann), identity("linkedin:2", **ann), identity("instagram:3", "x:1"))
    text = f"action,contact,other\n{line}\n"
    assert suggested(*people, decisions=read_decisions(text)) == []
    undone = read_decisions(text + line.replace(line.split(",", maxsplit=1)[0], "undo") + "\n")
    assert suggested(*people, decisions=undone) == suggested(*people) != []


PEOPLE = [
    identity("x:1", display_name="Ann Lee", handle="annlee"), identity("linkedin:2", display_name="Lee, Ann"),
    identity("email:annlee@a.example", email="annlee@a.example", display_name="Ann"), identity("reddit:annlee84"),
    identity("facebook:4", display_name="Анна Ли", url="https://ann.example"), identity("wordpress:5", url="https://ann.example"),
    identity("instagram:6", "email:annlee@a.example", handle="ann.lee", former_handles=["annie_lee"]),
]  # fmt: skip


@given(st.permutations(PEOPLE))
def test_the_order_of_rows_does_not_matter(people: list[dict[str, Any]]) -> None:
    assert suggested(*people) == suggested(*PEOPLE)


@given(st.text(max_size=40))
def test_normal_forms_are_idempotent(text: str) -> None:
    assert sound(sound(text)) == sound(text)
    assert handle_form(handle_form(text)) == handle_form(text)
    words = name_tokens(text)
    assert name_tokens(" ".join(words)) == words


def compare_names(one: str, other: str) -> NameMatch:
    return compare_tokens(name_tokens(one), name_tokens(other))


def test_script_and_order_of_a_name_do_not_matter() -> None:
    assert compare_names("Юлия Щербакова", "Scherbakowa, Julia") is NameMatch.SAME


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparison_is_symmetrical(one: str, other: str) -> None:
    assert compare_names(one, other) is compare_names(other, one)


@given(st.text(max_size=30))
def test_a_name_never_contradicts_itself(name: str) -> None:
    assert compare_names(name, name) in {NameMatch.SAME, NameMatch.PARTIAL, NameMatch.UNKNOWN}
    assert may_be_one(name, name)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\0", "👩‍👩‍👧", "\u200b\u200f", "אבג דהו", "()", ",", "Dr."])
def test_odd_names_are_harmless(text: str) -> None:
    found = suggested(identity("x:1", display_name=text, handle=text), identity("linkedin:2", display_name=text))
    assert len(found) <= 1


@pytest.mark.alone
def test_fifty_thousand_identities_are_compared_within_30_s() -> None:
    import time  # noqa: PLC0415 - this test alone measures time

    chance = random.Random(5)  # noqa: S311 - invented names need no secrets
    syllables = ["ba", "do", "fi", "lu", "me", "no", "ra", "ti", "ko", "ve", "sa", "ni"]
    given = ["".join(chance.choices(syllables, k=2)) for _ in range(300)]
    family = ["".join(chance.choices(syllables, k=3)) for _ in range(4_000)]
    people = []
    for number in range(50_000):
        # half of all share a few hundred frequent names, as people do
        first = given[int(300 * chance.random() ** 2)]
        last = family[int(4_000 * chance.random() ** 3)]
        name = f"{first.title()} {last.title()}"
        people.append(
            identity(f"{'x' if number % 2 else 'linkedin'}:{number}", display_name=name, handle=f"{first}_{last}")
        )
    began = time.process_time()
    found = suggested(*people)
    assert time.process_time() - began < 30
    assert 0 < len(found) <= 75_000
