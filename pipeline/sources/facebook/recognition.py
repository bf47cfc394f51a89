"""Recognise a Facebook export: the reader of each member by the last parts of its path, and the confidence of that claim."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.facebook.messenger import is_encrypted_file
from pipeline.sources.shared.export_files.media_parts import media_part
from pipeline.sources.shared.meta.member_paths import (
    MemberPath,
    media_of,
    parse_path,
    platform_evidence,
    platform_in_path,
)

_FILES: Final[dict[str, tuple[str, str]]] = {
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
"""File's stem in normal form, without page number -> (regular expression of the folder that holds it, reader)."""
_THREAD_FOLDERS: Final = frozenset({"inbox", "archivedthreads", "filteredthreads", "messagerequests", "e2eecutover"})
_PAGE_LISTS: Final = re.compile(r"pages(youveliked|youfollow)?|pagesyouvelikedorfollow.*|pagesandprofilesyou.*")


def reader_of(path: MemberPath) -> str:
    """Return the reader of a member, empty for a path that is none of a Facebook export."""
    if path.extension != "json":
        return ""
    if path.stem == "message" and not path.folder:
        return "messages"
    if path.stem == "message" and (len(path.parts) > 2 or path.page == 0):
        folders = path.parts[-3:-1]
        return "messages" if _THREAD_FOLDERS & set(folders) or "messages" in folders else ""
    if path.folder == "yourgroupmessages":
        return "group_messages"
    if path.folder == "album" and (path.stem.isdigit() or not path.stem):
        return "albums"
    if path.folder == "pages" and _PAGE_LISTS.fullmatch(path.stem):
        return "not_social"
    folder, reader = _FILES.get(path.stem, ("", ""))
    return reader if reader and (not path.folder or re.fullmatch(folder, path.folder)) else ""


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim the members of a Facebook export; paths that Instagram has too by the evidence of the other members."""
    yield from media_part(archive, media_of("facebook", archive.file_name))
    evidence = platform_evidence(member.name for member in archive.members)
    for member in archive.members:
        path = parse_path(member.name)
        if path.extension != "json" or platform_in_path(member.name) == "instagram":
            continue
        reader = reader_of(path)
        if reader:
            confidence = _confidence(member, reader, path, evidence)
            if confidence:
                yield Claim(member.name, reader, confidence)
        elif _may_be_encrypted(path) and is_encrypted_file(member):
            yield Claim(member.name, "encrypted_messages", 1.0)


def _may_be_encrypted(path: MemberPath) -> bool:
    return not path.folder or path.folder in ("messages", "inbox") or len(path.parts) <= 3


_SHAPES: Final = {
    "comments": (b'"comments',), "friends": (b'"friends',), "following": (b'"following_v', b'"following"'), "followers": (b'"followers_v', b'"followers"'),
    "notifications": (b'"notifications',), "pokes": (b'"pokes',), "profile": (b'"profile', b'"full_name"'),
    "messages": (b'"participants"', b'"sender_name"', b'"messages"'), "posts": (b'"timestamp"', b'"data"'),
    "reactions": (b'"reaction', b'"label_values"'),
}  # fmt: skip
"""Reader -> byte strings of which the start of its files has one."""


def _confidence(member: Member, reader: str, path: MemberPath, evidence: dict[str, int]) -> float:
    """Return a claim's confidence; 0 for a file of that name whose first bytes have none of its keys."""
    if platform_in_path(member.name) == "facebook":
        return 1.0
    shapes = _SHAPES.get(reader)
    if not path.folder and not shapes and not evidence["facebook"]:
        return 0.0
    if shapes and not any(shape in member.head(4096) for shape in shapes):
        return 0.0 if evidence["facebook"] <= evidence["instagram"] or reader == "profile" else 0.6
    if reader in ("messages", "following", "followers", "comments") and evidence["instagram"] > evidence["facebook"]:
        return 0.3
    return 0.9 if path.folder else 0.5
