"""`dancecard ui`: Dagster's web UI for this home."""

import argparse
import os
import sys

from pipeline.model.errors import CannotPublishError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--port", type=int, default=3000, help="port on this machine (default: 3000)")


def main(options: argparse.Namespace) -> int:
    """Run the web server and the daemon (schedule, sensor) until SIGINT or SIGTERM; listens on this machine only.

    Raises:
        CannotPublishError: one of the two ended by itself.
    """
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - `--help` must stay fast
    from pipeline.runs.instance import dagster_home, workspace_file  # noqa: PLC0415 - as above
    from pipeline.runs.materialise import create_tables  # noqa: PLC0415 - as above
    from pipeline.runs.servers import run_until_stopped  # noqa: PLC0415 - as above

    home = Home.open(home_path(options.home))
    dagster_home(home)
    create_tables()  # once, before two servers would both make them
    os.environ["DANCECARD_HOME"] = str(home.path)
    common = ["-w", str(workspace_file())]
    web = [sys.executable, "-m", "dagster_webserver", "-h", "127.0.0.1", "-p", str(options.port), *common]
    daemon = [sys.executable, "-m", "dagster._daemon", "run", *common]
    sys.stdout.write(f"http://127.0.0.1:{options.port} shows the asset graph of {home.path}; stop with Ctrl-C\n")
    sys.stdout.flush()
    status = run_until_stopped([daemon, web])
    if status is not None:
        raise CannotPublishError(f"a server stopped with status {status}; is port {options.port} free?")
    return 0
