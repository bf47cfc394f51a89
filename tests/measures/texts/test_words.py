"""Content words of texts."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.words import content, without_names


def words(language: str, *texts: str | None) -> list[list[str] | None]:
    frame = pl.DataFrame({"text": texts, "language": [language] * len(texts)}, schema_overrides={"text": pl.String})
    return content(frame)["content"].to_list()


@pytest.mark.parametrize(
    "language, text, expected",
    [
        ("en", "Great post about sourdough breads!", ["sourdough", "bread"]),
        ("en", "You never fail to amaze me, keep up the amazing work!!", []),
        ("en", "haha wow 😍😍 thx", []),
        ("en", "the pasta, the PASTA", ["pasta"]),
        ("en", "Maria's garden", ["maria", "garden"]),
        ("en", "sooooo goooood", []),
        ("en", "my #garden is muddy #plants #love", ["garden", "muddi"]),
        ("en", "see https://sourdough.example/bread @baker", []),
        ("de", "Danke für die Rezepte", ["rezept"]),
        ("de", "Danke fuer das Rezept", ["rezept"]),
        ("de", "Mega Bild, weiter so, Daumen hoch!", []),
        ("es", "Gracias por las recetas de tu abuela", ["recet", "abuel"]),
        ("es", "Eres un crack, me alegraste el dia", []),
        ("fr", "J'adore l'éclairage, c'est trop beau", ["éclairag"]),
        ("pt", "Mandou bem demais, que foto linda kkkk", []),
        ("pt", "Obg pelas dicas de farinha", ["farinh"]),
    ],
)
def test_content_words(language: str, text: str, expected: list[str]) -> None:
    assert words(language, text) == [expected]


def test_unassessed_and_missing_texts_have_no_content() -> None:
    assert words("xx", "bread", None) == [None, None]
    assert words("en", None, "") == [None, []]
    assert words("en") == []


def test_rows_keep_their_order_across_languages() -> None:
    frame = pl.DataFrame({"text": ["Brot", "bread", "?", "pan"], "language": ["de", "en", "und", "es"]})
    assert content(frame)["content"].to_list() == [["brot"], ["bread"], None, ["pan"]]


def test_names_of_both_are_no_content() -> None:
    frame = pl.DataFrame({"text": ["James, the bread", "James, the bread", "James"], "language": ["en", "en", "en"]})
    names = pl.DataFrame(
        {
            "language": ["en"] * 3,
            "writer_names": [["Ana", "Ruiz"], None, None],
            "reader_names": [["James"], ["Bob"], None],
        }
    )
    assert without_names(content(frame), names)["content"].to_list() == [["bread"], ["jame", "bread"], ["jame"]]


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "bread " * 200_000, "\x00", "שלום עולם", "😍" * 50_000, "\u200b\u202e", "Привет мир"]
)
@pytest.mark.parametrize("language", vocabulary.languages("words"))
def test_odd_texts_have_an_answer(language: str, text: str) -> None:
    (found,) = words(language, text)
    assert found is not None
    assert len(found) < 10


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["en", "de", "fr", "und"])), max_size=6))
def test_each_row_has_its_own_answer(rows: list[tuple[str, str]]) -> None:
    """A text's words don't depend on the other texts."""
    frame = pl.DataFrame(rows, schema={"text": pl.String, "language": pl.String}, orient="row")
    alone = [content(frame.slice(index, 1))["content"].to_list()[0] for index in range(frame.height)]
    assert content(frame)["content"].to_list() == alone
