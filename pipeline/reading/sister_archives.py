"""Which account stands on each platform, and what the parts of one export tell each other (CONTRACT, settings)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.reading.assignments import Assignment
from pipeline.reading.recognition import Recognised
from pipeline.reading.staged_rows import DEFAULT_ACCOUNT
from pipeline.reading.staging import context
from pipeline.sources.base import Source
from pipeline.sources.registry import person_platforms


@dataclass(frozen=True, slots=True)
class Looked:
    """One archive after its first look."""

    archive_id: str
    recognised: Recognised


@dataclass(slots=True)
class Standing:
    """Which account stands per person platform, and which archives' sources are another's."""

    accounts: dict[str, str] = field(default_factory=dict)
    """platform -> native_id."""
    others: dict[tuple[str, str], str] = field(default_factory=dict)
    """(archive_id, source) -> native_id of the other account."""


def accounts_of(
    archives: Iterable[Looked], sources: Mapping[str, Source]
) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Return platform -> account -> [(archive_id, source)] as the surveys tell it."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for archive in archives:
        for name, survey in archive.recognised.surveys.items():
            if survey.account and name in sources:
                platform = survey.account.platform or sources[name].platforms[0].name
                found.setdefault(platform, {}).setdefault(survey.account.native_id, []).append(
                    (archive.archive_id, name)
                )
    return found


def is_named(account: Account, owner: Owner) -> bool:
    """Tell whether the settings' `[owner.<platform>]` names this account."""
    ids = {name.casefold().lstrip("@") for name in owner.ids | owner.handles}
    named = {account.native_id.casefold().lstrip("@"), (account.handle or "").casefold().lstrip("@")} - {""}
    return bool(ids & named) or (account.email or "").casefold() in {email.casefold() for email in owner.emails}


def decide(
    archives: Sequence[Looked],
    sources: Mapping[str, Source],
    settings: ReadSettings,
    records: Mapping[tuple[str, str], int],
) -> Standing:
    """Decide which account stands on each platform where an account is a person.

    Args:
        archives: all archives, looked over.
        sources: by name.
        settings: `[owner.<platform>]` decides where it names one of the accounts.
        records: (archive_id, source) -> records read; else the account with most of them stands (tie: least id).
    """
    standing = Standing()
    surveys = {(a.archive_id, name): survey for a in archives for name, survey in a.recognised.surveys.items()}
    of_persons = person_platforms(sources)
    for platform, by_account in accounts_of(archives, sources).items():
        if platform not in of_persons:
            continue
        owner = settings.owners.get(platform, Owner())
        named = set()
        for native_id, places in by_account.items():
            for place in places:
                account = surveys[place].account
                if account and is_named(account, owner):
                    named.add(native_id)
        totals = {native_id: sum(records.get(place, 0) for place in places) for native_id, places in by_account.items()}
        settled = bool(owner.ids or owner.handles)
        if named:
            standing.accounts[platform] = min(named, key=lambda native_id: (-totals[native_id], native_id))
            stay = named
        elif settled:
            stay = set()
        else:
            standing.accounts[platform] = min(totals, key=lambda native_id: (-totals[native_id], native_id))
            stay = {standing.accounts[platform]}
        for native_id, places in by_account.items():
            if native_id not in stay:
                standing.others.update(dict.fromkeys(places, native_id))
    return standing


def needs_records(archives: Sequence[Looked], sources: Mapping[str, Source], settings: ReadSettings) -> bool:
    """Tell whether some platform has several accounts and the settings don't say which one stands."""
    of_persons = person_platforms(sources)
    for platform, by_account in accounts_of(archives, sources).items():
        owner = settings.owners.get(platform, Owner())
        if platform in of_persons and len(by_account) > 1 and not (owner.ids or owner.handles):
            return True
    return False


