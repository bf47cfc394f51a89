"""What YouTube's part of a Takeout can show: visibility by class and direction, and the texts of its page in docs/sources."""

from typing import Final

from pipeline.sources.base import Platform, Shows

_COMMENTS: Final = ("comments", "live_chats", "my_comments", "my_live_chats")

YOUTUBE: Final = Platform(
    name="youtube",
    label="YouTube",
    account_is_person=True,
    shows=(
        Shows(
            "comment",
            "outbound",
            "partial",
            "public",
            readers=_COMMENTS,
            reason="your comments are there, but whom they answer only where a mention or the watch history shows it",
        ),
        Shows(
            "comment",
            "inbound",
            "none",
            reason="comments by others are in no export; only notification mail shows them",
        ),
        Shows(
            "reaction",
            "outbound",
            "partial",
            "public",
            readers=("old_likes",),
            reason="likes, in exports before about 2021, where the channel is known",
        ),
        Shows(
            "reaction", "inbound", "none", reason="likes of your videos and comments are in no export, not even counted"
        ),
        Shows(
            "follow",
            "outbound",
            "full",
            "public",
            readers=("old_subscriptions",),
            reason="subscriptions have dates in exports before mid 2021 only",
        ),
        Shows("follow", "inbound", "none", reason="subscribers are in no export"),
    ),
    known_classes=("comment", "reaction", "follow"),
    reply_links=frozenset({"comment"}),
    how_to_ask=(
        "At takeout.google.com choose *YouTube and YouTube Music* only, all data included, and under *Multiple formats* set the history"
        " to **JSON**. Big exports come in several zips: drop in all of them. Your watch history names the channels of the videos that you commented."
    ),
    cannot_show=(
        "Nothing that others did is in it: no comments or replies by others, no likes, no subscribers. Of your own replies it holds the"
        " comment answered, but not who wrote that."
    ),
    notes="""\
Layouts read: comments and live chats (CSV with columns in any order and language; the HTML pages of before 2021), subscriptions (CSV;
the dated JSON of before mid 2021), the old `likes.json`, the watch history (JSON, HTML), own channels and videos.

- Columns are found by their names in the languages seen, else by the shape of their values. A table whose columns cannot be found is
  set aside with its header. Files are recognised the same way, in folders of any language, with or without the folders above them.
- Commas, semicolons or tabs, UTF-8 or UTF-16. Times that a spreadsheet rewrote are set aside.
- Texts are encoded as `takeoutSegments`, as a sequence of JSON objects, or plain. Broken JSON is taken as the text.
- A comment or live chat message goes to the video's channel where the watch history names it. A comment on your own video, or on a
  video that the history lacks, is unattributed.
- A reply goes to the channel whose mention it begins with; other mentions are rows of their own. A reply without any is unattributed.
- A subscription is a tie; with a date (old JSON) it is a follow too.
- `Channel ID` in comments is your own channel. Several own channels (brand accounts) of one Takeout are one account here.
- Watch and search events are left out; they only name the channel of a video.
""",
)
