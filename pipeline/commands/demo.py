"""`dancecard demo`: write invented exports of every platform into a home of their own, then run."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    from pipeline.home.paths import Home

_MARK = "demo-exports.txt"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--open", action="store_true", help="open the report in the browser when done")


def main(options: argparse.Namespace) -> int:
    """Write the exports and run; 2 if the home has archives that aren't the demo's."""
    from pipeline.home.paths import DEMO_HOME, Home, home_path  # noqa: PLC0415 - `--help` must stay fast

    home = Home.open(home_path(options.home, DEMO_HOME) if options.home else Path(DEMO_HOME).absolute())
    mark = home.keep / _MARK
    known = set(mark.read_text(encoding="utf-8").splitlines()) if mark.exists() else set()
    others = sorted(
        path.name for path in home.exports.iterdir() if path.name not in known and not path.name.startswith(".")
    )
    foreign = _given_archives(home)
    if others or foreign:
        raise UsageError(f"{home.path} has other archives ({(others or foreign)[0]}); give the demo a home of its own")
    from pipeline.demo.exports import write_exports  # noqa: PLC0415 - as above
    from pipeline.demo.simulator import simulate  # noqa: PLC0415 - as above
    from pipeline.runs.run import run_home  # noqa: PLC0415 - as above

    world = simulate()
    files = write_exports(world, home.exports)
    if not home.contacts_csv.exists():
        home.contacts_csv.write_text(world.decisions, encoding="utf-8")
    mark.write_text("\n".join(path.name for path in files) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(files)} invented exports written to {home.exports}\n")
    sys.stdout.flush()
    summary = run_home(str(home.path), [])
    for line in (*summary.troubles, *summary.notices):
        sys.stderr.write(f"{line}\n")
    sys.stdout.writelines(f"{line}\n" for line in summary.lines)
    if options.open:
        import webbrowser  # noqa: PLC0415 - rarely needed

        webbrowser.open(summary.report.as_uri())
    return 3 if summary.troubles else 0


def _given_archives(home: "Home") -> list[str]:
    """Return archives of earlier runs of this home that are outside its inbox."""
    from pipeline.home.known_archives import Known  # noqa: PLC0415 - as above

    return [path for path in Known(home).paths() if not path.startswith("exports/")]
