"""Simulated worlds with known truth: do the intervals hold what they promise, do rate and lag come out under censoring?

`python -m tests.soak.rates --worlds 1000 --write docs/validation.md` writes its section (see `tests.soak.writing`).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from pipeline.measures.reciprocation.shares import BOOTSTRAP_CONTACTS, Estimate, intervals_of
from pipeline.model.durations import DAY
from pipeline.statistics.aalen_johansen import aalen_johansen
from pipeline.statistics.arrays import Floats, Ints
from pipeline.statistics.bootstrap import bootstrap_t, studentised
from pipeline.statistics.influence import influence
from pipeline.statistics.intervals import cluster_variance
from pipeline.statistics.kaplan_meier import kaplan_meier
from tests.soak.writing import run

HORIZON = np.array([7 * DAY], dtype=np.int64)
SIZES = (10, 20, 40, 100, 400)
MORE = 5
"""Times as many worlds of up to 40 contacts, where intervals are hardest to get right and worlds are cheapest."""
REACHED = 1 - float(np.exp(-7))
"""Share of the answers (exponential lag, mean one day) that come within 7 days."""


class World(NamedTuple):
    """Gestures by rising time."""

    times: Ints
    kinds: Ints
    contacts: Ints


class Kind(NamedTuple):
    """How worlds of one kind are drawn: contacts' gestures and answer probabilities, and the mean of the latter."""

    gestures: Callable[[np.random.Generator, int], Ints]
    answers: Callable[[np.random.Generator, int], Floats]
    mean: float


KINDS = {
    "even": Kind(lambda r, c: 5 + r.poisson(5, c), lambda r, c: r.beta(2, 2, c), 0.5),
    "uneven": Kind(lambda r, c: 1 + r.poisson(r.gamma(0.7, 15, c)), lambda r, c: r.beta(0.8, 1.2, c), 0.4),
    "half silent": Kind(lambda r, c: 5 + r.poisson(5, c), lambda r, c: r.beta(4, 2, c) * (r.random(c) < 0.5), 1 / 3),
}

HARD_SIZES = (10, 20, 40, 100)


def _two_get_most(rng: np.random.Generator, contacts: int) -> Ints:
    counts: Ints = 1 + rng.poisson(4, contacts)
    counts[:2] = 1 + rng.poisson(60, 2)
    return counts


HARD = {
    "few answered": Kind(lambda r, c: 5 + r.poisson(5, c), lambda r, c: r.beta(0.5, 4.5, c), 0.1),
    "two get most": Kind(_two_get_most, lambda r, c: r.beta(1, 1, c), 0.5),
    "few answer": Kind(lambda r, c: 1 + r.poisson(r.lognormal(1, 1.2, c)), lambda r, c: r.beta(0.2, 1.2, c), 1 / 7),
}


def draw(rng: np.random.Generator, kind: Kind, contacts: int, young: float) -> World:
    """Draw a world; the share `young` of the gestures is followed for a uniform part of 7 days only, the rest for 30."""
    who = np.repeat(np.arange(contacts), kind.gestures(rng, contacts))
    size = len(who)
    answers = rng.random(size) < kind.answers(rng, contacts)[who]
    lag = np.where(answers, rng.exponential(DAY, size), np.inf)
    end = np.where(rng.random(size) < young, rng.uniform(0, 7 * DAY, size), 30 * DAY)
    order = np.argsort(np.minimum(lag, end), kind="stable")
    times = np.minimum(lag, end)[order].astype(np.int64)
    return World(times, (lag <= end)[order].astype(np.int64), who[order])


def covered(world: World, contacts: int, truth: float) -> list[bool]:
    """Return whether the truth is held by the published interval of `all`, that of other cells, and by three others.

    The three: bootstrap-t, the share plus and minus t on contacts - 1 times its error, the plain percentile bootstrap.
    """
    curve = aalen_johansen(world.times, world.kinds)
    share = curve.at(HORIZON)
    sums = influence(curve, world.times, world.kinds, HORIZON).by_cluster(world.contacts, contacts)
    gestures = np.bincount(world.contacts, minlength=contacts).astype(np.float64)
    variance = cluster_variance(sums, len(world.times))
    found = Estimate(share, sums, variance)
    shifts, _ = studentised(sums, gestures)
    spread = float(stdtrit(contacts - 1, 0.975) * np.sqrt(variance[0]))
    intervals = (
        intervals_of(found, gestures, "all")[0], intervals_of(found, gestures, "platform")[0],
        bootstrap_t(share, sums, gestures, variance)[0], (float(share[0]) - spread, float(share[0]) + spread),
        tuple(float(share[0] + end) for end in np.quantile(shifts[:, 0], [0.025, 0.975])),
    )  # fmt: skip
    return [ends is not None and ends[0] <= truth <= ends[1] for ends in intervals]


