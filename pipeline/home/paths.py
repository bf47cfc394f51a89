"""Paths in a home, and the modes of its files. A run reads and writes nothing outside its home, except the archives."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEFAULT_HOME: Final = "dancecard-data"
DEMO_HOME: Final = "dancecard-demo"
_CACHEDIR_TAG: Final = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Working files of Dancecard: made again from the archives, so backups may leave this folder out.\n"
)


def home_path(given: str | os.PathLike[str] | None = None, default: str = DEFAULT_HOME) -> Path:
    """Return the home's absolute path: the given one, else `$DANCECARD_HOME`, else `./dancecard-data`.

    Args:
        given: the value of `--home`; None without one.
        default: folder name when neither is given; the demo has its own.
    """
    chosen = given if given is not None else (os.environ.get("DANCECARD_HOME") or default)
    return Path(chosen).expanduser().absolute()


@dataclass(frozen=True, slots=True)
class Home:
    """One owner's folder. `Home.open` creates it, `Home(path)` doesn't."""

    path: Path

    @property
    def exports(self) -> Path:
        """The inbox."""
        return self.path / "exports"

    @property
    def warehouse(self) -> Path:
        """The published warehouse, replaced whole."""
        return self.path / "warehouse.duckdb"

    @property
    def reports(self) -> Path:
        """Folder of the published reports."""
        return self.path / "reports"

    @property
    def contacts_csv(self) -> Path:
        """The owner's decisions on contacts."""
        return self.path / "contacts.csv"

    @property
    def steps_csv(self) -> Path:
        """The owner's verdicts on steps."""
        return self.path / "steps.csv"

    @property
    def settings_file(self) -> Path:
        """The owner's settings."""
        return self.path / "dancecard.toml"

    @property
    def keep(self) -> Path:
        """Files that can't be made again."""
        return self.path / "keep"

    @property
    def kept_readings(self) -> Path:
        """Readings of archives whose file is gone."""
        return self.keep / "readings"

    @property
    def state(self) -> Path:
        """Files that can be made again from the archives."""
        return self.path / "state"

    @property
    def staging(self) -> Path:
        """Staged Parquet, one folder an archive."""
        return self.state / "staging"

    @property
    def tmp(self) -> Path:
        """The only place for temporary files."""
        return self.state / "tmp"

    @property
    def lock_file(self) -> Path:
        """The run lock."""
        return self.state / "run.lock"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own folder."""
        return self.state / "dagster"

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None, default: str = DEFAULT_HOME) -> "Home":
        """Return the home with its folders (mode 0700). This process then creates files with mode 0600, temporary ones in the home.

        Args:
            path: the home; None for `$DANCECARD_HOME`, else `./dancecard-data`.
            default: as in `home_path`.

        Raises:
            OSError: when the folder can't be created or written.
        """
        home = cls(home_path(path, default))
        os.umask(0o077)
        for folder in (
            home.path,
            home.exports,
            home.keep,
            home.state,
            home.staging,
            home.tmp,
            home.dagster_home,
            home.reports,
        ):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tag = home.state / "CACHEDIR.TAG"
        if not tag.exists():
            tag.write_text(_CACHEDIR_TAG, encoding="utf-8")
        home.use_for_temporary_files()
        return home

    def use_for_temporary_files(self) -> None:
        """Make this process and its children create all temporary files in `state/tmp`."""
        os.umask(0o077)
        os.environ["TMPDIR"] = str(self.tmp)
        tempfile.tempdir = str(self.tmp)

    def shown(self, path: Path) -> str:
        """Return the path as shown to the owner: relative to the home when inside it, else absolute."""
        absolute = Path(os.path.normpath(path.absolute()))
        if absolute.is_relative_to(self.path):
            return absolute.relative_to(self.path).as_posix()
        return str(absolute)

    def located(self, shown: str) -> Path:
        """Return the path of a shown path: the inverse of `shown`."""
        path = Path(shown)
        return path if path.is_absolute() else self.path / path
