"""Asks, gives, asks for answer and disclosure on literal texts: the cases are files `cases/<rule>/<language>.toml`."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measures.texts import phrase_rules
from pipeline.measures.texts.asks import asks
from pipeline.measures.texts.asks_for_answer import asks_for_answer
from pipeline.measures.texts.disclosure import disclosure
from pipeline.measures.texts.gives import gives

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.toml"))
LANGUAGES = ["en", "es", "de", "fr", "pt", "und"]


def _texts(texts: list[str | None], language: str) -> pl.DataFrame:
    """Texts with the other rules' columns: any question mark is a genuine question here."""
    text = pl.Series("text", texts, dtype=pl.String)
    frame = pl.DataFrame({"text": text, "language": [language] * len(texts)}, schema_overrides={"language": pl.String})
    frame = frame.with_columns(
        pl.col("text").str.contains("https://").alias("foreign_url"),
        pl.col("text").str.contains(r"\?").alias("question"),
        pl.lit(value=False).alias("rhetorical"),
        pl.lit(value=False).alias("fig_leaf"),
    )
    return frame.hstack(asks(frame))


RULES: dict[str, Callable[[pl.DataFrame], pl.Series]] = {
    "asks": lambda texts: texts["ask"],
    "gives": lambda texts: gives(texts)["give"],
    "asks_for_answer": lambda texts: asks_for_answer(texts)["asks_for_answer"],
    "disclosure": lambda texts: disclosure(texts)["disclosure"],
}
MEANING = {"yes": True, "no": False, "level_0": 0, "level_1": 1, "level_2": 2, "level_3": 3}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_texts_of_a_language(path: Path) -> None:
    cases = tomllib.loads(path.read_text("utf-8"))
    expected = {text: MEANING[key] for key, texts in cases.items() for text in texts}
    found = RULES[path.parent.name](_texts(list(expected), path.stem))
    assert dict(zip(expected, found, strict=True)) == expected


def test_reasons_name_the_list_and_never_the_text() -> None:
    texts = _texts(["Could you send me the Smith file?", "Thanks for the jam, Ann", "My dad died in May", "ok"], "en")
    assert texts["ask_reason"].to_list() == ["asks: could you", None, None, None]
    assert gives(texts)["give_reason"].to_list() == [None, "gives: thanks for something named", None, None]
    assert disclosure(texts)["disclosure_reason"].to_list() == [None, None, "discloses: level 3", None]
    reasons = asks_for_answer(texts)["asks_for_answer_reason"]
    assert reasons.to_list() == ["asks for an answer: a question", None, None, None]


def test_a_language_without_lists_is_not_assessed() -> None:
    texts = _texts(["Could you?", None], "und")
    assert texts["ask"].to_list() == [None, None]
    assert gives(texts)["give"].to_list() == [None, None]
    assert asks_for_answer(texts)["asks_for_answer"].to_list() == [None, None]
    assert disclosure(texts)["disclosure"].to_list() == [None, None]


def test_calls_to_everybody_are_asks_for_no_answer() -> None:
    texts = _texts(["Vote for us!", "Please subscribe to my channel", "Vote for us and send me the receipt"], "en")
    assert texts["ask"].to_list() == [True, True, True]
    assert texts["broadcast"].to_list() == [True, True, False]


def test_a_paid_offer_is_no_gift() -> None:
    texts = _texts(["I can help you with the move", "I can help you with the move, 20 an hour plus invoice"], "en")
    assert gives(texts)["give"].to_list() == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "😀" * 2_000,
        "مرحبا كيف حالك؟",
        "a\u200bb\u202ec",
        "please " * 150_000,
        '"' * 5_000,
        "x" * 1_000_000,
    ],
)
def test_bad_input_gets_an_answer(language: str, text: str) -> None:
    texts = _texts([text, None], language)
    assert all(len(rule(texts)) == 2 for rule in RULES.values())


@given(
    st.lists(
        st.sampled_from(["please", "send", "me", "thanks", "for", "my", "dad", "died", "?", "!", "you", "could"]),
        max_size=8,
    )
)
@settings(max_examples=50, deadline=None)
def test_case_and_outer_blanks_change_nothing(words: list[str]) -> None:
    text = " ".join(words)
    plain, loud = _texts([text], "en"), _texts([f"  {text.upper()} "], "en")
    assert all(rule(plain).to_list() == rule(loud).to_list() for rule in RULES.values())


@given(st.permutations(["Send me the file", "Danke für das Buch", "Merci", None, "¿Puedes venir?"]))
@settings(max_examples=10, deadline=None)
def test_rows_do_not_depend_on_each_other(texts: list[str | None]) -> None:
    together = _texts(texts, "en")["ask"].to_list()
    assert together == [_texts([text], "en")["ask"][0] for text in texts]


def test_quotations_are_hidden() -> None:
    assert phrase_rules.folded(pl.Series(["Er schrieb „schick mir Geld“, haha"])).to_list() == ["er schrieb _ , haha"]
