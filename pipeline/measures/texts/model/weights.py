"""The weights of the text model, read once a process."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from pipeline.measures.texts.model.ngrams import Ngrams

NGRAM: Final = "ngram"
UNIT: Final = 1_000
"""Weights are kept as whole thousandths."""
WEIGHTS_FILE: Final = "weights.parquet"
MODEL_FILE: Final = "model.json"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Limits:
    """From which probability the answer is yes, where the rule says no and where it says yes.

    The first is at least the second, so the model overrules a rule only where it is sure.
    """

    rule_no: float
    rule_yes: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Log odds of each answer.

    ngrams: the known ones; of_ngrams: a row each, a column an answer. of_signals: the same by the name of a signal. of_reasons:
    the same by the reason of a rule. limits: of each answer, in the order of the columns.
    """

    ngrams: Ngrams
    of_ngrams: Floats
    of_signals: dict[str, Floats]
    of_reasons: dict[str, Floats]
    limits: dict[str, Limits]


@cache
def load() -> Weights:
    """Return the weights in the package."""
    folder = files("pipeline.measures.texts.model")
    with as_file(folder / WEIGHTS_FILE) as path:
        table = pl.read_parquet(path)
    model = json.loads((folder / MODEL_FILE).read_text("utf-8"))
    limits = {answer: Limits(**of) for answer, of in model["limits"].items()}
    return Weights(
        Ngrams.of(table[NGRAM]),
        table.select(list(limits)).to_numpy().astype(np.float64) / UNIT,
        of_signals=_named(model["signals"]),
        of_reasons=_named(model["reasons"]),
        limits=limits,
    )


def _named(weights: dict[str, list[int]]) -> dict[str, Floats]:
    return {name: np.array(of, dtype=np.float64) / UNIT for name, of in weights.items()}
