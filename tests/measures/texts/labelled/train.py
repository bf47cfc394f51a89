"""Make the weights of the text model: `make model`.

Logistic regressions with a quadratic penalty, one for each answer, on the texts of `training` and on the half of the labelled
texts that the rules were written on. The other half is never read here. The limits are chosen by cross-validation: blocks of
neighbouring texts, which may be variants of each other, are held out together.
"""

# ruff: noqa: T201 - what it prints is for its caller

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from pipeline.measures.texts import model
from pipeline.measures.texts.described import describe_by_rules
from pipeline.measures.texts.judgement import NOT_ASSESSED
from pipeline.measures.texts.links import links, registrable_domain
from pipeline.measures.texts.model.ngrams import LONGEST, Ngrams, tokens
from pipeline.measures.texts.model.signals import REASONS, signals
from pipeline.measures.texts.model.weights import MODEL_FILE, NGRAM, UNIT, WEIGHTS_FILE, Limits
from pipeline.measures.texts.phrase_text import phrase_text
from tests.measures.texts.labelled.measure import FOLDER, LABELS, Labelled, described_by, labelled_texts

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
TRAINING: Final = FOLDER / "training"
FOLDS: Final = 10
BLOCK: Final = 40
FEWEST: Final = 2
"""Texts that an n-gram is known from."""
PENALTY: Final = 0.5
PENALTY_OF_SIGNALS: Final = 0.1
PRECISE: Final = {"generic": 0.9, "self_promotion": 0.9}
"""Least precision of answers that accuse."""
ANSWERS: Final[dict[str, tuple[str, Callable[[pl.Expr], pl.Expr]]]] = {
    "ask": ("ask", lambda found: found == 1),
    "give": ("give", lambda found: found == 1),
    "asks_for_answer": ("asks_for_answer", lambda found: found == 1),
    "self_promotion": ("self_promotion", lambda found: found == 1),
    "generic": ("genericness", lambda found: found == "generic"),
    "substantive": ("genericness", lambda found: found == "substantive"),
}
"""Answer -> the label that it is about, and when it is yes."""
ONLY_FOR: Final = {
    "give": ("genericness", "give"),
    "give_reason": ("genericness", "give"),
    "generic": ("genericness", "give"),
    "short": ("genericness", "give"),
    "genericness_reason": ("genericness", "give"),
    **dict.fromkeys(("disclosure from 1", "disclosure from 2", "disclosure from 3"), ("disclosure",)),
}
"""Signal or column of reasons that is computed only for some tables -> the labels of these tables."""


@cache
def training_texts() -> tuple[Labelled, ...]:
    """Return what the model is trained on: the texts of `training` and the seen half of the labelled ones, sorted by id."""
    found = [text for text in labelled_texts() if not text.unseen]
    for file in TRAINING.glob("*.jsonl"):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            read = json.loads(line)
            label = dict(zip(LABELS, read["label"], strict=True))
            advertises = label["self_promotion"] or label["link_drop"]
            domains = [registrable_domain(url) for url in links(read["text"])] if advertises else []
            found.append(
                Labelled(
                    id=f"training-{file.stem}-{number:04}", language=file.stem, direction="inbound",
                    place="comment" if read["parent"] else "message", first=False, parent=read["parent"],
                    text=read["text"], own=tuple(domain for domain in domains if domain), writer="Ana", reader="Tom",
                    tag="plain", a=label, b=label, label=label,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda text: text.id))


def inputs(texts: Sequence[Labelled]) -> str:
    """Return a hash of the texts and their labels."""
    return sha256(repr([(text.id, text.text, text.parent, text.label) for text in texts]).encode()).hexdigest()


def folds(texts: Sequence[Labelled]) -> npt.NDArray[np.int64]:
    """Return the fold of each text: the same for BLOCK neighbours of one writer."""

    def block(text: Labelled) -> bytes:
        writer, number = text.id.rsplit("-", 1)
        return f"{writer} {int(number) // BLOCK}".encode()

    return np.array([sha256(block(text)).digest()[0] % FOLDS for text in texts], dtype=np.int64)


