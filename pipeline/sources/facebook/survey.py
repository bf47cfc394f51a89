"""A first look over a Facebook export: whose it is, from when, and what its files know of each other."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from pipeline.containers.errors import MemberError
from pipeline.model.naming import name_id, normalise_email, normalise_name, normalise_url
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.facebook import comments, lists, messages, reactions
from pipeline.sources.shared.export_files.dates import usual_names
from pipeline.sources.shared.meta.paths import place, plain
from pipeline.sources.shared.meta.threads import EDGES, edges, head_of, participants_of, slug_of
from pipeline.sources.shared.meta.values import elements, micros, repair_tree, tidy_name, whole

_ZIP: Final = re.compile(r"facebook-(?P<user>[^-].*?)-(?P<date>\d{4}-\d{2}-\d{2}|\d{8})(?!\d)")
_LISTED: Final = re.compile(r"(comments|reactions|friends|(sent|received|rejected)_requests)(_v\d+)?")
_REQUESTS: Final = (
    ("outbound", "friend_requests_sent"), ("inbound", "friend_requests_received"), ("inbound", "friend_requests_rejected"),
)  # fmt: skip


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return the owner, the account, the date of the export and the maps that readers need. Broken members tell nothing."""
    members = {member.name: member for member in archive.members}
    by_reader: dict[str, list[Member]] = {}
    for claim in claims:
        if claim.member in members:
            by_reader.setdefault(claim.reader, []).append(members[claim.member])
    dates = (date_in_name(name) for name in usual_names(archive, claims))
    found = Survey(exported_at=next((at for at in dates if at is not None), None))
    for member in by_reader.get("profile", ()):
        _profile(whole(member), found)
    pages = by_reader.get("messages", [])
    first_pages = [member for member in pages if place(member.name).page <= 1]
    flat = by_reader.get("encrypted_messages", [])
    if not found.owner.names:
        _owner_by_threads([*first_pages, *flat], found)
    try:
        found.maps.update(messages.survey_threads(pages, flat))
    except MemberError:
        found.notes.append("some conversations could not be opened for a first look")
    # The file of groups may lie in another part of the set, so both maps are made wherever one side is.
    counted = Counter(comments.comment_key(record) for record in _records(by_reader.get("comments", ())))
    found.maps[comments.MAP] = {key: str(count) for key, count in counted.items()}
    found.maps[lists.FRIENDS] = {
        normalise_name(name): str(since)
        for record in _records(by_reader.get("friends", ()))
        if (name := tidy_name(record.get("name"))) and (since := micros(record.get("timestamp")))
    }
    found.maps[lists.REQUESTS] = _requests(by_reader)
    found.maps[EDGES] = edges(by_reader.get("messages", ()))
    found.maps.update(reactions.survey_records(_records(by_reader.get("reactions", ()))))
    found.maps = {name: entries for name, entries in found.maps.items() if entries}
    return found


def _requests(by_reader: Mapping[str, Sequence[Member]]) -> dict[str, str]:
    newest: dict[str, int] = {}
    for direction, reader in _REQUESTS:
        for record in _records(by_reader.get(reader, ())):
            name, at = tidy_name(record.get("name")), micros(record.get("timestamp"))
            if name and at:
                key = f"{direction}|{normalise_name(name)}"
                newest[key] = max(at, newest.get(key, 0))
    return {key: str(at) for key, at in newest.items()}


def date_in_name(name: str) -> int | None:
    """Return the date in an export's usual file name, microseconds UTC of its first moment."""
    written = _ZIP.search(name)
    try:
        day = datetime.fromisoformat(written["date"]) if written else None
    except ValueError:
        return None
    return int(day.replace(tzinfo=UTC).timestamp()) * 1_000_000 if day else None


def _records(members: Sequence[Member]) -> Iterator[dict[str, Any]]:
    for member in members:
        try:
            for _, record in elements(member, _LISTED):
                if isinstance(record, dict):
                    yield repair_tree(record)
        except MemberError:
            continue


def _profile(data: Any, found: Survey) -> None:
    """Take the owner from `profile_information.json`: full, previous and other names, handle, addresses, start of the account."""
    if not isinstance(data, dict):
        return
    profile = next(
        (value for key, value in sorted(data.items()) if key.startswith("profile") and isinstance(value, dict)), {}
    )
    name = profile.get("name")
    full = tidy_name(name.get("full_name") if isinstance(name, dict) else name)
    names = {full}
    for key in ("previous_names", "other_names"):
        listed = profile.get(key)
        for entry in listed if isinstance(listed, list) else ():
            names.add(tidy_name(entry.get("name") if isinstance(entry, dict) else entry))
    uri = profile.get("profile_uri")
    username = profile.get("username") or (
        normalise_url(uri).rpartition("/")[2] if isinstance(uri, str) and "/" in normalise_url(uri) else ""
    )
    handle = tidy_name(username)
    handle = "" if handle == "profile.php" else handle
    block = profile.get("emails")
    listed = block.get("emails") if isinstance(block, dict) else block
    emails = (
        [normalise_email(entry) for entry in listed if isinstance(entry, str) and "@" in entry]
        if isinstance(listed, list)
        else []
    )
    names.discard("")
    if not names:
        return
    found.owner |= Owner(
        ids=frozenset({handle} - {""}), handles=frozenset({handle} - {""}), names=frozenset(names), emails=frozenset(emails), sites=frozenset({normalise_url(uri)} if isinstance(uri, str) and uri else ()),
    )  # fmt: skip
    found.account = Account(
        handle or name_id(full), handle or None, display_name=full or None, email=emails[0] if emails else None
    )
    found.account_created_at = micros(profile.get("registration_timestamp"))


def _owner_by_threads(members: Sequence[Member], found: Survey) -> None:
    """Take the one participant whom every conversation has; the account stays open, another part may hold the profile.

    A folder is named after the other person, so even a single conversation can tell.
    """
    seen: Counter[str] = Counter()
    opposite: set[str] = set()
    names: dict[str, str] = {}
    total = 0
    for member in members:
        present = {normalise_name(name): name for name in participants_of(head_of(member))}
        if present:
            total += 1
            seen.update(present.keys())
            names.update(present)
        called = plain(slug_of(member.name)).rstrip("0123456789")
        if (
            len(present) == 2
            and called
            and len(rest := [key for key, name in present.items() if plain(name) != called]) == 1
        ):
            opposite.update(rest)
    everywhere = [name for name, count in seen.items() if count == total]
    everywhere = everywhere if total > 1 and len(everywhere) == 1 else sorted(opposite & set(everywhere))
    if len(everywhere) == 1:
        found.owner |= Owner(names=frozenset({names[everywhere[0]]}))
        found.notes.append("no profile in the export: the participant of every conversation was taken for the owner")
