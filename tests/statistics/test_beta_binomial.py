"""The prior of small counts, against the rat tumours (Tarone; Gelman et al., BDA table 5.1) and scipy."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom

from pipeline.statistics.beta_binomial import Prior, fit, moments, overdispersed, posterior

# tumours / rats of the 70 historical control groups; the 71st is the present experiment
TUMOURS = (
    [0] * 14 + [1] * 8 + [2] * 9 + [1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10] + [4] * 7 + [10, 4, 4, 4, 5, 11, 12]
    + [5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9]
)  # fmt: skip
RATS = (
    [20] * 7 + [19] * 4 + [18] * 2 + [17] + [20] * 4 + [19] * 2 + [18] * 2 + [25, 24, 23] + [20] * 6
    + [10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50] + [20] * 7 + [48, 19, 19, 19, 22, 46, 49]
    + [20, 20, 23, 19, 22, 20, 20, 20, 52, 47, 46, 24]
)  # fmt: skip
K, N = np.array(TUMOURS), np.array(RATS)


def test_the_table_is_the_published_one() -> None:
    rates = K / N
    assert (len(K), round(float(rates.mean()), 3), round(float(rates.std(ddof=1)), 3)) == (70, 0.136, 0.103)


def test_moments_of_the_rat_tumours() -> None:
    prior = moments(K, N)
    assert prior is not None
    assert (round(prior.a, 1), round(prior.b, 1)) == (1.4, 8.6)
    mean, _, _ = posterior(np.array([4]), np.array([14]), prior)
    assert round(float(mean[0]), 3) == 0.223


def test_maximum_likelihood_with_the_71st_group() -> None:
    prior = fit(np.append(K, 4), np.append(N, 14))
    assert prior.method == "likelihood"
    assert prior.a == pytest.approx(2.342, abs=5e-3)
    assert prior.b == pytest.approx(14.115, abs=3e-2)


def test_the_likelihood_is_maximal() -> None:
    prior = fit(K, N)
    top = float(betabinom.logpmf(K, N, prior.a, prior.b).sum())
    for da, db in ((1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.02, 1.02), (0.98, 0.98)):
        assert float(betabinom.logpmf(K, N, prior.a * da, prior.b * db).sum()) < top


def test_nine_units_get_the_fixed_strength_at_the_pooled_mean() -> None:
    assert fit(np.array([1] * 9), np.array([2] * 9)) == Prior(2.0, 2.0, "fixed")


def test_equal_units_show_no_overdispersion() -> None:
    assert fit(np.array([5] * 30), np.array([10] * 30)) == Prior(2.0, 2.0, "fixed")


def test_single_trials_show_no_overdispersion() -> None:
    k = np.array([1] * 10 + [0] * 30)
    assert not overdispersed(k, np.ones(40, dtype=np.int64))
    assert fit(k, np.ones(40, dtype=np.int64)) == Prior(1.0, 3.0, "fixed")


def test_without_any_success_the_interval_has_a_width() -> None:
    prior = fit(np.zeros(3, dtype=np.int64), np.array([1, 1, 1]))
    assert prior == Prior(0.5, 3.5, "fixed")
    _, low, high = posterior(np.array([0]), np.array([3]), prior)
    assert 0 <= low[0] < high[0] < 1


def test_two_groups_of_units_give_a_below_one() -> None:
    prior = fit(np.array([0] * 30 + [10] * 10), np.array([10] * 40))
    assert prior.method == "likelihood"
    assert prior.a < 0.1


def test_the_interval_is_the_quantiles_of_the_posterior() -> None:
    mean, low, high = posterior(np.array([0, 3, 3]), np.array([2, 4, 4]), Prior(1.0, 2.0, "fixed"))
    assert mean.tolist() == [0.2, 4 / 7, 4 / 7]
    assert low == pytest.approx(beta.ppf(0.05, [1, 4, 4], [4, 3, 3]))
    assert high == pytest.approx(beta.ppf(0.95, [1, 4, 4], [4, 3, 3]))


COUNTS = st.lists(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(counts=COUNTS, seed=st.integers(0, 99))
@example(counts=[(0, 1)] * 7 + [(1, 2), (5, 7), (6, 19)], seed=0)  # flat: row order chose
def test_order_does_not_matter_and_shrinking_stays_between(counts: list[tuple[int, int]], seed: int) -> None:
    k, n = np.array(counts).T
    prior = fit(k, n)
    order = np.random.default_rng(seed).permutation(len(k))
    again = fit(k[order], n[order])
    assert again == prior
    mean, low, high = posterior(k, n, prior)
    middle = prior.a / (prior.a + prior.b)
    assert (mean >= np.minimum(k / n, middle) - 1e-12).all()
    assert (mean <= np.maximum(k / n, middle) + 1e-12).all()
    assert ((low >= 0) & (low < high) & (high <= 1)).all()
    assert 0.02 <= prior.a + prior.b <= 8000.001
