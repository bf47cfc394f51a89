"""Make the tables of a home in this process and without Dagster's event log: half a second a run."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from pipeline.home.paths import Home
from pipeline.model.tables import tables
from pipeline.orchestration.assets import reading
from pipeline.orchestration.resources import Session
from pipeline.orchestration.working_tables import Store
from pipeline.reading.archives import read_archives
from pipeline.warehouse.shaping import shaped
from tests.orchestration.steps import execute, steps

MATCHING: Final = ("gestures", "matching_counts", "accounts", "archives", "unattributed", "identity_suggestions")
"""With what they need: everything between the inbox and the figures."""
ALL: Final = tuple(name for name in tables() if name not in {"changes", "build_info"})
HEAD = "id,contact,contact_name,direction,occurred_at,resolution_s,platform,class,kind,thread,reply_to,group,seq,account,text,url"


@contextmanager
def this_process() -> Iterator[None]:
    """Put back what opening a home sets for the whole process: the folder of temporary files and the mode of new ones."""
    mask = os.umask(0o077)
    folder, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    try:
        yield
    finally:
        os.umask(mask)
        tempfile.tempdir = folder
        os.environ.pop("TMPDIR", None)
        if variable is not None:
            os.environ["TMPDIR"] = variable


def run(home: Path, paths: Sequence[Path] = (), wanted: tuple[str, ...] = MATCHING) -> Store:
    """Make the tables wanted, and what they need, from the home's inbox and the archives given."""
    session = Session(home_folder=str(home), archives=[str(path) for path in paths])
    with pytest.MonkeyPatch.context() as patch, this_process():
        patch.setattr(reading, "read_archives", partial(read_archives, workers=0))
        for step in steps(wanted):
            execute(step, session)
        return Store.of(session.home())


def open_file(folder: Path, name: str, rows: Sequence[Mapping[str, object]], coverage: str = "") -> Path:
    """Write NAME.interactions.csv (defaults: outbound message on `club` to ann), and NAME.coverage.csv when given."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = HEAD.split(",")
    default = {"contact": "ann", "direction": "outbound", "platform": "club", "class": "message"}
    lines = [HEAD]
    for row in rows:
        assert set(row) <= set(heads)
        lines.append(",".join(str((default | dict(row)).get(head, "")) for head in heads))
    path = folder / f"{name}.interactions.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if coverage:
        head = "platform,class,direction,visibility,starts_at,ends_at"
        (folder / f"{name}.coverage.csv").write_text("\n".join([head, *coverage.split()]) + "\n", encoding="utf-8")
    return path


def rows(store: Store, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return the columns of a table as the warehouse would hold them, sorted."""
    frame = shaped(store.read(table), tables()[table]).select(*columns)
    return sorted(frame.rows(), key=lambda row: tuple((value is not None, str(value)) for value in row))


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every table of the warehouse that the store holds, `build_info` and `changes` aside, sorted."""
    names = [
        name
        for name in tables()
        if (store.folder / f"{name}.parquet").exists() and name not in {"build_info", "changes"}
    ]
    return {name: rows(store, name, *(column.name for column in tables()[name].columns)) for name in names}


def home_in(folder: Path) -> Path:
    """Make a home and return its path."""
    with this_process():
        return Home.open(folder).path
