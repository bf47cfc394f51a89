"""Recognise an Instagram export: the reader of each member by the last parts of its path, and the confidence of that claim."""

from collections.abc import Iterator
from typing import Final

from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.media_parts import media_part
from pipeline.sources.shared.meta.member_paths import (
    MemberPath,
    media_of,
    parse_path,
    platform_evidence,
    platform_in_path,
)

_FOLLOW: Final = {
    "followers": "followers",
    "following": "following",
    "pendingfollowrequests": "requests_sent",
    "recentfollowrequests": "requests_recent",
    "followrequestsyouvereceived": "requests_received",
    "blockedprofiles": "blocked",
    "blockedaccounts": "blocked",
}
_FOLLOW_NOT_SOCIAL: Final = frozenset({
    "recentlyunfollowedprofiles", "recentlyunfollowedaccounts", "closefriends", "restrictedprofiles", "restrictedaccounts",
    "profilesyouvefavorited", "accountsyouvefavorited", "hidestoryfrom", "removedsuggestions", "followinghashtags", "customlists",
})  # fmt: skip
_STORY: Final = {
    "storylikes": "story_likes",
    "polls": "story_votes",
    "quizzes": "story_votes",
    "questions": "story_answers",
    "questionmusicresponse": "story_answers",
    "questionmediaresponse": "story_answers",
    "emojisliders": "story_reactions",
    "emojistoryreactions": "story_reactions",
    "avatarstoryreactions": "story_reactions",
    "storyreactionstickerreactions": "story_reactions",
    "countdowns": "story_reactions",
}
_THREADS: Final = {
    "threadsandreplies": "threads_posts",
    "likedthreads": "threads_likes",
    "personalinformation": "threads_profile",
}
_THREADS_NOT_SOCIAL: Final = frozenset(
    {"savedthreads", "threadsviewed", "recentlyunfollowedprofiles", "restrictedprofiles"}
)
_POST_FILES: Final = frozenset({"posts", "reels", "stories", "archivedposts", "igtvvideos"})
_FILES_2018: Final = {
    "likes": "flat_likes",
    "comments": "flat_comments",
    "connections": "flat_connections",
    "messages": "flat_messages",
    "profile": "profile",
}
_KEYS_OF_READER: Final = {
    "flat_likes": (b'"media_likes"', b'"comment_likes"'),
    "flat_comments": (b'"media_comments"', b'"live_comments"'),
    "flat_connections": (b'"followers"', b'"following"', b'"close_friends"', b'"follow_requests_sent"'),
    "flat_messages": (b'"conversation"',),
    "messages": (b'"participants"', b'"sender_name"', b'"messages"'),
    "reposts": (b'"profile_media_reposts"',),
    "posts": (b'"creation_timestamp"',),
    "profile": (b'"profile_user"', b'"username"', b'"profile_'),
}
_LIST_KEYS: Final = (b'"string_list_data"', b'"relationships_', b'"saved_', b'"label_values"')
_THREADS_WRAPPER: Final = b'"text_post_app_'


def reader_of(path: MemberPath, head: bytes = b"") -> str:
    """Return the reader of a member, empty for a path that is none of an Instagram export.

    Format fact: lists of Threads and Instagram have the same file names; the folder `threads` or the wrapper
    `text_post_app_…` decides.

    Args:
        path: the member's path.
        head: first bytes of the member.
    """
    if path.extension != "json":
        return ""
    folder, stem = path.folder, path.stem
    if folder == "threads" or _THREADS_WRAPPER in head:
        if stem in _FOLLOW:
            return f"threads_{_FOLLOW[stem]}"
        return _THREADS.get(stem, "not_social" if stem in _THREADS_NOT_SOCIAL else "")
    if stem == "message" and len(path.parts) > 2:
        return "messages"
    if stem == "replies" and "broadcast" in path.parts:
        return "broadcast_replies"
    if folder in ("followersandfollowing", ""):
        reader = _FOLLOW.get(stem, "not_social" if stem in _FOLLOW_NOT_SOCIAL else "")
        if reader:
            return reader
    if folder == "comments" and stem in ("postcomments", "reelscomments", "hype"):
        return "comments"
    if folder == "likes" and stem in ("likedposts", "likedcomments"):
        return "liked_posts" if stem == "likedposts" else "liked_comments"
    if folder in ("storyinteractions", "storystickerinteractions") and stem in _STORY:
        return _STORY[stem]
    if stem == "reposts":
        return "reposts"
    if folder == "saved" and stem in ("savedposts", "savedcollections", "savedmusic"):
        return "not_social"
    if folder in ("media", "content") and stem in _POST_FILES:
        return "posts"
    if stem == "personalinformation" or (stem, folder) in (
        ("profilechanges", "personalinformation"),
        ("profilechanges", "accountinformation"),
    ):
        return "profile"
    if stem in ("signupdetails", "instagramsignupdetails"):
        return "signup"
    return _FILES_2018.get(stem, "") if len(path.parts) <= 2 else ""


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim the members of an Instagram export; paths that Facebook has too by the evidence of the other members."""
    yield from media_part(archive, media_of("instagram", archive.file_name))
    evidence = platform_evidence(member.name for member in archive.members)
    for member in archive.members:
        path = parse_path(member.name)
        if path.extension != "json" or platform_in_path(member.name) == "facebook":
            continue
        head = (
            member.head(4096)
            if len(path.parts) < 3 or path.stem in (*_FOLLOW, *_FOLLOW_NOT_SOCIAL, "threadsandreplies", "likedthreads")
            else b""
        )
        reader = reader_of(path, head)
        confidence = _confidence(member, reader, path, evidence) if reader else 0.0
        if confidence:
            yield Claim(member.name, reader, confidence)


def _confidence(member: Member, reader: str, path: MemberPath, evidence: dict[str, int]) -> float:
    """Return a claim's confidence; 0 for a usual name whose first bytes have none of its keys."""
    if platform_in_path(member.name) == "instagram" or reader.startswith("threads_"):
        return 1.0
    wanted = _KEYS_OF_READER.get(reader)
    if wanted and path.stem != "profilechanges" and not any(key in member.head(4096) for key in wanted):
        return 0.0
    if reader == "messages":
        return 0.95 if evidence["instagram"] > evidence["facebook"] else 0.2
    if path.folder in ("followersandfollowing", "storyinteractions", "storystickerinteractions") or reader.startswith(
        "flat_"
    ):
        return 1.0
    if reader in (
        "followers",
        "following",
        "requests_sent",
        "requests_recent",
        "requests_received",
        "blocked",
        "not_social",
    ):
        return 0.7 if any(key in member.head(4096) for key in _LIST_KEYS) else 0.0
    if path.folder == "likes":
        return 0.9
    return 0.9 if evidence["instagram"] >= evidence["facebook"] else 0.3