def coverage_lines(worlds: int, kinds: Mapping[str, Kind], sizes: Iterable[int]) -> list[str]:
    """Simulate how often the 95 % intervals hold the true share."""
    lines = [
        "| worlds | contacts | simulated | **`all`** | **other cells** | bootstrap-t | share ± t · error | plain percentile |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, kind in kinds.items():
        for contacts in sizes:
            rng = np.random.default_rng([contacts, len(name)])
            count = worlds * (MORE if contacts <= BOOTSTRAP_CONTACTS else 1)
            hits = [covered(draw(rng, kind, contacts, 0.3), contacts, kind.mean * REACHED) for _ in range(count)]
            shares = " | ".join(f"{100 * share:.1f} %" for share in np.mean(hits, axis=0).tolist())
            lines.append(f"| {name} | {contacts} | {count:,} | {shares} |")
    return lines


def censoring_lines(worlds: int) -> list[str]:
    """Simulate rate and median lag when 10 to 90 % of the gestures are cut off within 7 days."""
    kind = Kind(lambda _, c: np.full(c, 20), lambda _, c: np.full(c, 0.8), 0.8)
    rate, median = 0.8 * REACHED, -np.log(1 - 0.5 / 0.8)
    lines = [
        "| cut off | rate: mean error, points | naive rate: mean error, points | rates within 2 points | median lag: mean error | medians within 5 % |",
        "| --: | --: | --: | --: | --: | --: |",
    ]  # fmt: skip
    for young in (0.1, 0.3, 0.5, 0.7, 0.9):
        rng = np.random.default_rng([int(young * 10)])
        rates, naive, medians = np.empty(worlds), np.empty(worlds), np.empty(worlds)
        for k in range(worlds):
            world = draw(rng, kind, 500, young)
            rates[k] = aalen_johansen(world.times, world.kinds).at(HORIZON)[0] - rate
            naive[k] = np.mean((world.kinds == 1) & (world.times <= HORIZON[0])) - rate
            half = kaplan_meier(world.times, world.kinds == 1).quantile(0.5)[0]
            medians[k] = (np.nan if half is None else half) / DAY / median - 1
        lines.append(
            f"| {100 * young:.0f} % | {100 * rates.mean():+.2f} | {100 * naive.mean():+.2f} | {100 * np.mean(np.abs(rates) <= 0.02):.1f} % "
            f"| {100 * np.nanmean(medians):+.2f} % | {100 * np.mean(np.abs(medians) <= 0.05):.1f} % |"
        )
    return lines


def _error(worlds: int) -> float:
    """Return the standard error of a coverage of 95 %, in points."""
    return 100 * float(np.sqrt(0.95 * 0.05 / worlds))


def report(worlds: int) -> str:
    """Write the section of docs/validation.md."""
    return "\n".join([
        "## Rates, lags and their intervals",
        "",
        f"`python -m tests.soak.rates --worlds {worlds} --write docs/validation.md` made this section ({worlds:,} simulated worlds a line,",
        f"{MORE * worlds:,} of up to {BOOTSTRAP_CONTACTS} contacts, fixed seeds).",
        "",
        "**Do 95 % intervals hold the true answered share at 7 days?** In even worlds everybody gets about 10 gestures and answers with",
        "probability Beta(2, 2); in uneven ones a few people get most gestures and answers follow Beta(0.8, 1.2); in half silent ones half of",
        "the people never answer and the others do with probability Beta(4, 2). 30 % of the gestures are cut off within 7 days.",
        f"The two columns in bold are what is published: dimension `all`, and with it every headline, has bootstrap-t from {BOOTSTRAP_CONTACTS} contacts on;",
        "`all` with fewer contacts, and every other cell, has Wilson's interval by contact. The columns after them stand for comparison.",
        "With more than 1,000 contacts the bootstrap deals these into 1,000 bundles that are resampled whole.",
        f"By chance alone a line of {worlds:,} worlds is off by {_error(worlds):.1f} points in one case of three, one of {MORE * worlds:,} by {_error(MORE * worlds):.1f}.",
        "",
        *coverage_lines(worlds, KINDS, SIZES),
        "",
        "**And in harder worlds?** Few answered: as the even ones, but answers follow Beta(0.5, 4.5). Two get most: two people about 60 gestures",
        "each, the others about 5; Beta(1, 1). Few answer: log-normal numbers of gestures, and answers that follow Beta(0.2, 1.2), so that most",
        "people hardly ever answer and a few who get much and answer much, often not in the sample, carry the figure.",
        "",
        *coverage_lines(worlds, HARD, HARD_SIZES),
        "",
        "**Do rate and median lag come out when gestures are young?** 10,000 gestures to 500 people who answer 80 % after an exponential lag of",
        "mean one day; so many per cent of them are followed for a uniform part of 7 days only.",
        "",
        *censoring_lines(worlds),
    ])  # fmt: skip


if __name__ == "__main__":
    run("rates", report, __doc__)
