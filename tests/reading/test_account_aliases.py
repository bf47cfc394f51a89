"""Several ids of one account are unified; different accounts stay apart. Source: methods:owner-accounts."""

import dataclasses
from collections.abc import Sequence

import pytest

from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.reading.account_aliases import unify_accounts
from pipeline.reading.recognition import Recognition
from pipeline.reading.scanned_archives import ScannedArchive, ScannedArchives
from pipeline.sources import registry

LEA = Owner(frozenset({"lea.n"}), frozenset({"lea.n"}), frozenset({"Lea Novak"}), frozenset({"lea@example.org"}))


def scanned_archive(archive_id: str, source: str, account: Account, owner: Owner, **more: int) -> ScannedArchive:
    return ScannedArchive(archive_id, Recognition(surveys={source: Survey(account, owner, **more)}))  # type: ignore[arg-type]  # times only


def accounts(*archives: ScannedArchive, settings: ReadSettings | None = None) -> list[str]:
    """Return each archive's account after unifying, and check that the order of archives doesn't matter."""
    scanned = ScannedArchives(archives, registry.sources(), settings or ReadSettings())
    found = unify_accounts(scanned).archives
    assert unify_accounts(dataclasses.replace(scanned, archives=archives[::-1])).archives[::-1] == found
    return [account.native_id for account in stated(found)]


def stated(archives: Sequence[ScannedArchive]) -> list[Account]:
    surveys = [survey for archive in archives for survey in archive.recognition.surveys.values()]
    return [survey.account for survey in surveys if survey.account]


def by_name(archive_id: str, name: str, **more: int) -> ScannedArchive:
    account = Account(f"name:{name.casefold()}", display_name=name)
    return scanned_archive(archive_id, "facebook", account, Owner(names=frozenset({name})), **more)


def test_an_older_export_without_username_is_of_the_same_account() -> None:
    assert accounts(by_name("a", "Lea Novak"), scanned_archive("b", "facebook", Account("lea.n"), LEA)) == [
        "lea.n",
        "lea.n",
    ]


def test_an_earlier_name_is_the_same_account_and_homonyms_opened_at_another_time_are_not() -> None:
    later = Owner(names=frozenset({"Lea Novak", "Lea Kos"}), ids=frozenset({"lea.n"}))
    assert accounts(by_name("a", "Lea Kos"), scanned_archive("b", "facebook", Account("lea.n"), later)) == [
        "lea.n",
        "lea.n",
    ]
    first, second = (
        by_name("a", "Lea Kos", account_created_at=1),
        scanned_archive("b", "facebook", Account("lea.n"), later, account_created_at=2),
    )
    assert accounts(first, second) == ["name:lea kos", "lea.n"]


def test_a_name_that_fits_two_accounts_is_joined_to_none() -> None:
    one, two = (
        scanned_archive(id_, "facebook", Account(id_), Owner(frozenset({id_}), names=frozenset({"Lea Novak"})))
        for id_ in ("lea.n", "lea.z")
    )
    assert accounts(by_name("a", "Lea Novak"), one, two) == ["name:lea novak", "lea.n", "lea.z"]


def test_a_changed_username_is_known_by_the_list_of_changes() -> None:
    later = Owner(ids=frozenset({"lea.new"}), handles=frozenset({"lea.new", "lea.n"}))
    old, new = (
        scanned_archive("a", "instagram", Account("lea.n"), LEA),
        scanned_archive("b", "instagram", Account("lea.new"), later, exported_at=9),
    )
    assert accounts(old, new) == ["lea.new", "lea.new"]


def test_two_instagram_accounts_may_share_an_address() -> None:
    other = Owner(ids=frozenset({"lea.shop"}), emails=frozenset({"lea@example.org"}))
    assert accounts(scanned_archive("a", "instagram", Account("lea.n"), LEA), scanned_archive("b", "instagram", Account("lea.shop"), other)) == [
        "lea.n", "lea.shop",
    ]  # fmt: skip


@pytest.mark.parametrize("settled, chosen", [(None, "linkedin.com/in/lea"), ("17000001", "17000001")])
def test_linkedin_page_and_member_id_meet_in_the_address(settled: str | None, chosen: str) -> None:
    mail = Owner(emails=frozenset({"Lea@example.org"}))
    settings = ReadSettings(owners={"linkedin": Owner(ids=frozenset({settled}))} if settled else {})
    number = scanned_archive("a", "linkedin", Account("17000001", email="lea@example.org"), mail, exported_at=9)
    page = scanned_archive("b", "linkedin", Account("linkedin.com/in/lea", display_name="Lea Novak"), mail)
    assert accounts(number, page, settings=settings) == [chosen, chosen]
    found = unify_accounts(ScannedArchives([number, page], registry.sources(), settings)).archives
    assert stated(found) == [Account(chosen, None, "Lea Novak", "lea@example.org")] * 2


def test_linkedin_member_id_is_of_the_one_page_that_has_its_name() -> None:
    def member(number: str) -> ScannedArchive:
        owner = Owner(frozenset({number}), names=frozenset({"Lea Novak"}))
        return scanned_archive(
            f"m{number}", "linkedin", Account(number, display_name="Lea Novak"), owner, exported_at=9
        )

    def page(slug: str, *ids: str) -> ScannedArchive:
        native = f"linkedin.com/in/{slug}"
        owner = Owner(frozenset({native, *ids}), names=frozenset({"Lea Novak"}))
        return scanned_archive(slug, "linkedin", Account(native, display_name="Lea Novak"), owner)

    lea, other = "linkedin.com/in/lea", "linkedin.com/in/lea-2"
    assert accounts(page("lea"), member("17000001")) == [lea, lea]
    assert accounts(page("lea", "16000000"), member("17000001")) == [lea, "17000001"]
    assert accounts(page("lea"), page("lea-2"), member("17000001")) == [lea, other, "17000001"]


def test_readings_whose_file_is_gone_keep_the_id_that_their_rows_have() -> None:
    later = Owner(ids=frozenset({"lea.new"}), handles=frozenset({"lea.new", "lea.n"}))
    archives = [
        scanned_archive("a", "instagram", Account("lea.n"), LEA),
        scanned_archive("b", "instagram", Account("lea.new"), later, exported_at=9),
    ]
    found = unify_accounts(ScannedArchives(archives, registry.sources(), ReadSettings()), frozenset({"lea.n"})).archives
    assert [account.native_id for account in stated(found)] == ["lea.n", "lea.n"]
