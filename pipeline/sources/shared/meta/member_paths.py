"""Paths inside Meta's exports, compared without case, punctuation and page numbers.

Users unpack exports with or without a top folder, merge parts and pack them again, so only the last parts of a path count.
One download may hold Facebook and Instagram side by side.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.sources.base import Archive

_FACEBOOK_ACTIVITY = re.compile(r"(your|thisprofiles?)(facebookactivity|activityacrossfacebook)")
_FACEBOOK_FOLDERS = frozenset({
    "commentsandreactions", "likesandreactions", "friendsandfollowers", "friends", "groups", "profileinformation",
    "followingandfollowers", "otheractivity", "aboutyou", "youractivityacrossfacebook",
})  # fmt: skip
_INSTAGRAM_FOLDERS = frozenset({
    "yourinstagramactivity", "followersandfollowing", "accountinformation", "storystickerinteractions", "storyinteractions",
    "pastinstagraminsights", "likes", "threads",
})  # fmt: skip
_MEDIA_FOLDERS = frozenset({"messages", "media", "posts", "stories", "photosandvideos", "photos", "videos"})
_INSTAGRAM_FLAT_FILES = frozenset(
    {
        "likes.json",
        "comments.json",
        "connections.json",
        "profile.json",
        "media.json",
        "messages.json",
        "seencontent.json",
    }
)


@dataclass(frozen=True, slots=True)
class MemberPath:
    """A member's normalised path."""

    parts: tuple[str, ...]
    """Folders, then the file's stem, in normal form (`normal_part`)."""
    extension: str
    page: int
    """Page number at the end of the name after `_`, 0 when there is none."""

    @property
    def folder(self) -> str:
        """The folder that holds the file, empty at the root."""
        return self.parts[-2] if len(self.parts) > 1 else ""

    @property
    def stem(self) -> str:
        """The file's name without page number and extension."""
        return self.parts[-1]


def normal_part(part: str) -> str:
    """Return a path part in lower case with letters and digits only (apostrophes vary between exports)."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", part).casefold() if sign.isalnum())


@cache
def parse_path(name: str) -> MemberPath:
    """Return the normalised path of a member name (an inner zip's members by their path inside it)."""
    pieces = name.replace("\\", "/").rpartition("!")[2].split("/")
    stem, dot, extension = pieces[-1].rpartition(".")
    stem = stem if dot else pieces[-1]
    paged = re.fullmatch(r"(.*?)_(\d{1,6})", stem)
    page = int(paged[2]) if paged else 0
    folders = [normal_part(piece) for piece in pieces[:-1] if piece not in ("", ".")]
    return MemberPath((*folders, normal_part(paged[1] if paged else stem)), extension.lower() if dot else "", page)


def platform_in_path(name: str) -> str:
    """Return `facebook` or `instagram` when a folder of the path names the platform, else an empty text."""
    for part in parse_path(name).parts[:-1]:
        if _FACEBOOK_ACTIVITY.fullmatch(part):
            return "facebook"
        if part == "yourinstagramactivity":
            return "instagram"
    return ""


def media_of(platform: str, file_name: str) -> Callable[[str], bool]:
    """Return a test whether a media file belongs to a platform's export.

    It belongs when its path has a folder of this platform only, or, in an archive with the usual name of the platform's
    zips, a media folder of the older layouts.
    """
    named = re.match(rf"{platform}[-_].*\d{{8}}|{platform}-.*\d{{4}}-\d\d-\d\d", file_name) is not None

    def belongs(name: str) -> bool:
        root = platform_in_path(name)
        return root == platform or (named and not root and bool(_MEDIA_FOLDERS & set(parse_path(name).parts[:-1])))

    return belongs


def platform_evidence(names: Iterable[str]) -> dict[str, int]:
    """Count the folders and files that only one platform has, to decide about paths that both use.

    Returns:
        `facebook` and `instagram` -> number of different folders and files of that platform.
    """
    seen: dict[str, set[str]] = {"facebook": set(), "instagram": set()}
    for name in names:
        where = parse_path(name)
        root = platform_in_path(name)
        if root:
            seen[root].add(root)
        for part in where.parts[:-1]:
            if part in _FACEBOOK_FOLDERS and part not in ("friends", "groups"):
                seen["facebook"].add(part)
            if part in _INSTAGRAM_FOLDERS and part != "threads":
                seen["instagram"].add(part)
        if where.folder in ("friends", "groups") and where.extension == "json":
            seen["facebook"].add(where.folder)
        if len(where.parts) <= 2 and f"{where.stem}.{where.extension}" in _INSTAGRAM_FLAT_FILES:
            seen["instagram"].add(where.stem)
    return {platform: len(marks) for platform, marks in seen.items()}


def has_json(archive: Archive) -> bool:
    """Return whether the archive holds any JSON file."""
    return any(parse_path(member.name).extension == "json" for member in archive.members)


def has_html_in(archive: Archive, folders: Sequence[str]) -> bool:
    """Return whether an HTML page is in one of these folders (names in normal form): the export's other format."""
    wanted = frozenset(folders)
    return any(
        where.extension in ("html", "htm") and wanted & set(where.parts[:-1])
        for where in (parse_path(member.name) for member in archive.members)
    )
