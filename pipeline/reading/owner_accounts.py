"""Choose the owner's account on each platform where an account is a person. Source: methods:owner-accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.survey import Account, Owner
from pipeline.reading.scanned_archives import ScannedArchives, SurveyOf
from pipeline.sources.registry import person_platforms


@dataclass(slots=True)
class OwnerAccounts:
    """The owner's accounts, and the parts of archives that belong to other accounts.

    Attributes:
        chosen: platform -> native_id of the owner's account.
        others: (archive_id, source) -> native_id of the other account that this part belongs to.
    """

    chosen: dict[str, str] = field(default_factory=dict)
    others: dict[tuple[str, str], str] = field(default_factory=dict)


def is_named(account: Account, owner: Owner) -> bool:
    """Return whether the settings name an account.

    Args:
        account: an account that a survey states.
        owner: the `[owner.<platform>]` table.
    """
    wanted = {name.casefold().lstrip("@") for name in owner.ids | owner.handles}
    names = {account.native_id.casefold().lstrip("@"), (account.handle or "").casefold().lstrip("@")} - {""}
    return bool(wanted & names) or (account.email or "").casefold() in {email.casefold() for email in owner.emails}


def choose_accounts(scanned: ScannedArchives, records: Mapping[tuple[str, str], int]) -> OwnerAccounts:
    """Choose one account for each platform where an account is a person.

    The settings decide where they name one of the accounts; otherwise the account with the most records is chosen, the
    least native_id among equals.

    Args:
        scanned: all archives.
        records: (archive_id, source) -> records read; empty when the settings decide.

    Source: methods:owner-accounts.
    """
    result = OwnerAccounts()
    for platform, by_account in _surveys_by_account(scanned).items():
        owner = scanned.owner(platform)
        totals = {name: sum(records.get(one.part, 0) for one in surveys) for name, surveys in by_account.items()}
        named = {
            name
            for name, surveys in by_account.items()
            if any(one.survey.account and is_named(one.survey.account, owner) for one in surveys)
        }
        kept = named
        if named or not (owner.ids or owner.handles):
            most = min(named or totals, key=lambda name: (-totals[name], name))
            result.chosen[platform] = most
            kept = named or {most}
        for name, surveys in by_account.items():
            if name not in kept:
                result.others.update((one.part, name) for one in surveys)
    return result


def needs_record_counts(scanned: ScannedArchives) -> bool:
    """Return whether some platform has several accounts and the settings don't name one."""
    for platform, by_account in _surveys_by_account(scanned).items():
        owner = scanned.owner(platform)
        if len(by_account) > 1 and not (owner.ids or owner.handles):
            return True
    return False


def other_account_reason(platform: str, other: str, chosen: str | None, source_names: Sequence[str] = ()) -> str:
    """Return the reason given for an archive of another account, with the settings that would choose it.

    Args:
        platform: the platform.
        other: native_id of the account that the archive belongs to.
        chosen: native_id of the owner's account; None when the settings name an account that no archive has.
        source_names: the sources concerned, when the archive also holds other sources' members.
    """
    stands = f"the archives of {chosen} are used" if chosen else "the settings name another account"
    part = f" (its {', '.join(source_names)} part)" if source_names else ""
    quoted = other.replace("\\", "\\\\").replace('"', '\\"')
    lines = f'[owner.{platform}] ids = ["{quoted}"]'
    return f"other_account: of another {platform} account, {other}{part}, while {stands}; to read it instead, write in dancecard.toml: {lines}"


def _surveys_by_account(scanned: ScannedArchives) -> dict[str, dict[str, list[SurveyOf]]]:
    """Return platform -> native_id -> surveys, of the platforms where an account is a person."""
    of_persons = person_platforms(scanned.sources)
    found: dict[str, dict[str, list[SurveyOf]]] = {}
    for one in scanned.surveys():
        account = one.survey.account
        if account and (platform := one.platform_of(account)) in of_persons:
            found.setdefault(platform, {}).setdefault(account.native_id, []).append(one)
    return found
