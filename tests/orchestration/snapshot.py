"""The asset graph in words: `python -m tests.orchestration.snapshot` writes the two files beside it again, for a reviewer to read."""

from pathlib import Path
from typing import Final

from pipeline.definitions import build_defs

FOLDER: Final = Path(__file__).parent


def keys() -> str:
    """Return one line an asset: group, name and checks."""
    graph = build_defs().resolve_asset_graph()
    lines = []
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        checks = sorted(check.name for check in node.check_keys)
        lines.append(f"{node.group_name}/{key.to_user_string()}" + (f"  [{', '.join(checks)}]" if checks else ""))
    return "\n".join(sorted(lines)) + "\n"


def deps() -> str:
    """Return one line an asset: what it is made from."""
    graph = build_defs().resolve_asset_graph()
    lines = []
    for key in graph.get_all_asset_keys():
        parents = sorted(parent.to_user_string() for parent in graph.get(key).parent_keys)
        lines.append(f"{key.to_user_string()} <- {', '.join(parents)}".rstrip())
    return "\n".join(sorted(lines)) + "\n"


FILES: Final = {"keys.txt": keys, "deps.txt": deps}

if __name__ == "__main__":
    for name, words in FILES.items():
        (FOLDER / name).write_text(words(), encoding="utf-8")
