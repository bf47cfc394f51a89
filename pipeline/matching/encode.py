"""Interactions as small whole numbers, so that everything after this sorts and compares integers.

Entry points: `encode(interactions)`, `joint`, `places_by`.
"""

from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.matching.wordless import wordless

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

NAMES: Final = ("contact_id", "account_id", "platform", "class", "thread_id", "surface")
"""Columns of names that stay beside the numbers, as Enums: sorting, gathering and writing them costs what numbers cost."""
READ: Final = (
    "interaction_id", *NAMES, "direction", "kind", "at", "resolution_s", "reply_to", "reply_to_native", "is_group",
    "native_id", "text", "seq", "automatic", "archive_id", "member", "pointer",
)  # fmt: skip
"""Columns of INTERACTIONS that matching looks at."""
TEXTS: Final = ("native_id", "text", "automatic")
"""Columns of `encode` that only the marks of R0 need."""
_PLAIN: Final = ("interaction_id", *TEXTS, "at", "resolution_s", "is_group", "seq", "reply_to", "pointer")


def encode(interactions: pl.DataFrame) -> pl.DataFrame:
    """Turn names into numbers and put rows in order of contact, time and interaction_id.

    Args:
        interactions: at least the READ columns of schema INTERACTIONS.

    Returns:
        interaction_id, NAMES (`surface` filled: group, direct, public …), TEXTS, `at`, `resolution_s`, `is_group`, `seq`,
        and with a leading underscore what order and lanes need; `_name` is a row's place by interaction_id (the last word
        of R2's order), `_reply` the row that a row answers, -1 for none.
    """
    frame = interactions.select(
        *_PLAIN,
        *(as_enum(interactions[name]) for name in (*NAMES[:-1], "member", "archive_id")),
        as_enum(interactions.select(_surface()).to_series()),
        (pl.col("reply_to").is_not_null() | pl.col("reply_to_native").is_not_null()).alias("_linked"),
        (pl.col("direction") == "outbound").alias("_out"),
        wordless().alias("_wordless"),
        pl.col("seq").is_not_null().alias("_ordered"),
    )
    # gathering from many chunks costs ten times what it costs from one
    frame = frame.rechunk()
    if not frame["interaction_id"].is_sorted():
        frame = frame[frame["interaction_id"].arg_sort()]
    target = _targets(frame)
    place = places_by(numbers(frame["contact_id"]), frame["at"].to_numpy())
    frame = frame.select(pl.all().gather(pl.Series(place)))
    row_of = np.empty(frame.height + 1, dtype=np.int64)
    row_of[place] = np.arange(frame.height)
    row_of[-1] = -1  # what answers nothing reads the spare last place
    contact, platform, account, cls, thread, archive, member = (
        numbers(frame[name])
        for name in ("contact_id", "platform", "account_id", "class", "thread_id", "archive_id", "member")
    )
    channel = joint(contact, platform, cls)
    made = {
        "_contact": contact,
        "_platform": platform,
        "_account": account,
        "_archive": archive,
        "_id": _own_ids(frame, contact),
        "_lane": joint(contact, platform, account, cls, thread, frame["is_group"].cast(pl.Int64).to_numpy()),
        "_channel_part": channel,
        "_thread_part": np.where(thread > 0, joint(channel, thread), -1),
        "_file": np.where(frame["_ordered"].to_numpy(), joint(archive, member), -1),
        "_reply": row_of[target[place]],
        "_name": place,
    }
    kept = ("interaction_id", *NAMES, *TEXTS, "at", "resolution_s", "is_group", "seq")
    return frame.select(*kept, "_linked", "_out", "_wordless", "_ordered").with_columns(
        pl.Series(name, values, dtype=pl.Int64).shrink_dtype() for name, values in made.items()
    )


def as_enum(column: pl.Series) -> pl.Series:
    """Write names as an Enum whose values run in their own order; an Enum stays what it is."""
    if isinstance(column.dtype, pl.Enum):
        return column
    return column.cast(pl.Enum(column.drop_nulls().unique().sort().cast(pl.String)))


