"""What readers pass as a code is a value of its enumeration, and no room types the length of a day again."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.model import codes

ROOT = Path(pipeline.__file__).parents[1]
MODULES = [
    path for top in ("pipeline", "reports") for path in sorted((ROOT / top).rglob("*.py")) if "_sql" not in path.parts
]


def calls(name: str) -> Iterator[ast.Call]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def literals(name: str, position: int) -> set[str]:
    """Return the texts that are passed literally as an argument of the function of this name."""
    given = [call.args[position] for call in calls(name) if len(call.args) > position]
    branches = [part for arg in given for part in ((arg.body, arg.orelse) if isinstance(arg, ast.IfExp) else (arg,))]
    return {part.value for part in branches if isinstance(part, ast.Constant) and isinstance(part.value, str)}


@pytest.mark.parametrize(
    "row, position, allowed",
    [
        ("Skipped", 1, codes.SKIP_RULES),
        ("SetAside", 1, codes.SET_ASIDE_REASONS),
        ("BadRow", 0, codes.SET_ASIDE_REASONS),
        ("MemberError", 0, codes.SET_ASIDE_REASONS),
        ("BadXml", 0, codes.SET_ASIDE_REASONS),
        ("BadJson", 0, codes.SET_ASIDE_REASONS),
        ("Tie", 1, frozenset(codes.TIE_KINDS)),
        ("Unattributed", 0, frozenset({*codes.CLASS_OF_KIND, "post"})),
        ("Interaction", 2, frozenset(codes.CLASS_OF_KIND)),
    ],
)
def test_readers_pass_codes_of_the_enumerations(row: str, position: int, allowed: frozenset[str]) -> None:
    found = literals(row, position)
    assert found
    assert found - allowed == set()


def test_every_kind_has_one_class() -> None:
    assert len(codes.CLASS_OF_KIND) == sum(len(kinds) for kinds in codes.KINDS.values())


def test_surfaces_of_acts_are_those_of_coverage_but_for_all() -> None:
    assert ("all", *codes.ACT_SURFACES) == codes.SURFACES


TYPED_AGAIN = {"86400", "86400000000", "3600000000", "604800"}
"""Lengths of time that only `pipeline.model.durations` writes as numbers."""


def test_no_module_types_the_length_of_a_day_again() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{token.start[0]}"
        for path in MODULES
        if path.relative_to(ROOT).parts[:2] != ("pipeline", "demo")
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        if token.type == tokenize.NUMBER and token.string.replace("_", "") in TYPED_AGAIN
    ]
    assert [place for place in found if not place.startswith("pipeline/model/durations.py")] == []