def all_ngrams(words: list[str]) -> Iterator[str]:
    """Iterate over the n-grams of one text; START and END are none by themselves.

    >>> list(all_ngrams(["<start>", "ok", "<end>"]))
    ['ok', '<start> ok', 'ok <end>', '<start> ok <end>']
    """
    yield from words[1:-1]
    for length in range(2, LONGEST + 1):
        for first in range(len(words) - length + 1):
            yield " ".join(words[first : first + length])


def vocabulary(texts: pl.Series) -> list[str]:
    """Return the n-grams of at least FEWEST texts, sorted."""
    counts = Counter(ngram for words in tokens(texts).to_list() for ngram in set(all_ngrams(words)))
    return sorted(ngram for ngram, count in counts.items() if count >= FEWEST)


def fit(matrix: csr_matrix, wanted: Flags, penalty: Floats) -> Floats:
    """Return the weights of least penalised logistic loss."""
    sign = np.where(wanted, 1.0, -1.0)
    transposed = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (matrix @ weights)
        value = np.logaddexp(0, -margin).sum() + 0.5 * (penalty * weights * weights).sum()
        return float(value), transposed @ (-sign * expit(-margin)) + penalty * weights

    start = np.zeros(matrix.shape[1])
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-9}).x
    return found


class Trainer:
    """Texts as the model sees them, with what it has to find."""

    def __init__(self, texts: Sequence[Labelled]) -> None:
        labels = pl.DataFrame({"id": [text.id for text in texts], **{
            f"label_{label}": [text.label[label] for text in texts] for label in LABELS
        }})  # fmt: skip
        rows = labels.join(described_by(describe_by_rules, texts), on="id", how="left", maintain_order="left")
        self.texts = phrase_text(rows["text"])
        self.signals = signals(rows)
        distinct = {reason: column for column in REASONS for reason in rows[column].drop_nulls().unique().sort()}
        if sum(rows[column].drop_nulls().n_unique() for column in REASONS) != len(distinct):
            raise ValueError("two rules give one reason")
        self.reasons = {reason: self._flags(rows, pl.col(column) == reason) for reason, column in distinct.items()}
        self.only_for = [ONLY_FOR.get(name) for name in (*self.signals, *distinct.values())]
        self.others = csr_matrix(np.column_stack([*self.signals.values(), *self.reasons.values()]).astype(np.float64))
        self.wanted = {a: self._flags(rows, yes(pl.col(f"label_{label}"))) for a, (label, yes) in ANSWERS.items()}
        self.rules = {a: self._flags(rows, yes(pl.col(label))) for a, (label, yes) in ANSWERS.items()}
        listed = pl.col("ask").is_not_null() & (pl.col("genericness") != NOT_ASSESSED)
        self.assessed = self._flags(rows, listed)

    @staticmethod
    def _flags(rows: pl.DataFrame, flag: pl.Expr) -> Flags:
        return rows.select(flag.fill_null(value=False)).to_series().to_numpy()

    def weights(self, chosen: Flags, ngrams: Sequence[str]) -> tuple[csr_matrix, dict[str, Floats]]:
        """Return the matrix of all texts, and for each answer the weights that are learned from the chosen ones."""
        matrix = hstack([Ngrams.of(ngrams).matrix(self.texts), self.others]).tocsr()
        penalty = np.full(matrix.shape[1], PENALTY)
        penalty[len(ngrams) : len(ngrams) + len(self.signals)] = PENALTY_OF_SIGNALS
        learned = matrix[np.flatnonzero(chosen)]
        found = {}
        for answer, wanted in self.wanted.items():
            known = [not labels or ANSWERS[answer][0] in labels for labels in self.only_for]
            read = np.flatnonzero([*[True] * len(ngrams), *known])
            found[answer] = np.zeros(matrix.shape[1])
            found[answer][read] = fit(learned[:, read], wanted[chosen], penalty[read])
        return matrix, found

    def held_out(self, fold: npt.NDArray[np.int64]) -> dict[str, Floats]:
        """Return for each answer and text the probability by weights that were learned without the text's fold."""
        found = {answer: np.zeros(self.texts.len()) for answer in ANSWERS}
        for held in range(FOLDS):
            chosen = fold != held
            matrix, weights = self.weights(chosen, vocabulary(self.texts.filter(pl.Series(chosen))))
            for answer, of in weights.items():
                found[answer][~chosen] = expit(matrix[np.flatnonzero(~chosen)] @ of)
        return found


