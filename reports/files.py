"""Write a file of the report aside and rename it over the old one; record it in the manifest."""

import hashlib
import json
import os
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest.json"
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700


def write_file(path: Path, content: str) -> Path:
    """Replace a text file whole, mode 0600, and return its path; folders are created as needed."""
    path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    return path


def digest(content: str) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def manifest_text(content: object) -> str:
    """Return the manifest as it is written."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def add_to_manifest(folder: Path, name: str, content: str) -> Path:
    """List one more file in the manifest, which is created when missing."""
    path = folder / MANIFEST
    listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    listed["files"] = {**listed.get("files", {}), name: digest(content)}
    return write_file(path, manifest_text(listed))
