"""Who shares an e-mail address: one person under several identities, or several people with one mailbox.

Source: methods:joins.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.contacts.name_forms import handle_form, name_tokens
from pipeline.contacts.name_matches import NameMatch, compare_tokens

_MOST_NAMES: Final = 8
"""An address under more names than this belongs to an office, not to a person."""


class Named(NamedTuple):
    """An identity and the name that it shows."""

    identity_id: str
    display_name: str | None


def may_be_one(one: str | None, other: str | None, address: str = "") -> bool:
    """Return whether two names at one address don't contradict that it is one person.

    Another family name after the same given name is a contradiction unless the address spells the given name: people
    marry, but households share mailboxes.

    Examples:
        >>> may_be_one("Bob Lee", "Robert Lee"), may_be_one("Ann Lee", "Tom Lee"), may_be_one("Ann Lee", None)
        (True, False, True)
        >>> may_be_one("Ann Lee", "Ann Carter", "ann.lee@mail.example")
        True
    """
    mine, theirs = name_tokens(one or ""), name_tokens(other or "")
    if compare_tokens(mine, theirs) is not NameMatch.DIFFERENT:
        return True
    return mine[0] == theirs[0] and len(mine[0]) > 2 and handle_form(address).startswith(mine[0])


def one_person_groups(address: str, sharing: Sequence[Named]) -> list[list[str]]:
    """Return the identities at one address that are one person, in groups of at least two, sorted.

    If the names contradict each other, several people share the mailbox. Then only equal names are one person, and an
    identity without a name belongs to none of them.

    Args:
        address: the normalised address.
        sharing: the identities that state it.
    """
    names = sorted({one.display_name for one in sharing if one.display_name and name_tokens(one.display_name)})
    shared = len(names) > _MOST_NAMES or any(
        not may_be_one(a, b, address) for i, a in enumerate(names) for b in names[i + 1 :]
    )
    groups: dict[tuple[str, ...], set[str]] = {}
    for one in sharing:
        tokens = tuple(sorted(name_tokens(one.display_name or "")))
        if not shared:
            groups.setdefault((), set()).add(one.identity_id)
        elif len(tokens) > 1:
            groups.setdefault(tokens, set()).add(one.identity_id)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)
