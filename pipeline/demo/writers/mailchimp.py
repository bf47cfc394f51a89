"""Mailchimp's part of the demo: an audience export, a zip of CSVs by status."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, letters, moment, number, write_zip
from pipeline.demo.shared.subscribers import Subscriber, subscribers
from pipeline.demo.world import World

_START = (
    "Email Address",
    "First Name",
    "Last Name",
    "MEMBER_RATING",
    "OPTIN_TIME",
    "OPTIN_IP",
    "CONFIRM_TIME",
    "CONFIRM_IP",
)
_PLACE = ("LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION")
_MIDDLE = {
    "subscribed": ("LAST_CHANGED",),
    "unsubscribed": ("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER"),
    "cleaned": ("CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"),
}
_END = ("LEID", "EUID", "NOTES", "TAGS")


def _time(at: int | None) -> str:
    return "" if at is None else f"{moment(at):%Y-%m-%d %H:%M:%S}"


def _row(one: Subscriber, middle: tuple[str, ...]) -> tuple[str, ...]:
    joined = _time(one.joined)
    start = (one.persona.email, one.first, one.last, "2", joined, "", joined, "")
    changed = (_time(one.left) or joined, *([""] * (len(middle) - 1)))
    return (*start, *([""] * len(_PLACE)), *changed, number(one.persona.key, 9), letters(one.persona.key, 10), "", "")


def write(world: World, folder: Path) -> list[Path]:
    """Write the subscribed, unsubscribed and cleaned files; return the zip."""
    everybody = subscribers(world, "mailchimp")
    key = letters(f"audience {world.seed}", 10, "0123456789abcdef")
    files = {}
    for status, middle in _MIDDLE.items():
        chosen = [one for one in everybody if status == ("unsubscribed" if one.left is not None else "subscribed")]
        header = (*_START, *_PLACE, *middle, *_END)
        files[f"{status}_members_export_{key}.csv"] = csv_bytes(header, [_row(one, middle) for one in chosen])
    return [write_zip(folder / f"audience_export_{key}_{moment(world.exported_at):%Y-%m-%d}.zip", files)]
