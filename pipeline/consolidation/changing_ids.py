"""The staged acts of all archives, under ids that do not change from export to export. Source: methods:changing-ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import polars as pl

from pipeline.consolidation.ids import row_hashes, with_ordinal
from pipeline.consolidation.message_ids import united_message_ids
from pipeline.consolidation.same_threads import matched_acts, representatives, same_people, same_threads
from pipeline.consolidation.stagings import StagedArchive, load
from pipeline.model.codes import PLATFORMS_WITH_CHANGING_IDS

Names: TypeAlias = Mapping[tuple[str, str], str]
"""(platform, id in an export) -> the id that is used for it."""
_FOLDERS: Final = (
    "your_(?:facebook|instagram)_activity", "[^/]*_activity_across_facebook", "connections", "personal_information", "account_information",
    "profile_information", "about_you", "other_activity", "logged_information", "messages", "groups", "friends", "friends_and_followers",
    "following_and_followers", "followers_and_following", "likes", "comments", "likes_and_reactions", "comments_and_reactions", "posts",
    "stories", "story_sticker_interactions", "content", "photos_and_videos", "events", "polls", "threads",
)  # fmt: skip
"""Folders at the root of an export."""
_ROOT: Final = rf"^((?:[^/]*/)*?)(?:(?:{'|'.join(_FOLDERS)})/|[^/]*$)"
"""A member's path up to the export's own folders: the members under one root are of one export."""
_CONTENT: Final = ("platform", "person", "direction", "kind", "thread", "at", "text", "url", "reply_to")
_PEOPLE: Final = {"platform": pl.String, "person": pl.String, "person_right": pl.String}
_NAMES: Final = {"platform": pl.String, "_old": pl.String, "_new": pl.String}


@dataclass(frozen=True, slots=True)
class StagedActs:
    """The staged acts of all archives.

    Attributes:
        interactions: the staged interactions.
        unattributed: the staged unattributed acts.
        same_people: platform, person, person_right: native ids that are one person.
    """

    interactions: pl.DataFrame
    unattributed: pl.DataFrame
    same_people: pl.DataFrame


def staged_acts(stagings: Sequence[StagedArchive]) -> StagedActs:
    """Return the staged acts, with one id for each thread, person and message that exports name differently.

    Only platforms in `PLATFORMS_WITH_CHANGING_IDS` are compared, and of them only those with two exports.

    Args:
        stagings: all archives.

    Source: methods:changing-ids.
    """
    interactions, unattributed = load(stagings, "interactions"), load(stagings, "unattributed")
    acts = pl.concat([_acts(interactions), _acts(unattributed)])
    exports = acts.select("platform", "export").unique()
    acts = acts.filter(pl.col("export").n_unique().over("platform") > 1)
    if exports["platform"].n_unique() == exports.height:
        return StagedActs(interactions, unattributed, pl.DataFrame(schema=_PEOPLE))
    pairs = matched_acts(acts)
    threads = same_threads(pairs, acts)
    people = same_people(pairs, threads)
    thread_names = representatives(
        threads.filter(pl.col("thread") != pl.col("thread_right"))
        .select("platform", "thread", "thread_right")
        .iter_rows()
    )
    person_names = representatives(people.iter_rows())
    named = acts.with_columns(
        _renamed(acts, "thread", thread_names).alias("act_thread"),
        _renamed(acts, "person", person_names).alias("writer"),
    )
    ids = united_message_ids(named)
    return StagedActs(
        _with_content_ids(_with_ids(interactions, ids, thread_names, person_names)),
        _with_content_ids(_with_ids(unattributed, ids, thread_names, {})),
        people,
    )


def _export(frame: pl.DataFrame) -> pl.Series:
    """Return the export that each row is of: its archive and the folder in it; the encrypted download is one of its own."""
    members = frame.select("archive_id", "member").unique()
    root = pl.col("member").str.extract(_ROOT, 1).fill_null("")
    members = members.with_columns(pl.concat_str("archive_id", pl.lit("/"), root).alias("export"))
    joined = frame.select("archive_id", "member", "thread").join(
        members, on=["archive_id", "member"], how="left", maintain_order="left"
    )
    encrypted = pl.col("thread").str.starts_with("e2ee:").fill_null(value=False)
    return joined.select(
        pl.when(encrypted).then(pl.col("export") + "/e2ee").otherwise("export").alias("export")
    ).to_series()


def _with_content_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Give acts without an id one by content, in archives that hold several exports in their folders.

    Equal acts of one archive count as several acts, those of two exports do not.
    """
    compared = pl.col("platform").is_in(PLATFORMS_WITH_CHANGING_IDS)
    numbered = frame.with_row_index("_staged")
    rows = numbered.filter(compared, pl.col("native_id").is_null(), pl.col("at").is_not_null())
    rows = rows.with_columns(_export(rows)).filter(pl.col("export").n_unique().over("archive_id") > 1)
    if rows.is_empty():
        return frame
    content = [name for name in _CONTENT if name in frame.columns]
    counted = with_ordinal(rows.with_columns(pl.col("export").alias("archive_id")), content)
    ids = pl.concat_str(pl.lit("content:"), row_hashes(counted, [*content, "ordinal"]))
    made = counted.select("_staged").with_columns(ids.alias("_id"))
    joined = numbered.join(made, on="_staged", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("_id", "native_id").alias("native_id")).select(frame.columns)


