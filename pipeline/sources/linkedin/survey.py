"""A first look at a LinkedIn export: who the owner is, who is connected, which conversations are groups."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.containers.errors import MemberError
from pipeline.model.naming import normalise_email, normalise_name
from pipeline.model.records import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.linkedin.people import NAMES, full_name, identified, leads_to, profile, profiles, value
from pipeline.sources.linkedin.tables import get, member_id, rows
from pipeline.sources.linkedin.times import written
from pipeline.sources.shared.export_files.dates import usual_names

CONNECTED: Final = "li_connected"
"""Map: person (by page where the name leads to one) -> start of the day on which they became a connection, microseconds."""
INVITED: Final = "li_invited"
"""Map: direction and person (likewise) -> time of the invitation that the connection answers, microseconds."""
CALLED: Final = "li_called"
"""Map: profile -> its names in this archive, each on a line."""
OTHERS: Final = "li_others"
"""Map: conversation -> the other people's profiles, parted by blanks."""
UNANSWERED: Final = "li_unanswered"
"""Map: conversations without a message of the owner's."""
_DAY: Final = 86_400_000_000
_NAME: Final = re.compile(r"(?:Basic|Complete)_LinkedInDataExport_(\d\d)-(\d\d)-(\d{4})", re.IGNORECASE)


