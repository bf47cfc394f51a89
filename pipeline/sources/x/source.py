"""X as a source."""

from collections.abc import Iterable

from pipeline.formats.counting import csv_rows, json_array
from pipeline.sources.base import Archive, Claim, Reader, Source
from pipeline.sources.x import dms, lists, tweets
from pipeline.sources.x.declaration import X
from pipeline.sources.x.files import reader_of
from pipeline.sources.x.survey import survey

_CSV = csv_rows(header=("tweet_id", "timestamp", "text"))
_MESSAGES = json_array("*", "dmConversation", "messages")


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim scripts by the global name that they set; the classic CSV is read only where no script holds its tweets."""
    found = [(member.name, reader) for member in archive.members if (reader := reader_of(member))]
    scripts = any(reader == "tweets" for _, reader in found)
    for name, reader in found:
        if reader == "classic_csv":
            yield Claim(name, "classic_csv_copy" if scripts else reader, 0.9)
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
        "notes": Reader(tweets.read_notes, json_array()),
        "classic_csv": Reader(tweets.read_classic_csv, _CSV),
        "classic_csv_copy": Reader(tweets.skip_classic_csv, _CSV),
        "likes": Reader(lists.read_likes, json_array()),
        "following": Reader(lists.follow_reader("following", "follows"), json_array()),
        "follower": Reader(lists.follow_reader("follower", "followed_by"), json_array()),
        "block": Reader(lists.follow_reader("blocking", "blocked"), json_array()),
        "lists_member": Reader(lists.read_listed, json_array()),
        "contacts": Reader(lists.read_contacts, json_array()),
        "broadcast_comments": Reader(lists.read_broadcast_comments, json_array()),
        "dm": Reader(dms.read_dms, _MESSAGES),
        "dm_group": Reader(dms.read_dms, _MESSAGES),
        "dm_headers": Reader(dms.skip_headers, _MESSAGES),
        "calls_placed": Reader(dms.read_calls_placed, json_array()),
        "calls_received": Reader(dms.read_calls_received, json_array()),
        "headers": Reader(lists.skipper("duplicate_of_other_file"), json_array()),
        "ai_chats": Reader(lists.skipper("ai_chat"), json_array()),
        "not_social": Reader(lists.skipper("not_social"), json_array()),
    },
    survey=survey,
    members_apart=True,
)
