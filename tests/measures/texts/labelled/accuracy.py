"""Precision and recall of each text rule and language on the half of the labelled texts that the rules were not written on.

`python -m tests.soak.texts --write docs/validation.md` writes them into `pipeline/model/text_accuracy.toml`, from which
a report can say which rules are rough.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeline.model.text_accuracy import Accuracy
from pipeline.statistics.intervals import wilson
from tests.measures.texts.labelled.measure import Labelled, Value, labelled_texts, score

ALL_LANGUAGES: Final = "all"
ROUGH_BELOW: Final = 0.8
"""A rule with a lower precision is marked rough."""
FILE: Final = Path(__file__).resolve().parents[4] / "pipeline" / "model" / "text_accuracy.toml"
RULES: Final[dict[str, tuple[str, Value]]] = {
    "generic": ("genericness", "generic"),
    "short": ("genericness", "short"),
    "substantive": ("genericness", "substantive"),
    "link_drop": ("link_drop", 1),
    "self_promotion": ("self_promotion", 1),
    "ask": ("ask", 1),
    "give": ("give", 1),
    "asks_for_answer": ("asks_for_answer", 1),
    "disclosure_1": ("disclosure", 1),
    "disclosure_2": ("disclosure", 2),
    "disclosure_3": ("disclosure", 3),
    "tone_positive": ("tone", "positive"),
    "tone_neutral": ("tone", "neutral"),
    "tone_negative": ("tone", "negative"),
}
"""Name of a rule -> its label, and the value of the label that it finds."""
LANGUAGES: Final = ("en", "es", "de", "fr", "pt")


def half(*, unseen: bool, language: str = ALL_LANGUAGES) -> list[Labelled]:
    """Return the texts of one half, of one language or of all."""
    return [text for text in labelled_texts() if text.unseen == unseen and language in {ALL_LANGUAGES, text.language}]


def share(part: int, whole: int) -> tuple[float, float, float]:
    """Return a share with Wilson's 95 % bounds, to three decimals."""
    low, high = wilson([part], [whole])
    return round(part / whole, 3), round(float(low[0]), 3), round(float(high[0]), 3)


def measured() -> list[Accuracy]:
    """Measure every rule on the unseen half, over all languages and in each; without those that found nothing."""
    found = [
        _accuracy(rule, language, half(unseen=True, language=language))
        for rule in RULES
        for language in (ALL_LANGUAGES, *LANGUAGES)
    ]
    return [one for one in found if one is not None]


def _accuracy(rule: str, language: str, texts: Sequence[Labelled]) -> Accuracy | None:
    of = score(*RULES[rule], texts)
    if not of.right + of.wrong:
        return None
    precision, low, high = share(of.right, of.right + of.wrong)
    return Accuracy(
        rule=rule,
        language=language,
        precision=precision,
        low=low,
        high=high,
        recall=round(of.recall, 3),
        found=of.right + of.wrong,
        texts=len(texts),
        rough=precision < ROUGH_BELOW,
    )


def as_toml(rows: Sequence[Accuracy]) -> str:
    """Return the text of the file."""
    lines = [
        '# Accuracy of the text rules on labelled texts that they were not written on (docs/validation.md, "Text rules").',
        "# Made by `python -m tests.soak.texts --write docs/validation.md`; don't edit.",
    ]
    for row in rows:
        lines += [
            "",
            "[[rule]]",
            f'rule = "{row.rule}"',
            f'language = "{row.language}"',
            f"precision = {row.precision}",
            f"low = {row.low}",
            f"high = {row.high}",
            f"recall = {row.recall}",
            f"found = {row.found}",
            f"texts = {row.texts}",
            f"rough = {str(row.rough).lower()}",
        ]
    return "\n".join(lines) + "\n"
