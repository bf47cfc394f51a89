"""Identify people on LinkedIn: by profile page where a file has one, else by e-mail address, else by name.

A profile page's address is written in many spellings (country hosts, escapes, tracking queries); its key is the lower-case
address without scheme, `www.`, country and query, such as `linkedin.com/in/mina-kovac`.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from pipeline.model.naming import name_id, normalise_email, normalise_name, normalise_url
from pipeline.model.records import Alias, Person
from pipeline.model.survey import Context
from pipeline.sources.linkedin.facts import LinkedInFacts

_EMPTY_CELLS: Final = frozenset({"", "n/a", "null", "none"})
_COUNTRY_HOST: Final = re.compile(r"^[a-z]{2,3}\.linkedin\.com(?=/|$)")
_NEXT_ADDRESS: Final = re.compile(r"[,\s]+(?=(?:https?://)?(?:[a-z]+\.)?linkedin\.com/)", re.IGNORECASE)


def cell_text(cell: str) -> str:
    """Return a cell's text, empty for LinkedIn's spellings of an empty cell (`N/A`, `null`, `none`)."""
    return "" if cell.strip().lower() in _EMPTY_CELLS else cell.strip()


def profile_key(url: str) -> str:
    """Return the key of a profile page's address; empty for an empty cell.

    >>> profile_key("http://DE.linkedin.com/in/mina-kov%C3%A1c/?x=1")
    'linkedin.com/in/mina-kovác'
    """
    text = cell_text(url)
    return _COUNTRY_HOST.sub("linkedin.com", normalise_url(unquote(text))) if text else ""


def profile_keys(cell: str) -> list[str]:
    """Return the keys of all addresses in a cell, which are separated by commas or blanks."""
    return [key for part in _NEXT_ADDRESS.split(cell_text(cell)) if (key := profile_key(part))]


def page_of_handle(handle: str) -> str:
    """Return the profile key of a handle from the settings, such as `mina-kovac` or `@mina-kovac`."""
    return f"linkedin.com/in/{handle.strip('@/').lower()}"


def full_name(first: str, last: str) -> str:
    """Return first and last name joined by a blank."""
    return " ".join(part for part in (cell_text(first), cell_text(last)) if part)


def identify(url: str, name: str, email: str = "") -> Person | None:
    """Return the person by profile page, else by e-mail address, else by name; None when all three are empty."""
    page, address, shown = profile_key(url), normalise_email(cell_text(email)), cell_text(name)
    address = address if "@" in address else ""
    if page:
        return Person(page, display_name=shown or None, url=f"https://{page}", email=address or None)
    if address:
        return Person(address, display_name=shown or None, email=address)
    return Person(name_id(shown), display_name=shown) if shown else None


def identify_by_name(name: str, context: Context) -> Iterator[Person | Alias]:
    """Yield the person known by name and, when exactly one profile in the archive has that name, an alias to it."""
    shown = cell_text(name)
    yield from with_page(Person(name_id(shown), display_name=shown), context)


def with_page(person: Person, context: Context) -> Iterator[Person | Alias]:
    """Yield a person and, when known without a page and exactly one profile in the archive has the name, an alias to it."""
    yield person
    page = context.facts(LinkedInFacts).page_by_name.get(normalise_name(person.display_name or ""), "")
    if page and not person.url:
        yield Alias(person.native_id, page, "the only profile of that name in the export")


def is_closed_account(name: str) -> bool:
    """Return whether a name is empty or the one that LinkedIn writes for every closed account."""
    return normalise_name(cell_text(name)) in {"", "linkedin member"}


def split_names(cell: str, known: Container[str]) -> list[str]:
    """Return the names in a cell of recipients, which commas separate although a name may hold one itself.

    A part of a single word belongs to the name before it, unless it is a known name.

    Args:
        cell: the cell `TO`.
        known: normalised names that the archive has elsewhere.

    >>> split_names("Mina Kovac, PhD, Lea Novak, Prince", {"prince"})
    ['Mina Kovac, PhD', 'Lea Novak', 'Prince']
    """
    found: list[str] = []
    if normalise_name(cell_text(cell)) in known:
        return [cell_text(cell)]
    for part in filter(None, map(str.strip, cell_text(cell).split(","))):
        if found and " " not in part and normalise_name(part) not in known:
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def resolve_name(native_id: str, page_by_name: Mapping[str, str]) -> str:
    """Return the profile page that alone has the name of a `name:` id; any other id unchanged."""
    return (page_by_name.get(native_id.removeprefix("name:")) if native_id.startswith("name:") else "") or native_id


def is_owner(person: Person, context: Context) -> bool:
    """Return whether a person is the owner: by profile page or e-mail address, by name for a person known by name only."""
    owner = context.owner("linkedin")
    if person.native_id.startswith("name:"):
        return normalise_name(person.display_name or "") in {normalise_name(name) for name in owner.names}
    pages = {profile_key(site) for site in owner.ids | owner.sites} | {page_of_handle(name) for name in owner.handles}
    return person.native_id in pages or (person.email or "") in {normalise_email(mail) for mail in owner.emails}
