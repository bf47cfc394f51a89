"""VADER's scores over columns equal VADER's own."""

import polars as pl
import pytest

from pipeline.measures.texts.valence import compounds, vader

# scores of vaderSentiment 3.3.2
SCORES = [
    ("VADER is smart, handsome, and funny.", 0.8316),
    ("VADER is smart, handsome, and funny!", 0.8439),
    ("VADER is very smart, handsome, and funny.", 0.8545),
    ("VADER is VERY SMART, handsome, and FUNNY.", 0.9227),
    ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
    ("VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!", 0.9469),
    ("VADER is not smart, handsome, nor funny.", -0.7424),
    ("The book was good.", 0.4404),
    ("At least it isn't a horrible book.", 0.431),
    ("The plot was good, but the characters are uncompelling and the dialog is not great.", -0.7042),
    ("Today SUX!", -0.5461),
    ("Make sure you :) or :D today!", 0.8633),
    ("Catch utf-8 emoji such as 💘 and 💋 and 😁", 0.875),
    ("Not bad at all", 0.431),
    ("Never so good, never this bad", -0.0986),
    ("No good can come of it", -0.3412),
    ("Is it good?? Is it??", 0.594),
    ("Without a doubt excellent", 0.7013),
    ("It is the least interesting book", -0.3089),
    ("The wheel was made in 1912", 0.0),
    ("", 0.0),
]


@pytest.mark.parametrize("text, score", SCORES)
def test_a_score_is_that_of_vader(text: str, score: float) -> None:
    assert compounds(pl.Series([text]), (vader(),))["compound_0"].item() == pytest.approx(score, abs=0.001)


def test_a_score_does_not_depend_on_the_texts_around_it() -> None:
    texts, scores = zip(*SCORES, strict=True)
    assert compounds(pl.Series(texts), (vader(),))["compound_0"].to_list() == pytest.approx(scores, abs=0.001)


def test_a_changed_lexicon_has_its_own_scores() -> None:
    changed = vader().changed({"sick": 2.0, "funny": 0.0})
    found = compounds(pl.Series(["this is sick", "funny", "siiiick"]), (vader(), changed))
    assert found["compound_0"].to_list() == pytest.approx([-0.5106, 0.4404, 0.0], abs=0.001)
    assert found["compound_1"].to_list() == pytest.approx([0.4588, 0.0, 0.4588], abs=0.001)


def test_no_texts_have_no_scores() -> None:
    assert compounds(pl.Series([], dtype=pl.String), (vader(),)).height == 0
