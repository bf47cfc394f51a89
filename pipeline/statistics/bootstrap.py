"""Bootstrap by contact: contacts are drawn with replacement, never gestures (METHODS 2.3, ruling 14).

The curve isn't recomputed 2000 times: a resample moves the share by `sum w_c u_c / sum w_c m_c`, u_c the influence sum and
m_c the number of gestures of a contact (exact where nothing is censored before the lag: then it is the ratio of answered to
gestures). Each resample is studentised by its own cluster-robust error (bootstrap-t; Efron & Tibshirani 1993, 12.5), which
keeps the coverage where contacts are of very different size; docs/validation.md has the figures.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from pipeline.statistics.intervals import MINIMUM_CONTACTS, wilson
from pipeline.statistics.survival import Floats

RESAMPLES: Final = 2000
SEED: Final = 20_260_101
BUNDLES: Final = 1000
"""More contacts than this are dealt into so many bundles, each resampled as one (random groups): independent as the
contacts are, and the skewness of their sum, which bootstrap-t corrects for, is the same."""
_CELLS: Final = 4_000_000
"""Weights held at once, which bounds memory."""


def resample_weights(contacts: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Floats]:
    """Yield blocks (rows, contacts) of how often each contact is drawn; the same for equal arguments."""
    rows = max(1, min(resamples, _CELLS // max(1, contacts)))
    if rows == resamples:
        yield _at_once(contacts, resamples, seed)
        return
    generator = np.random.default_rng([seed, contacts])
    for start in range(0, resamples, rows):
        yield _drawn(generator, min(rows, resamples - start), contacts)


@lru_cache(maxsize=2)
def _at_once(contacts: int, resamples: int, seed: int) -> Floats:
    """Draw all in one block, kept for the next call: cells of very many contacts are dealt into equally many bundles."""
    weights = _drawn(np.random.default_rng([seed, contacts]), resamples, contacts)
    weights.flags.writeable = False
    return weights


def _drawn(generator: np.random.Generator, size: int, contacts: int) -> Floats:
    drawn = generator.integers(0, contacts, size=(size, contacts))
    drawn += np.arange(size)[:, None] * contacts
    return np.bincount(drawn.ravel(), minlength=size * contacts).reshape(size, contacts).astype(np.float64)


def studentised(per_contact: Floats, gestures: Floats) -> tuple[Floats, Floats]:
    """Resample influence sums.

    Args:
        per_contact: influence sums, (lags, contacts); each row sums to 0.
        gestures: gestures of each contact.

    Returns:
        (shift, shift / its error), each (resamples, lags): by how much each resample moves the share.
    """
    per_contact, gestures = _bundled(per_contact, gestures)
    contacts = len(gestures)
    lags = len(per_contact)
    table = np.concatenate([per_contact, per_contact**2, per_contact * gestures, [gestures, gestures**2]]).T
    shifts, ratios = [], []
    for weights in resample_weights(contacts):
        sums = weights @ table
        u, uu, um = sums[:, :lags], sums[:, lags : 2 * lags], sums[:, 2 * lags : 3 * lags]
        m, mm = sums[:, -2, None], sums[:, -1, None]
        shift = u / m
        square = np.maximum(uu - 2 * shift * um + shift**2 * mm, 0) * contacts / (contacts - 1)
        error = np.sqrt(square) / m
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(error > 1e-12, shift / error, np.sign(shift) * np.inf)
        shifts.append(shift)
        ratios.append(np.nan_to_num(ratio, nan=0.0, posinf=1e6, neginf=-1e6))
    return np.concatenate(shifts), np.concatenate(ratios)


def _bundled(per_contact: Floats, gestures: Floats) -> tuple[Floats, Floats]:
    contacts = len(gestures)
    if contacts <= BUNDLES:
        return per_contact, gestures
    pad = -contacts % BUNDLES
    sums = np.pad(per_contact, ((0, 0), (0, pad))).reshape(len(per_contact), -1, BUNDLES).sum(axis=1)
    return sums, np.pad(gestures, (0, pad)).reshape(-1, BUNDLES).sum(axis=0)


def bootstrap_t(
    shares: Floats, per_contact: Floats, gestures: Floats, variances: Floats
) -> list[tuple[float, float] | None]:
    """Return the 95 % bootstrap-t interval of each lag's share, cut to [0, 1]; None with fewer than 10 contacts.

    Args:
        shares: share by lag.
        per_contact: influence sums (lags, contacts).
        gestures: gestures of each contact.
        variances: cluster-robust variance by lag.
    """
    contacts = len(gestures)
    if contacts < MINIMUM_CONTACTS:
        return [None] * len(shares)
    _, ratios = studentised(per_contact, gestures)
    ends = np.quantile(ratios, [0.975, 0.025], axis=0)
    out: list[tuple[float, float] | None] = []
    for share, variance, upper, lower in zip(shares, variances, *ends, strict=True):
        if share <= 0 or share >= 1 or variance <= 0:
            out.append(wilson(round(float(share)) * contacts, contacts) if share in {0.0, 1.0} else None)
            continue
        error = math.sqrt(variance)
        out.append((max(0.0, float(share - upper * error)), min(1.0, float(share - lower * error))))
    return out
