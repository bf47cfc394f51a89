"""Intervals for shares (METHODS 2.3): Wilson for independent units, and by contact for gestures pooled over contacts."""

import math
from typing import Final

import numpy as np
from scipy.special import stdtrit

from pipeline.statistics.survival import Z95, Floats

MINIMUM_CONTACTS: Final = 10
_NOTHING: Final = 1e-9
"""A variance smaller than this part of independent gestures' is rounding."""


def wilson(answered: float, total: float, z: float = Z95) -> tuple[float, float]:
    """Return the score interval of a share of independent units; (0, 1) for none."""
    if total <= 0:
        return 0.0, 1.0
    share = answered / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return (0.0 if answered <= 0 else max(0.0, low)), (1.0 if answered >= total else min(1.0, high))


def cluster_variance(per_contact: Floats, gestures: float) -> Floats:
    """Return the variance of a pooled share, `C/(C-1) sum_c u_c^2 / N^2`, from influence sums (…, contacts)."""
    contacts = per_contact.shape[-1]
    if contacts < 2:
        return np.full(per_contact.shape[:-1], np.nan)
    total: Floats = np.einsum("...c,...c->...", per_contact, per_contact) * contacts / (contacts - 1) / gestures**2
    return total


def leverage_variance(per_contact: Floats, gestures: Floats) -> Floats:
    """Return the variance of a pooled share, `sum_c u_c^2 / (1 - m_c / N) / N^2`.

    A contact with many of the gestures pulls the share to itself and so leaves too small a residue; dividing by the part
    that the others have makes up for it, exactly where gestures are independent (CR2 of Bell & McCaffrey 2002).

    Args:
        per_contact: influence sums u_c (…, contacts), at least two contacts.
        gestures: m_c of each contact, at least one each.
    """
    total = gestures.sum()
    variance: Floats = np.einsum("...c,...c,c->...", per_contact, per_contact, total / (total - gestures)) / total**2
    return variance


def effective_contacts(gestures: Floats) -> float:
    """Return how many contacts with equally many gestures would weigh as these do, `N^2 / sum_c m_c^2` (Kish 1965)."""
    return float(gestures.sum() ** 2 / (gestures**2).sum())


def cluster_wilson(shares: Floats, per_contact: Floats, gestures: Floats) -> list[tuple[float, float] | None]:
    """Return the 95 % interval by contact of each lag's share; None with fewer than 10 contacts.

    It is Wilson's, of as many gestures as would have the variance found if they were independent (Korn & Graubard 1998;
    Franco, Little, Louis & Slud 2019), with Student's t on the effective number of contacts - 1 (one at least) in
    place of 1.96. Where all contacts answer alike, their gestures count as independent. A share of exactly 0 or 1 says
    nothing of how alike they are: then each contact is one unit.

    Args:
        shares: share by lag.
        per_contact: influence sums (lags, contacts).
        gestures: gestures of each contact.
    """
    contacts = len(gestures)
    if contacts < MINIMUM_CONTACTS:
        return [None] * len(shares)
    total = float(gestures.sum())
    t = float(stdtrit(max(1.0, effective_contacts(gestures) - 1), 0.975))
    out: list[tuple[float, float] | None] = []
    for share, variance in zip(shares.tolist(), leverage_variance(per_contact, gestures).tolist(), strict=True):
        if share <= 0 or share >= 1:
            out.append(wilson(round(share) * contacts, contacts))
            continue
        alone = share * (1 - share) / total
        worth = total * alone / variance if variance > _NOTHING * alone else total
        out.append(wilson(share * worth, worth, t))
    return out


def design_effect(share: float, variance: float, gestures: int) -> float | None:
    """Return variance by contact / variance of independent gestures; None where the latter is 0 or unknown."""
    plain = share * (1 - share) / gestures if gestures else 0.0
    return variance / plain if plain > 1e-15 and not math.isnan(variance) else None
