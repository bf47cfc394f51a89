"""Intervals for shares (METHODS 2.3): Wilson for independent units, cluster-robust t for gestures pooled over contacts."""

import math
from typing import Final

import numpy as np
from scipy.special import stdtrit

from pipeline.measures.survival import Z95, Floats

MINIMUM_CONTACTS: Final = 10


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


def cluster_t(share: float, variance: float, contacts: int) -> tuple[float, float] | None:
    """Return the cluster-robust 95 % t interval on C - 1 degrees, cut to [0, 1]; None with fewer than 10 contacts.

    A share of exactly 0 or 1 has no variance to go by: then each contact is taken as one independent unit (Wilson).
    """
    if contacts < MINIMUM_CONTACTS or math.isnan(variance):
        return None
    if variance <= 0 or share <= 0 or share >= 1:
        return wilson(round(share) * contacts, contacts) if share in {0.0, 1.0} else (share, share)
    spread = float(stdtrit(contacts - 1, 0.975)) * math.sqrt(variance)
    return max(0.0, share - spread), min(1.0, share + spread)


def design_effect(share: float, variance: float, gestures: int) -> float | None:
    """Return variance by contact / variance of independent gestures; None where the latter is 0 or unknown."""
    plain = share * (1 - share) / gestures if gestures else 0.0
    return variance / plain if plain > 1e-15 and not math.isnan(variance) else None
