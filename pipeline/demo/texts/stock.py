"""The stock of sentences, one file a language (`stock/<language>.toml`), found by its folder."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

_STOCK: Final = files("pipeline.demo.texts") / "stock"

LANGUAGES: Final[tuple[str, ...]] = tuple(
    sorted(path.name.removesuffix(".toml") for path in _STOCK.iterdir() if path.name.endswith(".toml"))
)
"""ISO 639-1 codes of the languages that people write in."""


@cache
def _language(language: str) -> dict[str, tuple[str, ...]]:
    lists = tomllib.loads((_STOCK / f"{language}.toml").read_text("utf-8"))
    return {key: tuple(sentences) for key, sentences in lists.items()}


@cache
def sentences(language: str, key: str) -> tuple[str, ...]:
    """Return the sentences of a language under a key, slots unfilled; raises KeyError for an unknown key."""
    return _language(language)[key]


@cache
def topics() -> int:
    """Return how many topics there are: the same ones, in the same order, in every language."""
    return len(sentences("en", "topic"))