def counts(wanted: Flags, found: Flags) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = int((wanted & found).sum())
    return (
        right / max(1, int(found.sum())),
        right / max(1, int(wanted.sum())),
        2 * right / max(1, int(found.sum() + wanted.sum())),
    )


def answered(rule: Flags, probability: Floats, limits: Limits) -> Flags:
    """Return the answers at some limits."""
    return probability >= np.where(rule, limits.rule_yes, limits.rule_no)


def best_limits(wanted: Flags, rule: Flags, probability: Floats, *, parts: Sequence[Flags], precise: float) -> Limits:
    """Return the limits of the highest mean F1 over parts of the texts, if the first part is precise and no worse than by the rule.

    There are such limits always: those that leave the rule's answers.
    """
    least = counts(wanted[parts[0]], rule[parts[0]])[2]
    best = (-1.0, Limits(1.0, 0.0))
    for no in (*range(20, 100, 5), 101):
        for yes in range(0, min(no, 80) + 1, 4):
            limits = Limits(no / 100, yes / 100)
            found = answered(rule, probability, limits)
            scores = [counts(wanted[part], found[part]) for part in parts]
            mean = sum(score[2] for score in scores) / len(scores)
            if scores[0][0] >= precise and scores[0][2] >= least and mean > best[0]:
                best = (mean, limits)
    return best[1]


def named(names: Iterable[str], weights: npt.NDArray[np.int16]) -> dict[str, list[int]]:
    """Return the rows of a table of weights by their names."""
    return {name: of.tolist() for name, of in zip(names, weights, strict=True)}


def make(folder: Path) -> None:
    """Train, write the weights, and print what cross-validation gives for the rules and for the model."""
    texts = training_texts()
    trainer = Trainer(texts)
    held_out = trainer.held_out(folds(texts))
    seen = np.array([not text.id.startswith("training") for text in texts])
    language = np.array([text.language for text in texts])
    limits = {}
    for answer, wanted in trainer.wanted.items():
        rule, probability = trainer.rules[answer], held_out[answer]
        parts = [trainer.assessed & seen, trainer.assessed & ~seen]
        limits[answer] = best_limits(wanted, rule, probability, parts=parts, precise=PRECISE.get(answer, 0.0))
        found = np.where(trainer.assessed, answered(rule, probability, limits[answer]), rule)
        print(answer, limits[answer])
        for name, part in {
            "seen": seen, "training": ~seen, **{f"seen {of}": seen & (language == of) for of in ("en", "de", "es", "fr", "pt")},
        }.items():  # fmt: skip
            scores = (counts(wanted[part], of[part]) for of in (rule, found))
            shown = ("P{:.2f} R{:.2f} F{:.3f}".format(*score) for score in scores)
            print(f"  {name:10} rule", *shown, sep="  ")
    ngrams = vocabulary(trainer.texts)
    _, weights = trainer.weights(np.ones(len(texts), dtype=bool), ngrams)
    whole = {answer: np.round(of * UNIT).astype(np.int16) for answer, of in weights.items()}
    table = pl.DataFrame({NGRAM: ngrams, **{answer: of[: len(ngrams)] for answer, of in whole.items()}})
    table = table.filter(pl.any_horizontal(pl.exclude(NGRAM) != 0))
    table.write_parquet(folder / WEIGHTS_FILE, compression="zstd", compression_level=19)
    of_others = np.column_stack([of[len(ngrams) :] for of in whole.values()])
    document = {
        "inputs": inputs(texts),
        "limits": {answer: {"rule_no": of.rule_no, "rule_yes": of.rule_yes} for answer, of in limits.items()},
        "signals": named(trainer.signals, of_others[: len(trainer.signals)]),
        "reasons": named(trainer.reasons, of_others[len(trainer.signals) :]),
    }
    lines = json.dumps(document, indent=1, ensure_ascii=False).replace("\n   ", " ").replace("\n  ]", " ]")
    (folder / MODEL_FILE).write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    make(Path(model.__path__[0]))
