"""Every key of `dancecard.toml` as data: name, default, meaning and allowed values. The docs are tested against it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

GB: Final = 1024**3
MB: Final = 1024**2
CENTURY_D: Final = 36_525
"""Days. No turn gap or window is longer: microseconds of a wider one don't fit the numbers that matching sorts."""
OWNER_KEYS: Final = ("ids", "handles", "emails", "names", "sites")


@dataclass(frozen=True, slots=True)
class Option:
    """One key: `name` is dotted (`matching.turn_gap_h`); `check` returns whether a value of the right type is allowed."""

    name: str
    default: Any
    meaning: str
    allowed: str
    check: Callable[[Any], bool] = lambda _value: True


def _positive(value: float) -> bool:
    return 0 < value < float("inf")


def _hours(value: float) -> bool:
    return 0 < value <= CENTURY_D * 24


def _days(value: float) -> bool:
    return 0 < value <= CENTURY_D


def _share(value: float) -> bool:
    return 0 <= value <= 1


def _finite(value: float) -> bool:
    return abs(value) < float("inf")


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        return value in available_timezones()
    return True


def _is_language(value: str) -> bool:
    return value == "en"


_HOURS, _DAYS, _BYTES, _COUNT = (
    f"hours, above 0, at most {CENTURY_D * 24}",
    f"days, above 0, at most {CENTURY_D}",
    "bytes, a whole number above 0",
    "a whole number above 0",
)

OPTIONS: Final[tuple[Option, ...]] = (
    Option("time_zone", "UTC", "zone in which times without a zone are read, and in which months and hours are counted",
           'an IANA name such as "Europe/Lisbon"', _is_zone),
    Option("language", "en", "language of the report", '"en"', _is_language),
    Option("matching.turn_gap_h", 6.0, "a longer silence of the same side begins a new turn", _HOURS, _hours),
    Option("matching.window_thread_d", 14.0, "how long an answer in the same thread is looked for", _DAYS, _days),
    Option("matching.window_channel_d", 14.0, "how long an answer in the same channel is looked for", _DAYS, _days),
    Option("matching.window_contact_d", 7.0, "how long an answer anywhere from the contact is looked for", _DAYS, _days),
    Option("tiers.guru", 1.0, "log10 of audience ratio from which a contact is a guru", "a number", _finite),
    Option("tiers.newbie", -1.0, "log10 of audience ratio below which a contact is a newbie", "a number below tiers.guru", _finite),
    Option("target_mix.guru", None, "share of the outreach that should go to gurus", "a number from 0 to 1; the three sum to 1", _share),
    Option("target_mix.peer", None, "share of the outreach that should go to peers", "a number from 0 to 1; the three sum to 1", _share),
    Option("target_mix.newbie", None, "share of the outreach that should go to newbies", "a number from 0 to 1; the three sum to 1",
           _share),
    Option("own_domains", (), "the owner's own sites: links to them in the owner's texts are the owner's own",
           'a list of domain names such as ["example.org"], or a table [own_domains] with names = [...]'),
    Option("text.enabled", True, "look at texts at all (craft, tone)", "true or false"),
    Option("text.disclosure", False, "look at depth of disclosure in the owner's texts", "true or false"),
    Option("text.tone_private", False, "look at tone in private messages too, not only in public comments", "true or false"),
    Option("limits.archive_bytes", 20 * GB, "largest archive", _BYTES, _positive),
    Option("limits.member_bytes", 4 * GB, "largest file inside an archive, inflated", _BYTES, _positive),
    Option("limits.mail_member_bytes", 50 * GB, "largest mailbox inside an archive, inflated", _BYTES, _positive),
    Option("limits.total_bytes", 50 * GB, "all files of an archive together, inflated", _BYTES, _positive),
    Option("limits.ratio", 200, "inflated bytes of an archive may be this many times its size (and 1 GB more)", _COUNT, _positive),
    Option("limits.members", 200_000, "files in one archive", _COUNT, _positive),
    Option("limits.name_bytes", 1_024, "length of a file's name inside an archive", _BYTES, _positive),
    Option("limits.text_chars", 1_000_000, "characters kept of one text", _COUNT, _positive),
    Option("limits.memory_bytes", 4 * GB, "address space of one reading process", _BYTES, _positive),
    Option("limits.wall_s", 3_600, "longest time one archive may take, in seconds", _COUNT, _positive),
    Option("report.links", False, "links from the report to the platforms (opened only when clicked)", "true or false"),
)  # fmt: skip
"""In the order in which the docs show them. `[owner.<platform>]` is apart: it has one table a platform."""