def names_of(column: pl.Series) -> pl.Enum:
    """Return the type of a column of names, which holds all of them; raises TypeError when it is no Enum."""
    if not isinstance(column.dtype, pl.Enum):
        raise TypeError(f"{column.name} is no Enum")
    return column.dtype


def numbers(column: pl.Series) -> Ints:
    """Number the values of an Enum from 1 in their order; 0 for null."""
    found: Ints = (column.to_physical().cast(pl.Int64) + 1).fill_null(0).to_numpy()
    return found


def joint(*parts: Ints) -> Ints:
    """Number the tuples of whole numbers (0 or more), so that equal tuples and only they are equal."""
    one = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        width = int(part.max(initial=0)) + 1
        if int(one.max(initial=0)) >= 2**62 // width:
            # too many possible tuples for one number: count those that occur
            one = np.unique(one, return_inverse=True)[1].astype(np.int64)
        one = one * width + part
    return one


def places_by(*keys: Ints) -> Ints:
    """Return the places in the order of several whole numbers, the first counting most; equal ones stay in their order.

    Where the tuples fit into one number of 64 bits, that number is sorted: a third of the cost of a sort by each.
    """
    one = np.zeros(len(keys[0]), dtype=np.uint64)
    room = 1
    for key in keys if len(one) else ():
        above = key - key.min()
        step = max(1, int(np.gcd.reduce(above)))  # times are mostly whole seconds
        width = int(above.max()) // step + 1
        room *= width
        if room > 2**64:
            return np.lexsort(keys[::-1]).astype(np.int64, copy=False)
        one = one * np.uint64(width) + (above // step).astype(np.uint64)
    bits = len(one).bit_length()
    if room > 2 ** (64 - bits):
        return np.argsort(one, kind="stable").astype(np.int64, copy=False)
    # the place as the last digits: plain numbers are sorted quicker than places
    one = (one << np.uint64(bits)) | np.arange(len(one), dtype=np.uint64)
    one.sort()
    return (one & np.uint64((1 << bits) - 1)).astype(np.int64)


def _targets(frame: pl.DataFrame) -> Ints:
    """Return the row that each row answers, -1 for none."""
    rows = frame.select("interaction_id").with_row_index("_reply")
    targets = frame.select("reply_to").with_row_index("_row").drop_nulls("reply_to").join(
        rows, left_on="reply_to", right_on="interaction_id"
    )  # fmt: skip
    reply = np.full(frame.height, -1, dtype=np.int64)
    reply[targets["_row"].to_numpy()] = targets["_reply"].to_numpy()
    return reply


def _own_ids(frame: pl.DataFrame, contact: Ints) -> Ints:
    """Number the source's own ids, else archive and pointer (ruling 1), in their order; 0 where no tie can need them.

    Two events of a person can tie in time when they are of one moment, or when one of them is known more coarsely than
    to the second. Sorting the strings of all the others would cost more than the rest of this file.
    """
    at, coarse = frame["at"].to_numpy(), frame["resolution_s"].to_numpy() > 1
    same = (contact[1:] == contact[:-1]) & (at[1:] == at[:-1])
    may_tie = (np.bincount(contact, weights=coarse) > 0)[contact] if len(contact) else coarse
    may_tie[1:] |= same
    may_tie[:-1] |= same
    found = np.zeros(frame.height, dtype=np.int64)
    own = frame.select("native_id", "archive_id", "pointer").filter(pl.Series(may_tie))
    id_of = pl.coalesce("native_id", pl.col("archive_id").cast(pl.String) + pl.col("pointer"))
    found[may_tie] = own.select(id_of.rank("dense").fill_null(0)).to_series().to_numpy()
    return found


def _surface() -> pl.Expr:
    direct = pl.when(pl.col("class") == "message").then(pl.lit("direct")).otherwise(pl.lit("public"))
    return pl.when("is_group").then(pl.lit("group")).otherwise(pl.coalesce("surface", direct)).alias("surface")
