"""Joins and suggestions on labelled pairs of identities. Source: methods:joins, methods:suggestions."""

import pytest

from tests.contacts.labelled.measure import measure
from tests.contacts.labelled.world import hard_pairs, made_pairs


@pytest.mark.parametrize("seed", [11, 12])
def test_joins_are_precise_and_suggestions_find_the_rest(seed: int) -> None:
    of = measure([*made_pairs(seed), *hard_pairs()])
    assert of.pairs >= 2_000
    assert of.joined >= 200
    assert of.precision >= 0.99
    assert of.recall >= 0.9
    assert of.a_person <= 3


def test_hand_written_pairs_alone() -> None:
    pairs = hard_pairs()
    assert len(pairs) >= 150
    of = measure(pairs)
    assert of.precision >= 0.99, of.kinds
    assert of.recall >= 0.9, [(pair.one, pair.other) for pair in of.missed]
    assert of.a_person <= 3
