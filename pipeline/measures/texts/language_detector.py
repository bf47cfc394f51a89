"""The packaged detector of languages, run over many texts at once.

py3langid ships a naive Bayes model over runs of bytes: an automaton walks over a text's bytes, some of its states stand
for features, and each language has a weight for each feature. Its own `classify` walks over one text at a time in
Python; here NumPy walks over a block of texts together, a byte of each at every step, with equal results.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from scipy import sparse

NOT_A_LANGUAGE: Final = "zxx"
"""A class of the model: names of products, numbers, markup."""
CANDIDATES: Final = (
    *("en", "es", "de", "fr", "pt", "it", "nl", "pl", "tr", "sv", "da", "no", "fi", "cs", "sk", "hu", "ro", "hr"),
    *("id", "tl", "vi", "ca", "ru", "uk", "bg", "el", "he", "ar", "fa", "hi", "th", "ko", "ja", "zh", NOT_A_LANGUAGE),
)
"""Languages that many people write in social networks. The model knows 139: rare ones would win short texts by chance."""
LONGEST: Final = 300
"""Characters that the detector reads; more doesn't make it surer."""
_BLOCK: Final = 16_384
_DECIMALS: Final = 3
"""Machines add floats in different orders; so many decimals are the same on all."""


class _Model(NamedTuple):
    languages: npt.NDArray[np.str_]
    weights: npt.NDArray[np.float32]
    priors: npt.NDArray[np.float32]
    next_state: npt.NDArray[np.uint32]
    row_of_state: npt.NDArray[np.int64]
    feature_of_state: npt.NDArray[np.int64]


def likeliest(texts: pl.Series) -> pl.DataFrame:
    """Return the two likeliest languages of each text among the candidates.

    Args:
        texts: prepared texts without nulls; the result of a text depends on it alone.

    Returns:
        `language`, `certainty` (0 to 1), `second`, `second_certainty`, row by row. Certainties add up to 1 over all
        candidates; a text without features has about equal ones.

    Source: methods:language.

    >>> likeliest(pl.Series(["wir sehen uns am Freitag"])).select("language").item()
    'de'
    """
    blocks = [_block(texts.slice(start, _BLOCK)) for start in range(0, len(texts), _BLOCK)]
    schema = {
        "language": pl.String,
        "certainty": pl.Float64,
        "second": pl.String,
        "second_certainty": pl.Float64,
    }
    return pl.concat(blocks).cast(schema) if blocks else pl.DataFrame(schema=schema)  # type: ignore[arg-type]  # Polars' stubs know no String class here


def _block(texts: pl.Series) -> pl.DataFrame:
    model = _model()
    encoded = texts.str.slice(0, LONGEST).str.normalize("NFC").cast(pl.Binary)
    lengths = encoded.bin.size().to_numpy().astype(np.int64)
    features = _features(b"".join(encoded), lengths, model)
    scores = features @ model.weights + model.priors
    scores[np.diff(features.indptr) == 0] = 0.0
    scores /= np.sqrt(np.maximum(lengths, 1))[:, None]  # as py3langid: keeps certainties comparable across lengths
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    rows = np.arange(len(lengths))
    first = likely.argmax(axis=1)
    certainty = likely[rows, first]
    likely[rows, first] = -1.0
    second = likely.argmax(axis=1)
    return pl.DataFrame(
        {
            "language": model.languages[first],
            "certainty": certainty.astype(np.float64).round(_DECIMALS),
            "second": model.languages[second],
            "second_certainty": likely[rows, second].astype(np.float64).round(_DECIMALS),
        }
    )


def _features(joined: bytes, lengths: npt.NDArray[np.int64], model: _Model) -> sparse.csr_matrix:
    """Walk over all texts of a block together and count the features that each passes, as log(1 + count)."""
    longest_first = np.argsort(-lengths, kind="stable")
    left = lengths[longest_first]
    begins = (np.cumsum(lengths) - lengths)[longest_first]
    characters = np.frombuffer(joined, dtype=np.uint8)
    state = np.zeros(len(lengths), dtype=np.int64)
    rows, features = [], []
    for step in range(int(left.max(initial=0))):
        walking = int(np.searchsorted(-left, -step, side="left"))
        state = model.next_state[model.row_of_state[state[:walking]] + characters[begins[:walking] + step]].astype(
            np.int64
        )
        feature = model.feature_of_state[state]
        passed = np.flatnonzero(feature >= 0)
        rows.append(longest_first[passed])
        features.append(feature[passed])
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    feature = np.concatenate(features) if features else np.zeros(0, dtype=np.int64)
    ones = np.ones(len(row), dtype=np.float32)
    counts = sparse.csr_matrix((ones, (row, feature)), shape=(len(lengths), len(model.weights)))
    counts.data = np.log1p(counts.data)
    return counts


@cache
def _model() -> _Model:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(CANDIDATES)
    return _Model(
        languages=np.array(identifier.nb_classes),
        weights=np.asarray(identifier.nb_ptc, dtype=np.float32),
        priors=np.asarray(identifier.nb_pc, dtype=np.float32),
        next_state=np.asarray(identifier.tk_nextmove),
        row_of_state=np.asarray(identifier.tk_row, dtype=np.int64) << 8,
        feature_of_state=np.asarray(identifier.tk_output, dtype=np.int64),
    )
