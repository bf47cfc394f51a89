"""`dancecard archives`: list the archives, or remove one with everything that only it contained."""

import argparse
import sys

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "action", nargs="?", choices=("list", "remove"), default="list", help="what to do (default: list)"
    )
    parser.add_argument(
        "archive",
        nargs="?",
        metavar="ARCHIVE",
        help="archive to remove: its path, archive_id, or the first 8 digits of that",
    )


def main(options: argparse.Namespace) -> int:
    """List, or remove and run again; 2 if the archive is unknown or in the inbox."""
    from pipeline.commands.archive_removal import archives_table, remove  # noqa: PLC0415 - `--help` must stay fast

    if options.action == "list":
        sys.stdout.buffer.write(archives_table(options.home))
        return 0
    if not options.archive:
        raise UsageError("name the archive to remove; `dancecard archives` lists them")
    summary = remove(options.home, options.archive)
    for line in (*summary.troubles, *summary.notices):
        sys.stderr.write(f"{line}\n")
    sys.stdout.writelines(f"{line}\n" for line in summary.lines)
    return 3 if summary.troubles else 0
