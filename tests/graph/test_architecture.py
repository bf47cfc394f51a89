"""The rooms keep to their doors (docs/design.md): who may import whom, nothing happens at import, modules stay small."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline

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


@pytest.mark.parametrize("pure", ["pipeline.matching", "pipeline.measures", "pipeline.text"])
def test_pure_rooms_know_neither_dagster_nor_duckdb_nor_files(pure: str) -> None:
    closed = (
        "dagster",
        "duckdb",
        "pipeline.warehouse",
        "pipeline.store",
        "pipeline.home",
        "pipeline.session",
        "pathlib",
        "os",
        "io",
    )
    assert {name for name, imported in imported_by(pure).items() if reaches(imported, *closed)} == set()


def test_only_the_warehouse_opens_duckdb() -> None:
    users = {name for name, imported in imported_by("pipeline").items() if reaches(imported, "duckdb")}
    users |= {name for name, imported in imported_by("reports").items() if reaches(imported, "duckdb")}
    assert {name for name in users if not name.startswith("pipeline.warehouse.")} == set()


def test_only_the_graph_knows_dagster() -> None:
    users = {name for name, imported in imported_by("pipeline").items() if reaches(imported, "dagster")}
    allowed = (
        "pipeline.assets",
        "pipeline.automation",
        "pipeline.checks",
        "pipeline.definitions",
        "pipeline.session",
        "pipeline.running",
    )
    assert {name for name in users if not reaches({name}, *allowed)} == set()


def test_a_source_knows_no_other_source_nor_contacts_nor_tables() -> None:
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
        if others or reaches(
            imported, "duckdb", "polars", "pipeline.contacts", "pipeline.uniting", "pipeline.warehouse"
        ):
            strangers[name] = others or imported
    assert strangers == {}


def test_archives_know_no_platform_and_contacts_no_archive() -> None:
    registry = {"pipeline.sources.registry", "pipeline.sources.base", "pipeline.sources"}
    for name, imported in imported_by("pipeline.archives").items():
        assert {
            o
            for o in imported
            if o.startswith("pipeline.sources") and not reaches({o}, *registry - {"pipeline.sources"})
        } <= registry, name
    assert not any(
        reaches(imported, "pipeline.archives", "pipeline.sources")
        for imported in imported_by("pipeline.contacts").values()
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
                loaded, "polars", "dagster", "duckdb", "pipeline.running", "pipeline.warehouse", "pipeline.sources"
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


SORTED = {"pipeline.measures.levels._as_of"}
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


def test_no_address_of_a_registry_stands_in_the_lock() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
