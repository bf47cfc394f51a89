"""All archives of a run after scanning: what each holds, before any record is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.reading.recognition import Recognition
from pipeline.sources.base import Source


@dataclass(frozen=True, slots=True)
class ScannedArchive:
    """One archive and what the sources recognise in it."""

    archive_id: str
    recognition: Recognition


@dataclass(frozen=True, slots=True)
class SurveyOf:
    """The survey of one source in one archive."""

    archive_id: str
    source: Source
    survey: Survey

    @property
    def part(self) -> tuple[str, str]:
        """(archive_id, name of the source)."""
        return self.archive_id, self.source.name

    def platform_of(self, account: Account) -> str:
        """Return the platform of an account that the survey states."""
        return account.platform or self.source.platforms[0].name


@dataclass(frozen=True, slots=True)
class ScannedArchives:
    """All archives of a run.

    Attributes:
        archives: in any order; no result depends on it.
        sources: all sources by name.
        settings: the settings that readers may use.
    """

    archives: Sequence[ScannedArchive]
    sources: Mapping[str, Source]
    settings: ReadSettings

    def surveys(self) -> Iterator[SurveyOf]:
        """Yield the surveys of all archives; those of sources that no longer exist are passed over."""
        for archive in self.archives:
            for name, survey in archive.recognition.surveys.items():
                if name in self.sources:
                    yield SurveyOf(archive.archive_id, self.sources[name], survey)

    def owner(self, platform: str) -> Owner:
        """Return the `[owner.<platform>]` table of the settings, empty without one."""
        return self.settings.owners.get(platform, Owner())
