"""Instagram as a source; its export holds Threads too."""

from pipeline.sources.base import Archive, Reader, Source
from pipeline.sources.instagram import activity, follows_and_requests, layout_2018, messages, threads
from pipeline.sources.instagram.declaration import INSTAGRAM, THREADS
from pipeline.sources.instagram.facts import InstagramFacts
from pipeline.sources.instagram.recognition import recognise
from pipeline.sources.instagram.survey import survey
from pipeline.sources.shared.export_files import media_parts
from pipeline.sources.shared.meta.member_paths import has_html_in, has_json, platform_evidence

_HTML_FOLDERS = (
    "yourinstagramactivity",
    "followersandfollowing",
    "accountinformation",
    "storystickerinteractions",
    "storyinteractions",
)


def refusal(archive: Archive) -> str | None:
    """Return what to do about an export in HTML, whose times have no zone and whose people have no fields; else None."""
    if has_json(archive) or not has_html_in(archive, _HTML_FOLDERS):
        return None
    evidence = platform_evidence(member.name for member in archive.members)
    if evidence["facebook"] > evidence["instagram"]:
        return None
    return "This is an Instagram export in HTML, which can't be read reliably: ask Instagram for it again and choose JSON as the format."


SOURCE = Source(
    name="instagram",
    version=2,
    platforms=(INSTAGRAM, THREADS),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        "threads_profile": Reader(None, None),
        "signup": Reader(None, None),
        **follows_and_requests.READERS,
        **activity.READERS,
        **threads.READERS,
        **messages.READERS,
        **layout_2018.READERS,
        **media_parts.READERS,
    },
    survey=survey,
    facts=InstagramFacts,
    members_apart=True,
    refusal=refusal,
)
