"""Tone towards the reader: kinds of texts that words alone get wrong."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measures.texts.phrase_text import phrase_text
from pipeline.measures.texts.sentiment import sentiment

KINDS = {
    ("negative", "irony"): [
        "thanks for nothing",
        "Great, another hour of my life gone",
        "congrats on wasting my afternoon",
        "Thanks a bunch for blocking the drive",
        'Thank you for the "quick" guide, I was done by midnight',
        "Ah yes, because everyone has a spare 2000 euros lying around",
    ],
    ("negative", "praise around a wish for a change"): [
        "love your channel but the music drowns your voice",
        "Lovely design, but the text is far too small to read on a phone",
        "Beautiful shop. Could you just, maybe, answer my mails for once?",
        "Nice pictures, shame about the watermark across the middle",
    ],
    ("negative", "blame"): [
        "You clearly haven't read the report",
        "Your app deleted all my notes",
        "I expected better from you",
        "Please stop sending me these",
        "Really disappointed with the new version",
        "Meh.",
        "This makes no sense",
        "unsubscribed",
    ],
    ("neutral", "others are blamed"): [
        "the post office lost it again",
        "my boss is an idiot",
        "The council is useless",
        "Amazon cancelled my order twice, useless",
    ],
    ("neutral", "sad news"): [
        "My dad passed away in March",
        "I was diagnosed last week, starting treatment Monday",
        "Lost my job today",
        "The cat died on Sunday. I can't stop crying.",
    ],
    ("neutral", "questions, answers, requests"): [
        "What time does it start?",
        "Could you send me the slides please?",
        "Which one do you like better?",
        "I usually use olive oil instead of butter",
        "Thanks in advance for sending the pattern",
        "ok",
        "lol",
    ],
    ("positive", "words that look bad"): [
        "this is sick",
        "Not bad at all!",
        "you're killing it",
        "damn that's good",
        "I hate how good this is",
        "Please never stop making these",
        "Not bad at all, I'm impressed",
    ],
    ("positive", "thanks, congratulations, sympathy, offers"): [
        "thx!!",
        "Congratulations on the new baby!",
        "So sorry for your loss, thinking of you both",
        "Happy to lend you my tripod if that helps",
        "I've made your lentil soup four times this month",
        "sooo goood",
        "❤️❤️❤️",
    ],
    ("positive", "praise as bait"): [
        "Great shot bro. My presets would make it pop even more, grab the pack presets.example"
    ],
}


@pytest.mark.parametrize("tone, text", [(tone, text) for (tone, _), texts in KINDS.items() for text in texts])
def test_tone_is_meant_for_the_reader(tone: str, text: str) -> None:
    assert sentiment(pl.DataFrame({"text": [text], "language": ["en"]}))["tone"].item() == tone


def test_other_languages_are_not_assessed() -> None:
    found = sentiment(pl.DataFrame({"text": ["Děkuji!", "🎉", None], "language": ["cs", "und", "en"]}))
    assert found.rows() == [(None, "not_assessed", None)] * 3


def test_a_reason_names_the_list_that_decided() -> None:
    found = sentiment(pl.DataFrame({"text": ["thank you", "It is at five", "thanks for nothing"], "language": "en"}))
    assert found["tone_reason"].to_list() == ["thanks", None, "irony"]


def test_the_compound_score_is_that_of_the_words_alone() -> None:
    found = sentiment(pl.DataFrame({"text": ["The book was good."], "language": ["en"]}))
    assert found["compound"].item() == pytest.approx(0.4404, abs=0.001)


def test_a_prepared_text_gives_the_same() -> None:
    texts = pl.DataFrame({"text": [t for texts in KINDS.values() for t in texts]}).with_columns(language=pl.lit("en"))
    prepared = texts.with_columns(prepared=phrase_text(texts["text"]))
    assert sentiment(texts).equals(sentiment(prepared))


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "good " * 200_000, "🙃" * 10_000, "\0\u200b", "שלום עולם", "", " \n\t "]
)
def test_odd_texts_get_an_answer(text: str) -> None:
    found = sentiment(pl.DataFrame({"text": [text], "language": ["en"]}))
    assert found["tone"].item() in {"positive", "neutral", "negative"}
    assert -1 <= found["compound"].item() <= 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_each_text_is_judged_by_itself(texts: list[str]) -> None:
    together = sentiment(
        pl.DataFrame({"text": texts, "language": ["en"] * len(texts)}, schema={"text": str, "language": str})
    )
    alone = [sentiment(pl.DataFrame({"text": [text], "language": ["en"]})).row(0) for text in texts]
    assert [row[1:] for row in together.rows()] == [row[1:] for row in alone]
    assert together["compound"].to_list() == pytest.approx([row[0] for row in alone], abs=1e-9)
