"""What is timed, how, and against which target."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np
import polars as pl

import pipeline
from tests.bench.stage import STAGES
from tests.bench.world import make_home

ROOT: Final = Path(__file__).resolve().parents[2]
SYLLABLES: Final = ("ba", "do", "fi", "lu", "me", "no", "ra", "ti")


class Figure(NamedTuple):
    """One line of the table; `limit` None: reported, not judged."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    """The limit is the least that will do, not the most."""

    def missed(self) -> bool:
        """Return whether there is a target and the value misses it."""
        return self.limit is not None and (self.value < self.limit if self.at_least else self.value > self.limit)

    def line(self) -> str:
        """Return the line of the table."""
        bound = "" if self.limit is None else f"{'>' if self.at_least else '<'} {self.limit:g} {self.unit}"
        return f"{self.what:50} {self.value:10.2f} {self.unit:5} {bound:>12}{'  missed' if self.missed() else ''}"


def machine() -> str:
    """Say when, on what and with which versions is measured: figures of two machines are not compared."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f}; dancecard {pipeline.__version__}, Python {platform.python_version()}, "
        f"Polars {pl.__version__}, DuckDB {duckdb.__version__}, NumPy {np.__version__}"
    )


def child(command: list[str]) -> tuple[str, float, float]:
    """Run a command of its own process; return its output, wall seconds and peak GiB (of it and its own children)."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, env={**os.environ, "POLARS_MAX_THREADS": "2"})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {text[-500:]}")
    return text, time.perf_counter() - began, usage.ru_maxrss / 2**20


def dancecard(*words: str) -> tuple[str, float, float]:
    """Run the command line; return its output, wall seconds and peak GiB."""
    return child([sys.executable, "-m", "pipeline", *words])


def stages(size: int, contacts: int, names: Sequence[str] = tuple(STAGES)) -> dict[str, dict[str, Any]]:
    """Run matching and every measure over an invented home, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        home = Path(folder) / "home"
        make_home(home, size, contacts)
        module = [sys.executable, "-m", "tests.bench.stage", str(home)]
        return {name: json.loads(child([*module, name])[0].splitlines()[-1]) for name in names}


def commands() -> Iterator[Figure]:
    """How soon the command line answers: the best of three."""
    yield Figure("dancecard --help", min(dancecard("--help")[1] for _ in range(3)), "s", 0.3)


def demo() -> Iterator[Figure]:
    """The demo from nothing, as the command reports it (the exports are written before), and a run with nothing new."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        home = str(Path(folder) / "demo")
        said, took, peak = dancecard("demo", "--home", home)
        found = re.search(r"read in ([0-9.]+) s", said)
        if found is None:
            raise RuntimeError(f"the demo does not say how long it took: {said[-500:]}")
        yield Figure("demo, pipeline as it says", float(found[1]), "s", 20)
        yield Figure("demo, whole command", took, "s")
        yield Figure("demo, most memory of a process", peak, "GiB")
        yield Figure("a run with nothing new", dancecard("run", "--home", home)[1], "s", 8)


def newcomer() -> Iterator[Figure]:
    """`make demo` in a fresh clone: a new environment, the locked packages (downloaded), the demo. Only by name: it needs a network."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        clone = str(Path(folder) / "dancecard")
        child(["git", "clone", "--quiet", str(ROOT), clone])
        yield Figure("make demo in a fresh clone", child(["make", "-s", "-C", clone, "demo"])[1], "s", 180)


def facebook(folder: Path, messages: int, threads: int = 200) -> None:
    """Write an invented Facebook export with long message threads."""
    rng = np.random.default_rng(4)
    own = folder / "your_facebook_activity" / "messages" / "inbox"
    about = folder / "personal_information" / "profile_information"
    about.mkdir(parents=True)
    (about / "profile_information.json").write_text(
        json.dumps({"profile_v2": {"name": {"full_name": "Lea Novak"}, "profile_uri": "https://www.facebook.com/lea"}})
    )
    each = messages // threads
    for number in range(threads):
        name = f"Person {number}"
        times = np.sort(rng.integers(1_400_000_000_000, 1_700_000_000_000, each))[::-1].tolist()
        sides = rng.random(each).tolist()
        words = rng.integers(0, len(SYLLABLES), (each, 9)).tolist()
        said = [
            {"sender_name": name if side < 0.5 else "Lea Novak", "timestamp_ms": at, "is_geoblocked_for_viewer": False,
             "content": " ".join(SYLLABLES[k] for k in picked)}
            for at, side, picked in zip(times, sides, words, strict=True)
        ]  # fmt: skip
        thread = own / f"person{number}_{number}"
        thread.mkdir(parents=True)
        for page in range(0, each, 10_000):
            content = {
                "participants": [{"name": name}, {"name": "Lea Novak"}], "messages": said[page : page + 10_000],
                "title": name, "is_still_participant": True, "thread_path": f"inbox/person{number}_{number}",
            }  # fmt: skip
            (thread / f"message_{page // 10_000 + 1}.json").write_text(json.dumps(content))


