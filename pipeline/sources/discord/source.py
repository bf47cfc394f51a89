"""Discord as a source: the data package, whatever the language of its folders."""

from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import csv_rows, json_array, ndjson
from pipeline.formats.decoding import BadJson, loads
from pipeline.formats.json_elements import head_values, split_array
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.discord.activity import read_events
from pipeline.sources.discord.channels import DIRECT, Channel, DiscordFacts, channel_of, label_of
from pipeline.sources.discord.declaration import DISCORD
from pipeline.sources.discord.ids import made_at, snowflake
from pipeline.sources.discord.messages import channel_number, read_csv, read_json
from pipeline.sources.discord.relations import PATH, person_of, read_relations
from pipeline.sources.shared.web.json_items import text_of, whole_json

_PERSON: Final = ("id", "username", "discriminator", "global_name", "email")
_OWNERS: Final = (b'"discriminator"', b'"global_name"', b'"relationships"', b'"avatar_hash"', b'"has_mobile"')
_MESSAGES: Final = {"messages.json": "messages_json", "messages.csv": "messages_csv"}


def _parts(name: str) -> tuple[str, str]:
    folder, _, base = name.rpartition("/")
    return folder, base.lower()


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim members by their content and neighbours, because folders are named in the owner's language."""
    channels = {
        folder
        for folder, base in (_parts(member.name) for member in archive.members)
        if base == "channel.json" and channel_number(f"{folder}/x")
    }
    above = {folder.rpartition("/")[0] for folder in channels}
    for member in archive.members:
        folder, base = _parts(member.name)
        if base == "user.json":
            head = member.head(1 << 16)
            if b'"username"' in head and any(key in head for key in _OWNERS):
                yield Claim(member.name, "user", 0.9)
        elif folder in channels and base == "channel.json":
            yield Claim(member.name, "channel", 1.0)
        elif base in _MESSAGES and channel_number(member.name):
            fits = folder in channels or b"Timestamp" in member.head() or b"Contents" in member.head()
            if fits:
                yield Claim(member.name, _MESSAGES[base], 1.0 if folder in channels else 0.7)
        elif base == "index.json" and folder in above:
            yield Claim(member.name, "index", 0.9)
        elif base.startswith("events-") and base.endswith(".json") and b'"event_type"' in member.head(1 << 14):
            yield Claim(member.name, "events", 0.8)


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Find the owner, the friends' names, and what each channel is."""
    readers = {claim.member: claim.reader for claim in claims}
    account: Account | None = None
    channels: dict[str, Channel] = {}
    labels: dict[str, str] = {}
    handles: dict[str, str] = {}
    for member in archive.members:
        reader = readers.get(member.name)
        try:
            if reader == "user":
                account = _account(member) or account
                handles |= _handles(member, account)
            elif reader == "channel":
                channel = channel_of(whole_json(member), channel_number(member.name))
                if channel.id:
                    channels[channel.id] = channel
            elif reader == "index":
                labels |= _labels(whole_json(member))
        except MemberError:
            continue
    facts = DiscordFacts(channels, labels, handles)
    given = sorted({snowflake(one) for one in settings.owners.get("discord", Owner()).ids} - {""})
    ids, names = frozenset(given), frozenset({account.handle.casefold()} if account and account.handle else set())
    notes = []
    if account is None:
        number = given[0] if len(given) == 1 else "" if given else _in_all_pairs(channels.values())
        account = Account(number) if number else None
        if number and not given:
            notes.append("the package states no account: you were taken for the one who is in all direct messages")
    if account is None:
        return Survey(owner=Owner(ids), facts=facts)
    owner = Owner(ids | {account.native_id}, names)
    return Survey(account, owner, account_created_at=made_at(account.native_id), notes=notes, facts=facts)


def _account(member: Member) -> Account | None:
    """Return the owner's account as `user.json` states it."""
    with member.open() as stream:
        values = head_values(stream, _PERSON)
    number = snowflake(values.get("id"))
    if not number:
        return None
    handle, email = text_of(values.get("username")) or None, text_of(values.get("email")) or None
    return Account(number, handle, text_of(values.get("global_name")) or None, email)


def _handles(member: Member, account: Account | None) -> dict[str, str]:
    """Return user id -> user name, of the owner and of everyone in the list of relationships."""
    found = {account.native_id: account.handle} if account and account.handle else {}
    with member.open() as stream:
        for _index, raw in split_array(stream, PATH):
            try:
                entry = loads(raw)
            except BadJson:
                continue
            person = person_of(entry) if isinstance(entry, dict) else None
            if person and person.handle and person.native_id.isdecimal():
                found[person.native_id] = person.handle
    return found


def _labels(lines: object) -> dict[str, str]:
    """Return channel id -> label, of an `index.json`."""
    labels = {snowflake(key): label_of(value) for key, value in lines.items()} if isinstance(lines, dict) else {}
    return {key: label for key, label in labels.items() if key and label}


def _in_all_pairs(channels: Iterable[Channel]) -> str:
    """Return the one user who is in all of at least two one-to-one channels; empty if there is no such user."""
    pairs = [
        set(channel.recipients) - {""}
        for channel in channels
        if channel.type in DIRECT and len(channel.recipients) == 2
    ]
    common = set.intersection(*pairs) if len(pairs) > 1 else set()
    return common.pop() if len(common) == 1 else ""


SOURCE = Source(
    name="discord",
    version=1,
    platforms=(DISCORD,),
    recognise=recognise,
    readers={
        "user": Reader(read_relations, json_array(*PATH)),
        "channel": Reader(None, None),
        "index": Reader(None, None),
        "messages_json": Reader(read_json, json_array()),
        "messages_csv": Reader(read_csv, csv_rows()),
        "events": Reader(read_events, ndjson()),
    },
    survey=survey,
    facts=DiscordFacts,
    members_apart=True,
)
