"""One account of the owner under several ids: they are unified before the owner's account is chosen.

A platform without account numbers names the owner's account by what an export happens to hold: an address that changes,
a profile page whose slug changes, or only a name. Otherwise an older export would look like another account.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.model.survey import Account, Owner, Survey
from pipeline.reading.owner_accounts import is_named
from pipeline.reading.scanned_archives import ScannedArchive, ScannedArchives
from pipeline.sources.base import Platform

_BY_NAME: Final = "name:"


@dataclass(slots=True)
class _Known:
    """Everything that the archives state about one account id."""

    accounts: list[Account] = field(default_factory=list)
    owner: Owner = field(default_factory=Owner)
    created: set[int] = field(default_factory=set)
    newest: int = 0

    def add(self, account: Account, survey: Survey) -> None:
        self.accounts.append(account)
        self.owner |= survey.owner
        if survey.account_created_at is not None:
            self.created.add(survey.account_created_at)
        self.newest = max(self.newest, survey.exported_at or 0)


def unify_accounts(scanned: ScannedArchives, kept: AbstractSet[str] = frozenset()) -> ScannedArchives:
    """Return the archives with one account where their surveys show that several ids are one account of the owner.

    On a platform where an account is a person, two ids are one account when

    - an archive states the other's id or handle among the owner's: old handles, member ids;
    - both state the same moment of creation;
    - both state the same e-mail address, on a platform where an address belongs to one account;
    - one of them is a mere name that the other archive also gives the owner, and they were not created at different times;
    - one is a secondary id (`Platform.is_secondary_account_id`), and the only account without such an id has the same name.

    The id that is used for all: one that `[owner.<platform>]` names, else one of `kept`, else one that is not a mere name,
    else that of the newest export, the least among equals.

    Args:
        scanned: all archives.
        kept: ids in the readings of archives whose file is gone; those can't be read again under another id.

    Source: methods:owner-accounts.
    """
    known: dict[str, dict[str, _Known]] = {}
    for one in scanned.surveys():
        if account := one.survey.account:
            by_id = known.setdefault(one.platform_of(account), {})
            by_id.setdefault(account.native_id, _Known()).add(account, one.survey)
    unified: dict[tuple[str, str], Account] = {}
    declared = {platform.name: platform for source in scanned.sources.values() for platform in source.platforms}
    for name, by_id in known.items():
        platform = declared.get(name)
        if platform is not None and platform.account_is_person and len(by_id) > 1:
            for group in _groups(platform, by_id):
                account = _representative(group, by_id, scanned.owner(name), platform=platform, kept=kept)
                unified.update({(name, native): account for native in group if len(group) > 1})
    return _renamed(scanned, unified) if unified else scanned


def _names(known: _Known) -> set[str]:
    shown = {account.display_name for account in known.accounts if account.display_name}
    return {normalise_name(name) for name in shown | known.owner.names}


def _ids(known: _Known) -> set[str]:
    handles = {account.handle for account in known.accounts if account.handle}
    return {name.casefold().lstrip("@") for name in known.owner.ids | known.owner.handles | handles}


def _addresses(known: _Known) -> set[str]:
    stated = {account.email for account in known.accounts if account.email}
    return {email.casefold() for email in stated | known.owner.emails}


def _same(platform: Platform, one: str, other: str, by_id: Mapping[str, _Known]) -> bool:
    """Return whether two ids are one account of the owner."""
    first, second = by_id[one], by_id[other]
    if one.casefold() in _ids(second) or other.casefold() in _ids(first):
        return True
    if first.created & second.created:
        return True
    if platform.one_account_per_email and _addresses(first) & _addresses(second):
        return True
    by_name = one.startswith(_BY_NAME) or other.startswith(_BY_NAME)
    differ = first.created and second.created and not first.created & second.created
    return by_name and not differ and bool(_names(first) & _names(second))


def _groups(platform: Platform, by_id: Mapping[str, _Known]) -> list[list[str]]:
    """Return the ids in groups of one account each; a mere name that fits several accounts joins none."""

    def same(group: list[str], others: list[str]) -> bool:
        return any(_same(platform, one, other, by_id) for one in group for other in others)

    def grouped(natives: list[str]) -> list[list[str]]:
        groups: list[list[str]] = []
        for native in natives:
            joined = [group for group in groups if same([native], group)]
            groups = [group for group in groups if group not in joined] + [[native, *(i for g in joined for i in g)]]
        return groups

    accounts = grouped(sorted(native for native in by_id if not native.startswith(_BY_NAME)))
    accounts = _secondary_ids_joined(accounts, by_id, platform.is_secondary_account_id)
    alone = []
    for names in grouped(sorted(native for native in by_id if native.startswith(_BY_NAME))):
        fitting = [group for group in accounts if same(names, group)]
        if len(fitting) == 1:
            fitting[0].extend(names)
        else:
            alone.append(names)
    return accounts + alone


def _secondary_ids_joined(
    accounts: list[list[str]], by_id: Mapping[str, _Known], is_secondary: Callable[[str], bool]
) -> list[list[str]]:
    """Join secondary ids to the one account of the same name that has none.

    One export may state only the secondary id, and its sister archive only the other id.
    """
    primary = [group for group in accounts if not all(map(is_secondary, group))]
    alone = []
    for numbers in (group for group in accounts if group not in primary):
        fitting = [
            group
            for group in primary
            if any(_names(by_id[number]) & _names(by_id[native]) for number in numbers for native in group)
            and not any(is_secondary(other) for native in group for other in _ids(by_id[native]))
        ]
        if len(fitting) == 1 and len(numbers) == 1:
            fitting[0].extend(numbers)
        else:
            alone.append(numbers)
    return primary + alone


def _representative(
    group: Sequence[str], by_id: Mapping[str, _Known], owner: Owner, *, platform: Platform, kept: AbstractSet[str]
) -> Account:
    """Return the account that is used for a group; fields that it lacks are filled from the others."""

    def rank(native: str) -> tuple[bool, bool, bool, bool, int, str]:
        known = by_id[native]
        named = any(is_named(account, owner) for account in known.accounts)
        secondary = platform.is_secondary_account_id(native)
        return not named, native not in kept, native.startswith(_BY_NAME), secondary, -known.newest, native

    ranked = sorted(group, key=rank)
    accounts = [account for native in ranked for account in sorted(by_id[native].accounts, key=repr)]
    return Account(
        native_id=ranked[0],
        handle=next((account.handle for account in accounts if account.handle), None),
        display_name=next((account.display_name for account in accounts if account.display_name), None),
        email=next((account.email for account in accounts if account.email), None),
        platform=accounts[0].platform,
    )


def _renamed(scanned: ScannedArchives, unified: Mapping[tuple[str, str], Account]) -> ScannedArchives:
    renamed: dict[tuple[str, str], Survey] = {}
    for one in scanned.surveys():
        account = one.survey.account
        found = unified.get((one.platform_of(account), account.native_id)) if account else None
        if found:
            renamed[one.part] = replace(one.survey, account=found)
    archives = []
    for archive in scanned.archives:
        surveys = {
            name: renamed.get((archive.archive_id, name), survey)
            for name, survey in archive.recognition.surveys.items()
        }
        archives.append(ScannedArchive(archive.archive_id, replace(archive.recognition, surveys=surveys)))
    return replace(scanned, archives=archives)
