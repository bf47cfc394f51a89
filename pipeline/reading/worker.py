"""The child process: runs (function, arguments) received over a socket, one by one under limits, until the parent closes it."""

import gc
import os
import resource
import tempfile
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import NamedTuple

from pipeline.containers.errors import ArchiveError


class Bounds(NamedTuple):
    """Limits of a child: address space in bytes, CPU seconds of one task, bytes of one written file."""

    memory_bytes: int
    cpu_s: int
    file_bytes: int


class Failure(NamedTuple):
    """Why a task has no result: `kind` is a code or the name of an exception's class, `reason` a sentence for the owner."""

    kind: str
    reason: str


def _limit(what: int, value: int) -> None:
    with suppress(ValueError, OSError):  # macOS refuses some
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def confine(bounds: Bounds) -> None:
    """Set this process's limits."""
    os.umask(0o077)
    gc.set_threshold(
        50_000, 20, 100
    )  # readers create many small values without cycles, which the default scans too often
    tempfile.tempdir = os.environ.get("TMPDIR")
    _limit(resource.RLIMIT_AS, bounds.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, bounds.file_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def attempt(function: object, arguments: tuple[object, ...]) -> object:
    """Call a function; an exception becomes a Failure without content of the archive."""
    try:
        return function(*arguments)  # type: ignore[operator] # a module-level function, unpickled
    except ArchiveError as error:
        return Failure(error.code, error.reason)
    except MemoryError:
        return Failure("out_of_memory", "takes more memory than a reading process may have (limits.memory_bytes)")
    except OSError as error:
        return Failure("OSError", f"could not be read or staged: {(error.strerror or type(error).__name__).lower()}")
    except Exception as error:  # noqa: BLE001 - no content of an archive may pass this boundary
        return Failure(type(error).__name__, f"could not be read: the reader failed ({type(error).__name__})")


def serve(descriptor: int) -> None:
    """Run tasks until the parent closes the socket."""
    with Connection(descriptor) as parent:
        bounds: Bounds = parent.recv()
        confine(bounds)
        while True:
            try:
                task = parent.recv()
            except EOFError:
                return
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + bounds.cpu_s)
            parent.send(attempt(*task))
