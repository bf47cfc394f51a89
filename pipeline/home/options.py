"""Every key of `dancecard.toml` as data: name, meaning and allowed values. The defaults are those of the model."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from pipeline.home.settings import Settings

CENTURY_D: Final = 36_525
"""Days. No turn gap or window is longer: microseconds of a wider one don't fit the numbers that matching sorts."""


@dataclass(frozen=True, slots=True)
class Option:
    """One key: `name` is dotted (`matching.turn_gap_h`); `check` returns whether a value of the right type is allowed."""

    name: str
    meaning: str
    allowed: str
    check: Callable[[Any], bool] = lambda _value: True

    @property
    def default(self) -> Any:
        """The value without the key in the file: that of the field of the same name in `Settings()`."""
        return attrgetter(self.name)(Settings())


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
    Option("time_zone", "zone in which times without a zone are read, and in which months and hours are counted",
           'an IANA name such as "Europe/Lisbon"', _is_zone),
    Option("language", "language of the report", '"en"', _is_language),
    Option("matching.turn_gap_h", "a longer silence of the same side begins a new turn", _HOURS, _hours),
    Option("matching.window_thread_d", "how long an answer in the same thread is looked for", _DAYS, _days),
    Option("matching.window_channel_d", "how long an answer in the same channel is looked for", _DAYS, _days),
    Option("matching.window_contact_d", "how long an answer anywhere from the contact is looked for", _DAYS, _days),
    Option("tiers.guru", "log10 of audience ratio from which a contact is a guru", "a number", _finite),
    Option("tiers.newbie", "log10 of audience ratio below which a contact is a newbie", "a number below tiers.guru", _finite),
    Option("target_mix.guru", "share of the outreach that should go to gurus", "a number from 0 to 1; the three sum to 1", _share),
    Option("target_mix.peer", "share of the outreach that should go to peers", "a number from 0 to 1; the three sum to 1", _share),
    Option("target_mix.newbie", "share of the outreach that should go to newbies", "a number from 0 to 1; the three sum to 1",
           _share),
    Option("own_domains", "the owner's own sites: links to them in the owner's texts are the owner's own",
           'a list of domain names such as ["example.org"], or a table [own_domains] with names = [...]'),
    Option("text.enabled", "look at texts at all (craft, tone)", "true or false"),
    Option("text.disclosure", "look at depth of disclosure in the owner's texts", "true or false"),
    Option("text.tone_private", "look at tone in private messages too, not only in public comments", "true or false"),
    Option("limits.archive_bytes", "largest archive", _BYTES, _positive),
    Option("limits.member_bytes", "largest file inside an archive, inflated", _BYTES, _positive),
    Option("limits.mail_member_bytes", "largest mailbox inside an archive, inflated", _BYTES, _positive),
    Option("limits.total_bytes", "all files of an archive together, inflated", _BYTES, _positive),
    Option("limits.ratio", "inflated bytes of an archive may be this many times its size (and 1 GB more)", _COUNT, _positive),
    Option("limits.members", "files in one archive", _COUNT, _positive),
    Option("limits.name_bytes", "length of a file's name inside an archive", _BYTES, _positive),
    Option("limits.text_chars", "characters kept of one text", _COUNT, _positive),
    Option("limits.memory_bytes", "address space of one reading process", _BYTES, _positive),
    Option("limits.wall_s", "longest time one archive may take, in seconds", _COUNT, _positive),
    Option("report.links", "links from the report to the platforms (opened only when clicked)", "true or false"),
)  # fmt: skip
"""In the order in which the docs show them. `[owner.<platform>]` is apart: it has one table a platform."""
