"""What every test gets: the process as it was, whatever homes it opened."""

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# how long an example takes depends on what else the machine does; times are measured by tests/bench
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def process_as_it_was() -> Iterator[None]:
    """Opening a home points temporary files into it and narrows the umask; the next test must not inherit that."""
    folder, environment = tempfile.tempdir, dict(os.environ)
    mask = os.umask(0o022)
    os.umask(mask)
    yield
    os.umask(mask)
    tempfile.tempdir = folder
    for name in set(os.environ) - set(environment):
        del os.environ[name]
    os.environ.update(environment)


@pytest.hookimpl(tryfirst=True)  # before `-m` selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that drive a browser out of the parallel run.

    Playwright's event loop stays open in the worker's thread, and Dagster can't run one of its own beside it.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.alone)
