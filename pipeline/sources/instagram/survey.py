"""Survey an Instagram export: the owner, the export's date, names with usernames, pending requests and follows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from pipeline.model.durations import SECOND
from pipeline.model.naming import normalise_email
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.instagram.facts import InstagramFacts
from pipeline.sources.instagram.follows_and_requests import request_key
from pipeline.sources.instagram.messages import handles_by_name
from pipeline.sources.instagram.people import INSTAGRAM, THREADS, entry_fields, first_time, handle_of
from pipeline.sources.shared.export_files.dates import usual_names
from pipeline.sources.shared.json_values.access import JsonObject, as_object, as_text, objects_of
from pipeline.sources.shared.meta.conversation_files import participants_at_start
from pipeline.sources.shared.meta.json_lists import records_of, whole_json
from pipeline.sources.shared.meta.labels import is_label, map_entries, map_entry
from pipeline.sources.shared.meta.member_paths import parse_path
from pipeline.sources.shared.meta.page_starts import page_starts
from pipeline.sources.shared.meta.survey import OWNER_GUESSED, in_every_conversation, members_by_reader
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import iso_micros

_EXPORT_NAME: Final = re.compile(r"instagram-(?P<user>[A-Za-z0-9._]+)-(?P<date>\d{4}-\d{2}-\d{2})(?!\d)")
_OLD_EXPORT_NAMES: Final = (
    re.compile(r"instagram_(?P<user>[A-Za-z0-9._]+?)_(?P<date>\d{8})(?!\d)"),
    re.compile(r"(?P<user>[A-Za-z0-9._]+?)_(?P<date>\d{8})_part_\d+"),
)
_DATE_AT_THE_END: Final = re.compile(r"[A-Za-z0-9._]+_(?P<date>20\d{6})(?:\.zip)?")
"""A name such as that of an unpacked part; what precedes the date may be any word, so it states no username."""
_READERS_WITH_NAMES: Final = (
    "liked_posts",
    "liked_comments",
    "story_likes",
    "followers",
    "following",
    "requests_sent",
    "requests_recent",
    "requests_received",
)
_READER_PREFIX: Final = ((INSTAGRAM, ""), (THREADS, "threads_"))


class NameFacts(NamedTuple):
    """What an export's usual file name states."""

    handle: str
    """Empty when the name states none."""
    exported_at: int | None
    """Microseconds UTC of the start of the day."""


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts; what cannot be read is passed over."""
    readers = members_by_reader(archive, claims)
    stated = next(filter(any, map(name_facts, usual_names(archive, claims))), NameFacts("", None))
    found = Survey(exported_at=stated.exported_at)
    for member in (*readers.get("profile", ()), *readers.get("threads_profile", ())):
        _add_profile(member, as_object(whole_json(member)), found)
    for member in readers.get("signup", ()):
        found.account_created_at = found.account_created_at or _signed_up(whole_json(member))
    if not found.account and stated.handle:
        found.owner |= Owner(ids=frozenset({stated.handle}), handles=frozenset({stated.handle}))
        found.account = Account(stated.handle, stated.handle)
    conversations = readers.get("messages", ())
    if not found.owner.names:
        _guess_owner(conversations, found)
    named = (entry_fields(record) for reader in _READERS_WITH_NAMES for record in _entries(readers.get(reader, ())))
    found.facts = InstagramFacts(
        page_starts=page_starts(conversations),
        handle_by_name=handles_by_name(named),
        pending_requests=frozenset(
            request_key(record, platform)
            for platform, prefix in _READER_PREFIX
            for record in _entries(readers.get(f"{prefix}requests_sent", ()))
        ),
        followed_since=_followed_since(readers),
    )
    return found


def _followed_since(readers: Mapping[str, Sequence[Member]]) -> dict[str, int]:
    """Return `InstagramFacts.followed_since`."""
    found: dict[str, int] = {}
    for platform, prefix in _READER_PREFIX:
        for direction, reader in (("outbound", "following"), ("inbound", "followers")):
            for record in _entries(readers.get(f"{prefix}{reader}", ())):
                entry = entry_fields(record)
                if entry.handle and entry.at:
                    found[f"{platform}|{direction}|{entry.handle}"] = entry.at
    return found


def name_facts(name: str) -> NameFacts:
    """Return the username and date that an export's usual file name states."""
    found = next(filter(None, (pattern.search(name) for pattern in (_EXPORT_NAME, *_OLD_EXPORT_NAMES))), None)
    dated = found or _DATE_AT_THE_END.fullmatch(name)
    if not dated:
        return NameFacts("", None)
    handle = handle_of(found["user"]) if found else ""
    try:
        day = datetime.fromisoformat(dated["date"]).replace(tzinfo=UTC)
    except ValueError:
        return NameFacts(handle, None)
    return NameFacts(handle, int(day.timestamp()) * SECOND)


def _entries(members: Sequence[Member]) -> Iterator[JsonObject]:
    """Yield the records of lists that have either form of an entry."""
    for record in records_of(members):
        if "label_values" in record or "string_list_data" in record:
            yield record


def _blocks(data: object) -> list[JsonObject]:
    """Return the records of all lists in a file of the account."""
    return [item for value in as_object(data).values() for item in objects_of(value)]


def _add_profile(member: Member, data: JsonObject, found: Survey) -> None:
    """Add the owner from `personal_information.json`, the 2018 layout's `profile.json` or `profile_changes.json`."""
    if isinstance(data.get("username"), str):
        found.account_created_at = iso_micros(data.get("date_joined"))
        _add_owner(found, handle_of(data["username"]), clean_name(data.get("name")), data.get("email"))
        return
    for block in _blocks(data):
        if parse_path(member.name).stem == "profilechanges":
            _add_former_names(block, found)
            continue
        handle, name = handle_of(map_entry(block, "username").get("value")), map_entry(block, "name").get("value")
        _add_owner(found, handle, clean_name(name), map_entry(block, "email").get("value"))


def _add_owner(found: Survey, handle: str, name: str, email: object) -> None:
    if not handle:
        return
    address = normalise_email(email) if isinstance(email, str) and "@" in email else None
    found.owner |= Owner(
        ids=frozenset({handle}),
        handles=frozenset({handle}),
        names=frozenset({name} - {""}),
        emails=frozenset({address} if address else ()),
    )
    found.account = found.account or Account(handle, handle=handle, display_name=name or None, email=address)


def _add_former_names(block: JsonObject, found: Survey) -> None:
    """Add the usernames or names of a profile change; changes of other fields are no names."""
    changed = [as_text(entry.get("value")) for _, entry in map_entries(block)]
    values = [clean_name(map_entry(block, side).get("value")) for side in ("previous", "new")]
    if any(is_label(field, "username") for field in changed):
        found.owner |= Owner(handles=frozenset(handle for value in values if (handle := handle_of(value))))
    elif any(is_label(field, "name") for field in changed):
        found.owner |= Owner(names=frozenset(values) - {""})


def _signed_up(data: object) -> int | None:
    return first_time([entry for block in _blocks(data) for _, entry in map_entries(block)])


def _guess_owner(members: Sequence[Member], found: Survey) -> None:
    """Take the one participant of every conversation (there must be two at least) for the owner."""
    conversations = [names for member in members if (names := participants_at_start(member))]
    everywhere = in_every_conversation(conversations)
    if len(conversations) > 1 and len(everywhere) == 1:
        found.owner |= Owner(names=frozenset(everywhere.values()))
        found.notes.append(OWNER_GUESSED)
