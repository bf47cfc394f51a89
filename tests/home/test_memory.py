"""Memory that is let go of goes back to the system."""

import ctypes
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.memory import give_back


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another C library keeps nothing"
)
def test_what_lies_below_something_still_in_use_goes_back_too() -> None:
    held = [np.ones(12_000) for _ in range(2_000)]  # 96 KB each: of the heap, not of their own
    last = held[-1]
    full = resident()
    held.clear()
    give_back()
    assert full - resident() > 150_000_000
    assert last.sum() == 12_000
