"""Remove an archive from a home. The owner's file is not touched."""

import shutil

from pipeline.home.known_archives import Known
from pipeline.home.paths import Home
from pipeline.reading.discovery import discover
from pipeline.reading.identity_cache import identities


class ArchiveInInbox(Exception):  # noqa: N818 - named for the state of the archive
    """The archive's file is in the inbox, so the next run would read it again."""


class UnknownArchive(Exception):  # noqa: N818 - as above
    """No archive of this home has that id."""


def remove_archive(home: Home, archive_id: str) -> None:
    """Remove an archive's staged tables and its kept reading, and forget the archive.

    Args:
        home: the home; its lock should be held.
        archive_id: SHA-256 of the archive's bytes.

    Raises:
        UnknownArchive: when the home doesn't know it.
        ArchiveInInbox: when its file is in `HOME/exports`.
    """
    known = Known(home)
    if archive_id not in known.archives:
        raise UnknownArchive(f"no archive {archive_id} in {home.path}")
    inbox = discover([home.exports])
    if any(identity == archive_id for identity in identities(home, inbox).values()):
        raise ArchiveInInbox(
            "the archive is in the inbox, and the next run would read it again: move it out of HOME/exports first"
        )
    known.forget(archive_id)
    known.save()
    shutil.rmtree(home.staging / archive_id, ignore_errors=True)
