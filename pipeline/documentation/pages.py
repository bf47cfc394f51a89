"""Pages made from the code, so that they can't rot: `python -m pipeline.documentation.pages docs`. A test fails when they differ."""

import argparse
import sys
from pathlib import Path

from pipeline.cli import COMMANDS, parser
from pipeline.home.options import OPTIONS
from pipeline.sources.description import described, matrix
from pipeline.sources.registry import platforms
from pipeline.warehouse.sql_files import sql_files, tables
from reports.sections.registry import SECTIONS

_MADE = "<!-- made by `make docs`; edit the code instead -->"


def tables_page() -> str:
    """Return docs/tables.md: every table, column, view, macro and query of the warehouse."""
    parts = [
        _MADE,
        "# Tables of the warehouse",
        "Open it with `duckdb -readonly warehouse.duckdb`, or `dancecard query`. Times are UTC.",
    ]
    for table in tables().values():
        rows = [f"| `{column.name}` | {column.type} | {column.comment} |" for column in table.columns]
        parts += [
            f"## {table.name}",
            table.comment,
            "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *rows]),
        ]
    for folder, title in (
        ("views", "Views"),
        ("macros", "Macros"),
        ("queries", "Queries: `dancecard query --name NAME`"),
    ):
        files = sql_files(folder)
        if files:
            lines = [f"| `{file.name}` | {file.question} |" for file in files.values()]
            parts += [f"## {title}", "\n".join(["| name | what it answers |", "| --- | --- |", *lines])]
    return "\n\n".join(parts) + "\n"


def _command(name: str) -> str:
    top = parser(name)
    actions = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001 - argparse shows its subparsers nowhere else
    sub = actions.choices[name]
    lines = []
    for action in sub._actions:  # noqa: SLF001 - as above
        flags = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        lines.append(f"| `{flags.replace('|', '·')}` | {action.help or ''} |")
    table = "\n".join(["| argument | meaning |", "| --- | --- |", *lines])
    return f"## dancecard {name}\n\n{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.\n\n{table}"


def _default(value: object) -> str:
    """Write a default as TOML would hold it; nothing for a key that has none."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(list(value)) if isinstance(value, tuple) else repr(value).replace("'", '"')


def commands_page() -> str:
    """Return docs/commands.md: every command with its arguments, exit statuses, every setting with its default."""
    settings = [
        f"| `{option.name}` | `{_default(option.default)}` | {option.meaning} ({option.allowed}) |"
        for option in OPTIONS
    ]
    statuses = (
        "0: everything was read. 3: published, but an archive is partial, failed or unrecognised (one line each on stderr). "
        "2: wrong usage. 1: nothing could be published, with the reason in one line."
    )
    return "\n\n".join([
        _MADE,
        "# Commands and settings",
        f"Exit status: {statuses}",
        *(_command(name) for name in COMMANDS),
        "## Settings: `HOME/dancecard.toml`",
        "An unknown key is said with its line, never ignored.",
        "\n".join(["| key | default | meaning |", "| --- | --- | --- |", *settings]),
    ]) + "\n"  # fmt: skip


def report_page() -> str:
    """Return docs/report.md: the sections of the report with their questions."""
    parts = [
        _MADE,
        "# The report",
        (
            "`HOME/reports/index.html`, one file without network. Each section asks a question and answers it with a sentence, a chart, "
            "the numbers behind it and what cannot be seen here; `HOME/reports/tables/` holds the numbers as CSV."
        ),
    ]
    for section in SECTIONS:
        queries = ", ".join(f"`sql/report/{file}.sql`" for file in sorted(set(section.queries.values())))
        parts += [f"## {section.title}", section.question, f"Its numbers: {queries}."]
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Return path under docs/ -> content of every made page."""
    known = platforms()
    overview = f"{_MADE}\n\n# What each export can show\n\n```\n{matrix(known)}```\n"
    sources = {f"sources/{name}.md": f"{_MADE}\n\n{described(platform)}" for name, platform in known.items()}
    return {
        "tables.md": tables_page(),
        "commands.md": commands_page(),
        "report.md": report_page(),
        "sources/index.md": overview,
        **sources,
    }


def main() -> int:
    """Write the pages under the folder given."""
    folder = Path(sys.argv[1])
    for name, content in pages().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
