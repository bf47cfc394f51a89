"""What was once read stays: known archives and their readings in `keep/`, independent of `state/` and of the files."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.home.paths import Home


@dataclass(slots=True)
class KnownArchive:
    """One archive that was read: where it was seen (as `Home.shown` writes paths), and in which order it came."""

    archive_id: str
    paths: list[str] = field(default_factory=list)
    sequence: int = 0


class Known:
    """The known archives of a home (`keep/archives.json`)."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._file = home.keep / "archives.json"
        self.archives: dict[str, KnownArchive] = {}
        self._written: Any = None
        try:
            self._written = json.loads(self._file.read_bytes())
            for entry in self._written["archives"]:
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
        """Remember that an archive was seen at a path."""
        after = max((archive.sequence for archive in self.archives.values()), default=0) + 1
        archive = self.archives.setdefault(archive_id, KnownArchive(archive_id, sequence=after))
        if path not in archive.paths:
            archive.paths = sorted([*archive.paths, path])

    def replaced(self, archive_id: str, path: str) -> None:
        """An open interactions file at `path` has new bytes: its old readings go, unless they have another path."""
        for old in list(self.archives.values()):
            if old.archive_id != archive_id and path in old.paths:
                old.paths.remove(path)
                if not old.paths:
                    self.forget(old.archive_id)

    def forget(self, archive_id: str) -> None:
        """Take an archive out, with its kept reading."""
        self.archives.pop(archive_id, None)
        shutil.rmtree(self.kept(archive_id), ignore_errors=True)

    def kept(self, archive_id: str) -> Path:
        """Return the folder of an archive's kept reading (which may not exist)."""
        return self._home.kept_readings / archive_id

    def keep(self, archive_id: str, reading: Path) -> None:
        """Keep a reading beside `state/`: hard links where the file system has them (no space), else copies."""
        target = self.kept(archive_id)
        marker = target / "reading"
        if marker.exists() and marker.read_text(encoding="utf-8") == reading.name:
            return
        beside = target.with_name(f".{archive_id}.tmp")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700, parents=True)
        for file in reading.iterdir():
            try:
                os.link(file, beside / file.name)
            except OSError:
                shutil.copyfile(file, beside / file.name)
        (beside / "reading").write_text(reading.name, encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)

    def paths(self) -> Iterable[str]:
        """Return all paths where known archives were seen."""
        return sorted({path for archive in self.archives.values() for path in archive.paths})

    def save(self) -> None:
        """Write the list whole or not at all; nothing is written when nothing changed."""
        archives = sorted(self.archives.values(), key=lambda archive: (archive.sequence, archive.archive_id))
        data = {"archives": [{"archive_id": a.archive_id, "paths": a.paths, "sequence": a.sequence} for a in archives]}
        if data == self._written:
            return
        beside = self._file.with_name(f".{self._file.name}.tmp")
        with beside.open("w", encoding="utf-8") as stream:
            json.dump(data, stream, indent=1, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(self._file)
        self._written = data
