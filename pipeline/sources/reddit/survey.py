"""The first look: who the owner is, ids of own items, who is in each chat, which names are subreddits."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.csv_rows import Row, read_rows
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.reddit.rows import ANSWERERS, AUTHORS, CHANNELS, OWN, SUBREDDITS, full_id, is_group, user
from pipeline.sources.shared.web.json_items import compact_us, iso_us

_FILE: Final = re.compile(r"export_(.+?)_(\d{8})(?!\d)", re.IGNORECASE)


def _rows(member: Member) -> Iterator[Row]:
    try:
        with member.open() as stream:
            yield from read_rows(stream)
    except MemberError:
        return


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Look over the tables.

    Owner: statistics.csv, else the settings, else the usual file name, else the most frequent name of the messages.
    """
    readers = {claim.member: claim.reader for claim in claims}
    names: Counter[str] = Counter()
    shown: dict[str, str] = {}
    stated, created, exported = "", None, None
    maps: dict[str, dict[str, str]] = {OWN: {}, CHANNELS: {}, AUTHORS: {}, SUBREDDITS: {}}
    answering: dict[str, set[str]] = {}
    channels: dict[str, set[str]] = {}
    for member in archive.members:
        reader = readers.get(member.name, "")
        for row in _rows(member) if reader in _LOOK else ():
            if reader == "statistics":
                label, value = row.get("statistic").lower(), row.get("value")
                if "name" in label and not stated:
                    stated = value
                created = iso_us(value) if re.search("creat|regist|birth", label) and created is None else created
                exported = iso_us(value) if "export" in label else exported
            elif reader in {"comments", "posts"}:
                key = full_id(row.get("id"), "t1_" if reader == "comments" else "t3_")
                if key:
                    maps[OWN][key] = ""
            elif reader == "subreddits":
                maps[SUBREDDITS][row.get("subreddit").lower().removeprefix("/").removeprefix("r/")] = ""
            elif reader == "messages":
                pair = {user(row.get("from")), user(row.get("to"))} - {""}
                names.update(pair)
                shown.update({user(name): name for name in (row.get("from"), row.get("to"))})
            elif reader == "chat":
                sender = user(row.get("username"))
                channels.setdefault(row.get("channel_url"), set()).update({sender} - {""})
                shown[sender] = row.get("username")
                if answered := row.get("thread_parent_message_id"):
                    answering.setdefault(answered, set()).update({sender} - {""})
                if sender and is_group(row, len(channels[row.get("channel_url")]) - 1):
                    maps[AUTHORS][row.get("message_id")] = sender
    for members in channels.values():
        names.update(members)
    maps[ANSWERERS] = {answered: " ".join(sorted(found)) for answered, found in sorted(answering.items()) if found}
    maps[CHANNELS] = {channel: " ".join(sorted(found)) for channel, found in sorted(channels.items())}
    named = _FILE.search(archive.file_name)
    usual = user(named[1]) if named else ""
    usual = usual if not names or usual in names else ""  # a renamed file names somebody else
    told = settings.owners.get("reddit", Owner())
    given = frozenset(user(value) for value in told.handles | told.ids) - {""}
    name = user(stated) or (min(given) if given else "") or usual or _most_frequent(names)
    handle = stated or shown.get(name) or name
    account = Account(name, handle) if name else None
    owner = Owner(ids=given | ({name} - {""}))
    exported = exported or (compact_us(named[2]) if named else None)
    return Survey(account, owner, exported, created, maps={key: found for key, found in maps.items() if found})


_LOOK: Final = frozenset({"statistics", "comments", "posts", "messages", "chat", "subreddits"})


def _most_frequent(names: Counter[str]) -> str:
    """Return the name that stands in most messages and chats; none when two share the first place."""
    first = names.most_common(2)
    if not first or (len(first) > 1 and first[0][1] == first[1][1]):
        return ""
    return first[0][0]
