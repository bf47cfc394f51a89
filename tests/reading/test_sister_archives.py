import dataclasses
from types import ModuleType

import pytest

from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.reading.recognition import Recognised
from pipeline.reading.sister_archives import Looked, Standing, assign, decide
from pipeline.sources.base import Claim

CLAIMS = {"toy": [Claim("chat.json", "chat", 0.9)]}
NONE = ReadSettings()


def looked(name: str, **survey: object) -> Looked:
    return Looked(name, Recognised(CLAIMS, {"toy": dataclasses.replace(Survey(), **survey)}))  # type: ignore[arg-type] # fields of Survey


def of(account: str) -> Account:
    return Account(account, handle=f"@{account}")


def test_parts_learn_from_each_other_the_newest_first(toy: ModuleType) -> None:
    sources = {"toy": toy.PERSONAL}
    profile = looked(
        "b", account=of("me"), owner=Owner(ids=frozenset({"me"})), exported_at=5, maps={"m": {"k": "old", "x": "1"}}
    )
    newer = looked("c", account=of("me"), exported_at=9, maps={"m": {"k": "new"}})
    part = looked("a", exported_at=7)
    archives = [part, profile, newer]
    standing = decide(archives, sources, NONE, {})
    [assignment] = assign(part, archives, sources, NONE, standing)
    assert assignment.accounts == {"toy": "me"}
    assert assignment.context.survey.maps == {"m": {"k": "new", "x": "1"}}
    assert assignment.context.survey.exported_at == 7
    assert assignment.context.owner("toy") == Owner(ids=frozenset({"me"}))
    assert assign(part, archives[::-1], sources, NONE, standing) == (assignment,)


def test_archives_without_account_stand_alone_where_an_account_is_no_person(toy: ModuleType) -> None:
    one, two = looked("a", maps={"m": {"k": "1"}}), looked("b", maps={"m": {"k": "2"}})
    [assignment] = assign(one, [one, two], {"toy": toy.TOY}, NONE, Standing())
    assert (assignment.context.survey.maps, assignment.accounts) == ({"m": {"k": "1"}}, {"toy": "owner"})


@pytest.mark.parametrize(
    "owner, records, stands, others",
    [
        (None, {("a", "toy"): 3, ("b", "toy"): 2}, "x", {"b"}),
        (None, {("a", "toy"): 2, ("b", "toy"): 3}, "y", {"a"}),
        (None, {("a", "toy"): 2, ("b", "toy"): 2}, "x", {"b"}),
        (Owner(ids=frozenset({"y"})), {}, "y", {"a"}),
        (Owner(handles=frozenset({"Y"})), {}, "y", {"a"}),
        (Owner(ids=frozenset({"x", "y"})), {}, "x", set()),
        (Owner(ids=frozenset({"z"})), {}, None, {"a", "b"}),
        (Owner(names=frozenset({"Ada"})), {("b", "toy"): 1}, "y", {"a"}),
    ],
)
def test_which_account_stands(
    toy: ModuleType, owner: Owner | None, records: dict[tuple[str, str], int], stands: str | None, others: set[str]
) -> None:
    archives = [looked("a", account=of("x")), looked("b", account=of("y"))]
    settings = ReadSettings(owners={"toy": owner} if owner else {})
    standing = decide(archives, {"toy": toy.PERSONAL}, settings, records)
    assert standing.accounts.get("toy") == stands
    assert {identity for identity, _ in standing.others} == others
