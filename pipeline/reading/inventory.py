"""The archives of a run: given, in the inbox, at known paths, and those of which only the kept reading is left."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.containers.archive_ids import size_of
from pipeline.containers.file_names import open_interactions_stem
from pipeline.home.known_archives import Known, KnownArchive
from pipeline.home.paths import Home
from pipeline.reading.fingerprints import paths_to_read
from pipeline.reading.identity_cache import identities, path_id
from pipeline.reading.recognition import Recognition
from pipeline.reading.staging import StagingFacts, load_facts
from pipeline.reading.worker import Failure


@dataclass(slots=True)
class ArchiveEntry:
    """One archive during a run.

    Attributes:
        archive_id: SHA-256 of its bytes; of its path when it can't be read.
        path: where it is, or was.
        shown: the path as shown to the owner.
        size: its bytes.
        present: False when its file is gone and only the kept reading is left.
        recognition: what the sources recognise in it; None until it is scanned.
        failure: why it can't be read.
        facts: facts of its reading; None until it is read.
        folder: its staged tables.
        note: added to the reason, for a part that belongs to another account.
    """

    archive_id: str
    path: Path
    shown: str
    size: int
    present: bool
    recognition: Recognition | None = None
    failure: Failure | None = None
    facts: StagingFacts | None = None
    folder: Path | None = None
    note: str = ""


def remove_leftovers(home: Home) -> None:
    """Delete the temporary files of a run that was killed; the caller holds the home's lock, so no other run is active."""
    for path in (*home.staging.glob("*/.*.tmp"), *home.kept_readings.glob(".*.tmp"), *home.tmp.iterdir()):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def present_archives(home: Home, known: Known, paths: Sequence[Path]) -> dict[str, ArchiveEntry]:
    """Return the archives whose file is present, by archive_id. Of equal files the first path in sorted order counts.

    Args:
        home: the home.
        known: its known archives; new paths of theirs are added, and replaced open interactions files removed.
        paths: archives given by the owner.

    Raises:
        OSError: when the home can't be written.
    """
    entries: dict[str, ArchiveEntry] = {}
    found = identities(home, paths_to_read(home, paths, known))
    for path, identity in sorted(found.items(), key=lambda item: home.shown(item[0])):
        shown = home.shown(path)
        if isinstance(identity, OSError):
            reason = f"can't be read: {(identity.strerror or type(identity).__name__).lower()}"
            failure = Failure("unreadable", reason)
            entry = ArchiveEntry(archive_id=path_id(shown), path=path, shown=shown, size=size_of(path), present=True)
            entry.failure = failure
            entries[entry.archive_id] = entry
            continue
        if open_interactions_stem(path) is not None:
            known.replaced(identity, shown)
        if identity not in entries:
            entries[identity] = ArchiveEntry(
                archive_id=identity, path=path, shown=shown, size=size_of(path), present=True
            )
        elif identity in known.archives:
            known.seen(identity, shown)
    return entries


def kept_entry(home: Home, archive: KnownArchive, folder: Path, recognition: Recognition | None) -> ArchiveEntry | None:
    """Return the entry of an archive whose file is gone; None when its kept reading is missing or of another version.

    Args:
        home: the home.
        archive: a known archive.
        folder: its kept reading.
        recognition: the scan kept with it.
    """
    facts = load_facts(folder)
    if facts is None:
        return None
    shown = archive.paths[0] if archive.paths else archive.archive_id
    return ArchiveEntry(
        archive_id=archive.archive_id,
        path=home.located(shown),
        shown=shown,
        size=facts.size_bytes,
        present=False,
        recognition=recognition or Recognition(),
        facts=facts,
        folder=folder,
    )
