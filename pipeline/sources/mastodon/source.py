"""Mastodon as a source: archive, CSV lists, mastodon-archive's JSON."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.formats.counting import json_array
from pipeline.formats.json_elements import head_values
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.mastodon.declaration import MASTODON
from pipeline.sources.mastodon.lists import NAMES, TIE_OF, count_rows, reader_of, skip_rows
from pipeline.sources.mastodon.outbox import read_likes, read_outbox, skip_items
from pipeline.sources.mastodon.people import acct, acct_of_uri, host_of, strings
from pipeline.sources.mastodon.tool import MastodonFacts, count_all, read_tool, status_uris
from pipeline.sources.shared.export_files.dates import usual_names
from pipeline.sources.shared.web.json_items import compact_us, iso_us, text_of, whole_json

_FILE_DATE: Final = re.compile(r"archive-(\d{14})-[0-9a-f]+")
_COPY: Final = re.compile(r"( ?\(\d+\)|-\d+)?\.csv$")
_TOOL: Final = re.compile(r"^([a-z0-9.-]+)\.user\.([A-Za-z0-9_]+)\.json$")


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim the archive's JSON by its collection ids, the lists by name, the tool's file by name or keys."""
    for member in archive.members:
        base = member.name.rpartition("/")[2]
        if base == "actor.json" and b"preferredUsername" in member.head(1 << 16):
            yield Claim(member.name, "actor", 1.0)
        elif base in {"outbox.json", "likes.json", "bookmarks.json"}:
            if b'"OrderedCollection"' in (head := member.head(1 << 16)) or b'"orderedItems"' in head:
                yield Claim(member.name, base.removesuffix(".json"), 1.0)
        elif base.endswith(".csv"):
            name = _COPY.sub("", base)
            if name in NAMES and _has_list_content(member, name):
                yield Claim(member.name, NAMES[name], 0.6)
        elif base.endswith(".json"):
            head = member.head()
            if (_TOOL.match(base) and b"{" in head) or (
                b'"acct"' in head and b'"account"' in head and b'"username"' in head
            ):
                yield Claim(member.name, "tool", 0.9)


def _has_list_content(member: Member, name: str) -> bool:
    """Return whether a file with a usual name has the usual content: addresses, servers, or status addresses."""
    first = member.head().lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    if name in {"domain_blocks", "blocked_domains"}:
        return b"." in first and b"@" not in first
    if name == "bookmarks":
        return first.startswith(b"http")
    return first.lower().startswith(b"account address") or re.search(rb"\w@[\w-]+\.\w", first) is not None


def survey(archive: Archive, claims: Sequence[Claim], _settings: ReadSettings) -> Survey:
    """Return the owner from actor.json or the tool's `account`, and the date in the archive's usual name."""
    readers = {claim.member: claim.reader for claim in claims}
    found = Survey()
    for member in archive.members:
        part = Survey()
        if readers.get(member.name) == "actor":
            part = _actor(whole_json(member))
        elif readers.get(member.name) == "tool":
            part = _tool(member)
        found = found | part
    dated = next(filter(None, map(_FILE_DATE.search, usual_names(archive, claims))), None)
    found.exported_at = compact_us(dated[1]) if dated else None
    return found


def _actor(actor: object) -> Survey:
    if not isinstance(actor, dict):
        return Survey()
    uri, name = text_of(actor.get("id")), text_of(actor.get("preferredUsername"))
    native_id = acct(name, host_of(uri)) if name else acct_of_uri(uri)
    if not native_id:
        return Survey()
    moved = {found for other in strings(actor.get("alsoKnownAs")) if (found := acct_of_uri(other))}
    shown = text_of(actor.get("name")) or None
    owner = Owner(ids=frozenset({native_id, uri, *moved} - {""}), names=frozenset({shown} if shown else set()))
    return Survey(Account(native_id, native_id, shown), owner, account_created_at=iso_us(actor.get("published")))


def _tool(member: Member) -> Survey:
    try:
        with member.open() as stream:
            account = head_values(stream, ("account",)).get("account")
        uris = status_uris(member)
    except MemberError:
        return Survey()
    named = _TOOL.match(member.name.rpartition("/")[2])
    if not isinstance(account, dict):
        account = {"acct": named[2], "url": f"https://{named[1]}/"} if named else {}
    url = text_of(account.get("url"))
    host = named[1] if named else host_of(url)
    native_id = acct(text_of(account.get("acct")) or text_of(account.get("username")), host)
    if not native_id:
        return Survey(facts=MastodonFacts(uris))
    shown = text_of(account.get("display_name")) or None
    owner = Owner(ids=frozenset({native_id}), names=frozenset({shown} if shown else set()))
    facts = MastodonFacts(uris, str(account["id"]) if account.get("id") else "")
    created = iso_us(account.get("created_at"))
    return Survey(Account(native_id, native_id, shown), owner, account_created_at=created, facts=facts)


SOURCE = Source(
    name="mastodon",
    version=2,
    platforms=(MASTODON,),
    recognise=recognise,
    readers={
        "actor": Reader(None, None),
        "outbox": Reader(read_outbox, json_array("orderedItems")),
        "likes": Reader(read_likes, json_array("orderedItems")),
        "bookmarks": Reader(skip_items, json_array("orderedItems")),
        **{name: Reader(reader_of(name), count_rows) for name in TIE_OF},
        "muted": Reader(skip_rows, count_rows),
        "tool": Reader(read_tool, count_all),
    },
    survey=survey,
    facts=MastodonFacts,
)
