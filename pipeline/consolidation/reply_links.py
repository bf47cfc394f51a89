"""Resolve reply links: the native id that an export gives becomes an interaction_id."""

from typing import Final

import polars as pl

_NEAREST: Final = (
    ["platform", "account", "contact_id", "reply_to"],
    ["platform", "account", "reply_to"],
    ["platform", "contact_id", "reply_to"],
    ["platform", "reply_to"],
)
"""Where the target of a reply link is looked up, nearest first."""


def reply_targets(current: pl.DataFrame, replaced: pl.DataFrame) -> pl.Series:
    """Return the interaction_id that each row answers; null where the row has no link or the target is unknown.

    Native ids are unique to a platform and account. The row's own account is looked up first, then the other accounts on
    the platform, because a thread may run through two mailboxes. In each, a row of the same contact takes precedence, and
    the least interaction_id decides among the rest. A link to a replaced row leads to the row that replaced it.

    Args:
        current: interactions in their current version: platform, account, native_id, contact_id, reply_to (a native id),
            interaction_id.
        replaced: platform, account, native_id, replaced_by: ids of dropped rows, and the native id of the row kept instead.

    Returns:
        A String series `reply_to` in the order of `current`.

    Source: methods:deduplication.
    """
    numbered = current.select(
        "platform", "account", "native_id", "contact_id", "reply_to", "interaction_id"
    ).with_row_index("_row")  # fmt: skip
    links = numbered.filter(pl.col("reply_to").is_not_null()).drop("native_id", "interaction_id")
    wanted = links.select("reply_to").unique()
    columns = ["platform", "account", "reply_to", "contact_id", "interaction_id"]
    present = numbered.drop("reply_to").rename({"native_id": "reply_to"}).join(wanted, on="reply_to", how="semi")
    targets = pl.concat([present.select(columns), _replacements(current, replaced).select(columns)])
    for rank, keys in enumerate(_NEAREST):
        least = targets.group_by(keys).agg(pl.col("interaction_id").min().alias(f"_target{rank}"))
        links = links.join(least, on=keys, how="left", maintain_order="left")
    resolved = links.select("_row", pl.coalesce(f"_target{rank}" for rank in range(len(_NEAREST))).alias("reply_to"))
    return numbered.select("_row").join(resolved, on="_row", how="left", maintain_order="left")["reply_to"]


def _replacements(current: pl.DataFrame, replaced: pl.DataFrame) -> pl.DataFrame:
    """Return the current rows under the native ids of the rows that they replaced."""
    lost = replaced.select("platform", "account", pl.col("native_id").alias("reply_to"), "replaced_by")
    kept = current.select("platform", pl.col("native_id").alias("replaced_by"), "contact_id", "interaction_id")
    return lost.join(kept, on=["platform", "replaced_by"])
