"""The text rules find what was planted in the demo's texts."""

import polars as pl
import pytest

from pipeline.demo.simulator import simulate
from pipeline.demo.world import Act
from pipeline.measures.texts.described import Wanted, describe
from pipeline.model.schemas import INTERACTIONS


def _class(act: Act) -> str:
    return "message" if act.kind == "message" else "comment"


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    """Each planted text as `craft` (outbound) or `tone` (inbound) has it, with `planted` and the planted language, `spoken`."""
    world = simulate()
    acts = [act for act in world.acts if act.planted and act.visible and act.text]
    rows = [
        {
            "interaction_id": act.id, "contact_id": act.person, "account_id": act.platform, "platform": act.platform,
            "class": _class(act), "thread_id": act.thread or None, "direction": act.direction, "is_group": act.is_group,
            "at": act.at, "text": act.text, "reply_to": act.reply_to,
        }
        for act in acts
    ]  # fmt: skip
    names = pl.DataFrame(
        {"contact_id": [person.key for person in world.people], "names": [[person.name] for person in world.people]}
    )
    texts = describe(pl.DataFrame(rows, schema=dict(INTERACTIONS)), names, wanted=Wanted()).texts
    planted = pl.DataFrame(
        {
            "interaction_id": [act.id for act in acts],
            "planted": [act.planted for act in acts],
            "spoken": [act.language for act in acts],
        }
    )
    return planted.join(texts, on="interaction_id")


GENERIC, NEGATIVE = pl.col("genericness") == "generic", pl.col("tone") == "negative"
OUTBOUND, INBOUND = pl.col("outbound"), ~pl.col("outbound")
ENGLISH = INBOUND & (pl.col("spoken") == "en")
"""Tone is assessed in English only."""


@pytest.mark.parametrize(
    ("planted", "side", "rule", "floor"),
    [
        ("generic", OUTBOUND, GENERIC, 0.9),
        ("ask", OUTBOUND, pl.col("ask"), 0.8),
        ("ask_please", OUTBOUND, pl.col("ask"), 0.95),
        ("thanks_named", OUTBOUND, pl.col("give"), 0.75),
        ("congratulation", OUTBOUND, pl.col("give"), 0.8),
        ("resource", OUTBOUND, pl.col("give"), 0.85),
        ("offer", OUTBOUND, pl.col("give"), 0.6),
        ("question", OUTBOUND, pl.col("asks_for_answer"), 0.88),
        ("question", INBOUND, pl.col("asks_for_answer"), 0.88),
        ("disclosure_1", OUTBOUND, pl.col("disclosure") >= 1, 0.7),
        ("disclosure_2", OUTBOUND, pl.col("disclosure") >= 2, 0.6),
        ("disclosure_3", OUTBOUND, pl.col("disclosure") == 3, 0.6),
        ("templated", OUTBOUND, pl.col("templated"), 0.95),
        ("campaign", OUTBOUND, pl.col("templated"), 1.0),
        ("link_drop", INBOUND, pl.col("link_drop"), 0.8),
        ("promotion", INBOUND, pl.col("self_promotion"), 0.9),
        ("criticism", ENGLISH, NEGATIVE, 0.35),
        ("wrapped_criticism", ENGLISH, NEGATIVE, 0.1),
    ],
)  # fmt: skip
def test_what_was_planted_is_found(
    found: pl.DataFrame, planted: str, side: pl.Expr, rule: pl.Expr, floor: float
) -> None:
    texts = found.filter(pl.col("planted") == planted, side)
    assert texts.height >= 8
    assert texts.select(rule.fill_null(value=False).mean()).item() >= floor


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "pt"])
def test_languages_are_found(found: pl.DataFrame, language: str) -> None:
    texts = found.filter(pl.col("spoken") == language)
    assert texts.select((pl.col("language") == language).mean()).item() >= 0.98


def test_hardly_any_other_text_is_called_an_advertisement(found: pl.DataFrame) -> None:
    honest = found.filter(~pl.col("planted").is_in(["link_drop", "promotion", "campaign"]), INBOUND)
    assert honest.select((pl.col("link_drop") | pl.col("self_promotion")).mean()).item() <= 0.01


def test_hardly_any_text_with_content_is_called_generic(found: pl.DataFrame) -> None:
    content = ["remark", "question", "ask", "offer", "resource", "criticism", "complaint", "thanks_named", "templated"]
    texts = found.filter(pl.col("planted").is_in(content))
    assert texts.select(GENERIC.mean()).item() <= 0.01
