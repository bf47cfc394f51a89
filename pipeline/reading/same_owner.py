"""One account under several names: exports of one person are united before it is asked which account stands.

A platform without account numbers names the owner's account by what an export happens to hold: an address that changes,
a profile page whose slug changes, or only a name. Without this, an older export would look like another account.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.reading.sister_archives import Looked, is_named
from pipeline.sources.base import Platform, Source

_BY_NAME: Final = "name:"


@dataclass(slots=True)
class _Known:
    """All that the archives say of one account id."""

    accounts: list[Account] = field(default_factory=list)
    owner: Owner = field(default_factory=Owner)
    created: set[int] = field(default_factory=set)
    newest: int = 0


def unite_accounts(
    archives: Sequence[Looked],
    sources: Mapping[str, Source],
    settings: ReadSettings,
    kept: AbstractSet[str] = frozenset(),
) -> list[Looked]:
    """Return the archives with one account where their surveys show that two ids are one account of the owner's.

    Two ids of a platform where an account is a person are one when an archive states the other's id or handle among the
    owner's (old handles, member ids), when both state the same e-mail address on a platform where an address belongs to one
    account, when one of them is a mere name that the other archive gives the owner too, and not opened at another time, or
    when one is a secondary id (`Platform.is_secondary_account_id`) and the only account without such an id has the same name.

    The id that stays: the one that `[owner.<platform>]` names, else one of `kept`, else no mere name, else that of the newest export (tie: least).

    Args:
        archives: all archives, looked over.
        sources: by name.
        settings: `[owner.<platform>]` decides which of the ids stays.
        kept: ids in the readings of archives whose file is gone, which can't be read anew under another id.
    """
    known: dict[str, dict[str, _Known]] = {}
    for archive in archives:
        for name, survey in archive.recognised.surveys.items():
            if survey.account and name in sources:
                _learn(known.setdefault(_platform(survey.account, sources[name]), {}), survey.account, survey)
    stands: dict[tuple[str, str], Account] = {}
    declared = {platform.name: platform for source in sources.values() for platform in source.platforms}
    for name, by_id in known.items():
        platform = declared.get(name)
        if platform is not None and platform.account_is_person and len(by_id) > 1:
            for group in _groups(platform, by_id):
                account = _standing(group, by_id, settings.owners.get(name, Owner()), platform=platform, kept=kept)
                stands.update({(name, native): account for native in group if len(group) > 1})
    return [_renamed(archive, sources, stands) for archive in archives] if stands else list(archives)


def _platform(account: Account, source: Source) -> str:
    return account.platform or source.platforms[0].name


def _learn(by_id: dict[str, _Known], account: Account, survey: Survey) -> None:
    known = by_id.setdefault(account.native_id, _Known())
    known.accounts.append(account)
    known.owner |= survey.owner
    if survey.account_created_at is not None:
        known.created.add(survey.account_created_at)
    known.newest = max(known.newest, survey.exported_at or 0)


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
    """Tell whether two ids are one account of the owner's."""
    first, second = by_id[one], by_id[other]
    if one.casefold() in _ids(second) or other.casefold() in _ids(first):
        return True
    if platform.one_account_per_email and _addresses(first) & _addresses(second):
        return True
    by_name = one.startswith(_BY_NAME) or other.startswith(_BY_NAME)
    differ = first.created and second.created and not first.created & second.created
    return by_name and not differ and bool(_names(first) & _names(second))


def _groups(platform: Platform, by_id: Mapping[str, _Known]) -> list[list[str]]:
    """Return the ids in groups of one account each; a mere name that fits several accounts is joined to none."""

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

    One export may state only the secondary id, its sister archive only the other.
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


def _standing(
    group: Sequence[str], by_id: Mapping[str, _Known], owner: Owner, *, platform: Platform, kept: AbstractSet[str]
) -> Account:
    """Return the account that a group goes by, its gaps filled from the others."""

    def rank(native: str) -> tuple[bool, bool, bool, bool, int, str]:
        known = by_id[native]
        named = any(is_named(account, owner) for account in known.accounts)
        secondary = platform.is_secondary_account_id(native)
        return not named, native not in kept, native.startswith(_BY_NAME), secondary, -known.newest, native

    ranked = sorted(group, key=rank)
    told = [account for native in ranked for account in sorted(by_id[native].accounts, key=repr)]
    return Account(
        ranked[0],
        next((account.handle for account in told if account.handle), None),
        next((account.display_name for account in told if account.display_name), None),
        next((account.email for account in told if account.email), None),
        told[0].platform,
    )


def _renamed(archive: Looked, sources: Mapping[str, Source], stands: Mapping[tuple[str, str], Account]) -> Looked:
    surveys = {}
    for name, survey in archive.recognised.surveys.items():
        account = survey.account
        found = (
            stands.get((_platform(account, sources[name]), account.native_id)) if account and name in sources else None
        )
        surveys[name] = replace(survey, account=found) if found else survey
    return Looked(archive.archive_id, replace(archive.recognised, surveys=surveys))
