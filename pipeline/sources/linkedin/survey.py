"""Survey a LinkedIn export: the owner, the connections and invitations, the participants of each conversation."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.model.durations import DAY
from pipeline.model.naming import normalise_email, normalise_name
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.linkedin.conversations import Conversations
from pipeline.sources.linkedin.dates import parse_date
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.people import (
    cell_text,
    full_name,
    identify,
    page_of_handle,
    profile_key,
    resolve_name,
)
from pipeline.sources.linkedin.tables import cell, member_id, rows
from pipeline.sources.shared.export_files.dates import usual_names

_EXPORT_NAME: Final = re.compile(r"(?:Basic|Complete)_LinkedInDataExport_(\d\d)-(\d\d)-(\d{4})", re.IGNORECASE)
_TWO: Final = 2
_OWNER_SHARE: Final = 0.9
"""Without any other evidence the owner is the page that takes part in at least this share of all conversations."""


class _Tables:
    """What the tables state, collected member by member."""

    def __init__(self) -> None:
        self.emails: set[str] = set()
        self.name = ""
        self.created: int | None = None
        self.invited: list[tuple[str, str, int]] = []
        """(direction, native id, time) of each invitation."""
        self.owner_pages: Counter[str] = Counter()
        self.pages_by_name: dict[str, set[str]] = {}
        self.connected: list[tuple[str, str, int]] = []
        """(native id, normalised name, day) of each connection."""
        self.names_without_page: Counter[str] = Counter()
        """Normalised name -> connections of that name without a page."""
        self.conversations = Conversations()

    def _add_name(self, page: str, name: str) -> None:
        if page and name:
            self.pages_by_name.setdefault(normalise_name(name), set()).add(page)

    def add(self, member: Member, reader: str) -> None:
        """Collect the facts of a member."""
        match reader:
            case "profile":
                self._add_profile(member)
            case "connections":
                self._add_connections(member)
            case "invitations":
                self._add_invitations(member)
            case "messages":
                self._add_messages(member)
            case "endorsed" | "endorsed_by":
                self._add_endorsements(member, reader)

    def _add_profile(self, member: Member) -> None:
        """Collect the owner's name, e-mail addresses and registration date."""
        for row in rows(member, "profile"):
            self.name = self.name or full_name(cell(row, "First Name"), cell(row, "Last Name"))
            email, registered = normalise_email(cell(row, "Email Address")), parse_date(cell(row, "Registered At"))
            self.emails |= {email} if "@" in email else set()
            self.created = registered.at if registered else self.created

    def _add_connections(self, member: Member) -> None:
        for row in rows(member, "connections"):
            name = full_name(cell(row, "First Name"), cell(row, "Last Name"))
            person = identify(cell(row, "URL"), name, cell(row, "Email Address"))
            since = parse_date(cell(row, "Connected On"))
            if person:
                self._add_name(profile_key(cell(row, "URL")), name)
                self.names_without_page[normalise_name(name)] += not profile_key(cell(row, "URL"))
                if since:
                    self.connected.append((person.native_id, normalise_name(name), since.at - since.at % DAY))

    def _add_invitations(self, member: Member) -> None:
        """Collect the owner's own page and the invited or inviting people."""
        for row in rows(member, "invitations"):
            outgoing = cell(row, "Direction").upper() == "OUTGOING"
            ends = (("inviterProfileUrl", "From"), ("inviteeProfileUrl", "To"))
            (own_url, own_name), (url, name) = ends if outgoing else ends[::-1]
            self.owner_pages.update(filter(None, [profile_key(cell(row, own_url))]))
            self.name = self.name or cell_text(cell(row, own_name))
            person, sent = identify(cell(row, url), cell(row, name)), parse_date(cell(row, "Sent At"))
            if person and sent:
                self._add_name(profile_key(cell(row, url)), cell_text(cell(row, name)))
                self.invited.append(("outbound" if outgoing else "inbound", person.native_id, sent.at))

    def _add_messages(self, member: Member) -> None:
        """Collect the participants of each conversation and who wrote in it."""
        for row in rows(member, "messages"):
            for page, name in self.conversations.add(row):
                self._add_name(page, name)

    def _add_endorsements(self, member: Member, reader: str) -> None:
        side = "Endorsee" if reader == "endorsed" else "Endorser"
        for row in rows(member, reader):
            name = full_name(cell(row, f"{side} First Name"), cell(row, f"{side} Last Name"))
            self._add_name(profile_key(cell(row, f"{side} Public Url")), name)

    def owner_page(self, settings: Owner) -> str:
        """Return the owner's profile page, empty when nothing identifies it.

        In this order: the settings, the owner's side of the invitations, the page of the owner's name that most
        conversations have, the page that alone takes part in nearly all conversations.
        """
        sites = {profile_key(site) for site in settings.ids | settings.sites}
        given = sorted(page for page in sites if "linkedin.com" in page)
        given += [page_of_handle(handle) for handle in sorted(settings.handles)]
        if given:
            return given[0]
        if self.owner_pages:
            return min(self.owner_pages, key=lambda page: (-self.owner_pages[page], page))
        seen = self.conversations.page_counts()
        namesakes = self.pages_by_name.get(normalise_name(self.name), set()) if self.name else set()
        in_messages = sorted((page for page in namesakes if page in seen), key=lambda page: (-seen[page], page))
        if in_messages:
            return in_messages[0]
        first = seen.most_common(2)
        is_alone = len(first) == 1 or (len(first) == 2 and first[0][1] > first[1][1])
        least = max(2, _OWNER_SHARE * len(self.conversations.found))
        return first[0][0] if is_alone and first[0][1] >= least else ""

    def former_pages(self, page: str) -> set[str]:
        """Return the owner's earlier pages, which have the owner's name."""
        name = normalise_name(self.name)
        namesakes = self.pages_by_name.get(name, set()) - {page} if page and name else set()
        return {other for other in namesakes if self.conversations.writes_as_owner(other, page, name)}

    def owner_names(self, own: set[str]) -> set[str]:
        """Return the owner's names: of the profile, of messages with a direction, else those of the owner's pages."""
        stated = {self.name, *self.conversations.owner_names} - {""}
        return stated or {name for name, pages in self.pages_by_name.items() if own & pages}

    def facts(self, own: set[str], own_names: set[str]) -> LinkedInFacts:
        """Return the archive's facts, given the owner's pages and normalised names."""
        # Two connections of one name without pages may be two people, neither of whom is known to be the page's.
        by_name = {
            name: next(iter(pages)) if len(pages) == 1 and self.names_without_page[name] < _TWO else ""
            for name, pages in self.pages_by_name.items()
        }
        names_of_page: dict[str, list[str]] = {}
        for name, pages in sorted(self.pages_by_name.items()):
            for page in pages:
                names_of_page.setdefault(page, []).append(name)
        connected_on = self._connected_on(by_name)
        known = {*self.pages_by_name, *self.names_without_page, *self.conversations.names, *own_names} - {""}
        facts = LinkedInFacts(
            page_by_name=by_name,
            names_of_page={page: tuple(found) for page, found in names_of_page.items()},
            connected_on=connected_on,
            accepted_invitations=self._accepted(by_name, connected_on),
            known_names=frozenset(known),
            unanswered=self.conversations.unanswered(own, own_names),
        )
        return replace(facts, others=self.conversations.others(own, own_names, facts))

    def _connected_on(self, by_name: Mapping[str, str]) -> dict[str, int]:
        """Return native id -> day of the connection.

        Older layouts give profile addresses in one of the two files only, so a connection is known by the page that alone
        has its name too, and by its name when no other connection has that.
        """
        found: dict[str, int] = {}
        for native_id, name, at in self.connected:
            found[by_name.get(name) or native_id if self.names_without_page[name] else native_id] = at
            if self.names_without_page[name] == 1:
                found[f"name:{name}"] = at
        return found

    def _accepted(self, by_name: Mapping[str, str], connected_on: Mapping[str, int]) -> dict[str, int]:
        """Return `<direction> <native id>` -> time of the invitation that led to the connection."""
        accepted: dict[str, int] = {}
        for direction, person, at in self.invited:
            resolved = resolve_name(person, by_name)
            key = f"{direction} {resolved}"
            if resolved in connected_on and at < connected_on[resolved] + DAY:
                accepted[key] = max(at, accepted.get(key, at))
        return accepted


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return owner, account, export date and facts; members that cannot be opened are passed over."""
    tables = _Tables()
    readers = {claim.member: claim.reader for claim in claims}
    ids: set[str] = set()
    for member in archive.members:
        reader = readers.get(member.name)
        if reader is None:
            continue
        ids |= {member_id(member.name)} - {""}
        try:
            tables.add(member, reader)
        except MemberError:
            continue
    page = tables.owner_page(settings.owners.get("linkedin", Owner()))
    own = {page, *tables.former_pages(page)} - {""}
    names = tables.owner_names(own)
    native_id = page or min(ids, default="")
    dated = next(filter(None, map(_EXPORT_NAME.match, usual_names(archive, claims))), None)
    day = parse_date(f"{dated[3]}-{dated[1]}-{dated[2]}") if dated else None
    email = min(tables.emails, default=None)
    return Survey(
        account=Account(native_id, display_name=tables.name or min(names, default=None), email=email)
        if native_id
        else None,
        owner=Owner(ids=frozenset(own | ids), names=frozenset(names), emails=frozenset(tables.emails)),
        exported_at=day.at if day else None,
        account_created_at=tables.created,
        facts=tables.facts(own, {normalise_name(name) for name in names}),
    )
