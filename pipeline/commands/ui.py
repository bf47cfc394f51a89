"""`dancecard ui`: Dagster's own web UI on this home."""

import argparse
import os
import subprocess
import sys

from pipeline.model.errors import CannotPublishError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--port", type=int, default=3000, help="port on this machine (default: 3000)")


def main(options: argparse.Namespace) -> int:
    """Start the web server and the daemon (schedule, sensor) until interrupted; listens on this machine only."""
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - `--help` must stay fast
    from pipeline.runs.instance import dagster_home, workspace_file  # noqa: PLC0415 - as above

    home = Home.open(home_path(options.home))
    dagster_home(home)
    os.environ["DANCECARD_HOME"] = str(home.path)
    common = ["-w", str(workspace_file())]
    web = [sys.executable, "-m", "dagster_webserver", "-h", "127.0.0.1", "-p", str(options.port), *common]
    daemon = [sys.executable, "-m", "dagster._daemon", "run", *common]
    sys.stdout.write(f"http://127.0.0.1:{options.port} shows the asset graph of {home.path}; stop with Ctrl-C\n")
    sys.stdout.flush()
    with subprocess.Popen(daemon) as watching:  # noqa: S603 - our own interpreter and module
        try:
            status = subprocess.call(web)  # noqa: S603 - as above
        finally:
            watching.terminate()
    if status:
        raise CannotPublishError(f"the web server stopped with status {status}; is port {options.port} free?")
    return 0
