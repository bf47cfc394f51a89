"""Files that operating systems, file managers and storage devices leave in archives and folders; no source ever sees them."""

from typing import Final

_FOLDERS: Final = frozenset(
    {
        "__macosx", ".appledouble", ".documentrevisions-v100", ".fseventsd", ".temporaryitems", ".trash", ".trashes",  # macOS
        "$recycle.bin", "recycler", "system volume information",  # Windows
        "@eadir", "#recycle", "@recycle", "@recently-snapshot",  # Synology, QNAP
        "lost+found", ".dropbox.cache", ".stfolder", ".stversions",
    }
)  # fmt: skip
_FOLDER_STARTS: Final = (".spotlight-", ".trash-")
_FILES: Final = frozenset(
    {
        ".apdisk", ".ds_store", ".localized", ".volumeicon.icns", "icon\r",  # macOS
        "desktop.ini", "ehthumbs.db", "ehthumbs_vista.db", "thumbs.db", "thumbs.db:encryptable",  # Windows
        ".directory", ".dropbox", ".dropbox.attr", ".nomedia",  # KDE, Dropbox, Android
    }
)  # fmt: skip
_FILE_STARTS: Final = ("._", ".~lock.", "~$")
"""AppleDouble files, and lock files of LibreOffice and Microsoft Office."""
_FILE_ENDS: Final = (":zone.identifier",)
"""Windows' mark of downloaded files, which becomes a file when a folder is copied to another system."""


def is_system_file(name: str) -> bool:
    r"""Return whether a file was written by an operating system and not by the producer of an export.

    Only names count, as these files have the same names whatever the container is.

    Args:
        name: path inside the archive.

    Source: methods:system-files.

    >>> is_system_file("__MACOSX/export/._messages.json"), is_system_file("export/.DS_Store")
    (True, True)
    >>> is_system_file("export/messages.json"), is_system_file("inbox/desktop.ini_1/message_1.json")
    (False, False)
    """
    *folders, file = name.lower().replace("\\", "/").split("/")
    if any(folder in _FOLDERS or folder.startswith(_FOLDER_STARTS) for folder in folders):
        return True
    return file in _FILES or file.startswith(_FILE_STARTS) or file.endswith(_FILE_ENDS)
