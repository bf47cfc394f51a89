"""Facebook, with Messenger, as a source."""

from pipeline.sources.base import Archive, Reader, Source
from pipeline.sources.facebook import (
    comments,
    friends_and_followers,
    messenger,
    notifications,
    posts,
    reactions,
    received,
)
from pipeline.sources.facebook.declaration import FACEBOOK
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.facebook.recognition import recognise
from pipeline.sources.facebook.survey import survey
from pipeline.sources.shared.export_files import media_parts
from pipeline.sources.shared.meta.json_lists import skipped_list
from pipeline.sources.shared.meta.member_paths import has_html_in, has_json, parse_path, platform_evidence

_HTML_FOLDERS = (
    "yourfacebookactivity", "youractivityacrossfacebook", "thisprofilesactivityacrossfacebook", "commentsandreactions", "friendsandfollowers",
    "likesandreactions", "profileinformation", "friends",
)  # fmt: skip
_THREAD_FOLDERS = frozenset({"inbox", "archivedthreads", "filteredthreads", "messagerequests", "e2eecutover"})


def _has_old_html(archive: Archive) -> bool:
    """Return whether the archive has a page of conversations, or of the exports before 2018 (`html/messages.htm`)."""
    for member in archive.members:
        path = parse_path(member.name)
        if path.extension in ("htm", "html"):
            if path.stem == "message" and _THREAD_FOLDERS & set(path.parts[:-1]):
                return True
            if path.folder == "html" and path.stem in ("messages", "friends", "timeline", "contactinfo"):
                return True
    return False


def refusal(archive: Archive) -> str | None:
    """Return what to do about an export in HTML, whose times have no zone and whose people have no fields; else None."""
    if has_json(archive) or not (has_html_in(archive, _HTML_FOLDERS) or _has_old_html(archive)):
        return None
    evidence = platform_evidence(member.name for member in archive.members)
    if evidence["instagram"] > evidence["facebook"] or archive.file_name.casefold().startswith("instagram"):
        return None
    return "This is a Facebook export in HTML, which can't be read reliably: ask Facebook for it again and choose JSON as the format."


SOURCE = Source(
    name="facebook",
    version=2,
    platforms=(FACEBOOK,),
    recognise=recognise,
    readers={
        "profile": Reader(None, None),
        **friends_and_followers.READERS,
        **comments.READERS,
        **reactions.READERS,
        **posts.READERS,
        **received.READERS,
        **notifications.READERS,
        **messenger.READERS,
        "edits": skipped_list("edit_version"),
        "assistant_chats": skipped_list("ai_chat"),
        "not_social": skipped_list("not_social"),
        **media_parts.READERS,
    },
    survey=survey,
    facts=FacebookFacts,
    members_apart=True,
    refusal=refusal,
)
