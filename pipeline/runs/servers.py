"""Run Dagster's web server and daemon side by side and stop both, with everything that they started, on a signal."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

GRACE_S: Final = 10.0
"""Seconds that a process has to stop before it is killed."""
_POLL_S: Final = 0.1


def run_until_stopped(commands: Sequence[Sequence[str]], grace_s: float = GRACE_S) -> int | None:
    """Run commands at the same time until one of them ends or this process gets SIGINT or SIGTERM; then stop all.

    Each command leads a process group of its own, so that the signal also reaches what it started.

    Args:
        commands: program and arguments of each.
        grace_s: seconds from the signal to SIGKILL.

    Returns:
        The exit status of the command that ended by itself; None after a signal.
    """
    with _signals() as received:
        children: list[subprocess.Popen[bytes]] = []
        try:
            for command in commands:
                child = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our caller's own programs
                children.append(child)
            while not received:
                for child in children:
                    if child.poll() is not None:
                        return child.returncode
                time.sleep(_POLL_S)
            return None
        finally:
            _stop(children, received[0] if received else signal.SIGTERM, grace_s)


@contextmanager
def _signals() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM in the list that is yielded, in place of what they do otherwise."""
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(children: Sequence[subprocess.Popen[bytes]], number: int, grace_s: float) -> None:
    """Send the signal to every group; kill after the grace what is left of it."""
    for child in children:
        _send(child, number)
    deadline = time.monotonic() + grace_s
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(deadline - time.monotonic(), 0))
        while _exists(child) and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        _send(child, signal.SIGKILL)
        child.wait()


def _send(child: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS refuses for a group of which only zombies are left
        os.killpg(child.pid, number)


def _exists(child: subprocess.Popen[bytes]) -> bool:
    try:
        os.killpg(child.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
