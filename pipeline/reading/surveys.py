"""What the first look over an archive found, as JSON and back: kept between runs, and with readings whose file is gone."""

import json
from pathlib import Path
from typing import Any

from pipeline.model.records import Account, Owner, Survey
from pipeline.reading.recognition import Recognised
from pipeline.reading.staging import plain, write_json
from pipeline.sources.base import Claim


def _survey(data: dict[str, Any]) -> Survey:
    account = Account(**data["account"]) if data["account"] else None
    owner = Owner(**{key: frozenset(names) for key, names in data["owner"].items()})
    return Survey(**{**data, "account": account, "owner": owner})


def save(path: Path, recognised: Recognised) -> None:
    """Write it whole or not at all."""
    write_json(path, plain(recognised))


def load(path: Path) -> Recognised | None:
    """Return what was saved, None when it is missing or of another version."""
    try:
        data = json.loads(path.read_bytes())
        return Recognised(
            {source: [Claim(**claim) for claim in claims] for source, claims in data["claims"].items()},
            {source: _survey(survey) for source, survey in data["surveys"].items()},
            data["refusals"],
            data["problems"],
            tuple(data["failure"]) if data["failure"] else None,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
