"""How LinkedIn names people: by profile page where the file has one, else by e-mail address, else by name."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from pipeline.model.naming import name_id, normalise_email, normalise_name, normalise_url
from pipeline.model.records import Alias, Context, Person

NAMES: Final = "li_names"
"""Survey map: normalised name -> the one profile that has it in this archive; empty when several have."""
_NOTHING: Final = frozenset({"", "n/a", "null", "none"})
_COUNTRY: Final = re.compile(r"^[a-z]{2,3}\.linkedin\.com(?=/|$)")
_STARTS: Final = re.compile(r"[,\s]+(?=(?:https?://)?(?:[a-z]+\.)?linkedin\.com/)", re.IGNORECASE)


def value(text: str) -> str:
    """Return a cell's value, empty for the ways in which nothing is written."""
    return "" if text.strip().lower() in _NOTHING else text.strip()


def profile(url: str) -> str:
    """Return the key of a profile page: lower host without scheme, www, country, query; slug decoded. Empty for none."""
    text = value(url)
    return _COUNTRY.sub("linkedin.com", normalise_url(unquote(text))) if text else ""


def profiles(cell: str) -> list[str]:
    """Return the profiles of a cell that may hold several addresses, parted by comma or blank."""
    return [found for part in _STARTS.split(value(cell)) if (found := profile(part))]


def full_name(first: str, last: str) -> str:
    """Return first and last name as one."""
    return " ".join(part for part in (value(first), value(last)) if part)


def identified(url: str, name: str, email: str = "") -> Person | None:
    """Return the person by profile page, else e-mail address, else name; None without any."""
    page, address, shown = profile(url), normalise_email(value(email)), value(name)
    address = address if "@" in address else ""
    if page:
        return Person(page, display_name=shown or None, url=f"https://{page}", email=address or None)
    if address:
        return Person(address, display_name=shown or None, email=address)
    return Person(name_id(shown), display_name=shown) if shown else None


def named(name: str, context: Context) -> Iterator[Person | Alias]:
    """Yield the person known by name, and the profile that is theirs if only one in this archive has that name."""
    shown = value(name)
    yield Person(name_id(shown), display_name=shown)
    page = context.survey.maps.get(NAMES, {}).get(normalise_name(shown), "")
    if page:
        yield Alias(name_id(shown), page, "the only profile of that name in the export")


def leads_to(native_id: str, by_name: Mapping[str, str]) -> str:
    """Return the page that alone has a `name:` person's name (map `NAMES`); any other native_id as it is."""
    return (by_name.get(native_id.removeprefix("name:")) if native_id.startswith("name:") else "") or native_id


def is_owner(person: Person, context: Context) -> bool:
    """Tell whether a person is the owner: by profile page, else by name where nothing else is known."""
    owner = context.owner("linkedin")
    pages = {profile(site) for site in owner.ids | owner.sites}
    pages |= {f"linkedin.com/in/{handle.strip('@/').lower()}" for handle in owner.handles}
    if person.native_id.startswith("name:"):
        return normalise_name(person.display_name or "") in {normalise_name(name) for name in owner.names}
    return person.native_id in pages or (person.email or "") in {normalise_email(mail) for mail in owner.emails}
