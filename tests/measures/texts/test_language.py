"""Language of short texts: detector, words, habits, and what stays open."""

import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.measures.texts.language import UNKNOWN, detect, identify, settle
from pipeline.measures.texts.language_detector import CANDIDATES, likeliest
from pipeline.measures.texts.language_words import word_language
from pipeline.measures.texts.phrase_text import phrase_text

GOLDEN = Path(__file__).parent / "languages"
"""Texts a language, a line each; `other.txt` names the language before a tab, `und.txt` has texts without one."""


def golden() -> pl.DataFrame:
    rows = []
    for path in sorted(GOLDEN.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            language, text = line.split("\t") if path.stem == "other" else (path.stem, line)
            rows.append((language, text))
    return pl.DataFrame(rows, schema=["expected", "text"], orient="row").with_row_index("contact_id")


def languages(*texts: str | None, contact: int | None = 1) -> list[str]:
    return identify(
        pl.DataFrame({"text": texts, "contact_id": contact}, schema_overrides={"text": pl.String})
    ).to_list()


def test_an_assigned_language_is_right_and_recognisable_texts_get_one() -> None:
    judged = golden().with_columns(identify(golden()).alias("language"))
    assigned = judged.filter(pl.col("language") != UNKNOWN)
    assert assigned.select((pl.col("language") == pl.col("expected")).mean()).item() >= 0.98
    written = judged.filter(pl.col("expected").is_in(["de", "en", "es", "fr", "pt"]))
    covered = written.group_by("expected").agg((pl.col("language") != UNKNOWN).mean().alias("share"))
    assert covered.filter(pl.col("share") < 0.9).is_empty()


def test_a_text_without_a_language_gets_none_by_itself() -> None:
    without = golden().filter(pl.col("expected") == UNKNOWN)
    assert identify(without).unique().to_list() == [UNKNOWN]


@pytest.mark.parametrize(
    "text, language",
    [
        ("Thanks so much!", "en"),  # a packaged detector called it Spanish with 0.99
        ("bis später", "de"),  # another called it Estonian
        ("Great post!", "en"),
        ("muito bom", "pt"),
        ("vlw mano", "pt"),
        ("vielen dank", "de"),
        ("merci bcp", "fr"),
        ("merci beaucoup", "fr"),
        ("qué bonito", "es"),
        ("Thanks @anna 😍 https://example.de/danke", "en"),
        ("καλημέρα", "el"),
        ("תודה", "he"),
        ("고마워요", "ko"),
        ("ありがとう", "ja"),
        ("Спасибо большое за помощь, друзья", "ru"),
        ("спс", "und"),
        ("شكرا", "und"),
        ("que bonito", "und"),  # Spanish or Portuguese
        ("ok", "und"),
        ("ciao", "und"),
        ("Tour de France", "und"),
        ("Game of Thrones", "und"),
        ("Juan Carlos", "und"),
        ("hahahahahahahahahahahaha", "und"),
        ("asdkjh qwlekj zxmcnb qpwoeiru alskdj", "und"),
        ("https://example.com/the/best/post/of/the/year", "und"),
        ("", "und"),
        (None, "und"),
    ],
)
def test_a_text_alone(text: str | None, language: str) -> None:
    assert languages(text) == [language]


def test_open_texts_take_the_habit_of_their_contact() -> None:
    long = ["wir sehen uns am Freitag im Garten", "ich freue mich schon sehr auf das Wochenende"]
    assert languages(*long, "ok", "ciao", "😂") == ["de"] * 5
    assert languages(*long[:1], "ok") == ["de", "und"]
    assert languages(*long, "ok", contact=None) == ["de", "de", "und"]


def test_words_against_the_habit_win_unless_it_is_one_borrowed_word() -> None:
    long = ["wir sehen uns am Freitag im Garten", "ich freue mich schon sehr auf das Wochenende"]
    assert languages(*long, "Thanks so much!", "Great post!", "merci") == ["de", "de", "en", "en", "und"]


def test_nothing_written_has_no_language_whatever_the_habit() -> None:
    long = ["wir sehen uns am Freitag im Garten", "ich freue mich schon sehr auf das Wochenende"]
    assert languages(*long, "  ", None) == ["de", "de", "und", "und"]


def test_the_languages_of_a_home_are_believed_sooner_than_others() -> None:
    judged = {
        "language": ["es", "es", "es", "ca", "es", "ca"],
        "certainty": [0.99, 0.95, 0.9, 0.45, 0.45, 0.95],
        "second": ["pt", "pt", "pt", "es", "pt", "es"],
        "second_certainty": [0.0, 0.0, 0.0, 0.3, 0.4, 0.0],
        "words": [None] * 6,
        "words_count": [0] * 6,
        "phrases": [[], [], [], [], [], []],
        "letters": [30] * 6,
        "contact_id": [1, 2, 3, 4, 5, 6],
    }
    rows = pl.DataFrame(judged, schema_overrides={"words": pl.String, "phrases": pl.List(pl.String)})
    assert settle(rows).to_list() == ["es", "es", "es", "es", "es", "ca"]
    assert settle(rows[3:]).to_list() == ["und", "und", "ca"]


def test_praise_that_several_languages_have_is_that_of_the_home() -> None:
    english = ["I tried the second recipe with my students yesterday", "The library opens again on Thursday morning",
               "We should talk about the budget before the meeting"]  # fmt: skip
    spanish = ["Ayer probamos la receta con los alumnos en clase", "La biblioteca abre otra vez el jueves por la mañana",
               "Deberíamos hablar del presupuesto antes de la reunión"]  # fmt: skip
    assert languages(*english, "top class", "brutal", contact=None) == ["en"] * 4 + ["und"]
    assert languages(*spanish, "top class", "brutal", contact=None) == ["es"] * 3 + ["und", "es"]
    assert languages(*english, *spanish, "splendid", contact=None)[-1] == "en"


def test_words_of_several_languages_decide_nothing() -> None:
    texts = pl.Series(["que", "danke gracias", "super nice", "the Real Madrid von Rosa Benz", "J’adore", "obrigadaaaa"])
    assert word_language(phrase_text(texts))["words"].to_list() == [None, None, None, None, "fr", None]


def test_many_texts_at_once_are_judged_as_one_by_one() -> None:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(CANDIDATES)
    texts = [*golden()["text"], "", "é", "日本語", "\x00"]
    for text, row in zip(texts, likeliest(pl.Series(texts)).iter_rows(named=True), strict=True):
        ranked = identifier.rank(text)
        if not text.isupper():  # it lowers those; `detect` lowers every text before
            assert row["certainty"] == pytest.approx(ranked[0][1], abs=2e-3)
            assert row["language"] == ranked[0][0] or ranked[0][1] - ranked[1][1] < 1e-3


TEXTS = st.lists(
    st.one_of(
        st.none(),
        st.text(max_size=60),
        st.sampled_from(golden()["text"].to_list()),
        st.sampled_from(["مرحبا hello", "\u202eabc\u200b", "a\x00b", "👍🏽", "ß" * 30, "e\u0301" * 40]),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=15)
@given(TEXTS)
def test_any_texts_get_a_code_each_in_any_order(texts: list[str | None]) -> None:
    home = pl.DataFrame(
        {"text": texts, "contact_id": [row % 3 for row in range(len(texts))]},
        schema={"text": pl.String, "contact_id": pl.Int64},
    ).with_columns(identify_row=pl.int_range(pl.len()))
    found = home.with_columns(identify(home).alias("language"))
    assert set(found["language"]) <= {*CANDIDATES, *("hy", "ka", UNKNOWN)} - {"zxx"}
    shuffled = home.sample(fraction=1, shuffle=True, seed=len(texts))
    again = shuffled.with_columns(identify(shuffled).alias("language")).sort("identify_row")
    assert again["language"].to_list() == found["language"].to_list()


def test_very_long_texts_and_no_texts() -> None:
    assert languages("wir sehen uns am Freitag " * 40_000, "\U0001f602" * 250_000) == ["de", "und"]
    assert identify(pl.DataFrame(schema={"text": pl.String, "contact_id": pl.Int64})).to_list() == []
    assert detect(pl.Series([], dtype=pl.String)).columns == [
        "language", "certainty", "second", "second_certainty", "words", "words_count", "phrases", "letters",
    ]  # fmt: skip


def test_detection_is_fast_enough_for_a_million_texts() -> None:
    texts = pl.Series([f"{text} {row}" for row in range(40) for text in golden()["text"]])
    started = time.process_time()
    detect(texts)
    assert time.process_time() - started < 100e-6 * len(texts)  # some 15 µs each on a free machine
