"""Shared by the tests of this room: a home, and a registry that knows the toy source only."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.home.paths import Home
from pipeline.sources import registry


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


toy_module = _load("toy")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(registry, "sources", lambda: {"toy": toy_module.TOY})
    return toy_module


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.open(tmp_path / "home")
