"""Known archives and their kept readings in `keep/`: they outlive the archives' files and the folder `state/`."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.home.atomic_files import write_json
from pipeline.home.paths import Home


@dataclass(slots=True)
class KnownArchive:
    """One archive that was read.

    Attributes:
        archive_id: SHA-256 of its bytes.
        paths: where it was seen, as `Home.shown` returns paths.
        sequence: order in which archives were first read, from 1.
    """

    archive_id: str
    paths: list[str] = field(default_factory=list)
    sequence: int = 0


class Known:
    """The known archives of a home (`keep/archives.json`)."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file = home.keep / "archives.json"
        self.archives: dict[str, KnownArchive] = {}
        self._written: object = None
        try:
            data = json.loads(self._file.read_bytes())
            self._written = data
            for entry in data["archives"]:
                self.archives[entry["archive_id"]] = KnownArchive(
                    entry["archive_id"], list(entry["paths"]), int(entry["sequence"])
                )
        except FileNotFoundError:
            return
        except (ValueError, TypeError, KeyError) as error:
            raise OSError(
                f"{self._file} is damaged ({type(error).__name__}): restore it from a backup, or move it away"
            ) from None

    def seen(self, archive_id: str, path: str) -> None:
        """Note that an archive was seen at a path."""
        after = max((archive.sequence for archive in self.archives.values()), default=0) + 1
        archive = self.archives.setdefault(archive_id, KnownArchive(archive_id, sequence=after))
        if path not in archive.paths:
            archive.paths = sorted([*archive.paths, path])

    def replaced(self, archive_id: str, path: str) -> None:
        """Forget the older archives of an open interactions file whose bytes changed, unless they have another path.

        Args:
            archive_id: the file's current archive_id.
            path: the file, as shown.
        """
        for old in list(self.archives.values()):
            if old.archive_id != archive_id and path in old.paths:
                old.paths.remove(path)
                if not old.paths:
                    self.forget(old.archive_id)

    def forget(self, archive_id: str) -> None:
        """Forget an archive, and delete its kept reading."""
        self.archives.pop(archive_id, None)
        shutil.rmtree(self.kept(archive_id), ignore_errors=True)

    def kept(self, archive_id: str) -> Path:
        """Return the folder of an archive's kept reading, which may not exist."""
        return self._home.kept_readings / archive_id

    def keep(self, archive_id: str, reading: Path) -> None:
        """Keep a reading outside `state/`, as hard links where the file system has them, else as copies.

        Args:
            archive_id: the archive.
            reading: the folder of its staged tables.

        Raises:
            OSError: when the disk is full or can't be written.
        """
        target = self.kept(archive_id)
        marker = target / "reading"
        if marker.exists() and marker.read_text(encoding="utf-8") == reading.name:
            return
        temporary = target.with_name(f".{archive_id}.tmp")
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(mode=0o700, parents=True)
        for file in reading.iterdir():
            try:
                os.link(file, temporary / file.name)
            except OSError:
                shutil.copyfile(file, temporary / file.name)
        (temporary / "reading").write_text(reading.name, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)

    def paths(self) -> Iterable[str]:
        """Return all paths at which known archives were seen, sorted."""
        return sorted({path for archive in self.archives.values() for path in archive.paths})

    def save(self) -> None:
        """Write the list atomically, unless nothing changed."""
        archives = sorted(self.archives.values(), key=lambda archive: (archive.sequence, archive.archive_id))
        data = {"archives": [asdict(archive) for archive in archives]}
        if data != self._written:
            write_json(self._file, data)
            self._written = data
