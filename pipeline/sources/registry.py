"""Find the sources: every package under `pipeline/sources/` with a module `source` that defines `SOURCE`."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Mapping
from functools import cache

import pipeline.sources
from pipeline.sources.base import Platform, Source


@cache
def sources() -> dict[str, Source]:
    """Return all sources by name, sorted by name."""
    found: dict[str, Source] = {}
    for module in pkgutil.iter_modules(pipeline.sources.__path__):
        if module.ispkg and importlib.util.find_spec(f"pipeline.sources.{module.name}.source"):
            source = importlib.import_module(f"pipeline.sources.{module.name}.source").SOURCE
            found[source.name] = source
    return dict(sorted(found.items()))


def person_platforms(known: Mapping[str, Source]) -> frozenset[str]:
    """Return the platforms of the given sources where an account is a person."""
    return frozenset(
        platform.name for source in known.values() for platform in source.platforms if platform.account_is_person
    )


@cache
def platforms() -> dict[str, Platform]:
    """Return the declaration of every platform by its name; that of the platform's own source is preferred to others."""
    owned = {source.platforms[0].name: source.platforms[0] for source in sources().values()}
    others = {platform.name: platform for source in sources().values() for platform in source.platforms[1:]}
    return dict(sorted({**others, **owned}.items()))
