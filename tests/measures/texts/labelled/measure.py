"""Measure the text rules on the labelled texts, all in one home.

The texts were written for this project and labelled twice, each time by somebody who didn't see the other's labels; where
the two differ a third decided. Each is an interaction with a contact of its own, so that no rule is helped by a habit.
Half of the texts, chosen by a hash of their ids, were not looked at while the rules were written.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.measures.texts.described import DescribedTexts, describe
from pipeline.model.durations import DAY, HOUR
from pipeline.model.schemas import INTERACTIONS

FOLDER: Final = Path(__file__).parent
LABELS: Final = (
    "genericness", "link_drop", "self_promotion", "ask", "give", "asks_for_answer", "disclosure", "tone",
)  # fmt: skip
"""In the order of the lists `a`, `b` and `label` of a line."""
Value = int | str


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its context and its labels.

    first: nothing went from this writer to this reader before. parent: the text that it answers. own: the writer's domains.
    a, b: the labels of the two annotators; label: the settled ones.
    """

    id: str
    language: str
    direction: str
    place: str
    first: bool
    parent: str | None
    text: str
    own: tuple[str, ...]
    writer: str
    reader: str
    tag: str
    a: Mapping[str, Value]
    b: Mapping[str, Value]
    label: Mapping[str, Value]

    @property
    def unseen(self) -> bool:
        """Whether the text belongs to the half that the rules were not written on."""
        return bool(blake2b(self.id.encode(), digest_size=1).digest()[0] % 2)


@cache
def labelled_texts() -> tuple[Labelled, ...]:
    """Return all labelled texts, sorted by id."""
    lines = [json.loads(line) for file in FOLDER.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    found = [
        Labelled(
            **{
                **line,
                "own": tuple(line["own"]),
                **{of: dict(zip(LABELS, line[of], strict=True)) for of in ("a", "b", "label")},
            }
        )
        for line in lines
    ]
    return tuple(sorted(found, key=lambda text: text.id))


def _acts(text: Labelled) -> list[dict[str, object]]:
    """Return a text as an interaction, after what came before it."""
    begin = 400 * DAY
    cls = "message" if text.place in {"message", "mail"} else "comment"
    base = {
        "contact_id": text.id, "account_id": "me", "platform": "forum", "class": cls, "thread_id": text.id,
        "direction": text.direction, "is_group": False,
    }  # fmt: skip
    other = "inbound" if text.direction == "outbound" else "outbound"
    acts: list[dict[str, object]] = []
    if not text.first:
        acts.append({**base, "interaction_id": f"{text.id} before", "at": begin - 9 * DAY, "class": "reaction"})
    if text.own and text.direction == "inbound" and not text.first:
        acts += [
            {
                **base,
                "interaction_id": f"{text.id} own {k}",
                "at": begin - 8 * DAY + k,
                "text": f"https://{text.own[0]}/{k}",
            }
            for k in range(3)
        ]
    if text.parent:
        acts.append(
            {**base, "interaction_id": f"{text.id} parent", "at": begin - HOUR, "text": text.parent, "direction": other}
        )
    link = {"reply_to": f"{text.id} parent"} if text.parent else {}
    return [*acts, {**base, "interaction_id": text.id, "at": begin, "text": text.text, **link}]


@cache
def described() -> pl.DataFrame:
    """Describe all labelled texts: one row a text, with `id`."""
    return described_by(describe, labelled_texts())


def described_by(describe_all: Callable[..., DescribedTexts], texts: Sequence[Labelled]) -> pl.DataFrame:
    """Describe texts, each with its context, by `describe` or `describe_by_rules`: one row a text, with `id`."""
    acts = pl.DataFrame([act for text in texts for act in _acts(text)], schema=dict(INTERACTIONS))
    names = pl.DataFrame(
        {"contact_id": [text.id for text in texts], "names": [[text.writer, text.reader] for text in texts]}
    )
    own = {domain for text in texts for domain in text.own if text.direction == "outbound"}
    found = describe_all(acts, names, own_domains=own).texts
    return found.filter(pl.col("interaction_id").is_in([text.id for text in texts])).rename({"interaction_id": "id"})


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule found a label: right and wrong finds, misses, and texts that it did not assess."""

    right: int
    wrong: int
    missed: int
    not_assessed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def score(rule: str, value: Value, texts: Iterable[Labelled]) -> Score:
    """Compare a rule with the settled labels; a text that is not assessed counts as a miss where the label is `value`."""
    chosen = {text.id: text for text in texts}
    rows = described().select("id", pl.col(rule)).filter(pl.col("id").is_in(list(chosen)))
    count: Counter[str] = Counter()
    for name, found in rows.iter_rows():
        wanted = chosen[name].label[rule] == value
        assessed = found is not None and found != "not_assessed"
        positive = assessed and found == value
        count["right"] += positive and wanted
        count["wrong"] += positive and not wanted
        count["missed"] += wanted and not positive
        count["not_assessed"] += not assessed
    return Score(count["right"], count["wrong"], count["missed"], count["not_assessed"])


def kappa(rule: str, texts: Sequence[Labelled]) -> float:
    """Return Cohen's kappa of the two annotators."""
    pairs = Counter((text.a[rule], text.b[rule]) for text in texts)
    total = pairs.total()
    observed = sum(count for (one, other), count in pairs.items() if one == other) / total
    one, other = Counter[Value](), Counter[Value]()
    for (of_one, of_other), count in pairs.items():
        one[of_one] += count
        other[of_other] += count
    expected = sum(one[value] * other[value] for value in one) / total**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
