"""Scans as JSON files: kept between runs, and with the readings of archives whose file is gone."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

from pipeline.home.atomic_files import write_json
from pipeline.model.survey import Survey
from pipeline.reading.keys import plain
from pipeline.reading.recognition import Recognition
from pipeline.sources.base import Claim, Source


@cache
def _surveys() -> TypeAdapter[Survey]:
    return TypeAdapter(Survey)


def _survey(data: dict[str, JsonValue], source: Source | None) -> Survey:
    facts = data.pop("facts", None)
    survey = _surveys().validate_python(data)
    survey.facts = TypeAdapter(source.facts).validate_python(facts) if source and facts is not None else None
    return survey


def save(path: Path, recognition: Recognition) -> None:
    """Write a scan as JSON, atomically.

    Args:
        path: the file.
        recognition: what the sources recognise in an archive.

    Raises:
        OSError: when the disk is full or can't be written.
    """
    write_json(path, plain(recognition))


def load(path: Path, sources: Mapping[str, Source]) -> Recognition | None:
    """Return a saved scan; None when the file is missing or was written by another version of a source.

    Args:
        path: a file that `save` wrote.
        sources: by name; each gives the class of its facts.
    """
    try:
        data = json.loads(path.read_bytes())
        return Recognition(
            claims={source: [Claim(**claim) for claim in claims] for source, claims in data["claims"].items()},
            surveys={source: _survey(survey, sources.get(source)) for source, survey in data["surveys"].items()},
            refusals=data["refusals"],
            problems=data["problems"],
            failure=tuple(data["failure"]) if data["failure"] else None,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # pydantic's ValidationError is a ValueError
        return None
