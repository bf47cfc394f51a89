"""A pool of child processes, one a core. A child that dies affects only its task, and is replaced."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final, Self

from pipeline.reading.worker import Bounds, Failure, attempt

_GRACE_S: Final = 5.0
_MAIN: Final = "import sys; from pipeline.reading.worker import serve; serve(int(sys.argv[1]))"
"""Not `-m`: objects that the child sends must name their module, not `__main__`."""


@dataclass(frozen=True, slots=True)
class Task:
    """A module-level function and its arguments (all picklable)."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    pipe: Connection
    task: int | None = None
    since: float = 0.0
    alone: bool = False
    """Started for the second attempt of one task; it takes no other."""

    def stop(self) -> None:
        """Close the socket; kill the process when it doesn't end."""
        self.pipe.close()
        try:
            self.process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _start(bounds: Bounds) -> _Child:
    ours, theirs = socket.socketpair()
    paths = [path or str(os.getcwd()) for path in sys.path]  # noqa: PTH109 - what an empty entry of sys.path means
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join(paths), "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2",
    }  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - the current interpreter and a module of this package
        [sys.executable, "-P", "-c", _MAIN, str(theirs.fileno())],  # -P: modules in the current folder are not imported
        pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    theirs.close()
    pipe = Connection(ours.detach())
    with suppress(OSError):  # it died at once, which is noticed when its task is sent
        pipe.send(bounds)
    return _Child(process, pipe)


class Pool:
    """Children that run several rounds of tasks, started when the first task is there. A context manager."""

    def __init__(self, bounds: Bounds, wall_s: float, workers: int | None = None) -> None:
        """Take the limits of each child, the longest time of one task in seconds, and the width.

        `workers`: None for the machine's cores; 0 to work in this process (no isolation: for tests).
        """
        self._bounds, self._wall_s, self._in_process = bounds, wall_s, workers == 0
        self._width = workers or os.cpu_count() or 1
        self._tasks: list[Task] = []
        self._queue: deque[int] = deque()
        self._again: deque[int] = deque()
        """Tasks whose child died: each has one more attempt in a child of its own."""
        self._tried: set[int] = set()
        self._children: list[_Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            if child.task is not None:
                child.process.kill()
            child.stop()
        self._children = []

    @property
    def width(self) -> int:
        """Number of tasks that run at a time."""
        return 1 if self._in_process else self._width

    def add(self, task: Task) -> int:
        """Add a task to the current round while its results are taken; return its index."""
        self._tasks.append(task)
        if not self._in_process:
            self._queue.append(len(self._tasks) - 1)
        return len(self._tasks) - 1

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Any]]:
        """Yield (index of the task, its result or a Failure) as they come in."""
        self._tasks, self._tried = list(tasks), set()
        if self._in_process:
            for number, task in enumerate(self._tasks):  # includes tasks that are added meanwhile
                yield number, attempt(task.function, task.arguments)
            return
        self._queue.extend(range(len(tasks)))
        while self._queue or self._again or any(child.task is not None for child in self._children):
            yield from self._give()
            yield from self._take()

    def _give(self) -> Iterator[tuple[int, Any]]:
        for child in [child for child in self._children if child.alone and child.task is None]:
            self._children.remove(child)
            child.stop()
        while self._queue or self._again:
            idle = next((child for child in self._children if child.task is None), None)
            if idle is None and len(self._children) < self._width:
                idle = _start(self._bounds)
                self._children.append(idle)
            if idle is None:
                return
            number = self._queue.popleft() if self._queue else self._again.popleft()
            if number in self._tried:
                self._children.remove(idle)
                idle.stop()
                idle = _start(self._bounds)
                idle.alone = True
                self._children.append(idle)
            idle.task, idle.since = number, time.monotonic()
            task = self._tasks[number]
            try:
                idle.pipe.send((task.function, task.arguments))
            except OSError:
                yield from self._died(idle)

    def _take(self) -> Iterator[tuple[int, Any]]:
        busy = {child.pipe: child for child in self._children if child.task is not None}
        ready = wait(list(busy), timeout=1.0)
        for pipe in ready:
            child = busy[pipe]  # type: ignore[index] # wait returns what it was given
            try:
                result = child.pipe.recv()
            except (EOFError, OSError):
                yield from self._died(child)
                continue
            number, child.task = child.task, None
            if number is not None:
                yield number, result
        for child in [child for child in self._children if child.task is not None and child.pipe not in ready]:
            if time.monotonic() - child.since > self._wall_s:
                number, child.task = child.task, None
                child.process.kill()
                self._drop(child)
                if number is not None:
                    yield number, Failure("too_slow", f"took longer than {self._wall_s:.0f} seconds (limits.wall_s)")

    def _drop(self, child: _Child) -> None:
        self._children.remove(child)
        child.stop()

    def _died(self, child: _Child) -> Iterator[tuple[int, Any]]:
        number, child.task = child.task, None
        self._drop(child)
        if number is None:
            return
        if number in self._tried:
            code = child.process.returncode
            how = signal.Signals(-code).name if code is not None and code < 0 else f"status {code}"
            yield (
                number,
                Failure(
                    "reader_died",
                    f"the reading process died twice ({how}): the archive may need more memory or be hostile",
                ),
            )
        else:
            self._tried.add(number)
            self._again.append(number)
