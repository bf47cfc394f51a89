"""The job of scanning an archive in a child process: which source reads which member, and the surveys of those sources."""

from pathlib import Path

from pipeline.containers.errors import ContainerError
from pipeline.containers.opening import open_archive
from pipeline.model.limits import Limits
from pipeline.model.survey import ReadSettings
from pipeline.reading.recognition import Recognition, recognise
from pipeline.reading.scanned_archives import ScannedArchive
from pipeline.sources import registry


def scan(path: Path, archive_id: str, limits: Limits, settings: ReadSettings) -> ScannedArchive:
    """Recognise and survey one archive.

    Args:
        path: the archive.
        archive_id: SHA-256 of its bytes.
        limits: `[limits]` of the settings.
        settings: the settings that readers may use.

    Returns:
        What the sources recognise; a container that can't be opened is a failure in it.
    """
    try:
        with open_archive(path, limits) as archive:
            return ScannedArchive(archive_id, recognise(archive, registry.sources(), settings))
    except ContainerError as error:
        return ScannedArchive(archive_id, Recognition(failure=(error.code, error.reason)))
