import math
import os
import signal
import time
from typing import Any

import pytest

from pipeline.reading.worker import Bounds, Failure
from pipeline.reading.worker_pool import Pool, Task

BOUNDS = Bounds(2 << 30, 60, 1 << 30)


def results(tasks: list[Task], *, wall_s: float = 30, workers: int = 2) -> dict[int, Any]:
    with Pool(BOUNDS, wall_s, workers) as pool:
        return dict(pool.run(tasks))


@pytest.mark.alone
def test_no_task_starts_nothing() -> None:
    began = time.monotonic()
    assert results([]) == {}
    assert time.monotonic() - began < 0.1


def test_a_child_that_dies_takes_only_its_task_down() -> None:
    tasks = [
        Task(os.getpid, ()),
        Task(os._exit, (7,)),
        *[Task(math.factorial, (n,)) for n in range(5)],
        Task(os.abort, ()),
    ]
    found = results(tasks)
    assert found[0] != os.getpid()
    assert [found[n] for n in range(2, 7)] == [1, 1, 2, 6, 24]
    assert found[1] == Failure(
        "reader_died", "the reading process died twice (status 7): the archive may need more memory or be hostile"
    )
    assert "SIGABRT" in found[7].reason
    assert len(found) == len(tasks)


def test_exceptions_become_a_word_without_content() -> None:
    found = results([Task(int, ("secret",)), Task(os.stat, ("/no/such/secret",))], workers=1)
    assert found[0] == Failure("ValueError", "could not be read: the reader failed (ValueError)")
    assert found[1] == Failure("OSError", "could not be read or staged: no such file or directory")


def test_memory_and_time_are_bounded() -> None:
    found = results([Task(bytearray, (4 << 30,)), Task(time.sleep, (60,)), Task(math.factorial, (3,))], wall_s=3)
    assert found[0].kind == "out_of_memory"
    assert found[1].kind == "too_slow"
    assert found[2] == 6


def test_a_killed_child_is_tried_again_alone() -> None:
    found = results([Task(signal.raise_signal, (signal.SIGKILL,)), Task(math.factorial, (4,))])
    assert "SIGKILL" in found[0].reason
    assert found[1] == 24
