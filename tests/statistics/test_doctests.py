"""The examples in the docstrings of statistics and measures are true."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import pipeline.measures
import pipeline.statistics

MODULES = sorted(
    module.name
    for package in (pipeline.statistics, pipeline.measures)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name: str) -> None:
    with np.printoptions(legacy="1.25"):  # scalars are printed as plain numbers
        assert doctest.testmod(importlib.import_module(name)).failed == 0
