"""Where things lie in Meta's exports, whatever the generation: names are compared without case, signs and page numbers.

Users unzip with or without a top folder, merge parts and zip again, so only the last path parts count. One download may
hold Facebook and Instagram side by side.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.sources.base import Archive

_ACTIVITY_FACEBOOK = re.compile(r"(your|thisprofiles?)(facebookactivity|activityacrossfacebook)")
_FOLDERS_FACEBOOK = frozenset({
    "commentsandreactions", "likesandreactions", "friendsandfollowers", "friends", "groups", "profileinformation",
    "followingandfollowers", "otheractivity", "aboutyou", "youractivityacrossfacebook",
})  # fmt: skip
_FOLDERS_INSTAGRAM = frozenset({
    "yourinstagramactivity", "followersandfollowing", "accountinformation", "storystickerinteractions", "storyinteractions",
    "pastinstagraminsights", "likes", "threads",
})  # fmt: skip
_MEDIA_FOLDERS = frozenset({"messages", "media", "posts", "stories", "photosandvideos", "photos", "videos"})
_FLAT_INSTAGRAM = frozenset(
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
class Place:
    """A member's normalised path."""

    parts: tuple[str, ...]
    """Folders, then the stem."""
    extension: str
    page: int
    """Number at the end of the name after `_`, 0 when there is none."""

    @property
    def folder(self) -> str:
        """The folder that holds the file, empty at the root."""
        return self.parts[-2] if len(self.parts) > 1 else ""

    @property
    def stem(self) -> str:
        """The file's name without page number and extension."""
        return self.parts[-1]


def plain(part: str) -> str:
    """Return a path part in lower case with letters and digits only (apostrophes vary between exports)."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", part).casefold() if sign.isalnum())


@cache
def place(name: str) -> Place:
    """Return the normalised path of a member name (an inner zip's members by their path inside it)."""
    pieces = name.replace("\\", "/").rpartition("!")[2].split("/")
    stem, dot, extension = pieces[-1].rpartition(".")
    stem = stem if dot else pieces[-1]
    paged = re.fullmatch(r"(.*?)_(\d{1,6})", stem)
    page = int(paged[2]) if paged else 0
    folders = [plain(piece) for piece in pieces[:-1] if piece not in ("", ".")]
    return Place((*folders, plain(paged[1] if paged else stem)), extension.lower() if dot else "", page)


def root_of(name: str) -> str:
    """Return `facebook` or `instagram` when a folder of the path names its platform, else an empty word."""
    for part in place(name).parts[:-1]:
        if _ACTIVITY_FACEBOOK.fullmatch(part):
            return "facebook"
        if part == "yourinstagramactivity":
            return "instagram"
    return ""


def media_of(platform: str, file_name: str) -> Callable[[str], bool]:
    """Return whether a picture lies in a platform's export.

    Only this platform's folders tell, or those of the older layouts where the archive has the usual name of its zips.
    """
    named = re.match(rf"{platform}[-_].*\d{{8}}|{platform}-.*\d{{4}}-\d\d-\d\d", file_name) is not None

    def belongs(name: str) -> bool:
        root = root_of(name)
        return root == platform or (named and not root and bool(_MEDIA_FOLDERS & set(place(name).parts[:-1])))

    return belongs


def evidence(names: Iterable[str]) -> dict[str, int]:
    """Count, by platform, the folders and files that only this platform has: decides about paths that both use."""
    seen: dict[str, set[str]] = {"facebook": set(), "instagram": set()}
    for name in names:
        where = place(name)
        root = root_of(name)
        if root:
            seen[root].add(root)
        for part in where.parts[:-1]:
            if part in _FOLDERS_FACEBOOK and part not in ("friends", "groups"):
                seen["facebook"].add(part)
            if part in _FOLDERS_INSTAGRAM and part != "threads":
                seen["instagram"].add(part)
        if where.folder in ("friends", "groups") and where.extension == "json":
            seen["facebook"].add(where.folder)
        if len(where.parts) <= 2 and f"{where.stem}.{where.extension}" in _FLAT_INSTAGRAM:
            seen["instagram"].add(where.stem)
    return {platform: len(marks) for platform, marks in seen.items()}


def has_json(archive: Archive) -> bool:
    """Tell whether the archive holds any JSON file at all."""
    return any(place(member.name).extension == "json" for member in archive.members)


def html_at(archive: Archive, folders: Sequence[str]) -> bool:
    """Tell whether an HTML page lies in one of these folders (normalised names): the export's other form."""
    wanted = frozenset(folders)
    return any(
        where.extension in ("html", "htm") and wanted & set(where.parts[:-1])
        for where in (place(member.name) for member in archive.members)
    )