def million(messages: int = 1_000_000, threads: int = 200) -> Iterator[Figure]:
    """A million Messenger messages, from the archive to the report."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        export = Path(folder) / "export"
        facebook(export, messages, threads)
        archive = shutil.make_archive(str(Path(folder) / "facebook-lea"), "zip", export)
        _, took, peak = dancecard("run", archive, "--home", str(Path(folder) / "home"))
        yield Figure(f"{messages:,} messages, archive to report", took, "s", 60)
        yield Figure("the same, most memory of a process", peak, "GiB", 2)


def measures(size: int = 2_500_000, contacts: int = 50_000, names: Sequence[str] = tuple(STAGES)) -> Iterator[Figure]:
    """All measures over 2,500,000 interactions with 50,000 contacts, one after the other; matching is reported apart."""
    done = stages(size, contacts, names)
    for name, found in done.items():
        yield Figure(f"{name}, processor time", found["cpu"], "s")
    matching = [found for name, found in done.items() if STAGES[name] == "matching"]
    own = [found for name, found in done.items() if STAGES[name] != "matching"]
    yield Figure(f"matching of {size:,}", sum(found["wall"] for found in matching), "s")
    yield Figure("the same, most memory of a process", max((found["peak"] for found in matching), default=0), "GiB")
    yield Figure(f"all measures of {size:,}", sum(found["wall"] for found in own), "s", 40)
    yield Figure("the same, most memory of a process", max((found["peak"] for found in own), default=0), "GiB", 3)


def growth(
    sizes: Sequence[int] = (100_000, 300_000, 1_000_000), names: Sequence[str] = tuple(STAGES)
) -> Iterator[Figure]:
    """How processor time grows with the log: the exponent may not pass that of n log n (with a tenth for noise)."""
    times = [sum(found["cpu"] for found in stages(size, size // 50, names).values()) for size in sizes]
    for size, took in zip(sizes, times, strict=True):
        yield Figure(f"matching and measures of {size:,}", took, "s")
    steps = np.log(np.array(sizes) * np.log(np.array(sizes, dtype=np.float64)))
    slope = float((np.log(times[-1]) - np.log(times[0])) / (steps[-1] - steps[0]))
    yield Figure(f"growth to {sizes[-1]:,} against n log n, exponent", slope, "", 1.1)


def ten_million() -> Iterator[Figure]:
    """The same to 10,000,000. Only by name: it takes ten times as long as to a million, and as much more memory and disk."""
    yield from growth((100_000, 1_000_000, 10_000_000))


def mbox(rate_mib: int = 100, memory_mib: int = 2_048) -> Iterator[Figure]:
    """Mail beside the standard library's module, and a 2 GiB mailbox in one process."""
    script = [sys.executable, str(ROOT / "tests" / "bench" / "mbox.py"), str(rate_mib), str(memory_mib)]
    found = json.loads(child(script)[0].splitlines()[-1])
    yield Figure("mbox, messages a second", found["ours"], "/s")
    yield Figure("mbox beside the standard library", found["ours"] / found["theirs"], "times", 1.5, at_least=True)
    yield Figure(f"an mbox of {memory_mib:,} MiB", found["took"], "s")
    yield Figure("the same, most memory", found["peak"], "GiB", 1)


def texts(count: int = 1_000_000) -> Iterator[Figure]:
    """Craft and tone of many short texts, and again with nothing new among them."""
    found = json.loads(
        child([sys.executable, str(ROOT / "tests" / "bench" / "texts.py"), str(count)])[0].splitlines()[-1]
    )
    yield Figure(f"craft and tone over {count:,} short texts", found["wall"], "s", 60)
    yield Figure("the same, processor time", found["cpu"], "s")
    yield Figure("the same, most memory", found["peak"], "GiB", 2)
    yield Figure("the same, nothing for texts seen before", found["again"], "s", 5)


BENCHES: Final[dict[str, Callable[[], Iterator[Figure]]]] = {
    "commands": commands, "demo": demo, "mbox": mbox, "million": million, "growth": growth,
    "measures": measures, "texts": texts,
}  # fmt: skip
"""What `make bench` runs."""
BY_NAME: Final[dict[str, Callable[[], Iterator[Figure]]]] = {"newcomer": newcomer, "ten_million": ten_million}
"""What runs only when it is named: long, or in need of a network."""
