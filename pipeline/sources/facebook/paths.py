"""Which reader a member of a Facebook export gets, by its last path parts, and how sure that is."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.facebook.messages import is_encrypted_file
from pipeline.sources.shared.export_files.media_parts import media_part
from pipeline.sources.shared.meta.paths import Place, evidence, media_of, place, root_of

_FILES: Final[dict[str, tuple[str, str]]] = {
    # stem without page number -> (folder that must hold it, reader)
    "comments": (r"comments(andreactions)?", "comments"),
    "postsandcomments": (r"(likesandreactions|commentsandreactions)", "reactions"),
    "likesandreactions": (r"(likesandreactions|commentsandreactions)", "reactions"),
    "pages": (r"likesandreactions", "not_social"),
    "yourcommentedits": (r"comments.*", "edits"),
    "storyreactions": (r"stories", "story_reactions"),
    "pollsyouvotedon": (r"polls", "poll_votes"),
    "yourposts": (r"posts", "posts"),
    "yourpostscheckinsphotosandvideos": (r"posts", "posts"),
    "postsonotherpagesandprofiles": (r"posts", "posts_elsewhere"),
    "editsyoumadetoposts": (r"posts", "edits"),
    "otherpeoplespoststoyourtimeline": (r"posts", "wall_posts"),
    "yourpostsandcommentsingroups": (r"groups", "group_comments"),
    "yourcommentsingroups": (r"groups", "group_comments"),
    "yourpostsingroups": (r"groups", "group_comments"),
    "grouppostsandcomments": (r"groups", "group_comments"),
    "friends": (r"friends(andfollowers)?", "friends"),
    "yourfriends": (r"friends", "friends"),
    "sentfriendrequests": (r"friends(andfollowers)?", "friend_requests_sent"),
    "friendrequestssent": (r"friends(andfollowers)?", "friend_requests_sent"),
    "receivedfriendrequests": (r"friends(andfollowers)?", "friend_requests_received"),
    "friendrequestsreceived": (r"friends(andfollowers)?", "friend_requests_received"),
    "rejectedfriendrequests": (r"friends(andfollowers)?", "friend_requests_rejected"),
    "removedfriends": (r"friends(andfollowers)?", "not_social"),
    "whoyouvefollowed": (r"(followers|friendsandfollowers|followingandfollowers)", "following"),
    "following": (r"(followingandfollowers|friendsandfollowers)", "following"),
    "peoplewhofollowedyou": (r"(followers|friendsandfollowers|followingandfollowers)", "followers"),
    "followers": (r"(followingandfollowers|friendsandfollowers)", "followers"),
    "photosandvideosyouretaggedin": (r"activityyouretaggedin|posts", "tagged_in"),
    "placesyouhavebeentaggedin": (r"activityyouretaggedin|posts", "tagged_in"),
    "pokes": (r"(otheractivity|pokes)", "pokes"),
    "groupinvitesyouvereceived": (r"groups", "invites_received"),
    "groupinvitesyouvesent": (r"groups", "invites_sent"),
    "chatinvitesreceived": (r"(messages|groups)", "invites_received"),
    "eventinvitations": (r"events", "invites_received"),
    "notifications": (r"(notifications|aboutyou)", "notifications"),
    "aiconversations": (r"messages", "assistant_chats"),
    "profileinformation": (r"(profileinformation|aboutyou)", "profile"),
}
_THREAD_FOLDERS: Final = frozenset({"inbox", "archivedthreads", "filteredthreads", "messagerequests", "e2eecutover"})
_UNDER_PAGES: Final = re.compile(r"pages(youveliked|youfollow)?|pagesyouvelikedorfollow.*|pagesandprofilesyou.*")


def reader_of(where: Place) -> str:
    """Return the reader for a normalised path, empty when none of this source's."""
    if where.extension != "json":
        return ""
    if where.stem == "message" and not where.folder:
        return "messages"
    if where.stem == "message" and (len(where.parts) > 2 or where.page == 0):
        folders = where.parts[-3:-1]
        return "messages" if _THREAD_FOLDERS & set(folders) or "messages" in folders else ""
    if where.folder == "yourgroupmessages":
        return "group_messages"
    if where.folder == "album" and (where.stem.isdigit() or not where.stem):
        return "albums"
    if where.folder == "pages" and _UNDER_PAGES.fullmatch(where.stem):
        return "not_social"
    folder, reader = _FILES.get(where.stem, ("", ""))
    return reader if reader and (not where.folder or re.fullmatch(folder, where.folder)) else ""


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim the members of a Facebook export: by its own folders surely, by paths that Instagram shares as the rest tells."""
    yield from media_part(archive, media_of("facebook", archive.file_name))
    marks = evidence(member.name for member in archive.members)
    for member in archive.members:
        where = place(member.name)
        if where.extension != "json" or root_of(member.name) == "instagram":
            continue
        reader = reader_of(where)
        if reader:
            confidence = _confidence(member, reader, where, marks)
            if confidence:
                yield Claim(member.name, reader, confidence)
        elif _may_be_encrypted(where) and is_encrypted_file(member):
            yield Claim(member.name, "encrypted_messages", 1.0)


def _may_be_encrypted(where: Place) -> bool:
    return not where.folder or where.folder in ("messages", "inbox") or len(where.parts) <= 3


_SHAPES: Final = {
    "comments": (b'"comments',), "friends": (b'"friends',), "following": (b'"following_v', b'"following"'), "followers": (b'"followers_v', b'"followers"'),
    "notifications": (b'"notifications',), "pokes": (b'"pokes',), "profile": (b'"profile', b'"full_name"'),
    "messages": (b'"participants"', b'"sender_name"', b'"messages"'), "posts": (b'"timestamp"', b'"data"'),
    "reactions": (b'"reaction', b'"label_values"'),
}  # fmt: skip


def _confidence(member: Member, reader: str, where: Place, marks: dict[str, int]) -> float:
    """Return how sure a claim is; 0 for a file of that name whose first bytes are not of its shape."""
    if root_of(member.name) == "facebook":
        return 1.0
    shapes = _SHAPES.get(reader)
    if not where.folder and not shapes and not marks["facebook"]:
        return 0.0
    if shapes and not any(shape in member.head(4096) for shape in shapes):
        return 0.0 if marks["facebook"] <= marks["instagram"] or reader == "profile" else 0.6
    if reader in ("messages", "following", "followers", "comments") and marks["instagram"] > marks["facebook"]:
        return 0.3
    return 0.9 if where.folder else 0.5
