"""Probabilities of the answers: the part of the wording, which a text alone decides, and that of the signals."""

from typing import Final

import numpy as np
import polars as pl
from scipy.special import expit

from pipeline.measures.texts.model.signals import REASONS, signals
from pipeline.measures.texts.model.weights import load
from pipeline.measures.texts.phrase_text import prepared_text

PREFIX: Final = "wording_"


def wording(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the log odds that the n-grams of texts add to each answer.

    Args:
        texts: text (raw), and perhaps `prepared`.

    Returns:
        Row by row: `wording_<answer>` as Float32.

    Source: methods:text-model.
    """
    weights = load()
    odds = weights.ngrams.matrix(prepared_text(texts)) @ weights.of_ngrams
    return pl.DataFrame(
        {f"{PREFIX}{answer}": pl.Series(odds[:, k]).cast(pl.Float32) for k, answer in enumerate(weights.limits)}
    )


def probabilities(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the probability of each answer, row by row.

    Args:
        texts: `signals.INPUT` and the columns of `wording`.

    Source: methods:text-model.
    """
    weights = load()
    odds = np.column_stack([texts[f"{PREFIX}{answer}"].cast(pl.Float64).to_numpy() for answer in weights.limits])
    for name, signal in signals(texts).items():
        odds += np.multiply.outer(signal, weights.of_signals[name])
    known = [np.zeros(len(weights.limits)), *weights.of_reasons.values()]
    places = dict(zip(weights.of_reasons, range(1, len(known)), strict=True))
    for column in REASONS:
        place = texts[column].replace_strict(places, default=0, return_dtype=pl.Int64).fill_null(0)
        odds += np.array(known)[place.to_numpy()]
    return pl.DataFrame(expit(odds), schema=list(weights.limits))
