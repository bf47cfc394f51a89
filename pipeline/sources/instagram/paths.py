"""Which reader a member of an Instagram export gets, by its last path parts, and how sure that is."""

from collections.abc import Iterator
from typing import Final

from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.media_parts import media_part
from pipeline.sources.shared.meta.paths import Place, evidence, media_of, place, root_of

_FOLLOW: Final = {
    "followers": "followers",
    "following": "following",
    "pendingfollowrequests": "requests_sent",
    "recentfollowrequests": "requests_recent",
    "followrequestsyouvereceived": "requests_received",
    "blockedprofiles": "blocked",
    "blockedaccounts": "blocked",
}
_FOLLOW_OTHER: Final = frozenset({
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
_THREADS_OTHER: Final = frozenset({"savedthreads", "threadsviewed", "recentlyunfollowedprofiles", "restrictedprofiles"})
_POSTS: Final = frozenset({"posts", "reels", "stories", "archivedposts", "igtvvideos"})
_FLAT: Final = {
    "likes": "flat_likes",
    "comments": "flat_comments",
    "connections": "flat_connections",
    "messages": "flat_messages",
    "profile": "profile",
}
_MARKS: Final = {
    "flat_likes": (b'"media_likes"', b'"comment_likes"'),
    "flat_comments": (b'"media_comments"', b'"live_comments"'),
    "flat_connections": (b'"followers"', b'"following"', b'"close_friends"', b'"follow_requests_sent"'),
    "flat_messages": (b'"conversation"',),
    "messages": (b'"participants"', b'"sender_name"', b'"messages"'),
    "reposts": (b'"profile_media_reposts"',),
    "posts": (b'"creation_timestamp"',),
    "profile": (b'"profile_user"', b'"username"', b'"profile_'),
}
_LISTED: Final = (b'"string_list_data"', b'"relationships_', b'"saved_', b'"label_values"')
_THREADS_WRAPPER: Final = b'"text_post_app_'


def reader_of(where: Place, head: bytes = b"") -> str:
    """Return the reader for a normalised path, empty when none of this source's.

    Threads and Instagram share base names: the `threads` folder or the wrapper `text_post_app_` (in `head`) decides.
    """
    if where.extension != "json":
        return ""
    folder, stem = where.folder, where.stem
    if folder == "threads" or _THREADS_WRAPPER in head:
        if stem in _FOLLOW:
            return f"threads_{_FOLLOW[stem]}"
        return _THREADS.get(stem, "not_social" if stem in _THREADS_OTHER else "")
    if stem == "message" and len(where.parts) > 2:
        return "messages"
    if stem == "replies" and "broadcast" in where.parts:
        return "broadcast_replies"
    if folder in ("followersandfollowing", ""):
        reader = _FOLLOW.get(stem, "not_social" if stem in _FOLLOW_OTHER else "")
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
    if folder in ("media", "content") and stem in _POSTS:
        return "posts"
    if stem == "personalinformation" or (stem, folder) in (
        ("profilechanges", "personalinformation"),
        ("profilechanges", "accountinformation"),
    ):
        return "profile"
    if stem in ("signupdetails", "instagramsignupdetails"):
        return "signup"
    return _FLAT.get(stem, "") if len(where.parts) <= 2 else ""


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim the members of an Instagram export: by its own folders surely, by paths that Facebook shares as the rest tells."""
    yield from media_part(archive, media_of("instagram", archive.file_name))
    marks = evidence(member.name for member in archive.members)
    for member in archive.members:
        where = place(member.name)
        if where.extension != "json" or root_of(member.name) == "facebook":
            continue
        head = (
            member.head(4096)
            if len(where.parts) < 3 or where.stem in (*_FOLLOW, *_FOLLOW_OTHER, "threadsandreplies", "likedthreads")
            else b""
        )
        reader = reader_of(where, head)
        confidence = _confidence(member, reader, where, marks) if reader else 0.0
        if confidence:
            yield Claim(member.name, reader, confidence)


def _confidence(member: Member, reader: str, where: Place, marks: dict[str, int]) -> float:
    """Return how sure a claim is; 0 for a usual name whose first bytes are not of its shape."""
    if root_of(member.name) == "instagram" or reader.startswith("threads_"):
        return 1.0
    wanted = _MARKS.get(reader)
    if wanted and where.stem != "profilechanges" and not any(mark in member.head(4096) for mark in wanted):
        return 0.0
    if reader == "messages":
        return 0.95 if marks["instagram"] > marks["facebook"] else 0.2
    if where.folder in ("followersandfollowing", "storyinteractions", "storystickerinteractions") or reader.startswith(
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
        return 0.7 if any(mark in member.head(4096) for mark in _LISTED) else 0.0
    if where.folder == "likes":
        return 0.9
    return 0.9 if marks["instagram"] >= marks["facebook"] else 0.3
