"""Find a table's columns by the names in its header, else by the shape of the values.

Format facts: columns changed their order over time and their names are localised. A channel is `UC` and 22 characters, a
comment `Ug…` (that of a reply has a dot: `<parent>.<own>`), a video 11 characters; times are ISO 8601, prices are numbers.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import normalise_name
from pipeline.sources.shared.web.json_items import iso_us
from pipeline.sources.youtube.channels import CHANNEL_ID

_HEADERS_SEEN: Final[dict[str, str]] = {
    "id": "Comment ID|Live Chat ID|Reactie-ID|ID de comentario|ID-ul comentariului|Kommentar-ID|Livechat-ID|Live chat-ID",
    "channel": "Channel ID|Kanaal-ID|ID de canal|ID-ul canalului|Kanal-ID",
    "time": "Comment Create Timestamp|Live Chat Create Timestamp|Aanmaaktijdstempel reactie|Marca de tiempo de creación del comentario"
    "|Marcajul temporal de creare a comentariului",
    "price": "Price|Prijs|Precio|Preț|Preis",
    "parent": "Parent Comment ID",
    "top": "Top-level comment ID",
    "post": "Post ID",
    "video": "Video ID|Video-ID|ID de vídeo|ID-ul videoclipului",
    "text": "Comment Text|Live Chat Text|Reactietekst|Texto del comentario|Textul comentariului",
    "url": "Channel Url",
    "title": "Channel Title",
}
FIELD_OF_HEADER: Final = {
    normalise_name(name): field for field, names in _HEADERS_SEEN.items() for name in names.split("|")
}
"""Normalised header -> field."""
_COMMENT: Final = re.compile(r"Ug[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?")
_VIDEO: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_PAGE: Final = re.compile(r"https?://(?:www\.)?youtube\.com/channel/UC[A-Za-z0-9_-]{22}")


def by_name(headers: Sequence[str]) -> dict[str, str]:
    """Return field -> header for the headers with a known name."""
    found: dict[str, str] = {}
    for header in headers:
        field = FIELD_OF_HEADER.get(header)
        if field and field not in found:
            found[field] = header
    return found


def by_shape(rows: Sequence[Row]) -> dict[str, str]:
    """Return field -> header for the columns that the shape of their values identifies; ambiguous columns are left out."""
    found: dict[str, str] = {}
    headers = list(rows[0].values) if rows else []
    values = {header: [row.values.get(header, "").strip() for row in rows] for header in headers}
    left = [header for header in headers if any(values[header])]

    def take(field: str, fits: Callable[[str], object]) -> None:
        for header in left:
            if all(fits(value) for value in values[header] if value):
                found[field] = header
                left.remove(header)
                return

    take("time", lambda value: iso_us(value) is not None)
    take("channel", CHANNEL_ID.fullmatch)
    take("url", _PAGE.fullmatch)
    comments = [header for header in left if all(_COMMENT.fullmatch(value) for value in values[header] if value)]
    whole = [header for header in comments if all(values[header]) and len(set(values[header])) == len(rows)]
    own = next((header for header in whole if any("." in value for value in values[header])), next(iter(whole), None))
    for header in comments:
        left.remove(header)
        if header == own:
            found["id"] = header
        elif own and all(
            mine.startswith(value + ".") for mine, value in zip(values[own], values[header], strict=True) if value
        ):
            found.setdefault("parent", header)
        else:
            found.setdefault("top", header)
    take("price", _NUMBER.fullmatch)
    take("video", _VIDEO.fullmatch)
    rest = [header for header in left if any(value.lstrip().startswith(("{", "[")) for value in values[header])] or left
    if len(rest) == 1:
        found["title" if "url" in found else "text"] = rest[0]
    return found


def find_columns(rows: Sequence[Row]) -> dict[str, str]:
    """Return field -> header of a table from its first rows: by name first, by shape for the fields that names leave open."""
    if not rows:
        return {}
    named = by_name(list(rows[0].values))
    if {"time", "text"} <= named.keys() or "title" in named:
        return named
    shaped = by_shape(rows)
    taken = set(named.values())
    return {**{field: header for field, header in shaped.items() if header not in taken}, **named}
