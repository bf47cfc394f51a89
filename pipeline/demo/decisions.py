"""The invented owner's contacts.csv: who is the same person, who is a guru, a peer or a newbie."""

import csv
import io
from random import Random
from typing import Final

from pipeline.contacts.decision_lines import COLUMNS
from pipeline.demo.people import Character
from pipeline.demo.world import Persona

_SURE: Final = ("x", "linkedin", "email", "instagram", "mastodon", "bluesky")
"""Platforms on which a person is keyed by their native id."""
KNOWN: Final = 0.8
"""Share of the people whose standing the owner has written down."""
MERGED: Final = 0.6
"""Share of the people whose identities the owner has joined."""


def decisions_csv(crowd: list[tuple[Persona, Character]], seed: int) -> str:
    """Return contacts.csv: merges and tiers of some of the people, the same for the same seed."""
    random = Random(seed)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for person, character in crowd:
        ids = [f"{platform}:{person.native_ids[platform]}" for platform in _SURE if platform in person.handles]
        merged, known = random.random() < MERGED, random.random() < KNOWN
        if merged:
            for other in ids[1:]:
                writer.writerow({"action": "merge", "contact": ids[0], "other": other, "note": "the same person"})
        for identity in (ids[:1] if merged else ids) if known else []:
            writer.writerow({"action": "set", "contact": identity, "tier": character.tier})
    return out.getvalue()
