"""Rules of the rooms (docs/design.md): which may import which, nothing happens at import, modules stay small."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline
from tests.repository.markdown import table_below

ROOT = Path(pipeline.__file__).parents[1]
MODULES = sorted(
    path for top in ("pipeline", "reports") for path in (ROOT / top).rglob("*.py") if "_sql" not in path.parts
)
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]


def room(path: Path) -> str:
    """Return `pipeline/sources/x/tweets.py` as `pipeline.sources.x.tweets`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield every module that is imported, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_by(prefix: str) -> dict[str, set[str]]:
    found = {}
    for path in MODULES:
        name = room(path)
        if f"{name}.".startswith(f"{prefix}."):
            found[name] = set(imports(parsed(path)))
    return found


def reaches(imported: set[str], *packages: str) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for name in imported for package in packages)


ROOMS: dict[str, set[str]] = {
    "model": set(),
    "statistics": set(),
    "home": {"model"},
    "containers": {"model"},
    "formats": {"model", "containers"},
    "sources": {"model", "containers", "formats"},
    "reading": {"model", "home", "containers", "formats", "sources"},
    "contacts": {"model"},
    "matching": {"model", "statistics"},
    "measures": {"model", "statistics", "matching"},
    "consolidation": {"model", "contacts", "matching"},
    "warehouse": {"model", "home"},
    "reports": {"model", "home", "sources"},
    "demo": {"model", "sources", "contacts"},
    "orchestration": {
        "model", "statistics", "home", "reading", "contacts", "matching", "measures", "consolidation", "warehouse", "reports",
    },
    "runs": {"model", "home", "reading", "contacts", "warehouse", "reports", "orchestration", "definitions"},
    "documentation": {"model", "home", "sources", "warehouse", "reports", "cli"},
    "commands": {"cli", "model", "home", "contacts", "reading", "sources", "warehouse", "demo", "runs"},
    "cli": {"model"},
    "definitions": {"orchestration"},
    "__main__": {"cli"},
}  # fmt: skip
"""room -> the rooms that it may import (docs/design.md)."""


def test_the_design_page_lists_the_same_rooms() -> None:
    listed = {
        row["room"].strip("`"): set(re.findall(r"`([a-z_]+)`", row["may import"]))
        for row in table_below(ROOT / "docs" / "design.md", "rooms")
    }
    assert listed == ROOMS


def room_of(module: str) -> str:
    """Return the room of a module: the first name below `pipeline`, or `reports`; `` for `pipeline` itself."""
    first, *rest = module.split(".")
    return first if first == "reports" else (rest[0] if rest else "")


