"""Find and read the SQL files that are no tables: views, macros, checks, queries of the report and of the cookbook."""

from dataclasses import dataclass

from pipeline.model.tables import sql_folder


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A SQL file whose first comment line states what it answers."""

    name: str
    question: str
    text: str


def sql_files(folder: str) -> dict[str, SqlFile]:
    """Return the files of a folder under sql/ by name (`queries`, `views`, `macros`)."""
    found = {}
    for path in sorted((sql_folder() / folder).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = SqlFile(path.stem, text.splitlines()[0].removeprefix("-- "), text)
    return found
