"""Find the sections of the report: every module of this package that has `SECTION`, in the order that each declares."""

import importlib
import pkgutil
from functools import cache

import reports.sections
from reports.model import Section


@cache
def sections() -> tuple[Section, ...]:
    """Return all sections in reading order."""
    modules = (
        importlib.import_module(f"{reports.sections.__name__}.{module.name}")
        for module in pkgutil.iter_modules(reports.sections.__path__)
        if module.name != "registry"
    )
    found = [module.SECTION for module in modules if hasattr(module, "SECTION")]
    return tuple(sorted(found, key=lambda section: (section.order, section.key)))