def edges() -> dict[tuple[str, str], set[str]]:
    """Return (room, room it imports) -> the modules that do."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            for name in imported_modules(node):
                ours, theirs = room_of(room(path)), room_of(name)
                if ours and theirs and ours != theirs:
                    found.setdefault((ours, theirs), set()).add(room(path))
    return found


def imported_modules(node: ast.AST) -> list[str]:
    """Return our modules that a statement imports."""
    if isinstance(node, ast.ImportFrom) and node.module:
        names = [node.module] if node.module != "pipeline" else [f"pipeline.{a.name}" for a in node.names]
    else:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    return [name for name in names if name.split(".")[0] in {"pipeline", "reports"} and name != "pipeline.__version__"]


def test_rooms_import_only_what_the_design_allows() -> None:
    allowed = {(ours, theirs) for ours, rooms in ROOMS.items() for theirs in rooms}
    assert {edge: modules for edge, modules in edges().items() if edge not in allowed} == {}


def test_rooms_form_no_cycle() -> None:
    """Rooms can be put in an order in which each imports only earlier ones."""
    waiting, done = dict(ROOMS), set[str]()
    while ready := [name for name, needs in waiting.items() if needs <= done]:
        done |= set(ready)
        waiting = {name: needs for name, needs in waiting.items() if name not in done}
    assert waiting == {}


PURE = ["pipeline.matching", "pipeline.measures", "pipeline.statistics", "pipeline.contacts", "pipeline.consolidation"]


@pytest.mark.parametrize("pure", PURE[:3])
def test_pure_rooms_open_nothing(pure: str) -> None:
    closed = ("dagster", "duckdb", "pathlib", "os", "io")
    assert {name for name, imported in imported_by(pure).items() if reaches(imported, *closed)} == set()


@pytest.mark.parametrize(
    ("library", "home"), [("duckdb", "pipeline.warehouse."), ("dagster", "pipeline.orchestration.")]
)
def test_a_library_is_known_to_one_room(library: str, home: str) -> None:
    users = {
        name
        for top in ("pipeline", "reports")
        for name, imported in imported_by(top).items()
        if reaches(imported, library)
    }
    assert {name for name in users if not name.startswith(home)} <= {
        "pipeline.definitions",
        "pipeline.runs.materialise",
    }


def test_a_source_knows_no_other_source() -> None:
    strangers = {}
    for name, imported in imported_by("pipeline.sources").items():
        own = name.split(".")[2]
        others = {
            other
            for other in imported
            if other.startswith("pipeline.sources.")
            and (package := other.split(".")[2]) != own
            and (ROOT / "pipeline" / "sources" / package / "source.py").exists()
        }
        if others or reaches(imported, "duckdb", "polars"):
            strangers[name] = others or imported
    assert strangers == {}


def test_reading_knows_sources_by_their_interface_only() -> None:
    for name, imported in imported_by("pipeline.reading").items():
        known = {o for o in imported if o.startswith("pipeline.sources.")}
        assert {o for o in known if not reaches({o}, "pipeline.sources.base", "pipeline.sources.registry")} == set(), (
            name
        )


def test_the_terminal_loads_no_library_at_import() -> None:
    for path in MODULES:
        name = room(path)
        light = name == "pipeline.cli" or (
            name.startswith("pipeline.commands.") and "def arguments(" in path.read_text(encoding="utf-8")
        )
        if light:
            top = ast.Module([node for node in parsed(path).body if not isinstance(node, ast.If)], [])
            loaded = {n for node in top.body if isinstance(node, ast.Import | ast.ImportFrom) for n in imports(node)}
            assert not reaches(
                loaded, "polars", "dagster", "duckdb", "pipeline.runs", "pipeline.warehouse", "pipeline.sources"
            ), name


@pytest.mark.parametrize("name", NAMES)
def test_no_module_is_over_400_lines(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= 400


def test_half_of_the_modules_are_within_100_lines() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] <= 100


DEFINING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.AsyncFunctionDef)
LOUD = {
    "open",
    "print",
    "connect",
    "mkdir",
    "write_text",
    "write_bytes",
    "read_text",
    "read_bytes",
    "run",
    "Popen",
    "exit",
    "putenv",
    "basicConfig",
}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_happens_at_import(name: str) -> None:
    tree = parsed(ROOT / name)
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}:
            continue
        assert isinstance(node, DEFINING), f"{name}:{node.lineno}"
        if isinstance(node, ast.Assign | ast.AnnAssign):
            called = {
                call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
            }
            assert not called & LOUD, f"{name}:{node.lineno}"


SORTED = {"pipeline.measures.people.levels._latest_state"}
"""Functions that see to it that both sides are sorted before they join as of a time."""


@pytest.mark.parametrize(
    "trap",
    ["join_asof", "group_by_dynamic", "map_elements", "read_json", "read_ndjson", "scan_ndjson", "disable_max_rows"],
)
def test_traps_of_the_libraries_are_not_stepped_into(trap: str) -> None:
    """`join_asof` and `group_by_dynamic` are silently wrong on unsorted frames; the readers of JSON infer schemas of foreign bytes."""
    users = []
    for path in MODULES:
        for function in ast.walk(parsed(path)):
            if isinstance(function, ast.FunctionDef):
                users += [
                    f"{room(path)}.{function.name}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Attribute) and node.attr == trap
                ]
    assert set(users) <= (SORTED if trap == "join_asof" else set())


def test_every_module_says_what_belongs_into_it() -> None:
    assert [name for path, name in zip(MODULES, NAMES, strict=True) if not ast.get_docstring(parsed(path))] == []
