"""Instagram as a source; its export holds Threads too."""

from pipeline.sources.base import Archive, Reader, Source
from pipeline.sources.instagram import activity, flat, follows, messages, threads
from pipeline.sources.instagram.declaration import INSTAGRAM, THREADS
from pipeline.sources.instagram.paths import recognise
from pipeline.sources.instagram.survey import survey
from pipeline.sources.shared.export_files import media_parts
from pipeline.sources.shared.meta.paths import evidence, has_json, html_at

_HTML_FOLDERS = (
    "yourinstagramactivity",
    "followersandfollowing",
    "accountinformation",
    "storystickerinteractions",
    "storyinteractions",
)


def refusal(archive: Archive) -> str | None:
    """Return what to do about an export in HTML: its times have no zone and its people no fields."""
    if has_json(archive) or not html_at(archive, _HTML_FOLDERS):
        return None
    marks = evidence(member.name for member in archive.members)
    if marks["facebook"] > marks["instagram"]:
        return None
    return "This is an Instagram export in HTML, which can't be read reliably: ask Instagram for it again and choose JSON as the format."


SOURCE = Source(
    name="instagram",
    version=1,
    platforms=(INSTAGRAM, THREADS),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        "threads_profile": Reader(None, None),
        "signup": Reader(None, None),
        **follows.READERS,
        **activity.READERS,
        **threads.READERS,
        **messages.READERS,
        **flat.READERS,
        **media_parts.READERS,
    },
    survey=survey,
    members_apart=True,
    refusal=refusal,
)
