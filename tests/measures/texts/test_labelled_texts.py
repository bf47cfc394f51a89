"""The labelled texts: well formed, and found by the rules as well as when the rules were last measured."""

from collections import Counter

import pytest

from pipeline.model.text_accuracy import text_accuracy
from tests.measures.texts.labelled.accuracy import LANGUAGES, ROUGH_BELOW, RULES, half, measured
from tests.measures.texts.labelled.measure import LABELS, kappa, labelled_texts, score
from tests.measures.texts.labelled.report import accusations

VALUES = {
    "genericness": {"generic", "short", "substantive"}, "link_drop": {0, 1}, "self_promotion": {0, 1}, "ask": {0, 1},
    "give": {0, 1}, "asks_for_answer": {0, 1}, "disclosure": {0, 1, 2, 3}, "tone": {"positive", "neutral", "negative"},
}  # fmt: skip
ROUNDING = 0.0006


def test_the_set_is_large_hard_and_in_five_languages() -> None:
    texts = labelled_texts()
    languages = Counter(text.language for text in texts)
    assert len(texts) >= 1500
    assert len({text.id for text in texts}) == len(texts)
    assert sum(text.tag == "hard" for text in texts) >= 0.4 * len(texts)
    assert {language: languages[language] >= 200 for language in LANGUAGES} == dict.fromkeys(LANGUAGES, True)


@pytest.mark.parametrize("language", ["all", *LANGUAGES])
def test_halves_are_of_similar_size(language: str) -> None:
    seen, unseen = len(half(unseen=False, language=language)), len(half(unseen=True, language=language))
    assert 0.4 <= seen / (seen + unseen) <= 0.6


@pytest.mark.parametrize("label", LABELS)
def test_labels_are_known_and_settled_ones_are_one_of_the_two_where_they_agree(label: str) -> None:
    texts = labelled_texts()
    assert {text.label[label] for text in texts} == VALUES[label]
    assert [text.id for text in texts if text.a[label] == text.b[label] != text.label[label]] == []
    assert kappa(label, texts) >= 0.8


@pytest.mark.parametrize(
    ("rule", "precision", "recall"),
    [
        ("generic", 0.93, 0.88), ("short", 0.75, 0.71), ("substantive", 0.96, 0.92),
        ("link_drop", 0.94, 0.96), ("self_promotion", 0.98, 0.68), ("ask", 0.85, 0.81),
        ("give", 0.68, 0.72), ("asks_for_answer", 0.76, 0.8), ("disclosure_1", 0.5, 0.55),
        ("disclosure_2", 0.2, 0.14), ("disclosure_3", 0.76, 0.2), ("tone_positive", 0.95, 0.41),
        ("tone_neutral", 0.81, 0.39), ("tone_negative", 0.82, 0.36),
    ],
)  # fmt: skip
def test_rules_hold_their_floors_on_the_development_half(rule: str, precision: float, recall: float) -> None:
    of = score(*RULES[rule], half(unseen=False))
    assert (of.precision >= precision, of.recall >= recall) == (True, True), of


def test_few_honest_contacts_are_accused_on_the_development_half() -> None:
    accused, honest = accusations(half(unseen=False))
    assert accused <= 0.01 * honest


def test_the_published_accuracy_is_what_the_measurement_gives() -> None:
    """Run `python -m tests.soak.texts --write docs/validation.md` after a change of a rule."""
    published, now = text_accuracy(), measured()
    assert [(row.rule, row.language, row.found, row.texts, row.rough) for row in published] == [
        (row.rule, row.language, row.found, row.texts, row.rough) for row in now
    ]
    for name in ("precision", "low", "high", "recall"):
        assert [getattr(row, name) for row in published] == pytest.approx(
            [getattr(row, name) for row in now], abs=ROUNDING
        )


def test_rough_is_a_precision_below_the_bound() -> None:
    assert [row for row in text_accuracy() if row.rough != (row.precision < ROUGH_BELOW)] == []
