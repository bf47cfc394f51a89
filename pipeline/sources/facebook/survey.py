"""Survey a Facebook export: the owner, the export's date, and what its files state about each other."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.model.codes import Direction
from pipeline.model.durations import SECOND
from pipeline.model.naming import name_id, normalise_email, normalise_name, normalise_url
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.facebook.comments import comment_key
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.facebook.messenger import ThreadFacts, survey_threads
from pipeline.sources.facebook.reactions import survey_reactions
from pipeline.sources.shared.export_files.dates import usual_names
from pipeline.sources.shared.json_values.access import JsonObject, as_list, as_object, as_text
from pipeline.sources.shared.meta.conversation_files import folder_name, participants_at_start
from pipeline.sources.shared.meta.json_lists import records_of, whole_json
from pipeline.sources.shared.meta.member_paths import normal_part, parse_path
from pipeline.sources.shared.meta.page_starts import page_starts
from pipeline.sources.shared.meta.survey import OWNER_GUESSED, in_every_conversation, members_by_reader
from pipeline.sources.shared.meta.text_repair import clean_name
from pipeline.sources.shared.meta.times import epoch_micros

_EXPORT_NAME: Final = re.compile(r"facebook-(?P<user>[^-].*?)-(?P<date>\d{4}-\d{2}-\d{2}|\d{8})(?!\d)")
_LISTED: Final = re.compile(r"(comments|reactions|friends|(sent|received|rejected)_requests)(_v\d+)?")
_REQUEST_READERS: Final[tuple[tuple[Direction, str], ...]] = (
    ("outbound", "friend_requests_sent"),
    ("inbound", "friend_requests_received"),
    ("inbound", "friend_requests_rejected"),
)


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts; what cannot be read is passed over."""
    readers = members_by_reader(archive, claims)
    dates = (date_in_name(name) for name in usual_names(archive, claims))
    found = Survey(exported_at=next((at for at in dates if at is not None), None))
    for member in readers.get("profile", ()):
        _add_profile(as_object(whole_json(member)), found)
    conversations = readers.get("messages", [])
    encrypted = readers.get("encrypted_messages", [])
    if not found.owner.names:
        first_pages = [member for member in conversations if parse_path(member.name).page <= 1]
        _guess_owner([*first_pages, *encrypted], found)
    try:
        threads = survey_threads(conversations, encrypted)
    except MemberError:
        threads = ThreadFacts(frozenset(), frozenset(), {}, frozenset())
        found.notes.append("some conversations could not be opened for a first look")
    # The other file may be in another part of the set, so facts about both are kept wherever one of them is.
    comments = Counter(comment_key(record) for record in records_of(readers.get("comments", ()), _LISTED))
    reactions = survey_reactions(records_of(readers.get("reactions", ()), _LISTED))
    found.facts = FacebookFacts(
        page_starts=page_starts(conversations),
        comment_counts=dict(comments),
        friends_since=_friends_since(readers.get("friends", ())),
        newest_requests=_newest_requests(readers),
        reactions_with_sentence=reactions.with_sentence,
        reactions_with_url=reactions.with_url,
        direct_threads=threads.direct_threads,
        encrypted_threads=threads.encrypted_threads,
        cutover_times=threads.cutover_times,
        cutover_reporters=threads.cutover_reporters,
    )
    return found


def _friends_since(members: Sequence[Member]) -> dict[str, int]:
    return {
        normalise_name(name): since
        for record in records_of(members, _LISTED)
        if (name := clean_name(record.get("name"))) and (since := epoch_micros(record.get("timestamp")))
    }


def _newest_requests(readers: Mapping[str, Sequence[Member]]) -> dict[str, int]:
    newest: dict[str, int] = {}
    for direction, reader in _REQUEST_READERS:
        for record in records_of(readers.get(reader, ()), _LISTED):
            name, at = clean_name(record.get("name")), epoch_micros(record.get("timestamp"))
            if name and at:
                key = f"{direction}|{normalise_name(name)}"
                newest[key] = max(at, newest.get(key, 0))
    return newest


