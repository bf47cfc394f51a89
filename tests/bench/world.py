"""Working tables of an invented home, as uniting leaves them: what the measures are timed on."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from pipeline.model.schemas import COVERAGE, INTERACTIONS
from pipeline.orchestration.working_tables import Store

SECOND: Final = 1_000_000
DAY: Final = 86_400 * SECOND
YEARS: Final = 6
START: Final = 1_577_836_800 * SECOND
END: Final = START + YEARS * 365 * DAY
SETTINGS: Final = 'time_zone = "Europe/Lisbon"\n\n[target_mix]\nguru = 0.3\npeer = 0.3\nnewbie = 0.4\n'
"""A zone that is set, so that hours of all gestures are told, and a mix, so that its distance is measured."""
_SYLLABLES: Final = tuple(a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "ui"))


def texts(size: int, rng: np.random.Generator) -> pl.Series:
    """Invent texts: a third are short, the others have twelve words and hardly ever say the same."""
    said = pl.Series(_SYLLABLES)
    words = [
        said.gather(rng.integers(0, len(said), size)) + said.gather(rng.integers(0, len(said), size)) for _ in range(4)
    ]
    frame = pl.DataFrame({f"w{number}": word for number, word in enumerate(words)})
    long = frame.select(pl.concat_str(*frame.columns, *frame.columns[::-1], *frame.columns, separator=" ")).to_series()
    short = pl.Series(rng.random(size) < 1 / 3)
    return pl.select(pl.when(short).then(words[0]).otherwise(long)).to_series()


def log(size: int, contacts: int, seed: int = 1) -> pl.DataFrame:
    """Invent a log: heavy-tailed numbers of events a contact, bursts, two platforms, three classes, some reply links."""
    rng = np.random.default_rng(seed)
    weight = rng.pareto(1.2, contacts) + 0.2
    person = np.sort(rng.choice(contacts, size=size, p=weight / weight.sum()))
    # bursts: each event is near an anchor that it shares with its neighbours
    anchor = rng.random(size // 6 + 1) * (END - START - 2 * DAY)
    at = START + (anchor[np.arange(size) // 6] + rng.exponential(0.2 * DAY, size)).astype(np.int64) // SECOND * SECOND
    classes = np.array(["message", "comment", "reaction"])[rng.choice(3, size, p=[0.6, 0.25, 0.15])]
    numbers = pl.Series("n", np.arange(size)).cast(pl.String)
    frame = pl.DataFrame({
        "contact_id": pl.Series(person).cast(pl.String).str.zfill(32),
        "at": np.minimum(at, END - DAY),
        "direction": np.where(rng.random(size) < 0.5, "outbound", "inbound"),
        "class": classes,
        "platform": np.where(rng.random(size) < 0.8, "x", "facebook"),
        "text": texts(size, rng),
        "interaction_id": pl.Series(rng.permutation(size)).cast(pl.String).str.zfill(32),
        "native_id": "n" + numbers,
    }).with_columns(
        pl.col("class").replace_strict({"message": "message", "comment": "reply", "reaction": "like"}).alias("kind"),
        pl.col("contact_id").alias("identity_id"),
        pl.lit("me").alias("account_id"), pl.lit(1, pl.Int64).alias("resolution_s"), pl.lit(value=False).alias("is_group"),
        pl.lit(value=False).alias("zone_assumed"), pl.lit("z").alias("archive_id"), pl.lit("m").alias("member"),
        pl.when(pl.col("class") == "message").then(pl.lit("direct")).otherwise(pl.lit("public")).alias("surface"),
    )  # fmt: skip
    linked = pl.Series("linked", rng.random(size) < 0.02)
    before = pl.col("interaction_id").shift(1).over("contact_id")
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in INTERACTIONS.items() if name not in frame.columns]
    return (
        frame.with_columns(missing)
        .with_columns(pl.when(linked).then(before).alias("reply_to"))
        .select(INTERACTIONS.keys())
        .sort("interaction_id")
    )


def coverage() -> pl.DataFrame:
    """Everything is seen."""
    rows = [
        dict.fromkeys(COVERAGE) | {
            "account_id": "me", "platform": platform, "class": cls, "direction": direction, "surface": "all",
            "visibility": "full", "starts_at": START, "ends_at": END, "reply_links": True,
        }
        for platform in ("x", "facebook") for cls in ("message", "comment", "reaction")
        for direction in ("outbound", "inbound")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(COVERAGE))


def make_home(home: Path, size: int, contacts: int) -> None:
    """Write a home whose working tables are ready for matching and measures."""
    home.mkdir(parents=True)
    (home / "dancecard.toml").write_text(SETTINGS)
    store = Store(home / "state" / "work")
    acts = log(size, contacts)
    store.write("interactions", acts)
    store.write("coverage", coverage())
    people = acts.select("contact_id").unique().sort("contact_id")
    nothing, no_number = pl.lit(None, dtype=pl.String), pl.lit(None, dtype=pl.Int64)
    store.write(
        "contacts", people.with_columns(pl.lit(value=False).alias("excluded"), nothing.alias("exclusion_reason"))
    )
    store.write(
        "identities",
        people.select(
            "contact_id", pl.col("contact_id").alias("identity_id"), pl.lit("x").alias("platform"),
            pl.col("contact_id").alias("native_id"), pl.col("contact_id").alias("handle"), nothing.alias("display_name"),
            nothing.alias("url"), nothing.alias("email"), nothing.alias("join_reason"),
            pl.lit(value=False).alias("placeholder"),
        ),
    )  # fmt: skip
    store.write("accounts", pl.DataFrame({"account_id": ["me"], "display_name": ["Me"], "handle": ["me"]}))
    # every third follows, every fourth is followed
    follows = pl.concat([people.gather_every(3).with_columns(pl.lit("followed_by").alias("kind")),
                         people.gather_every(4).with_columns(pl.lit("follows").alias("kind"))])  # fmt: skip
    store.write(
        "ties",
        follows.select(
            pl.lit("me").alias("account_id"), "contact_id", pl.lit("x").alias("platform"), "kind", no_number.alias("since"),
            pl.lit(END).alias("last_seen_at"), no_number.alias("missing_since"), pl.lit("z").alias("archive_id"),
        ),
    )  # fmt: skip
    store.write("archives", pl.DataFrame({"archive_id": ["z"], "exported_at": [END], "last_at": [END - DAY]}))
    store.write("as_of", pl.DataFrame({"as_of": [END]}))
    lists = {
        "account_id": pl.String,
        "platform": pl.String,
        "kind": pl.String,
        "complete": pl.Boolean,
        "as_of": pl.Int64,
    }
    store.write("tie_lists", pl.DataFrame(schema=lists))
    store.write("consolidation_counts", pl.DataFrame(schema={"name": pl.String, "value": pl.Int64}))
