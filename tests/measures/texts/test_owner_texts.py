"""What the owner gave to a contact before each text, and gestures that ask by it."""

import polars as pl

from pipeline.matching.match import encode_interactions, gesture_tables
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.texts.craft_dimensions import craft_dimensions
from pipeline.measures.texts.gesture_labels import earlier_gifts_labels
from pipeline.measures.texts.owner_texts import earlier_gifts
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, Ev, frame

NOTHING_SEEN = RiskSet(pl.DataFrame(schema=COVERAGE))


def texts(*rows: tuple[str, bool | None, bool | None]) -> pl.DataFrame:
    """Make the texts: interaction_id, ask, give."""
    schema = {"interaction_id": pl.String, "ask": pl.Boolean, "give": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_gifts_are_counted_before_each_text_over_all_platforms_of_one_contact() -> None:
    encoded = encode_interactions(
        frame(
            [
                Ev("a1", out=True, t=1 * DAY, text="x"),
                Ev("a2", out=True, t=2 * DAY, text="x", platform="q"),
                Ev("a3", out=True, t=3 * DAY, text="x"),
                Ev("a4", out=True, t=4 * DAY, text="x"),
                Ev("b1", out=True, t=5 * DAY, text="x", contact="bob"),
                Ev("in", out=False, t=1 * DAY, text="x"),
            ]
        )
    )
    of_owner = texts(
        ("a1", False, True), ("a2", True, True), ("a3", None, None), ("a4", True, False), ("b1", True, False)
    )
    assert sorted(earlier_gifts(encoded, of_owner).rows()) == [("a1", 0), ("a2", 1), ("a3", 2), ("a4", 2), ("b1", 0)]


def test_what_is_said_to_a_group_is_no_gift_and_no_ask_of_a_contact() -> None:
    encoded = encode_interactions(
        frame(
            [
                Ev("g", out=True, t=1 * DAY, text="x", thread="t", group=True),
                Ev("a", out=True, t=2 * DAY, text="x"),
            ]
        )
    )
    assert earlier_gifts(encoded, texts(("g", True, True), ("a", True, False))).rows() == [("a", 0)]


def test_a_gesture_that_asks_has_the_gifts_before_its_first_text() -> None:
    rows = [
        ("none", True, 0), ("one", True, 1), ("two", True, 2), ("three", True, 3), ("many", False, 40), ("many", True, 41),
        ("silent", False, 2), ("unread", None, 2), ("group", True, None),
    ]  # fmt: skip
    frame_of_texts = pl.DataFrame(rows, schema=["gesture_id", "ask", "earlier_gifts"], orient="row")
    assert earlier_gifts_labels(frame_of_texts).rows() == [
        ("none", "0"), ("one", "1-2"), ("two", "1-2"), ("three", "3+"), ("many", "3+"), ("silent", None), ("unread", None),
        ("group", None),
    ]  # fmt: skip


def test_the_gifts_of_a_campaign_count() -> None:
    gift = "here is the list of all the cheap flats in town"
    sent = [Ev(f"o{k}", out=True, t=DAY, contact=f"c{k}", text=gift) for k in range(5)]
    ask = Ev("ask", out=True, t=9 * DAY, contact="c0", text="could you vote for me?")
    encoded = encode_interactions(frame([*sent, ask]))
    assert encoded["exclusion"].drop_nulls().to_list() == ["campaign"] * 5
    labelled = texts(*((event.id, False, True) for event in sent), ("ask", True, False)).with_columns(
        pl.lit(30).alias("length"), pl.lit("short").alias("genericness"), pl.lit(value=False).alias("templated")
    )
    made = gesture_tables(encoded, NOTHING_SEEN, MatchingParameters())
    headline = pl.concat([analysis.gestures for analysis in made])
    rows = craft_dimensions(encoded, headline.lazy(), labelled, NOTHING_SEEN, MatchingParameters())
    assert rows.filter(outcome="worded")["dim_earlier_gifts"].drop_nulls().to_list() == ["1-2"]
