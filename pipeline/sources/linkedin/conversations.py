"""Who takes part in which conversation of `messages.csv`, from all its rows.

Format facts: since 2023 a row has the pages of sender and recipients; before, it has the sender's page and the recipients'
names; about 2020 it has names only, no conversation, and a direction.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.formats.csv_rows import Row
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Person
from pipeline.sources.linkedin.facts import LinkedInFacts
from pipeline.sources.linkedin.people import cell_text, is_closed_account, profile_key, profile_keys, split_names
from pipeline.sources.linkedin.tables import cell


def conversation(row: Row) -> str:
    """Return the key of a row's conversation: its id, or the names of all participants where the layout has no ids."""
    if native := cell(row, "CONVERSATION ID"):
        return native
    parts = ",".join((cell(row, "FROM"), cell(row, "TO"))).split(",")
    return "names:" + "|".join(sorted({normalise_name(part) for part in parts} - {""}))


def is_outgoing(row: Row) -> bool | None:
    """Return whether a row's direction says that the owner sent it; None in layouts without directions."""
    way = cell(row, "DIRECTION").upper()
    return way == "OUTGOING" if way in {"OUTGOING", "INCOMING"} else None


def person_of_name(name: str, pages: Collection[str], facts: LinkedInFacts) -> Person:
    """Return the person of a name: by the page that alone has it in the conversation, else in the export, else by name.

    Args:
        name: as written.
        pages: pages that take part in the conversation.
        facts: the archive's facts.
    """
    found = _id_of_name(normalise_name(name), pages, facts.page_by_name, facts.names_of_page)
    return Person(found, display_name=name, url=None if found.startswith("name:") else f"https://{found}")


def _id_of_name(
    name: str, pages: Collection[str], page_by_name: Mapping[str, str], names_of_page: Mapping[str, Collection[str]]
) -> str:
    here = [page for page in pages if name in names_of_page.get(page, ())]
    return here[0] if len(here) == 1 else page_by_name.get(name) or name_id(name)


@dataclass(slots=True)
class _Conversation:
    """What the rows of one conversation state."""

    pages: set[str] = field(default_factory=set)
    senders: set[tuple[str, str]] = field(default_factory=set)
    """(page, normalised name) of everybody who wrote."""
    nameless_cells: set[str] = field(default_factory=set)
    """The cells `TO` of rows without recipients' pages."""
    has_recipient_pages: bool = False
    is_answered: bool = False
    """Whether a row's direction says that the owner wrote."""


class Conversations:
    """Collects the rows of `messages.csv`."""

    def __init__(self) -> None:
        self.found: dict[str, _Conversation] = {}
        self.names: set[str] = set()
        """Normalised names of senders."""
        self.owner_names: Counter[str] = Counter()
        """Names that a direction gives to the owner, as written."""
        self.sides: set[frozenset[str]] = set()
        """The pages of sender and recipients, for messages that give all of them."""
        self.written_to: set[tuple[str, str]] = set()
        """(page of the sender, cell `TO`) of rows without recipients' pages."""

    def add(self, row: Row) -> Iterator[tuple[str, str]]:
        """Collect a row and yield the (page, name) that it states."""
        one = self.found.setdefault(conversation(row), _Conversation())
        sender, name = profile_key(cell(row, "SENDER PROFILE URL")), cell_text(cell(row, "FROM"))
        recipients, shown = profile_keys(cell(row, "RECIPIENT PROFILE URLS")), cell_text(cell(row, "TO"))
        one.pages.update({sender, *recipients} - {""})
        one.senders.add((sender, normalise_name(name)))
        if not is_closed_account(name):
            self.names.add(normalise_name(name))
        outgoing = is_outgoing(row)
        one.is_answered |= outgoing is True
        if outgoing is not None:
            self.owner_names.update([name if outgoing else shown] if outgoing or "," not in shown else [])
        yield sender, name
        if recipients:
            one.has_recipient_pages = True
            self.sides |= {frozenset({sender, *recipients})} if sender else set()
            if len(recipients) == 1:
                yield recipients[0], shown
        else:
            one.nameless_cells.add(shown)
            self.written_to |= {(sender, shown)} if sender else set()

    def page_counts(self) -> Counter[str]:
        """Return page -> number of conversations in which it takes part."""
        return Counter(page for one in self.found.values() for page in one.pages)

    def writes_as_owner(self, page: str, current: str, owner_name: str) -> bool:
        """Return whether a page with the owner's name is an earlier page of the owner's.

        Members may change their page's address. One side of every message is the owner's, so a namesake to whom the
        owner writes occurs together with the owner's page, or writes to the owner's name; an earlier page of the owner's
        does not.
        """
        if any(page in pages and current not in pages for pages in self.sides):
            return True
        return any(
            sender == page and owner_name not in {normalise_name(name) for name in split_names(shown, {owner_name})}
            for sender, shown in self.written_to
            if shown
        )

    def others(
        self, own: Collection[str], own_names: Collection[str], facts: LinkedInFacts
    ) -> dict[str, tuple[str, ...]]:
        """Return conversation -> native ids of everybody in it but the owner.

        Names count where the rows have no recipients' pages; in a conversation that has some they count only when no
        page but the owner's is there.

        Args:
            own: the owner's pages.
            own_names: the owner's normalised names.
            facts: names and pages of the archive.
        """
        found = {}
        for thread, one in self.found.items():
            ids = one.pages - set(own)
            if not one.has_recipient_pages or not ids:
                cells = (name for shown in one.nameless_cells for name in split_names(shown, facts.known_names))
                names = {*(normalise_name(name) for name in cells), *(name for page, name in one.senders if not page)}
                pages = frozenset(ids)
                for name in sorted(names - set(own_names)):
                    if not is_closed_account(name):
                        ids.add(_id_of_name(name, pages, facts.page_by_name, facts.names_of_page))
            found[thread] = tuple(sorted(ids - set(own)))
        return found

    def unanswered(self, own: Collection[str], own_names: Collection[str]) -> frozenset[str]:
        """Return the conversations without a message of the owner's."""
        return frozenset(
            thread
            for thread, one in self.found.items()
            if not one.is_answered
            and not any((page in own if page and own else name in own_names) for page, name in one.senders)
        )
