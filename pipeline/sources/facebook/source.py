"""Facebook, with Messenger, as a source."""

from pipeline.sources.base import Archive, Reader, Source
from pipeline.sources.facebook import comments, inbound, left_out, lists, messages, notices, posts, reactions
from pipeline.sources.facebook.declaration import FACEBOOK
from pipeline.sources.facebook.paths import recognise
from pipeline.sources.facebook.survey import survey
from pipeline.sources.shared.export_files import media_parts
from pipeline.sources.shared.meta.paths import evidence, has_json, html_at

_HTML_FOLDERS = (
    "yourfacebookactivity", "youractivityacrossfacebook", "thisprofilesactivityacrossfacebook", "commentsandreactions", "friendsandfollowers",
    "likesandreactions", "profileinformation", "friends",
)  # fmt: skip


def refusal(archive: Archive) -> str | None:
    """Return what to do about an export in HTML: its times have no zone and its people no fields."""
    if has_json(archive) or not html_at(archive, _HTML_FOLDERS):
        return None
    if (
        evidence(member.name for member in archive.members)["instagram"]
        > evidence(member.name for member in archive.members)["facebook"]
    ):
        return None
    return "This is a Facebook export in HTML, which can't be read reliably: ask Facebook for it again and choose JSON as the format."


SOURCE = Source(
    name="facebook",
    version=1,
    platforms=(FACEBOOK,),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        **lists.READERS,
        **comments.READERS,
        **reactions.READERS,
        **posts.READERS,
        **inbound.READERS,
        **notices.READERS,
        **messages.READERS,
        **left_out.READERS,
        **media_parts.READERS,
    },
    survey=survey,
    members_apart=True,
    refusal=refusal,
)
