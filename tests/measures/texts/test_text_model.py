"""The text model: what it adds to the rules, and that its weights are those of the texts in the repository."""

import json
import time
from importlib.resources import files

import numpy as np
import polars as pl
import pytest

from pipeline.measures.texts.described import describe
from pipeline.measures.texts.model.ngrams import Ngrams
from pipeline.measures.texts.model.scores import wording
from pipeline.measures.texts.model.weights import MODEL_FILE, load
from pipeline.model.schemas import INTERACTIONS
from tests.measures.texts.labelled.train import fit, inputs, training_texts

RESULTS = ("ask", "give", "asks_for_answer", "self_promotion", "genericness")


def described(*texts: str) -> pl.DataFrame:
    acts = [
        {
            "interaction_id": f"i{n}", "contact_id": f"c{n}", "account_id": "me", "platform": "forum", "class": "comment",
            "direction": "outbound", "is_group": False, "at": 1_700_000_000_000_000 + n, "text": text,
        }
        for n, text in enumerate(texts)
    ]  # fmt: skip
    names = pl.DataFrame(schema={"contact_id": pl.String, "names": pl.List(pl.String)})
    return describe(pl.DataFrame(acts, schema=dict(INTERACTIONS)), names).texts


def test_weights_are_made_from_the_texts_in_the_repository() -> None:
    model = json.loads((files("pipeline.measures.texts.model") / MODEL_FILE).read_text("utf-8"))
    assert model["inputs"] == inputs(training_texts()), "run `make model`"


def test_training_reads_no_text_of_the_unseen_half() -> None:
    assert not [text.id for text in training_texts() if not text.id.startswith("training") and text.unseen]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Could you send me the recipe?", {"ask": True, "asks_for_answer": True}),
        ("Could you swim as a child?", {"ask": False, "asks_for_answer": True}),
        ("Thanks for the tip with the salt, it worked", {"give": True}),
        ("Thanks for sharing!", {"give": False, "genericness": "generic"}),
        ("Great post!", {"genericness": "generic", "self_promotion": False, "ask": False}),
        ("Kannst du mir bitte das Rezept schicken?", {"ask": True, "asks_for_answer": True}),
        ("Merci pour le partage !", {"give": False, "genericness": "generic"}),
    ],
)
def test_plain_texts(text: str, expected: dict[str, object]) -> None:
    row = described(text).row(0, named=True)
    assert {name: row[name] for name in expected} == expected


def test_a_language_without_lists_stays_not_assessed() -> None:
    row = described("Kunt u mij alstublieft het recept van deze heerlijke soep sturen?").row(0, named=True)
    assert {name: row[name] for name in RESULTS} == {
        "ask": None, "give": None, "asks_for_answer": None, "self_promotion": None, "genericness": "not_assessed",
    }  # fmt: skip


def test_reasons_are_of_yes_alone_and_have_no_words_of_the_text() -> None:
    texts = [text.text for text in training_texts()[:400]]
    rows = described(*texts)
    for name in ("ask", "give", "asks_for_answer", "self_promotion"):
        assert (rows[name].fill_null(value=False) == rows[f"{name}_reason"].is_not_null()).all()
        worded = rows[f"{name}_reason"].drop_nulls().to_frame("reason").filter(pl.col("reason").str.contains("wording"))
        assert worded["reason"].str.contains(r"^[a-z -]+: by the wording \(\d\.\d+\)$").all()


def test_limits_overrule_a_rule_only_in_the_direction_of_the_model() -> None:
    assert all(limits.rule_yes <= limits.rule_no for limits in load().limits.values())


def test_ngrams_count_once_and_unknown_words_not() -> None:
    matrix = Ngrams.of(["so", "so good", "<start> so good"]).matrix(pl.Series(["so good so so good", "good", None]))
    assert (matrix.toarray() > 0).tolist() == [[True, True, True], [False] * 3, [False] * 3]
    assert np.allclose(matrix.toarray()[0], 3**-0.25)


def test_fit_is_the_same_twice() -> None:
    matrix = Ngrams.of(["a", "b", "a b"]).matrix(pl.Series(["a b", "a", "b", "b a", "a a", "b b"] * 4))
    wanted = np.array([True, True, False, False, True, False] * 4)
    first, second = (fit(matrix, wanted, np.full(3, 0.5)) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first[0] > 0 > first[1]


@pytest.mark.alone
def test_wording_of_many_texts_is_fast() -> None:
    texts = pl.DataFrame({"text": [text.text for text in training_texts()] * 20})
    start = time.process_time()
    wording(texts)
    assert (time.process_time() - start) / texts.height < 40e-6
