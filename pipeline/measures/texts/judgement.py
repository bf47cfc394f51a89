"""Judgement: the result of each rule, replaced by the text model's where the model is sure that the rule is wrong."""

from typing import Final

import polars as pl

from pipeline.measures.texts.model.scores import PREFIX, probabilities
from pipeline.measures.texts.model.weights import load

FLAGS: Final = {
    "ask": "asks", "give": "gives", "asks_for_answer": "asks for an answer", "self_promotion": "self-promotion",
}  # fmt: skip
"""Columns that hold yes or no -> how their reasons begin."""
CLASSES: Final = ("generic", "substantive")
"""Values of `genericness` that are judged, in this order; what is neither is short."""
NOT_ASSESSED: Final = "not_assessed"
_WORDING: Final = "by the wording ({})"


def judged(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts with the final results of FLAGS and `genericness`.

    What the rules don't assess stays so. A result that the rule found too keeps the rule's reason; any other says that the
    wording decided, and the model's probability. Reasons never have words of the text.

    Args:
        texts: `signals.INPUT`, the columns of `scores.wording`, and each result with its `<result>_reason`.

    Returns:
        The same rows and columns, without those of `scores.wording`.

    Source: methods:text-model.
    """
    found = probabilities(texts)
    rows = texts.drop(pl.selectors.starts_with(PREFIX)).with_columns(
        found.rename(lambda answer: f"p_{answer}").iter_columns()
    )
    changes = [change for flag in FLAGS for change in _flag(flag)]
    changes += [*_genericness()]
    return rows.with_columns(changes).select(rows.columns[: texts.width - found.width])


def answers(answer: str, rule: pl.Expr) -> pl.Expr:
    """Return whether the answer is yes: where the rule says yes, and where it says no, from its own limit."""
    limits = load().limits[answer]
    return pl.col(f"p_{answer}") >= pl.when(rule).then(limits.rule_yes).otherwise(limits.rule_no)


def _reason(answer: str, form: str) -> pl.Expr:
    return pl.format(form, pl.col(f"p_{answer}").round(2))


def _flag(flag: str) -> list[pl.Expr]:
    rule = pl.col(flag)
    yes = answers(flag, rule)
    reason = pl.when(rule).then(f"{flag}_reason").otherwise(_reason(flag, f"{FLAGS[flag]}: {_WORDING}"))
    return [
        pl.when(rule.is_not_null()).then(yes).alias(flag),
        pl.when(rule.is_not_null() & yes).then(reason).alias(f"{flag}_reason"),
    ]


def _genericness() -> list[pl.Expr]:
    rule, kept = pl.col("genericness"), pl.col("genericness_reason")
    # without lists only emoji are judged, and by the rule
    assessed = pl.col("ask").is_not_null() & (rule != NOT_ASSESSED)
    generic, substantive = (answers(value, rule == value) for value in CLASSES)
    value = (
        pl.when(generic)
        .then(pl.lit("generic"))
        .when(substantive)
        .then(pl.lit("substantive"))
        .otherwise(pl.lit("short"))
    )
    sure = (
        pl.when(generic).then(pl.col("p_generic"))
        .when(substantive).then(pl.col("p_substantive"))
        .otherwise(1 - pl.max_horizontal("p_generic", "p_substantive"))
    )  # fmt: skip
    return [
        pl.when(assessed).then(value).otherwise(rule).alias("genericness"),
        pl.when(assessed & (value != rule))
        .then(pl.format(_WORDING, sure.round(2)))
        .otherwise(kept)
        .alias("genericness_reason"),
    ]
