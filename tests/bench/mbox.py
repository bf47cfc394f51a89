"""Reads one big mbox in one process: message rate beside the standard library's `mailbox`, and peak memory. Run by `make bench`.

    python tests/bench/mbox.py [MiB for the rate] [MiB for the memory]

Prints one line of JSON: messages a second of the reader (look, count and parse together) and of iterating `mailbox.mbox` over
the same file, and seconds and peak GiB of reading the larger file.
"""
# ruff: noqa: T201, S311 - its output is its result, and it invents mail without secrets

import json
import mailbox
import resource
import sys
import tempfile
import time
from base64 import encodebytes
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script from anywhere

from pipeline.containers.opening import open_archive
from pipeline.model.records import Interaction, Stored
from pipeline.model.survey import Context, ReadSettings
from pipeline.sources.email.source import SOURCE

_WORDS: Final = (
    "boat",
    "oar",
    "lake",
    "hill",
    "letter",
    "garden",
    "answer",
    "question",
    "tea",
    "window",
    "thank",
    "you",
    "for",
    "the",
)
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def invented(random: Random, number: int) -> bytes:
    """Invent a message as a Takeout holds it: most are plain or alternative, some are newsletters, a few have attachments."""
    person, mine = random.randrange(400), random.random() < 0.3
    stamp = time.gmtime(1_500_000_000 + number * 600)
    date = time.strftime("%d %b %Y %H:%M:%S +0000", stamp)
    them, me = f"Person {person} <p{person}@post.example>", "Lea Novak <lea@post.example>"
    words = "\n".join(" ".join(random.choices(_WORDS, k=11)) for _ in range(random.randrange(2, 30)))
    quoted = "\n".join(f"> {line}" for line in words.split("\n")[:6])
    plain = f"{words}\n\nOn {date} Somebody wrote:\n{quoted}\n"
    fields = [
        f"From {number}@xxx {time.strftime('%a %b %d %H:%M:%S +0000 %Y', stamp)}", f"X-GM-THRID: {number // 4}",
        f"X-Gmail-Labels: {'Sent' if mine else 'Inbox,Important'}", "" if mine else "Delivered-To: lea@post.example",
        *(f"Received: from a{hop}.post.example by b{hop}.post.example with ESMTPS id {number}x{hop}; {date}" for hop in range(3)),
        "DKIM-Signature: v=1; a=rsa-sha256; d=post.example; s=k1;\n        h=from:to:subject;\n        b=" + "ab12" * 40,
        f"From: {me if mine else them}", f"To: {them if mine else me}", f"Subject: Re: letter {number // 4}",
        f"Date: {_DAYS[stamp.tm_wday]}, {date}", f"Message-ID: <m{number}@post.example>", f"In-Reply-To: <m{number - 1}@post.example>",
        f"References: <m{number - 2}@post.example>\n <m{number - 1}@post.example>", "MIME-Version: 1.0",
    ]  # fmt: skip
    head = "\n".join(field for field in fields if field)
    chance = random.random()
    if chance < 0.35:
        return f"{head}\nContent-Type: text/plain; charset=UTF-8\n\n{plain}\n".encode()
    if chance < 0.5:
        return f"{head}\nList-Unsubscribe: <https://x.example/u>\nContent-Type: text/html\n\n<p>{words * 6}</p>\n\n".encode()
    parts = f"--b1\nContent-Type: text/plain; charset=UTF-8\n\n{plain}\n--b1\nContent-Type: text/html; charset=UTF-8\n\n<p>{words}</p>\n"
    if chance > 0.93:
        blob = encodebytes(random.randbytes(200_000)).decode()
        parts += f"--b1\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n{blob}"
    kind = "mixed" if chance > 0.93 else "alternative"
    return f'{head}\nContent-Type: multipart/{kind}; boundary="b1"\n\n{parts}--b1--\n\n'.encode()


def write(path: Path, size: int) -> int:
    """Write an mbox of about `size` bytes; return the number of messages. A big one repeats what it began with."""
    random, number, written = Random(7), 0, 0
    block = [invented(random, number) for number in range(2_000)]
    with path.open("wb") as out:
        while written < size:
            data = block[number % len(block)]
            written += out.write(data)
            number += 1
    return number


def peak_gib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def read(path: Path) -> Iterator[Stored]:
    """Look, count and parse as a run does, and yield what would be stored."""
    with closing(open_archive(path)) as archive:
        claims = list(SOURCE.recognise(archive))
        survey = SOURCE.survey(archive, claims, ReadSettings())
        context = Context(ReadSettings(), survey, {"email": survey.owner})
        reader = SOURCE.readers[claims[0].reader]
        assert reader.parse is not None
        assert reader.count is not None
        counted = reader.count(archive.members[0], context)
        parsed = 0
        for item in reader.parse(archive.members[0], context):
            parsed += hasattr(item, "pointer")
            if isinstance(item, Stored):
                yield item
        if parsed != counted:
            raise AssertionError(f"{parsed} records of {counted}")


def run(rate_mib: int, memory_mib: int) -> dict[str, float]:
    """Measure both."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.mbox"
        write(path, memory_mib << 20)
        begin = time.perf_counter()
        acts = sum(isinstance(row, Interaction) for stored in read(path) for row in stored.rows)
        took, peak = time.perf_counter() - begin, peak_gib()
        number = write(path, rate_mib << 20)
        # processor time: two rates are compared that are measured one after the other
        begin = time.process_time()
        sum(1 for _ in read(path))
        ours = number / (time.process_time() - begin)
        begin = time.process_time()
        with closing(mailbox.mbox(path)) as box:
            sum(1 for _ in box)
        theirs = number / (time.process_time() - begin)
    return {"ours": ours, "theirs": theirs, "took": took, "peak": peak, "acts": acts}


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:3]]
    print(json.dumps(run(*(sizes + [100, 2048][len(sizes) :]))))