def other_account_reason(platform: str, other: str, standing: str | None, source_names: Sequence[str] = ()) -> str:
    """Return the sentence for an archive of another account, with the lines that would make it stand."""
    stands = f"the archives of {standing} stand" if standing else "the settings name another account"
    part = f" (its {', '.join(source_names)} part)" if source_names else ""
    quoted = other.replace("\\", "\\\\").replace('"', '\\"')
    lines = f'[owner.{platform}] ids = ["{quoted}"]'
    return f"other_account: of another {platform} account, {other}{part}, while {stands}; to read it instead, write in dancecard.toml: {lines}"


def _merged(own: Survey, sisters: Sequence[Survey]) -> Survey:
    merged = own
    for sister in sisters:
        merged = merged | sister
    maps = {name: dict(sorted(lookup.items())) for name, lookup in sorted(merged.maps.items())}
    return replace(merged, maps=maps, facts=merged.facts and merged.facts.in_order())


def assign(
    archive: Looked,
    archives: Sequence[Looked],
    sources: Mapping[str, Source],
    settings: ReadSettings,
    standing: Standing,
) -> tuple[Assignment, ...]:
    """Return what each source reads in an archive, with the context merged from its sister archives.

    Sisters are archives of the same source and account; where an account is a person, also parts that name none. Elsewhere
    an archive without account stands alone (two open files are two sources).

    Sources whose account is another's get no assignment.
    """
    assignments = []
    newest_first = sorted(archives, key=lambda a: a.archive_id)
    for name, claims in archive.recognised.claims.items():
        if name not in sources or (archive.archive_id, name) in standing.others:
            continue
        source = sources[name]
        own = archive.recognised.surveys.get(name, Survey())
        wanted = _account_id(own, source, settings, standing)
        shares = own.account is not None or source.platforms[0].account_is_person
        sisters = [
            (sister.recognised.surveys[name], sister.archive_id)
            for sister in newest_first
            if sister.archive_id != archive.archive_id
            and shares
            and name in sister.recognised.surveys
            and (sister.archive_id, name) not in standing.others
            and _account_id(sister.recognised.surveys[name], source, settings, standing) == wanted
        ]
        sisters.sort(key=lambda pair: (-(pair[0].exported_at or 0), pair[1]))
        survey = _merged(own, [sister for sister, _ in sisters])
        accounts = dict(standing.accounts)
        owners = dict(settings.owners)
        for platform in source.platforms:
            accounts[platform.name] = accounts.get(platform.name) or _settled(platform.name, settings) or wanted
            owners[platform.name] = (
                owners.get(platform.name, Owner()) | survey.owner | _others(archives, platform.name, sources, standing)
            )
        own_platform = (survey.account.platform if survey.account else None) or source.platforms[0].name
        accounts[own_platform] = wanted
        told = {name: standing.accounts[name] for name in sorted(source.tells_of) if name in standing.accounts}
        accounts = {platform.name: accounts[platform.name] for platform in source.platforms} | {own_platform: wanted}
        owners = {platform: owner for platform, owner in owners.items() if platform in accounts}
        context_ = context(settings, survey, owners)
        given = dict(sorted((told | accounts).items()))
        assignments.append(Assignment(name, tuple(claims), context_, given, survey.account))
    return tuple(assignments)


def _settled(platform: str, settings: ReadSettings) -> str | None:
    owner = settings.owners.get(platform, Owner())
    return min(owner.ids, default=None) or min(owner.handles, default=None)


def _account_id(survey: Survey, source: Source, settings: ReadSettings, standing: Standing) -> str:
    """Return the account of an archive's rows: its own, else the one that stands, else the settings', else a stand-in."""
    if survey.account:
        return survey.account.native_id
    platform = source.platforms[0].name
    return standing.accounts.get(platform) or _settled(platform, settings) or DEFAULT_ACCOUNT


def _others(archives: Sequence[Looked], platform: str, sources: Mapping[str, Source], standing: Standing) -> Owner:
    """Return what the platform's own archives say of the owner, for a source that also writes of that platform."""
    owner = Owner()
    for archive in archives:
        for name, survey in archive.recognised.surveys.items():
            if (
                name in sources
                and sources[name].platforms[0].name == platform
                and (archive.archive_id, name) not in standing.others
            ):
                owner |= survey.owner
    return owner
