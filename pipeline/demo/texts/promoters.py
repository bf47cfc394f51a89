"""Which of the invented people drop links, promote themselves, or do so once."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Final

from pipeline.demo.texts.purposes import LINK_DROP, PROMOTION
from pipeline.demo.world import Act

_FEW: Final = (4, 8)
"""First acts of somebody who advertises: enough to be noticed, few enough to leave the figures alone."""
DROPPERS: Final = 3
PROMOTERS: Final = 3
_SHARE: Final = 0.7
"""Share of their first acts in which people advertise themselves; the first dropper does nothing else."""


def advertisements(firsts: Sequence[Act], seed: int) -> dict[str, str]:
    """Return act id -> kind, for inbound first acts that advertise.

    Args:
        firsts: first acts of all people but the owner that an export shows, by time.
        seed: of the world.
    """
    random = Random(f"{seed} promoters")
    acts: dict[str, list[Act]] = defaultdict(list)
    for act in firsts:
        acts[act.person].append(act)
    few = sorted(person for person, own in acts.items() if _FEW[0] <= len(own) <= _FEW[1])
    found: dict[str, str] = {}
    for number, person in enumerate(few[: DROPPERS + PROMOTERS]):
        kind = LINK_DROP if number < DROPPERS else PROMOTION
        found |= {act.id: kind for act in acts[person] if number == 0 or random.random() < _SHARE}
    for person in few[DROPPERS + PROMOTERS :][:1]:
        found[acts[person][-1].id] = PROMOTION
    return found
