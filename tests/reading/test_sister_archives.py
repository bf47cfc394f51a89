import dataclasses
from collections.abc import Mapping
from types import ModuleType

import pytest

from pipeline.model.survey import Account, Owner, ReadSettings, SourceFacts, Survey
from pipeline.reading.owner_accounts import OwnerAccounts, choose_accounts
from pipeline.reading.recognition import Recognition
from pipeline.reading.scanned_archives import ScannedArchive, ScannedArchives
from pipeline.reading.sister_archives import assign
from pipeline.sources.base import Claim

CLAIMS = {"toy": [Claim("chat.json", "chat", 0.9)]}
NONE = ReadSettings()


@dataclasses.dataclass(frozen=True)
class Names(SourceFacts):
    by_id: Mapping[str, str] = dataclasses.field(default_factory=dict)


def scanned_archive(name: str, **survey: object) -> ScannedArchive:
    return ScannedArchive(name, Recognition(CLAIMS, {"toy": dataclasses.replace(Survey(), **survey)}))  # type: ignore[arg-type] # fields of Survey


def of(account: str) -> Account:
    return Account(account, handle=f"@{account}")


def test_surveys_of_sister_archives_are_merged_newest_first(toy: ModuleType) -> None:
    profile = scanned_archive(
        "b", account=of("me"), owner=Owner(ids=frozenset({"me"})), exported_at=5, facts=Names({"k": "old", "x": "1"})
    )
    newer = scanned_archive("c", account=of("me"), exported_at=9, facts=Names({"k": "new"}))
    part = scanned_archive("a", exported_at=7)
    scanned = ScannedArchives([part, profile, newer], {"toy": toy.PERSONAL}, NONE)
    accounts = choose_accounts(scanned, {})
    [assignment] = assign(part, scanned, accounts)
    assert assignment.accounts == {"toy": "me"}
    assert assignment.context.survey.facts == Names({"k": "new", "x": "1"})
    assert assignment.context.survey.exported_at == 7
    assert assignment.context.owner("toy") == Owner(ids=frozenset({"me"}))
    reverse = dataclasses.replace(scanned, archives=[newer, profile, part])
    assert assign(part, reverse, accounts) == (assignment,)


def test_archives_without_account_have_no_sisters_where_an_account_is_no_person(toy: ModuleType) -> None:
    one, two = scanned_archive("a", facts=Names({"k": "1"})), scanned_archive("b", facts=Names({"k": "2"}))
    [assignment] = assign(one, ScannedArchives([one, two], {"toy": toy.TOY}, NONE), OwnerAccounts())
    assert (assignment.context.survey.facts, assignment.accounts) == (Names({"k": "1"}), {"toy": "owner"})


@pytest.mark.parametrize(
    "owner, records, chosen, others",
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
def test_which_account_is_chosen(
    toy: ModuleType, owner: Owner | None, records: dict[tuple[str, str], int], chosen: str | None, others: set[str]
) -> None:
    archives = [scanned_archive("a", account=of("x")), scanned_archive("b", account=of("y"))]
    settings = ReadSettings(owners={"toy": owner} if owner else {})
    accounts = choose_accounts(ScannedArchives(archives, {"toy": toy.PERSONAL}, settings), records)
    assert accounts.chosen.get("toy") == chosen
    assert {archive_id for archive_id, _ in accounts.others} == others
