"""The run lock: one run at a time on a home. The kernel releases it when the process dies, so it is never stale."""

import fcntl
import os
from types import TracebackType
from typing import Self

from pipeline.home.paths import Home


class HomeBusy(Exception):  # noqa: N818 - named for the state of the home
    """Another run uses this home; the message is one line for the owner."""


class RunLock:
    """Context manager that holds the home's lock: `with RunLock(home): …`.

    Raises:
        HomeBusy: on entering, when another process holds it.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._fd: int | None = None

    def __enter__(self) -> Self:
        self._home.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(self._home.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(fd, 32, 0).decode("ascii", "replace").strip()
            os.close(fd)
            who = f" (process {holder})" if holder.isdigit() else ""
            raise HomeBusy(
                f"another run is at work on {self._home.path}{who}: wait until it ends, then run again"
            ) from None
        except OSError:
            os.close(fd)
            raise
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()}\n".encode("ascii"), 0)
        self._fd = fd
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
