"""`dancecard ui` stops both servers, and what they started, when it is stopped."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.commands import ui
from pipeline.model.errors import CannotPublishError
from tests.consolidation.harness import this_process
from tests.end_to_end.homes import fresh_folder

PATIENCE_S = 120
PS = shutil.which("ps") or "ps"


def descendants(parent: int) -> set[int]:
    """Return the processes below a process."""
    listed = subprocess.run([PS, "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(above) for pid, above in (line.split() for line in listed.splitlines())}
    found = {parent}
    while more := {pid for pid, above in parents.items() if above in found} - found:
        found |= more
    return found - {parent}


def alive(pids: set[int]) -> set[int]:
    """Return those processes that still run (a zombie does not)."""
    listed = subprocess.run([PS, "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    running = {int(pid) for pid, state in (line.split()[:2] for line in listed.splitlines()) if state[0] != "Z"}
    return pids & running


def eventually(condition: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
    """Wait until the condition holds; return whether it did in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a command; whatever is left of it after the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
        started.append(process)
        return process

    yield begin
    for process in started:
        for pid in alive(descendants(process.pid) | {process.pid}):
            os.kill(pid, signal.SIGKILL)
        process.communicate()


def test_sigterm_leaves_no_server_behind(start: Callable[..., subprocess.Popen[str]]) -> None:
    home, port = fresh_folder() / "home", free_port()
    server = start(sys.executable, "-m", "pipeline", "ui", "--home", str(home), "--port", str(port))
    # the web server, the daemon, and a process of each that has loaded the definitions
    assert eventually(lambda: answers(port) and len(descendants(server.pid)) >= 4)
    below = descendants(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE_S) == 0
    assert eventually(lambda: alive(below) == set(), 5)
    assert not answers(port)


TWO = r"""
import sys
from pipeline.runs.servers import run_until_stopped
child = "import os, signal, time; {}; os.write(1, b'up\\n'); time.sleep(60)"
print(run_until_stopped([[sys.executable, "-c", child.format(line)] for line in sys.argv[1:]], grace_s=0.5), flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("stubborn", [False, True])
def test_both_signals_stop_all_and_what_ignores_them_is_killed(
    start: Callable[..., subprocess.Popen[str]], number: signal.Signals, stubborn: bool
) -> None:
    ignore = f"signal.signal({number.value}, signal.SIG_IGN)" if stubborn else "pass"
    both = start(sys.executable, "-c", TWO, ignore, "pass")
    assert both.stdout is not None
    assert [both.stdout.readline(), both.stdout.readline()] == ["up\n", "up\n"]
    below = descendants(both.pid)
    both.send_signal(number)
    assert both.stdout.read() == "None\n"
    assert both.wait(PATIENCE_S) == 0
    assert len(below) == 2
    assert alive(below) == set()


def test_when_one_ends_the_other_is_stopped_and_its_status_returned(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    both = start(sys.executable, "-c", TWO, "pass", "raise SystemExit(3)")
    assert both.communicate(timeout=PATIENCE_S)[0].splitlines()[-1] == "3"


def test_a_server_that_stops_by_itself_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.runs.servers.run_until_stopped", lambda _commands: 3)
    options = argparse.Namespace(home=str(tmp_path / "home"), port=3999)
    for name in ("DAGSTER_HOME", "DAGSTER_DISABLE_TELEMETRY", "DANCECARD_HOME"):
        monkeypatch.setenv(name, "")
    with this_process(), pytest.raises(CannotPublishError, match="stopped with status 3; is port 3999 free"):
        ui.main(options)
