"""Survey a Reddit export: the owner, ids of own items, members of each chat, names of subreddits."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.csv_rows import Row
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.reddit.facts import RedditFacts
from pipeline.sources.reddit.identifiers import full_id, user_name
from pipeline.sources.reddit.messages import is_group_chat
from pipeline.sources.shared.csv_tables.headings import first_heading, read_table
from pipeline.sources.shared.web.json_items import compact_us, iso_us

_EXPORT_NAME: Final = re.compile(r"export_(.+?)_(\d{8})(?!\d)", re.IGNORECASE)
_ACCOUNT_START: Final = re.compile("creat|regist|birth")


def _rows(member: Member) -> Iterator[Row]:
    try:
        yield from read_table(member, first_heading(member))
    except MemberError:
        return


class _Tables:
    """What the tables state, collected row by row."""

    def __init__(self) -> None:
        self.stated_name = ""
        self.created: int | None = None
        self.exported: int | None = None
        self.occurrences: Counter[str] = Counter()
        """User name -> messages and chats in which it occurs."""
        self.spelling: dict[str, str] = {}
        """User name -> its spelling."""
        self.own_items: set[str] = set()
        self.subreddits: set[str] = set()
        self.channel_members: dict[str, set[str]] = {}
        self.group_message_authors: dict[str, str] = {}
        self.answering: dict[str, set[str]] = {}

    def add(self, row: Row, reader: str) -> None:
        """Collect the facts of a row."""
        match reader:
            case "statistics":
                self._add_statistic(row)
            case "comments" | "posts":
                self.own_items |= {full_id(row.get("id"), "t1_" if reader == "comments" else "t3_") or ""}
            case "subreddits":
                self.subreddits.add(row.get("subreddit").lower().removeprefix("/").removeprefix("r/"))
            case "messages":
                pair = (row.get("from"), row.get("to"))
                self.occurrences.update({user_name(name) for name in pair} - {""})
                self.spelling.update({user_name(name): name for name in pair})
            case "chat":
                self._add_chat_message(row)

    def _add_statistic(self, row: Row) -> None:
        label, value = row.get("statistic").lower(), row.get("value")
        if "name" in label and not self.stated_name:
            self.stated_name = value
        if self.created is None and _ACCOUNT_START.search(label):
            self.created = iso_us(value)
        if "export" in label:
            self.exported = iso_us(value)

    def _add_chat_message(self, row: Row) -> None:
        sender, channel = user_name(row.get("username")), row.get("channel_url")
        members = self.channel_members.setdefault(channel, set())
        members |= {sender} - {""}
        self.spelling[sender] = row.get("username")
        if answered := row.get("thread_parent_message_id"):
            self.answering.setdefault(answered, set()).update({sender} - {""})
        if sender and is_group_chat(row, len(members) - 1):
            self.group_message_authors[row.get("message_id")] = sender

    def facts(self) -> RedditFacts:
        """Return the facts that readers need."""
        return RedditFacts(
            own_items=frozenset(self.own_items - {""}),
            channel_members={channel: tuple(sorted(names)) for channel, names in sorted(self.channel_members.items())},
            group_message_authors=self.group_message_authors,
            answering_users={
                answered: tuple(sorted(names)) for answered, names in sorted(self.answering.items()) if names
            },
            subreddits=frozenset(self.subreddits),
        )


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts.

    The owner is the user named by `statistics.csv`, else by the settings, else by the usual file name, else the user who
    occurs in most messages and chats.
    """
    readers = {claim.member: claim.reader for claim in claims}
    tables = _Tables()
    for member in archive.members:
        reader = readers.get(member.name, "")
        if reader in _SURVEYED:
            for row in _rows(member):
                tables.add(row, reader)
    for members in tables.channel_members.values():
        tables.occurrences.update(members)
    named = _EXPORT_NAME.search(archive.file_name)
    from_file_name = user_name(named[1]) if named else ""
    if tables.occurrences and from_file_name not in tables.occurrences:
        from_file_name = ""  # a renamed file
    configured = settings.owners.get("reddit", Owner())
    given = frozenset(user_name(text) for text in configured.handles | configured.ids) - {""}
    name = (
        user_name(tables.stated_name) or min(given, default="") or from_file_name or _most_frequent(tables.occurrences)
    )
    handle = tables.stated_name or tables.spelling.get(name) or name
    return Survey(
        account=Account(name, handle) if name else None,
        owner=Owner(ids=given | ({name} - {""})),
        exported_at=tables.exported or (compact_us(named[2]) if named else None),
        account_created_at=tables.created,
        facts=tables.facts(),
    )


_SURVEYED: Final = frozenset({"statistics", "comments", "posts", "messages", "chat", "subreddits"})


def _most_frequent(occurrences: Counter[str]) -> str:
    """Return the user name that occurs most often, empty when two share the first rank."""
    first = occurrences.most_common(2)
    if not first or (len(first) > 1 and first[0][1] == first[1][1]):
        return ""
    return first[0][0]
