"""Describes many short texts in one process: seconds and peak memory, the first time and with the cache. Run by `make bench`.

    python tests/bench/texts.py [TEXTS]

Prints one line of JSON: wall and cpu (seconds of the first time), again (seconds of the second) and peak (GiB of the process
after the first time).
"""
# ruff: noqa: T201, S311 - its output is its result, and it invents texts without secrets

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script from anywhere

from pipeline.demo.texts.stock import LANGUAGES, sentences
from pipeline.demo.texts.wording import Setting, filled
from pipeline.measures.texts.described import DESCRIBED_INPUT, Wanted, describe
from pipeline.model.durations import HOUR
from pipeline.model.schemas import INTERACTIONS
from pipeline.orchestration.text_cache import TextCache

KINDS: Final = (
    "generic", "acknowledgement", "thanks", "thanks_named", "offer", "resource", "congratulation", "ask_please", "ask",
    "question", "remark", "criticism", "wrapped_criticism", "complaint", "sympathy", "answer", "answer_question",
    "answer_criticism", "promotion", "link_drop", "opener", "tail",
)  # fmt: skip
"""Keys of the stock of sentences."""
_ENGLISH: Final = 0.7
_LENGTH: Final = 80
_TEXTS_A_CONTACT: Final = 50
_FILLED: Final = 400
_FILLED_WITH_LINK: Final = 80
"""Sentences of a language and a kind that texts are combined of; few texts have a link."""
_WITH_LINK: Final = ("resource", "promotion", "link_drop")


def _pool(random: Random, language: str) -> list[str]:
    topics = len(sentences(language, "topic"))
    return [
        filled(
            random,
            random.choice(sentences(language, kind)),
            Setting(language, random.randrange(topics), "Lea", "Ana", f"https://page-{random.randrange(90)}.example/"),
        )
        for kind in KINDS
        for _ in range(_FILLED_WITH_LINK if kind in _WITH_LINK else _FILLED)
    ]


def short_texts(count: int) -> Iterator[str]:
    """Invent distinct texts of about 80 characters, 70 % of them English."""
    random, seen = Random(5), set[str]()
    pools = {language: _pool(random, language) for language in LANGUAGES}
    others = [language for language in LANGUAGES if language != "en"]
    while len(seen) < count:
        pool = pools["en" if random.random() < _ENGLISH else random.choice(others)]
        text = random.choice(pool)
        while len(text) < _LENGTH * 0.5:
            text = f"{text} {random.choice(pool)}"
        if text not in seen:
            seen.add(text)
            yield text


def interactions(count: int) -> pl.DataFrame:
    """Return texts as INTERACTIONS, half of them outbound, a third public."""
    number = pl.int_range(count, eager=True)
    rows = pl.DataFrame({"text": list(short_texts(count)), "number": number})
    contact = pl.format("p{}", pl.col("number") // _TEXTS_A_CONTACT)
    public = pl.col("number") % 3 == 0
    found = rows.select(
        pl.format("i{}", pl.col("number").cast(pl.String).str.zfill(8)).alias("interaction_id"),
        contact.alias("contact_id"),
        pl.lit("me").alias("account_id"),
        pl.lit("forum").alias("platform"),
        pl.when(public).then(pl.lit("comment")).otherwise(pl.lit("message")).alias("class"),
        contact.alias("thread_id"),
        pl.when(pl.col("number") % 2 == 0).then(pl.lit("outbound")).otherwise(pl.lit("inbound")).alias("direction"),
        pl.lit(value=False).alias("is_group"),
        (pl.col("number") * HOUR).alias("at"),
        "text",
    )
    missing = [name for name in DESCRIBED_INPUT if name not in found.columns]
    return found.with_columns(pl.lit(None, INTERACTIONS[name]).alias(name) for name in missing)


def run(count: int) -> dict[str, float]:
    """Describe the texts twice."""
    acts = interactions(count)
    names = pl.DataFrame({"contact_id": acts["contact_id"].unique(maintain_order=True)}).with_columns(
        names=pl.lit(["Ana Novak", "ana"])
    )
    with tempfile.TemporaryDirectory() as folder:
        cache = TextCache(Path(folder))
        wanted = Wanted(disclosure=False, tone_private=False)  # the settings of a new home
        found = {}
        for name in ("wall", "again"):
            wall, cpu = time.perf_counter(), time.process_time()
            described = describe(acts, names, ["Lea"], wanted=wanted, cached=cache.computed)
            if described.texts.height != count:
                raise AssertionError(f"{described.texts.height} of {count} texts")
            found[name] = time.perf_counter() - wall
            found.setdefault("cpu", time.process_time() - cpu)
            found.setdefault("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)
    return found


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)))
