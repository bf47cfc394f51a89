"""What each source reads in an archive, with the context merged from its sister archives.

An export may come in several parts, and one part may hold what another needs: the owner's profile, names of channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model.survey import Context, Owner, Survey
from pipeline.reading.assignments import Assignment
from pipeline.reading.owner_accounts import OwnerAccounts
from pipeline.reading.scanned_archives import ScannedArchive, ScannedArchives
from pipeline.reading.staged_rows import DEFAULT_ACCOUNT
from pipeline.sources.base import Source


def assign(archive: ScannedArchive, scanned: ScannedArchives, accounts: OwnerAccounts) -> tuple[Assignment, ...]:
    """Return what each source reads in an archive; parts of other accounts are not read.

    Sister archives are archives of the same source and account; where an account is a person, also archives that state no
    account. Elsewhere an archive without account has no sisters: two open interactions files are two sources.

    Args:
        archive: one of the archives.
        scanned: all archives.
        accounts: the owner's accounts.

    Source: methods:owner-accounts.
    """
    return tuple(
        _Assigning(scanned, accounts, scanned.sources[name]).assignment(archive)
        for name in archive.recognition.claims
        if name in scanned.sources and (archive.archive_id, name) not in accounts.others
    )


@dataclass(frozen=True, slots=True)
class _Assigning:
    """Assigns the members of one source."""

    scanned: ScannedArchives
    accounts: OwnerAccounts
    source: Source

    def assignment(self, archive: ScannedArchive) -> Assignment:
        name = self.source.name
        own = archive.recognition.surveys.get(name, Survey())
        account_id = self._account_id(own)
        survey = _merged(own, self._sisters(archive, own, account_id))
        own_platform = (survey.account.platform if survey.account else None) or self.source.platforms[0].name
        accounts = {
            platform.name: self.accounts.chosen.get(platform.name) or self._settled(platform.name) or account_id
            for platform in self.source.platforms
        } | {own_platform: account_id}
        owners = dict(self.scanned.settings.owners)
        for platform in self.source.platforms:
            owners[platform.name] = (
                self.scanned.owner(platform.name) | survey.owner | self._owner_in_own_archives(platform.name)
            )
        owners = {platform: owner for platform, owner in sorted(owners.items()) if platform in accounts}
        of_others = {
            platform: self.accounts.chosen[platform]
            for platform in self.source.tells_of
            if platform in self.accounts.chosen
        }
        return Assignment(
            source=name,
            claims=tuple(archive.recognition.claims[name]),
            context=Context(self.scanned.settings, survey, owners),
            accounts=dict(sorted((of_others | accounts).items())),
            account=survey.account,
        )

    def _sisters(self, archive: ScannedArchive, own: Survey, account_id: str) -> list[Survey]:
        """Return the surveys of the sister archives, newest first."""
        if own.account is None and not self.source.platforms[0].account_is_person:
            return []
        sisters = [
            (one.survey, one.archive_id)
            for one in self.scanned.surveys()
            if one.source is self.source
            and one.archive_id != archive.archive_id
            and one.part not in self.accounts.others
            and self._account_id(one.survey) == account_id
        ]
        sisters.sort(key=lambda pair: (-(pair[0].exported_at or 0), pair[1]))
        return [survey for survey, _ in sisters]

    def _settled(self, platform: str) -> str | None:
        owner = self.scanned.owner(platform)
        return min(owner.ids, default=None) or min(owner.handles, default=None)

    def _account_id(self, survey: Survey) -> str:
        """Return the account of an archive's rows: its own, else the chosen one, else the settings', else a default."""
        if survey.account:
            return survey.account.native_id
        platform = self.source.platforms[0].name
        return self.accounts.chosen.get(platform) or self._settled(platform) or DEFAULT_ACCOUNT

    def _owner_in_own_archives(self, platform: str) -> Owner:
        """Return what a platform's own archives state of the owner, for sources that also write rows of that platform."""
        owner = Owner()
        for one in self.scanned.surveys():
            if one.source.platforms[0].name == platform and one.part not in self.accounts.others:
                owner |= one.survey.owner
        return owner


def _merged(own: Survey, sisters: Sequence[Survey]) -> Survey:
    merged = own
    for sister in sisters:
        merged = merged | sister
    return replace(merged, facts=merged.facts and merged.facts.in_order())
