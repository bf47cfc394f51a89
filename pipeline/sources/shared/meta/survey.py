"""What the surveys of Facebook and Instagram exports have in common."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.sources.base import Archive, Claim, Member

OWNER_GUESSED: Final = "no profile in the export: the participant of every conversation was taken for the owner"
"""Note of a survey that takes the owner from the conversations."""


def members_by_reader(archive: Archive, claims: Sequence[Claim]) -> dict[str, list[Member]]:
    """Return reader -> claimed members, in the order of the claims."""
    members = {member.name: member for member in archive.members}
    found: dict[str, list[Member]] = {}
    for claim in claims:
        if claim.member in members:
            found.setdefault(claim.reader, []).append(members[claim.member])
    return found


def in_every_conversation(conversations: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return normalised name -> name of the participants of all conversations; conversations without any are passed over."""
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    total = 0
    for participants in conversations:
        present = {normalise_name(name): name for name in participants}
        if present:
            total += 1
            seen.update(present.keys())
            names.update(present)
    return {name: names[name] for name, count in seen.items() if count == total}
