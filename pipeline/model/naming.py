"""Normal forms of names, handles, URLs and e-mail addresses, shared by sources and contacts. All are idempotent."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normalise_name(name: str) -> str:
    """Fold a display name for comparison: NFKC, casefold, no invisible characters, single spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _SPACES.sub(" ", _INVISIBLE.sub("", folded)).strip()


def name_id(name: str) -> str:
    """Return the native_id of a person known by name only: `name:<normalised name>`."""
    return f"name:{normalise_name(name)}"


def normalise_email(address: str) -> str:
    """Lower-case an e-mail address and strip blanks and angle brackets."""
    return address.strip().strip("<>").strip().lower()


def normalise_url(url: str) -> str:
    """Return host and path of a profile URL for comparison: lower host, no scheme, `www.`, query or trailing slash."""
    text = url.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return text.lower()
    host = parts.netloc.lower().rpartition("@")[2].removeprefix("www.").removesuffix(":443").removesuffix(":80")
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    return f"{host}{path}"
