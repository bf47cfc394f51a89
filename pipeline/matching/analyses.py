"""The four analyses: who began, and which answers count."""

from typing import Final, Literal, TypeAlias

Initiator: TypeAlias = Literal["me", "them"]
"""Whose gestures: the owner's or the contacts'."""
Outcome: TypeAlias = Literal["worded", "any"]
"""Which answers count: those with words of the person, or all."""
ANALYSES: Final[tuple[tuple[Initiator, Outcome], ...]] = (
    ("me", "worded"), ("me", "any"), ("them", "worded"), ("them", "any"),
)  # fmt: skip
