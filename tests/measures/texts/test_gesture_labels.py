"""What the texts of a gesture say: which texts belong to it, and the value that it takes from them."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching.match import encode_interactions, gesture_tables
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.texts.craft_dimensions import craft_dimensions
from pipeline.measures.texts.gesture_labels import (
    asked_labels,
    craft_labels,
    gesture_labels,
    text_gestures,
    tone_labels,
)
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, HOUR, Ev, frame

NOTHING_SEEN = RiskSet(pl.DataFrame(schema=COVERAGE))


def gestures_of(encoded: pl.DataFrame) -> pl.DataFrame:
    made = gesture_tables(encoded, NOTHING_SEEN, MatchingParameters())
    return pl.concat([analysis.gestures for analysis in made])


def test_a_text_belongs_to_the_turn_that_it_is_part_of() -> None:
    encoded = encode_interactions(
        frame(
            [
                Ev("hello", out=True, t=DAY, text="hello"),
                Ev("and", out=True, t=DAY + HOUR, text="and?"),
                Ev("answer", out=False, t=DAY + 2 * HOUR, text="yes"),
                Ev("good", out=True, t=DAY + 3 * HOUR, text="good"),
                Ev("other", out=True, t=DAY, contact="other", text="hi"),
            ]
        )
    )
    texts = pl.DataFrame({"interaction_id": ["hello", "and", "good", "other"], "text": ["hello", "and?", "good", "hi"]})
    for outcome in ("worded", "any"):
        analysis = gestures_of(encoded).filter(initiator="me", outcome=outcome)
        first = analysis.select("gesture_id", "first_interaction_id")
        found = text_gestures(encoded, analysis, texts, "me").join(first, on="gesture_id")
        assert sorted(found.select("first_interaction_id", "text").rows()) == [
            ("good", "good"), ("hello", "and?"), ("hello", "hello"), ("other", "hi"),
        ]  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 400), st.sampled_from("ab")), max_size=25))
def test_every_own_text_is_part_of_one_gesture_of_the_right_size(rows: list[tuple[bool, int, str]]) -> None:
    events = [
        Ev(f"e{k:02d}", out=out, t=hours * HOUR, contact=who, text="x") for k, (out, hours, who) in enumerate(rows)
    ]
    encoded = encode_interactions(frame(events))
    analysis = gestures_of(encoded).filter(initiator="me", outcome="worded")
    texts = pl.DataFrame({"interaction_id": [event.id for event in events]}, schema={"interaction_id": pl.String})
    sizes = text_gestures(encoded, analysis, texts, "me").group_by("gesture_id").len()
    assert dict(sizes.iter_rows()) == dict(analysis.select("gesture_id", "interactions").iter_rows())


def test_craft_is_that_of_the_longest_text() -> None:
    texts = pl.DataFrame(
        [
            ("a", 10, "generic", False, False, True),
            ("a", 90, "substantive", True, True, False),
            ("b", 5, "short", False, False, False),
            ("c", 5, "not_assessed", False, None, None),
            ("d", 5, "short", False, False, True),
            ("e", 5, "short", False, True, False),
        ],
        schema=["gesture_id", "length", "genericness", "templated", "ask", "give"],
        orient="row",
    )
    assert craft_labels(texts).rows() == [
        ("a", "substantive", "templated", "both"),
        ("b", "short", "personal", "neither"),
        ("c", "not_assessed", "personal", None),
        ("d", "short", "personal", "gift"),
        ("e", "short", "personal", "ask"),
    ]


def test_one_question_makes_a_gesture_ask_and_an_unread_text_leaves_it_open() -> None:
    texts = pl.DataFrame(
        [("a", False), ("a", True), ("b", False), ("c", None), ("c", False), ("d", None), ("d", True)],
        schema=["gesture_id", "asks_for_answer"],
        orient="row",
    )
    assert asked_labels(texts).rows() == [("a", "asked"), ("b", "not_asked"), ("c", None), ("d", "asked")]


def test_tone_is_that_of_the_longest_text_and_of_the_contacts_only() -> None:
    texts = pl.DataFrame(
        [("a", 3, "positive"), ("a", 9, "negative"), ("b", 3, "neutral")],
        schema=["gesture_id", "length", "label"],
        orient="row",
    )
    assert tone_labels(texts).rows() == [("a", "negative"), ("b", "neutral")]
    encoded = encode_interactions(
        frame([Ev("out", out=True, t=DAY, text="?"), Ev("in", out=False, t=DAY + HOUR, text="no")])
    )
    rows = gesture_labels(
        encoded,
        gestures_of(encoded).lazy(),
        pl.DataFrame({"interaction_id": ["out"], "length": [1], "asks_for_answer": [True]}),
        pl.DataFrame({"interaction_id": ["in"], "length": [2], "label": ["negative"], "asks_for_answer": [False]}),
    )
    assert sorted(rows.select("dimension", "value").unique().rows()) == [
        ("asked", "asked"), ("asked", "not_asked"), ("tone", "negative"),
    ]  # fmt: skip


def test_craft_counts_what_the_headline_leaves_out_as_a_campaign() -> None:
    letter = "come to the opening of my shop on friday"
    sent = [Ev(f"o{k}", out=True, t=DAY, contact=f"c{k}", text=letter) for k in range(5)]
    encoded = encode_interactions(frame([*sent, Ev("single", out=True, t=DAY, contact="x", text="how is your knee?")]))
    texts = pl.DataFrame({"interaction_id": [*(event.id for event in sent), "single"]}).with_columns(
        pl.lit(30).alias("length"),
        pl.lit("substantive").alias("genericness"),
        (pl.col("interaction_id") != "single").alias("templated"),
        pl.lit(value=False).alias("ask"),
        pl.lit(value=False).alias("give"),
    )
    headline = gestures_of(encoded)
    assert headline.filter(initiator="me", outcome="worded").height == 1
    made = craft_dimensions(encoded, headline.lazy(), texts, NOTHING_SEEN, MatchingParameters())
    assert sorted(made.filter(outcome="worded")["dim_templated"].to_list()) == ["personal", *["templated"] * 5]
