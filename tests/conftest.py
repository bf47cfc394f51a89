"""What every test gets: the process as it was, whatever homes it opened."""

import os
import tempfile
from collections.abc import Iterator

import pytest


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
