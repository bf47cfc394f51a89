"""Pseudonyms: numbers in an order that only the home's secret key gives."""

import hmac
from collections.abc import Iterable


def pseudonyms(ids: Iterable[str], kind: str, key: bytes) -> dict[str, str]:
    """Return id -> pseudonym, such as `Person 0417`.

    The number is the rank of the id in an order shuffled by the key. No digest of an id is published: without the key,
    nobody can test whether a guessed name is a certain number.

    Args:
        ids: what is renamed; repeated ids count once.
        kind: the word before the number.
        key: the home's secret key.

    Returns:
        A pseudonym for each id, numbered from 1 with leading zeros, four digits for people.
    """
    shuffled = sorted(
        set(ids), key=lambda name: hmac.digest(key, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), "sha256")
    )
    width = max(4 if kind == "Person" else 1, len(str(len(shuffled))))
    return {name: f"{kind} {number:0{width}}" for number, name in enumerate(shuffled, 1)}
