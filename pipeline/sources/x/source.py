"""X as a source."""

from collections.abc import Iterable

from pipeline.formats.counting import csv_rows, json_array
from pipeline.sources.base import Archive, Claim, Reader, Source
from pipeline.sources.shared.csv_tables.rows import skip_rows
from pipeline.sources.x import calls, direct_messages, likes_and_ties, long_texts, tweets
from pipeline.sources.x.declaration import X
from pipeline.sources.x.facts import XFacts
from pipeline.sources.x.files import reader_of, skip_records
from pipeline.sources.x.survey import survey

_CSV = csv_rows(header=tweets.CLASSIC_COLUMNS)
_MESSAGES = json_array("*", "dmConversation", "messages")


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim scripts by the global that they set; the classic CSV is read only where no script holds its tweets."""
    found = [(member.name, reader) for member in archive.members if (reader := reader_of(member))]
    has_scripts = any(reader == "tweets" for _, reader in found)
    for name, reader in found:
        if reader == "classic_csv":
            yield Claim(name, "classic_csv_copy" if has_scripts else reader, 0.9)
        else:
            yield Claim(name, reader, 1.0)


SOURCE = Source(
    name="x",
    version=3,
    platforms=(X,),
    recognise=recognise,
    readers={
        "account": Reader(None, None),
        "tweets": Reader(tweets.read_tweets, json_array()),
        "notes": Reader(long_texts.read_long_texts, json_array()),
        "classic_csv": Reader(tweets.read_classic_csv, _CSV),
        "classic_csv_copy": Reader(skip_rows("duplicate_of_other_file", tweets.CLASSIC_COLUMNS), _CSV),
        "likes": Reader(likes_and_ties.read_likes, json_array()),
        "following": Reader(likes_and_ties.account_list_parser("following", "follows"), json_array()),
        "follower": Reader(likes_and_ties.account_list_parser("follower", "followed_by"), json_array()),
        "block": Reader(likes_and_ties.account_list_parser("blocking", "blocked"), json_array()),
        "lists_member": Reader(likes_and_ties.read_list_memberships, json_array()),
        "contacts": Reader(likes_and_ties.read_address_book, json_array()),
        "broadcast_comments": Reader(likes_and_ties.read_broadcast_comments, json_array()),
        "dm": Reader(direct_messages.read_messages, _MESSAGES),
        "dm_group": Reader(direct_messages.read_messages, _MESSAGES),
        "dm_headers": Reader(direct_messages.skip_headers, _MESSAGES),
        "calls_placed": Reader(calls.read_calls_placed, json_array()),
        "calls_received": Reader(calls.read_calls_received, json_array()),
        "headers": Reader(skip_records("duplicate_of_other_file"), json_array()),
        "ai_chats": Reader(skip_records("ai_chat"), json_array()),
        "not_social": Reader(skip_records("not_social"), json_array()),
    },
    survey=survey,
    facts=XFacts,
    members_apart=True,
)