def date_in_name(name: str) -> int | None:
    """Return the date in an export's usual file name, as microseconds UTC of the start of the day."""
    written = _EXPORT_NAME.search(name)
    try:
        day = datetime.fromisoformat(written["date"]) if written else None
    except ValueError:
        return None
    return int(day.replace(tzinfo=UTC).timestamp()) * SECOND if day else None


def _add_profile(data: JsonObject, found: Survey) -> None:
    """Add the owner from `profile_information.json`: names, handle, addresses, start of the account."""
    profiles = (value for key, value in sorted(data.items()) if key.startswith("profile") and isinstance(value, dict))
    profile: JsonObject = next(profiles, {})
    name = profile.get("name")
    full_name = clean_name(name.get("full_name") if isinstance(name, dict) else name)
    names = {full_name, *_listed_names(profile)} - {""}
    if not names:
        return
    page = as_text(profile.get("profile_uri"))
    handle = _handle(profile, page)
    block = profile.get("emails")
    listed = as_list(block.get("emails") if isinstance(block, dict) else block)
    emails = [normalise_email(entry) for entry in listed if isinstance(entry, str) and "@" in entry]
    found.owner |= Owner(
        ids=frozenset({handle} - {""}),
        handles=frozenset({handle} - {""}),
        names=frozenset(names),
        emails=frozenset(emails),
        sites=frozenset({normalise_url(page)} if page else ()),
    )
    found.account = Account(
        handle or name_id(full_name),
        handle=handle or None,
        display_name=full_name or None,
        email=emails[0] if emails else None,
    )
    found.account_created_at = epoch_micros(profile.get("registration_timestamp"))


def _listed_names(profile: JsonObject) -> set[str]:
    """Return the owner's previous and other names."""
    entries = [entry for key in ("previous_names", "other_names") for entry in as_list(profile.get(key))]
    return {clean_name(entry.get("name") if isinstance(entry, dict) else entry) for entry in entries}


def _handle(profile: JsonObject, page: str) -> str:
    """Return the owner's user name, else the last step of the profile page's address; empty for a page by number."""
    address = normalise_url(page)
    handle = clean_name(profile.get("username") or (address.rpartition("/")[2] if "/" in address else ""))
    return "" if handle == "profile.php" else handle


def _guess_owner(members: Sequence[Member], found: Survey) -> None:
    """Take the one participant of every conversation for the owner.

    Of a single conversation, the participant after whom the folder is not named. A person after whom a conversation is
    named is another one: exports of early 2018 list the owner among the senders only. The account stays unknown, since
    another part of the set may hold the profile.
    """
    conversations = [participants_at_start(member) for member in members]
    everywhere = in_every_conversation(conversations)
    pairs = zip(members, conversations, strict=True)
    candidates = set(everywhere) - {
        normalise_name(names[0]) for member, names in pairs if _is_named_after(member, names)
    }
    if sum(map(bool, conversations)) <= 1 or len(candidates) != 1:
        pairs = zip(members, conversations, strict=True)
        candidates &= {name for member, names in pairs if (name := _not_in_folder_name(member, names))}
    if len(candidates) == 1:
        found.owner |= Owner(names=frozenset(everywhere[name] for name in candidates))
        found.notes.append(OWNER_GUESSED)


def _is_named_after(member: Member, participants: Sequence[str]) -> bool:
    """Return whether a conversation lists one participant only and its folder is named after them."""
    folder = folder_name(member.name).rpartition("_")[0]
    return len(participants) == 1 and bool(folder) and normal_part(participants[0]) == normal_part(folder)


def _not_in_folder_name(member: Member, participants: Sequence[str]) -> str:
    """Return the normalised name of the participant of two after whom the folder is not named, empty when unclear.

    Format fact: the folder of a conversation of two is named after the other person.
    """
    present = {normalise_name(name): name for name in participants}
    folder = normal_part(folder_name(member.name)).rstrip("0123456789")
    rest = [key for key, name in present.items() if normal_part(name) != folder]
    return rest[0] if folder and len(present) == 2 and len(rest) == 1 else ""
