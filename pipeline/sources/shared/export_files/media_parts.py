"""A part of a split export that holds only media: it has no records, but it is known whose it is.

The platforms share an export out over several archives by size, so that one may hold nothing but pictures and films.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pipeline.sources.base import MEDIA, Archive, Claim, Reader

READERS: Final = {MEDIA: Reader(None, None)}
_MEDIA: Final = re.compile(
    r"\.(jpe?g|png|gif|webp|heic|heif|avif|bmp|mp4|m4v|mov|webm|avi|mkv|3gp|mpe?g|mp3|m4a|aac|wav|ogg|opus)\Z",
    re.IGNORECASE,
)


def media_part(archive: Archive, belongs: Callable[[str], bool]) -> Iterator[Claim]:
    """Claim the members of an archive in which there are only media, all or none.

    Args:
        archive: any archive; nothing is claimed where there is any other file.
        belongs: returns whether a member's path is in this platform's export.
    """
    names = [member.name for member in archive.members if not member.name.rpartition("/")[2].startswith(".")]
    if all(_MEDIA.search(name) for name in names) and any(belongs(name) for name in names):
        for name in names:
            yield Claim(name, MEDIA, 0.5)