def _acts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the messages of platforms whose ids change, from either table."""
    compared = pl.col("platform").is_in(PLATFORMS_WITH_CHANGING_IDS)
    rows = frame.filter(
        compared, pl.col("thread").is_not_null(), pl.col("native_id").is_not_null(), pl.col("at").is_not_null()
    )
    kind = pl.col("kind").replace("message_request", "message")
    named = "person" in frame.columns
    return rows.with_columns(_export(rows)).select(
        "platform", "export", "archive_rank", "thread", "direction", "at", "text", "native_id",
        (pl.col("person") if named else pl.lit(None, dtype=pl.String)).alias("person"),
        (pl.col("is_group") if named else pl.lit(value=True)).alias("is_group"),
        (pl.col("at") // 1_000_000).alias("second"),
        pl.coalesce("text", pl.concat_str(pl.lit("\x00"), kind)).alias("what"),
    )  # fmt: skip


def _renamed(frame: pl.DataFrame, column: str, names: Names) -> pl.Series:
    """Return a column of native ids, each replaced by the id that is used for it."""
    if not names:
        return frame[column]
    table = pl.DataFrame([(*key, name) for key, name in names.items()], schema=_NAMES, orient="row")
    joined = frame.select("platform", pl.col(column).alias("_old")).join(
        table, on=["platform", "_old"], how="left", maintain_order="left"
    )
    return joined.select(pl.coalesce("_new", "_old").alias(column)).to_series()


def _with_ids(frame: pl.DataFrame, ids: pl.DataFrame, thread_names: Names, person_names: Names) -> pl.DataFrame:
    """Return a staged table with the ids of threads, people and messages replaced, links included.

    Args:
        frame: interactions or unattributed acts.
        ids: as `united_message_ids` returns them.
        thread_names: used id of each renamed thread.
        person_names: used id of each renamed person.
    """
    columns = frame.columns
    in_thread = pl.col("thread").is_not_null()
    frame = frame.with_columns(_export(frame)).join(
        ids, on=["platform", "export", "native_id"], how="left", maintain_order="left"
    )
    replaced = [pl.coalesce("act_id", "native_id").alias("native_id"), pl.coalesce("act_at", "at").alias("at")]
    if "person" in columns:
        links = ids.select("platform", "export", pl.col("native_id").alias("reply_to"), pl.col("act_id").alias("_link"))
        frame = frame.join(links, on=["platform", "export", "reply_to"], how="left", maintain_order="left")
        used = pl.when(in_thread).then(_renamed(frame, "person", person_names)).otherwise("person")
        replaced += [
            pl.coalesce("_link", "reply_to").alias("reply_to"),
            pl.when(pl.col("direction") == "inbound")
            .then(pl.coalesce("act_writer", used))
            .otherwise(used)
            .alias("person"),
        ]
    return frame.with_columns(*replaced, _renamed(frame, "thread", thread_names)).select(columns)
