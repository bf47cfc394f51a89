"""The secret key of the pseudonyms: random, made once a home, and kept so that a person's number stays the same."""

import os
import secrets
from typing import Final

from pipeline.home.atomic_files import fsync
from pipeline.home.paths import Home

NAME: Final = "pseudonyms.key"
_BYTES: Final = 32
_FILE_MODE: Final = 0o600


def pseudonym_key(home: Home) -> bytes:
    """Return the key of the home's pseudonyms, and make it (mode 0600) in the home's first run.

    Args:
        home: the home; the key is `keep/pseudonyms.key`.

    Raises:
        OSError: the key can't be read or written.
        ValueError: the key's file was damaged.
    """
    path = home.keep / NAME
    if not path.exists():
        aside = path.with_name(f".{NAME}.{os.getpid()}.tmp")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        fsync(aside)
        aside.replace(path)
        fsync(path.parent)
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise ValueError(f"{home.shown(path)} is damaged; delete it to get new pseudonyms")
    return key
