"""Ids of messages that are equal in all exports, once threads and people have one id each. Source: methods:changing-ids."""

from typing import Final

import polars as pl

from pipeline.consolidation.ids import row_hashes

_MESSAGE: Final = ["platform", "export", "native_id"]
_PLACE: Final = ["platform", "act_thread", "writer", "what", "second"]
_MOMENT: Final = ["platform", "act_thread", "writer", "at"]
_IN_SECONDS: Final = pl.col("at") % 1_000_000 == 0


def united_message_ids(acts: pl.DataFrame) -> pl.DataFrame:
    """Return the id, time and sender of each message in threads where exports disagree about one of them.

    Args:
        acts: platform, export, archive_rank, thread, person, is_group, direction, at, second, text, what, native_id, and
            `act_thread` and `writer`: the used ids of thread and person.

    Returns:
        platform, export, native_id, and `act_id`, `act_at`, `act_writer` (null: unchanged).

    Source: methods:changing-ids.
    """
    closed = pl.col("is_group") & (pl.col("person") == pl.concat_str(pl.lit("thread:"), "thread"))
    acts = acts.with_columns(
        (closed & (pl.col("direction") == "inbound")).fill_null(value=False).alias("closed"),
        pl.when(pl.col("direction") == "outbound").then(pl.lit("me")).otherwise("writer").alias("writer"),
    )
    renamed = (pl.col("act_thread") != pl.col("thread")) | (
        (pl.col("writer") != pl.col("person")) & (pl.col("writer") != "me")
    )
    renamed_acts = acts.filter(renamed.fill_null(value=False) | pl.col("closed"))
    columns = ["platform", "act_thread"]
    disagree = pl.concat([renamed_acts.select(columns), _edited(acts).select(columns)])
    messages = acts.join(disagree.unique(), on=columns, how="semi")
    number = pl.col("native_id").str.extract(r"#(\d+)$", 1).cast(pl.Int64).fill_null(0).alias("number")
    messages = messages.unique(_MESSAGE, keep="first", maintain_order=True).with_columns(
        number, pl.col("what").alias("version")
    )
    messages = _edits_united(_to_the_millisecond(_senders_of_closed_accounts(messages)))
    digest = row_hashes(messages, ["writer", "version", "number"]).str.head(12)
    act_id = pl.concat_str("act_thread", pl.lit(":"), pl.col("at") // 1000, pl.lit(":"), digest)
    writer = pl.when(pl.col("closed") & (pl.col("writer") != pl.col("person"))).then("writer")
    return messages.select(*_MESSAGE, act_id.alias("act_id"), pl.col("at").alias("act_at"), writer.alias("act_writer"))


def _edited(messages: pl.DataFrame) -> pl.DataFrame:
    """Return the messages of a moment for which two exports have different texts of one sender."""
    texts = messages.filter(~_IN_SECONDS & pl.col("text").is_not_null())
    hashed = texts.select(pl.struct(_MOMENT).hash().alias("_key"), pl.col("export").hash(), pl.col("what").hash())
    several = (
        hashed.filter(pl.col("_key").is_duplicated())
        .group_by("_key")
        .agg((pl.col(name).min() != pl.col(name).max()).alias(name) for name in ("export", "what"))
        .filter("export", "what")
    )
    return texts.filter(hashed["_key"].is_in(several["_key"].implode()))


def _senders_of_closed_accounts(messages: pl.DataFrame) -> pl.DataFrame:
    """Give a closed account's message in a group the sender that another export names."""
    moment = ["platform", "act_thread", "direction", "at", "what", "number"]
    named = messages.filter(~pl.col("closed"), pl.col("writer").is_not_null()).group_by(moment).agg(
        pl.col("writer").first().alias("_named"), pl.col("writer").n_unique().alias("_senders")
    ).filter(pl.col("_senders") == 1)  # fmt: skip
    joined = messages.join(named, on=moment, how="left", maintain_order="left", nulls_equal=True)
    writer = pl.when("closed").then(pl.coalesce("_named", "writer")).otherwise("writer")
    return joined.with_columns(writer.alias("writer")).drop("_named", "_senders")


def _to_the_millisecond(messages: pl.DataFrame) -> pl.DataFrame:
    """Give the messages of an export in whole seconds the times and numbers that a later export has for them."""
    is_coarse = messages.select(_IN_SECONDS.all().over("platform", "export", "act_thread")).to_series()
    coarse, fine = messages.filter(is_coarse), messages.filter(~is_coarse)
    if coarse.is_empty() or fine.is_empty():
        return messages
    rank = pl.int_range(pl.len())
    targets = (
        fine.unique([*_PLACE, "at", "number"])
        .sort("at", "number", descending=[True, False])
        .with_columns(rank.over(_PLACE).alias("_rank"))
        .select(*_PLACE, "_rank", pl.col("at").alias("_at"), pl.col("number").alias("_number"))
    )
    numbered = coarse.sort("number", maintain_order=True).with_columns(rank.over("export", *_PLACE).alias("_rank"))
    joined = numbered.join(targets, on=[*_PLACE, "_rank"], how="left", nulls_equal=True, maintain_order="left")
    dated = joined.with_columns(pl.coalesce("_at", "at").alias("at"), pl.coalesce("_number", "number").alias("number"))
    return pl.concat([fine, dated.select(fine.columns)])


def _edits_united(messages: pl.DataFrame) -> pl.DataFrame:
    """Give the versions of an edited message one `version`: that of the oldest export that has the message.

    Of one sender's messages of a moment, those with equal texts are the same; of the rest, an export's first is a version of
    the first that the export lacks.
    """
    messages = messages.with_row_index("_row")
    several = _edited(messages).sort(*_MOMENT, "archive_rank", "export", "what", "number")
    found: dict[int, tuple[str, int]] = {}
    for _, moment in several.group_by(_MOMENT, maintain_order=True):
        known: dict[tuple[str, int], tuple[str, int]] = {}
        for _, rows in moment.group_by("export", maintain_order=True):
            texts = {(what, number): row for row, what, number in rows.select("_row", "what", "number").iter_rows()}
            found.update((row, known[text]) for text, row in texts.items() if text in known)
            missing = sorted(set(known.values()) - {known[text] for text in texts if text in known})
            for text in [text for text in texts if text not in known]:
                known[text] = missing.pop(0) if missing else text
                found[texts[text]] = known[text]
    schema = {"_row": pl.UInt32, "_version": pl.String, "_number": pl.Int64}
    table = pl.DataFrame([(row, *act) for row, act in found.items()], schema=schema, orient="row")
    joined = messages.join(table, on="_row", how="left", maintain_order="left")
    version = pl.coalesce("_version", "version").alias("version")
    return joined.with_columns(version, pl.coalesce("_number", "number").alias("number")).drop(
        "_row", "_version", "_number"
    )
