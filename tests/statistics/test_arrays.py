"""Orders and segments of arrays against plain definitions."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.statistics.arrays import changes, counts_up_to, segment_minimum, stable_order

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(-(10**15), 10**15) | st.integers(0, 4)), max_size=40)


@settings(max_examples=100, deadline=None)
@given(rows)
def test_stable_order_is_lexsort(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
    assert stable_order(first, second).tolist() == np.lexsort((second, first)).tolist()
    # together with the others these do not fit into 64 bits
    wide = np.array([(-1) ** k * 2**61 for k in range(len(pairs))], dtype=np.int64)
    assert stable_order(wide, second, first).tolist() == np.lexsort((first, second, wide)).tolist()


@given(rows)
def test_a_change_is_a_row_that_differs_from_the_one_before(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
    assert changes(first, second).tolist() == [k == 0 or pairs[k] != pairs[k - 1] for k in range(len(pairs))]


@settings(max_examples=100, deadline=None)
@given(rows, rows)
def test_counts_up_to_a_time(known: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    known.sort()
    arguments = [np.array([row[k] for row in table], dtype=np.int64) for table in (known, asked) for k in (0, 1)]
    group, at, asked_group, asked_at = arguments
    assert counts_up_to(group, at, asked_group, asked_at).tolist() == [
        sum(row <= question for row in known) for question in asked
    ]


@given(st.lists(st.integers(0, 9), min_size=1), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_the_minimum_of_each_segment(values: list[int], bounds: list[tuple[int, int]]) -> None:
    cut = [(min(a, len(values)), min(b, len(values))) for a, b in bounds]
    begin, end = (np.array([pair[k] for pair in cut], dtype=np.int64) for k in (0, 1))
    never = np.iinfo(np.int64).max
    assert segment_minimum(np.array(values), begin, end).tolist() == [min(values[a:b], default=never) for a, b in cut]
