"""What is timed, how, and against which target."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from pipeline.measures.survival import grouped_kaplan_meier
from tests.bench.stage import STAGES
from tests.bench.world import DAY, make_home

ROOT: Final = Path(__file__).resolve().parents[2]
SYLLABLES: Final = ("ba", "do", "fi", "lu", "me", "no", "ra", "ti")


class Figure(NamedTuple):
    """One line of the table; `limit` None: told, not judged."""

    what: str
    value: float
    unit: str
    limit: float | None = None


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


def dancecard(*words: str) -> tuple[float, float]:
    """Run the command line; return wall seconds and peak GiB."""
    _, took, peak = child([sys.executable, "-m", "pipeline", *words])
    return took, peak


def stages(size: int, contacts: int) -> dict[str, dict[str, Any]]:
    """Run matching and every measure over an invented home, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        home = Path(folder) / "home"
        make_home(home, size, contacts)
        module = [sys.executable, "-m", "tests.bench.stage", str(home)]
        return {name: json.loads(child([*module, name])[0].splitlines()[-1]) for name in STAGES}


def demo() -> Iterator[Figure]:
    """The demo from nothing, and a second run with nothing new."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        home = str(Path(folder) / "demo")
        yield Figure("demo, fresh home", dancecard("demo", "--home", home)[0], "s", 60)
        yield Figure("demo, second run", dancecard("run", "--home", home)[0], "s", 20)


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


def million() -> Iterator[Figure]:
    """A million Messenger messages, from the archive to the report."""
    with tempfile.TemporaryDirectory(prefix="dancecard-bench-") as folder:
        export = Path(folder) / "export"
        facebook(export, 1_000_000)
        archive = shutil.make_archive(str(Path(folder) / "facebook-lea"), "zip", export)
        took, peak = dancecard("run", archive, "--home", str(Path(folder) / "home"))
        yield Figure("1,000,000 messages, archive to report", took, "s", 60)
        yield Figure("the same, most memory", peak, "GiB", 2)


def measures() -> Iterator[Figure]:
    """All measures over 2,500,000 interactions with 50,000 contacts; matching is told apart."""
    done = stages(2_500_000, 50_000)
    for name, found in done.items():
        yield Figure(f"{name}, processor time", found["cpu"], "s")
    own = [found["wall"] for name, found in done.items() if STAGES[name] != "matching"]
    yield Figure("measures of 2,500,000, together", sum(own), "s", 40)
    yield Figure("the same, most memory of any", max(found["peak"] for found in done.values()), "GiB", 3)


def survival() -> Iterator[Figure]:
    """A Kaplan-Meier curve for each of 50,000 contacts."""
    rng, size = np.random.default_rng(5), 500_000  # about what one analysis of 2,500,000 interactions has at risk
    people, times = rng.integers(0, 50_000, size), rng.integers(0, 60 * DAY, size)
    hit = rng.random(size) < 0.4
    began = time.process_time()
    grouped_kaplan_meier(people, times, hit)
    yield Figure("Kaplan-Meier for each of 50,000 contacts", time.process_time() - began, "s", 1)


def growth() -> Iterator[Figure]:
    """How processor time grows with the log: the exponent may not pass that of n log n (with a tenth for noise)."""
    sizes = (100_000, 300_000, 1_000_000)
    times = [sum(found["cpu"] for found in stages(size, size // 50).values()) for size in sizes]
    for size, took in zip(sizes, times, strict=True):
        yield Figure(f"matching and measures of {size:,}", took, "s")
    steps = np.log(np.array(sizes) * np.log(np.array(sizes, dtype=np.float64)))
    slope = float((np.log(times[-1]) - np.log(times[0])) / (steps[-1] - steps[0]))
    yield Figure("growth against n log n, exponent", slope, "", 1.1)


def mbox() -> Iterator[Figure]:
    """Mail beside the standard library: its script judges itself."""
    began = time.perf_counter()
    child([sys.executable, str(ROOT / "tests" / "bench" / "mbox.py")])
    yield Figure("mbox beside the standard library", time.perf_counter() - began, "s")


BENCHES: Final[dict[str, Callable[[], Iterator[Figure]]]] = {
    "survival": survival, "demo": demo, "mbox": mbox, "million": million, "growth": growth, "measures": measures,
}  # fmt: skip
