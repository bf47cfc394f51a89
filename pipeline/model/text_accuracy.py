"""How accurate the text rules are, measured on labelled texts that they were not written on: the file text_accuracy.toml."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The accuracy of one rule in one language, or over all languages (`all`).

    rule: its name, for example `generic`, `ask`, `tone_negative`. language: ISO 639-1 code, or `all`.
    precision: share of the texts found that have the label; low, high: its 95 % Wilson bounds. recall: share of the texts
    with the label that are found; a text that is not assessed counts as not found. found: texts that the rule found.
    texts: labelled texts of the unseen half. rough: whether precision is below 0.8.
    """

    rule: str
    language: str
    precision: float
    low: float
    high: float
    recall: float
    found: int
    texts: int
    rough: bool


def text_accuracy() -> tuple[Accuracy, ...]:
    """Return the accuracy of every rule that found at least one text, by rule and language.

    >>> {row.language for row in text_accuracy() if row.rule == "generic"} >= {"all", "en"}
    True
    """
    content = tomllib.loads((files("pipeline.model") / "text_accuracy.toml").read_text(encoding="utf-8"))
    return tuple(Accuracy(**row) for row in content["rule"])
