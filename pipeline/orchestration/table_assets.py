"""Declare an asset from a plain function: its parameters are the tables it reads, what it returns is written.

    @table
    def dance(turns: pl.LazyFrame, encoded_interactions: Annotated[pl.LazyFrame, Columns("at")]) -> pl.DataFrame:
        ...

declares the asset `dance` below `turns` and `encoded_interactions`. Nothing else is written down: what the graph shows is
what the function reads. A parameter named `session` receives the home of the run, which is not a table.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias, get_args, get_origin, get_type_hints

import dagster as dg

from pipeline.orchestration import checks, table_facts
from pipeline.orchestration.handover import Handover, Rows
from pipeline.orchestration.memory import release_memory
from pipeline.orchestration.resources import Session

POOL: Final = "home"
"""One step at a time on a home, whatever the executor."""
HOME_FILES: Final = "home_files"
"""Key of the IO manager for what is not a table: the owner's files, the warehouse, the report."""

Made: TypeAlias = Iterator[tuple[str, Rows]]
"""What a step that makes several tables yields: (table, its rows), one after the other."""
Step: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True, init=False)
class Columns:
    """The columns of an input that an asset reads, as in `Annotated[pl.LazyFrame, Columns("contact_id", "at")]`."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        """Take the columns in the order in which they are handed out."""
        object.__setattr__(self, "names", names)


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a step.

    Attributes:
        kind: the class that the step asks for: a frame read (`pl.DataFrame`), one not read yet (`pl.LazyFrame`), or the
            class of an owner's file.
        columns: the columns that it reads; None for all.
    """

    kind: type
    columns: tuple[str, ...] | None


def inputs_of(step: Step) -> dict[str, Input]:
    """Return asset -> how the step reads it, from the annotations of its parameters.

    `**tables: pl.LazyFrame` stands for every table of the warehouse.
    """
    hints = get_type_hints(step, include_extras=True)
    found: dict[str, Input] = {}
    for name, parameter in inspect.signature(step).parameters.items():
        hint = hints[name]
        if hint is Session:
            continue
        of, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        columns = next((note.names for note in notes if isinstance(note, Columns)), None)
        many = parameter.kind is inspect.Parameter.VAR_KEYWORD
        found |= dict.fromkeys(table_facts.names() if many else (name,), Input(get_origin(of) or of, columns))
    return found


def group_of(step: Step) -> str:
    """Return the group of a step's assets: the first name of its module below `pipeline.orchestration.assets`."""
    return step.__module__.removeprefix("pipeline.orchestration.assets.").partition(".")[0]


@cache
def _type(kind: type) -> dg.DagsterType:
    return dg.PythonObjectDagsterType(kind, name=kind.__name__)


def _ins(step: Step) -> dict[str, dg.AssetIn]:
    return {
        name: dg.AssetIn(
            key=name,
            metadata={"columns": list(of.columns)} if of.columns else None,
            dagster_type=_type(of.kind),
        )
        for name, of in inputs_of(step).items()
    }


def _spec(step: Step, name: str, description: str, kind: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        description="\n\n".join(filter(None, (table_facts.comment(name), description))),
        metadata=table_facts.metadata(name),
        group_name=group_of(step),
        kinds={kind},
    )


def _definition(step: Step, specs: Mapping[str, dg.AssetSpec], body: Step, io_manager: str) -> dg.AssetsDefinition:
    return dg.multi_asset(
        name=step.__name__,
        description=inspect.getdoc(step),
        ins=_ins(step),
        outs={
            name: dg.AssetOut.from_spec(spec, dagster_type=dg.Any, io_manager_key=io_manager)
            for name, spec in specs.items()
        },
        check_specs=checks.specs(*specs),
        pool=POOL,
    )(body)


def table(step: Step) -> dg.AssetsDefinition:
    """Declare the table of the function's name; the function returns its rows."""

    def one(**given: object) -> Made:
        yield step.__name__, step(**given)

    description = inspect.getdoc(step) or ""
    return _definition(
        step, {step.__name__: _spec(step, step.__name__, description, "polars")}, _body(step, one), "io_manager"
    )


def tables(*names: str, **working: str) -> Callable[[Callable[..., Made]], dg.AssetsDefinition]:
    """Declare the tables that one step makes together; the function yields (table, its rows).

    Args:
        names: tables of the warehouse, which their DDL describes.
        working: working tables with their descriptions.
    """
    described = dict.fromkeys(names, "") | working

    def declared(step: Callable[..., Made]) -> dg.AssetsDefinition:
        specs = {name: _spec(step, name, words, "polars") for name, words in described.items()}
        return _definition(step, specs, _body(step, step), "io_manager")

    return declared


def file(kind: str) -> Callable[[Callable[..., Path]], dg.AssetsDefinition]:
    """Declare the file of the function's name; the function writes it and returns its path.

    Args:
        kind: what makes it, as Dagster's web UI shows it: `duckdb`, `altair`.
    """

    def declared(step: Callable[..., Path]) -> dg.AssetsDefinition:
        def body(session: Session, **given: object) -> Iterator[dg.Output[Path]]:
            yield dg.Output(step(**_arguments(step, session, given)), output_name=step.__name__)

        name = step.__name__
        return _definition(step, {name: _spec(step, name, inspect.getdoc(step) or "", kind)}, body, HOME_FILES)

    return declared


def _arguments(step: Step, session: Session, given: Mapping[str, object]) -> dict[str, object]:
    wanted = [name for name, hint in get_type_hints(step).items() if hint is Session]
    return {**given, **dict.fromkeys(wanted, session)}


def _body(step: Step, makes: Callable[..., Made]) -> Callable[..., Iterator[Any]]:
    """Return what Dagster runs: it hands over each table as it is made, then reports the checks of its rows."""

    def body(session: Session, **given: object) -> Iterator[Any]:
        for name, rows in makes(**_arguments(step, session, given)):
            handover = Handover(name, rows)
            del rows  # the IO manager has the only reference, so that they are freed once written
            yield dg.Output(handover, output_name=name)
            release_memory()
            yield from handover.results

    return body
