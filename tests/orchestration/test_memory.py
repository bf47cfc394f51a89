"""Freed memory is returned to the system."""

import ctypes
import os
import sys
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from pipeline.orchestration.memory import release_memory


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.alone
@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"),
    reason="malloc_trim is a function of glibc: other C libraries can't be asked, and the test below holds there",
)
def test_what_lies_below_something_still_in_use_goes_back_too() -> None:
    held = [np.ones(12_000) for _ in range(2_000)]  # 96 KB each: of the heap, not of their own
    last = held[-1]
    full = resident()
    held.clear()
    release_memory()
    assert full - resident() > 150_000_000
    assert last.sum() == 12_000


def test_where_the_c_library_cannot_be_asked_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_name: str | None) -> NoReturn:
        raise TypeError  # what CDLL(None) raises on Windows

    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())  # musl: no such function
    release_memory()
    monkeypatch.setattr(ctypes, "CDLL", refused)
    monkeypatch.setattr(sys, "platform", "win32")
    release_memory()
