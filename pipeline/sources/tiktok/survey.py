"""Survey a TikTok export: the owner and the export's date."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import BadJson, decode, loads
from pipeline.formats.json_elements import head_values
from pipeline.formats.json_nested import ANY, nested
from pipeline.model.durations import SECOND
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.json_values.access import JsonObject
from pipeline.sources.shared.web.json_items import compact_us, text_of
from pipeline.sources.tiktok.entries import lower_keys, user_name

_EXPORT_NAME: Final = re.compile(r"TikTok_Data_(\d+)", re.IGNORECASE)
_USER_NAME_LINE: Final = re.compile(
    r"^(?:user ?name|gebruikersnaam|nombre de usuario|nom d['’ ]utilisateur|benutzername|nome (?:de )?us[ua][áa]rio|nome utente"
    r"|nome de utilizador|nazwa użytkownika|nama pengguna|kullanıcı adı|имя пользователя)[ \t]?[:：][ \t]*@?(\S+)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_PROFILE_SECTIONS: Final = ("Profile", "Profile And Settings", "Profile and Settings", "Profile Information")
_PROFILE_DEPTH: Final = 4
_FIRST_SECOND: Final = 1_262_304_000
"""2010: an earlier epoch time in a file name is no time."""
_LAST_SECOND: Final = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return owner, account and export date: the user name in the profile, else in the settings; the date in the file name."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    for member in archive.members:
        if readers.get(member.name) in {"json", "profile"}:
            found = found | _owner(_profile(member, readers[member.name]))
    configured = settings.owners.get("tiktok", Owner())
    given = frozenset(user_name(name) for name in configured.ids | configured.handles) - {""}
    found.owner |= Owner(ids=given)
    if found.account is None and len(given) == 1:
        (name,) = given
        found.account = Account(name, name)
    dated = _EXPORT_NAME.search(archive.file_name)
    found.exported_at = export_date(dated[1]) if dated else None
    return found


def export_date(digits: str) -> int | None:
    """Return the time in `TikTok_Data_<digits>` in microseconds UTC.

    Format fact: the digits are epoch seconds, epoch milliseconds, YYYYMMDD or YYYYMMDDHHMMSS.
    """
    if len(digits) in {8, 14}:
        return compact_us(digits)
    seconds = int(digits) / (1000 if len(digits) == 13 else 1)
    return int(seconds) * SECOND if _FIRST_SECOND <= seconds <= _LAST_SECOND else None


def names_user(text: str) -> bool:
    """Return whether a text has a line with the owner's user name, in one of the languages known."""
    return _USER_NAME_LINE.search(text) is not None


def _profile(member: Member, reader: str) -> JsonObject:
    """Return the profile's values by lower-case key, empty when there are none."""
    try:
        if reader == "profile":
            text, _ = decode(member.read())
            name = _USER_NAME_LINE.search(text)
            return {"username": name[1]} if name else {}
        with member.open() as stream:
            roots = head_values(stream, _PROFILE_SECTIONS)
        found = next(filter(None, (_profile_map(root) for root in roots.values())), {})
        return found or _nested_profile(member)
    except (MemberError, BadJson):
        return {}


def _nested_profile(member: Member) -> JsonObject:
    """Return the `ProfileMap` below sections of any name."""
    with member.open() as stream:
        for entry in nested(stream, [(ANY, ANY, "ProfileMap")]):
            if found := _profile_map(loads(entry.raw)):
                return found
    return {}


def _profile_map(value: object, depth: int = 0) -> JsonObject:
    """Return the nearest `ProfileMap` (an object with a `userName`) below a value."""
    if not isinstance(value, dict) or depth > _PROFILE_DEPTH:
        return {}
    lowered = lower_keys(value)
    if isinstance(lowered.get("username"), str):
        return lowered
    return next(filter(None, (_profile_map(inner, depth + 1) for inner in value.values())), {})


def _owner(profile: JsonObject) -> Survey:
    name, email = user_name(profile.get("username")), text_of(profile.get("emailaddress")) or None
    if not name:
        return Survey()
    shown = text_of(profile.get("displayname")) or text_of(profile.get("name")) or None
    owner = Owner(ids=frozenset({name}), handles=frozenset({name}), emails=frozenset({email} if email else set()))
    return Survey(Account(name, name, display_name=shown, email=email), owner)
