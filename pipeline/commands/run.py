"""`dancecard run`: materialise the asset graph for this home and print a summary."""

import argparse
import sys
from pathlib import Path

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="archives: zip, tar, folder or single file, read in place"
    )
    parser.add_argument("--open", action="store_true", help="open the report in the browser when done")


def main(options: argparse.Namespace) -> int:
    """Run; 0 if everything was read, 3 if an archive wasn't read in full, 2 if a path doesn't exist, 1 if nothing could be published."""
    paths = [Path(path).absolute() for path in options.paths]
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} does not exist")
    from pipeline.runs.run import run_home  # noqa: PLC0415 - `--help` must not load Dagster and Polars

    summary = run_home(options.home, paths)
    for line in (*summary.troubles, *summary.notices):
        sys.stderr.write(f"{line}\n")
    sys.stdout.writelines(f"{line}\n" for line in summary.lines)
    if options.open:
        import webbrowser  # noqa: PLC0415 - rarely needed

        webbrowser.open(Path(summary.report).as_uri())
    return 3 if summary.troubles else 0
