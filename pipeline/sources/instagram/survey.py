"""A first look over an Instagram export: whose it is, from when, and which names and usernames it states together."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.model.durations import SECOND
from pipeline.model.naming import normalise_email
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.instagram.follows import FOLLOWED, PENDING, request_key
from pipeline.sources.instagram.messages import HANDLES, handles_by_name
from pipeline.sources.instagram.people import INSTAGRAM, THREADS, facts_of, handle_of
from pipeline.sources.shared.export_files.dates import usual_names
from pipeline.sources.shared.meta.labels import entries_of, is_label, mapped
from pipeline.sources.shared.meta.paths import place
from pipeline.sources.shared.meta.threads import EDGES, edges, head_of, participants_of
from pipeline.sources.shared.meta.values import elements, iso_micros, micros, repair_tree, tidy_name, whole

_ZIP: Final = re.compile(r"instagram-(?P<user>[A-Za-z0-9._]+)-(?P<date>\d{4}-\d{2}-\d{2})(?!\d)")
_OLD_ZIP: Final = re.compile(
    r"instagram_(?P<user>[A-Za-z0-9._]+?)_(?P<date>\d{8})(?!\d)|(?P<user2>[A-Za-z0-9._]+?)_(?P<date2>\d{8})_part_\d+"
)
_WITH_NAMES: Final = (
    "liked_posts",
    "liked_comments",
    "story_likes",
    "followers",
    "following",
    "requests_sent",
    "requests_recent",
    "requests_received",
)


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return the owner, the account, the date of the export and the maps that readers need. Broken members tell nothing."""
    members = {member.name: member for member in archive.members}
    by_reader: dict[str, list[Member]] = {}
    for claim in claims:
        if claim.member in members:
            by_reader.setdefault(claim.reader, []).append(members[claim.member])
    handle, exported_at = next(filter(any, map(name_facts, usual_names(archive, claims))), ("", None))
    found = Survey(exported_at=exported_at)
    for member in by_reader.get("profile", ()):
        _profile(member, whole(member), found)
    for member in by_reader.get("threads_profile", ()):
        _profile(member, whole(member), found)
    for member in by_reader.get("signup", ()):
        found.account_created_at = found.account_created_at or _signed_up(whole(member))
    if not found.account and handle:
        found.owner |= Owner(ids=frozenset({handle}), handles=frozenset({handle}))
        found.account = Account(handle, handle)
    if not found.owner.names:
        _owner_by_threads(by_reader.get("messages", ()), found)
    pairs = (
        (facts.name, facts.handle)
        for reader in _WITH_NAMES
        for record in _records(by_reader.get(reader, ()))
        for facts in (facts_of(record),)
    )
    found.maps[HANDLES] = handles_by_name((name, handle) for name, handle in pairs if name)
    found.maps[PENDING] = {
        request_key(record, platform): ""
        for platform, reader in ((INSTAGRAM, "requests_sent"), (THREADS, "threads_requests_sent"))
        for record in _records(by_reader.get(reader, ()))
    }
    found.maps[FOLLOWED] = {
        f"{platform}|{direction}|{facts.handle}": str(facts.at)
        for platform, prefix in ((INSTAGRAM, ""), (THREADS, "threads_"))
        for direction, reader in (("outbound", "following"), ("inbound", "followers"))
        for record in _records(by_reader.get(f"{prefix}{reader}", ()))
        if (facts := facts_of(record)).handle and facts.at
    }
    found.maps[EDGES] = edges(by_reader.get("messages", ()))
    found.maps = {name: entries for name, entries in found.maps.items() if entries}
    return found


def name_facts(name: str) -> tuple[str, int | None]:
    """Return (username, date in microseconds UTC) from an export's usual file name, as far as it tells."""
    written = _ZIP.search(name) or _OLD_ZIP.search(name)
    if not written:
        return "", None
    groups = written.groupdict()
    user, date = groups["user"] or groups.get("user2") or "", groups["date"] or groups.get("date2") or ""
    try:
        day = datetime.fromisoformat(date).replace(tzinfo=UTC)
    except ValueError:
        return handle_of(user), None
    return handle_of(user), int(day.timestamp()) * SECOND


def _records(members: Sequence[Member]) -> Iterator[dict[str, Any]]:
    for member in members:
        try:
            for _, record in elements(member):
                if isinstance(record, dict) and ("label_values" in record or "string_list_data" in record):
                    yield repair_tree(record)
        except MemberError:
            continue


def _profile(member: Member, data: Any, found: Survey) -> None:
    """Take the owner from `personal_information.json`, the flat `profile.json` or `profile_changes.json`."""
    if not isinstance(data, dict):
        return
    if isinstance(data.get("username"), str):
        handle, name, email = handle_of(data["username"]), tidy_name(data.get("name")), data.get("email")
        found.account_created_at = iso_micros(data.get("date_joined"))
        _own(found, handle, name, email)
        return
    blocks = [item for value in data.values() if isinstance(value, list) for item in value if isinstance(item, dict)]
    for block in blocks:
        if place(member.name).stem == "profilechanges":
            _changed(block, found)
            continue
        handle = handle_of(mapped(block, "username").get("value"))
        _own(found, handle, tidy_name(mapped(block, "name").get("value")), mapped(block, "email").get("value"))


def _own(found: Survey, handle: str, name: str, email: Any) -> None:
    if not handle:
        return
    address = normalise_email(email) if isinstance(email, str) and "@" in email else None
    found.owner |= Owner(
        ids=frozenset({handle}),
        handles=frozenset({handle}),
        names=frozenset({name} - {""}),
        emails=frozenset({address} if address else ()),
    )
    found.account = found.account or Account(handle, handle, display_name=name or None, email=address)


def _changed(block: dict[str, Any], found: Survey) -> None:
    """Add earlier usernames and names; changes of other fields say nothing of who the owner is."""
    changed = [entry.get("value") for _, entry in entries_of(block)]
    values = [tidy_name(mapped(block, side).get("value")) for side in ("previous", "new")]
    if any(isinstance(word, str) and is_label(word, "username") for word in changed):
        handles = frozenset(handle for value in values if (handle := handle_of(value)))
        found.owner |= Owner(handles=handles)
    elif any(isinstance(word, str) and is_label(word, "name") for word in changed):
        found.owner |= Owner(names=frozenset(values) - {""})


def _signed_up(data: Any) -> int | None:
    blocks = (
        [item for value in data.values() if isinstance(value, list) for item in value if isinstance(item, dict)]
        if isinstance(data, dict)
        else []
    )
    return next(
        (at for block in blocks for _, entry in entries_of(block) if (at := micros(entry.get("timestamp")))), None
    )


def _owner_by_threads(members: Sequence[Member], found: Survey) -> None:
    """Take the one display name that every conversation has."""
    seen: list[set[str]] = [set(names) for member in members if (names := participants_of(head_of(member)))]
    everywhere = set.intersection(*seen) if len(seen) > 1 else set()
    if len(everywhere) == 1:
        found.owner |= Owner(names=frozenset(everywhere))
        found.notes.append("no profile in the export: the participant of every conversation was taken for the owner")