class _Look:
    """What the files tell, collected."""

    def __init__(self) -> None:
        self.emails: set[str] = set()
        self.name = ""
        self.created: int | None = None
        self.invited: list[tuple[str, str, int]] = []
        self.owner_pages: Counter[str] = Counter()
        self.named: dict[str, set[str]] = {}
        self.connected: dict[str, int] = {}
        self.conversations: dict[str, set[str]] = {}
        self.senders: dict[str, set[tuple[str, str]]] = {}
        self.sides: set[frozenset[str]] = set()
        """Everybody's pages of one message, of those whose pages are all known."""

    def _name(self, page: str, name: str) -> None:
        if page and name:
            self.named.setdefault(normalise_name(name), set()).add(page)

    def profile(self, member: Member) -> None:
        """Take in the owner's name, addresses, first day."""
        for row in rows(member, "profile"):
            self.name = self.name or full_name(get(row, "First Name"), get(row, "Last Name"))
            email, joined = normalise_email(get(row, "Email Address")), written(get(row, "Registered At"))
            self.emails |= {email} if "@" in email else set()
            self.created = joined.at if joined else self.created

    def connections(self, member: Member) -> None:
        """Take in who is connected since when."""
        for row in rows(member, "connections"):
            name = full_name(get(row, "First Name"), get(row, "Last Name"))
            person = identified(get(row, "URL"), name, get(row, "Email Address"))
            since = written(get(row, "Connected On"))
            if person:
                self._name(profile(get(row, "URL")), name)
                if since:
                    self.connected[person.native_id] = since.at - since.at % _DAY

    def invitations(self, member: Member) -> None:
        """Take in the owner's own page, and when who was invited."""
        for row in rows(member, "invitations"):
            out = get(row, "Direction").upper() == "OUTGOING"
            ends = (("inviterProfileUrl", "From"), ("inviteeProfileUrl", "To"))
            (own_url, own_name), (url, name) = ends if out else ends[::-1]
            self.owner_pages.update(filter(None, [profile(get(row, own_url))]))
            self.name = self.name or value(get(row, own_name))
            person, sent = identified(get(row, url), get(row, name)), written(get(row, "Sent At"))
            if person and sent:
                self._name(profile(get(row, url)), value(get(row, name)))
                self.invited.append(("outbound" if out else "inbound", person.native_id, sent.at))

    def messages(self, member: Member) -> None:
        """Take in who takes part in which conversation."""
        for row in rows(member, "messages"):
            thread = get(row, "CONVERSATION ID")
            sender, name = profile(get(row, "SENDER PROFILE URL")), value(get(row, "FROM"))
            people = self.conversations.setdefault(thread, set())
            recipients = profiles(get(row, "RECIPIENT PROFILE URLS"))
            people |= {sender, *recipients} - {""}
            self.senders.setdefault(thread, set()).add((sender, normalise_name(name)))
            self._name(sender, name)
            if sender and recipients:
                self.sides.add(frozenset({sender, *recipients}))
            if len(recipients) == 1:
                self._name(recipients[0], value(get(row, "TO")))

    def endorsements(self, member: Member, reader: str) -> None:
        """Take in names with their pages."""
        side = "Endorsee" if reader == "endorsed" else "Endorser"
        for row in rows(member, reader):
            self._name(
                profile(get(row, f"{side} Public Url")),
                full_name(get(row, f"{side} First Name"), get(row, f"{side} Last Name")),
            )

    def page(self, settings: Owner) -> str:
        """Return the owner's page: from settings, invitations, or the page in nearly all conversations."""
        told = sorted({page for site in settings.ids | settings.sites if "linkedin.com" in (page := profile(site))})
        told += [f"linkedin.com/in/{handle.strip('@/').lower()}" for handle in sorted(settings.handles)]
        if told:
            return told[0]
        if self.owner_pages:
            return min(self.owner_pages, key=lambda page: (-self.owner_pages[page], page))
        seen = Counter(page for pages in self.conversations.values() for page in pages)
        own = self.named.get(normalise_name(self.name), set()) if self.name else set()
        mine = sorted((page for page in own if page in seen), key=lambda page: (-seen[page], page))
        if mine:
            return mine[0]
        best = seen.most_common(2)
        alone = len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1])
        return best[0][0] if best and alone and best[0][1] >= max(2, 0.9 * len(self.conversations)) else ""

    def former_pages(self, page: str) -> set[str]:
        """Return the owner's other pages (the address of a page may be changed): of the owner's name, in messages without this one.

        One side of every message is the owner's; a namesake who is written to stands beside the owner's page.
        """
        alike = self.named.get(normalise_name(self.name), set()) - {page} if page and self.name else set()
        return {other for other in alike if any(other in pages and page not in pages for pages in self.sides)}

    def maps(self, own: set[str], names: set[str]) -> dict[str, dict[str, str]]:
        """Return the look-ups."""
        others = {thread: " ".join(sorted(people - own)) for thread, people in self.conversations.items()}
        answered = {
            thread
            for thread, senders in self.senders.items()
            if any((url in own if url and own else name in names) for url, name in senders)
        }
        by_name = {name: next(iter(pages)) if len(pages) == 1 else "" for name, pages in self.named.items()}
        # One of the two files may hold no addresses (older layouts): then a name that only one page has leads to it.
        connected = {leads_to(person, by_name): at for person, at in self.connected.items()}
        invited: dict[str, int] = {}
        for direction, person, at in self.invited:
            known = leads_to(person, by_name)
            key = f"{direction} {known}"
            if known in connected and at < connected[known] + _DAY:
                invited[key] = max(at, invited.get(key, at))
        called: dict[str, list[str]] = {}
        for name, pages in sorted(self.named.items()):
            for one in pages:
                called.setdefault(one, []).append(name)
        return {
            NAMES: by_name,
            CALLED: {one: "\n".join(names_) for one, names_ in called.items()},
            CONNECTED: {person: str(at) for person, at in connected.items()},
            INVITED: {key: str(at) for key, at in invited.items()},
            OTHERS: others,
            UNANSWERED: {thread: "" for thread in self.conversations if thread not in answered},
        }


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Look over the claimed members; broken ones are passed over."""
    look = _Look()
    readers = {claim.member: claim.reader for claim in claims}
    ids: set[str] = set()
    for member in archive.members:
        reader = readers.get(member.name)
        if reader is None:
            continue
        ids |= {member_id(member.name)} - {""}
        try:
            match reader:
                case "profile":
                    look.profile(member)
                case "connections":
                    look.connections(member)
                case "invitations":
                    look.invitations(member)
                case "messages":
                    look.messages(member)
                case "endorsed" | "endorsed_by":
                    look.endorsements(member, reader)
        except MemberError:
            continue
    page = look.page(settings.owners.get("linkedin", Owner()))
    names = {look.name} - {""}
    own = {page, *look.former_pages(page)} - {""}
    owner = Owner(ids=frozenset({*own, *ids} - {""}), names=frozenset(names), emails=frozenset(look.emails))
    native = page or min(ids, default="")
    dated = next(filter(None, map(_NAME.match, usual_names(archive, claims))), None)
    day = written(f"{dated[3]}-{dated[1]}-{dated[2]}") if dated else None
    email = min(look.emails, default=None)
    account = Account(native, display_name=look.name or None, email=email) if native else None
    maps = look.maps(own, {normalise_name(name) for name in names})
    return Survey(account, owner, day.at if day else None, look.created, maps=maps)
