"""Surveys as JSON files: kept between runs, and with the readings of archives whose file is gone."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.home.atomic_files import write_json
from pipeline.model.survey import Survey
from pipeline.reading.recognition import Recognised
from pipeline.reading.staging import plain
from pipeline.sources.base import Claim, Source


@cache
def _surveys() -> TypeAdapter[Survey]:
    return TypeAdapter(Survey)


def _survey(data: dict[str, Any], source: Source | None) -> Survey:
    facts = data.pop("facts", None)
    survey = _surveys().validate_python(data)
    survey.facts = TypeAdapter(source.facts).validate_python(facts) if source and facts is not None else None
    return survey


def save(path: Path, recognised: Recognised) -> None:
    """Write what was recognised as JSON, whole or not at all."""
    write_json(path, plain(recognised))


def load(path: Path, sources: Mapping[str, Source]) -> Recognised | None:
    """Return what was saved; None if the file is missing or another version of a source wrote it.

    Args:
        path: a file that `save` wrote.
        sources: by name; each gives the class of its facts.
    """
    try:
        data = json.loads(path.read_bytes())
        return Recognised(
            {source: [Claim(**claim) for claim in claims] for source, claims in data["claims"].items()},
            {source: _survey(survey, sources.get(source)) for source, survey in data["surveys"].items()},
            data["refusals"],
            data["problems"],
            tuple(data["failure"]) if data["failure"] else None,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # pydantic's ValidationError is a ValueError
        return None
