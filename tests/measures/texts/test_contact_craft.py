"""How the owner wrote to each contact: counts, what was given before the first ask, and matched disclosure."""

import polars as pl
import pytest

from pipeline.matching.match import encode_interactions, gesture_tables
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.risk_set import RiskSet
from pipeline.measures.texts.contact_craft import CRAFT_INPUT, contact_craft_table
from pipeline.measures.texts.disclosure_matching import disclosure_matching, disclosure_pairs
from pipeline.measures.texts.owner_texts import with_campaigns
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, HOUR, Ev, frame

NOTHING_SEEN = RiskSet(pl.DataFrame(schema=COVERAGE))


def craft(rows: dict[str, str]) -> pl.DataFrame:
    """Read `generic ask give templated drop question` as a row; `unread`: not assessed."""
    made = []
    for name, words in rows.items():
        said = words.split()
        kind = next((word for word in ("generic", "short", "substantive") if word in said), "not_assessed")
        ask, give, question = (None if "unread" in said else word in said for word in ("ask", "give", "question"))
        made.append((name, kind, "templated" in said, "drop" in said, ask, give, question))
    schema = dict.fromkeys(CRAFT_INPUT[:2], pl.String) | dict.fromkeys(CRAFT_INPUT[2:], pl.Boolean)
    return pl.DataFrame(made, schema=schema, orient="row")


def counted(events: list[Ev], rows: dict[str, str]) -> list[dict[str, object]]:
    return contact_craft_table(with_campaigns(encode_interactions(frame(events))), craft(rows)).to_dicts()


def test_texts_are_counted_and_the_gifts_before_the_first_ask() -> None:
    events = [Ev("in", out=False, t=DAY, text="hi")]
    events += [Ev(f"o{k}", out=True, t=(2 + k) * DAY, text="x") for k in range(6)]
    events += [
        Ev("like", out=True, t=HOUR, cls="reaction", kind="like"),
        Ev("b", out=True, t=DAY, contact="bob", text="x"),
    ]
    [ann, bob] = counted(
        events,
        {
            "o0": "generic give", "o1": "unread", "o2": "substantive give question", "o3": "substantive ask give question",
            "o4": "short give templated", "o5": "short ask drop templated", "b": "short give",
        },
    )  # fmt: skip
    assert ann == {
        "contact_id": "ann", "texts": 6, "assessed": 5, "generic": 1, "short": 2, "substantive": 2, "templated": 2,
        "link_drops": 1, "asks": 2, "gives": 4, "asks_for_answer": 2, "gives_before_ask": 2, "first_ask_at": 5 * DAY,
        "first_give_at": 2 * DAY, "days_to_first_ask": pytest.approx(5 - 1 / 24), "disclosure_pairs": None,
        "disclosure_match": None, "disclosure_p": None, "disclosure_slope": None,
    }  # fmt: skip
    assert (bob["gives_before_ask"], bob["first_ask_at"], bob["days_to_first_ask"]) == (1, None, None)


def test_group_chats_and_excluded_texts_are_left_out_and_campaigns_are_not() -> None:
    letter = "come to the opening of my shop on friday"
    events = [Ev(f"o{k}", out=True, t=DAY, contact=f"c{k}", text=letter) for k in range(5)]
    events += [Ev("g", out=True, t=HOUR, contact="c0", text="x", thread="t", group=True)]
    events += [Ev("only", out=False, t=HOUR, contact="guest", text="x")]
    rows = counted(events, {**{f"o{k}": "substantive ask templated" for k in range(5)}, "g": "short give"})
    assert [(row["contact_id"], row["texts"], row["templated"], row["gives"]) for row in rows] == [
        (f"c{k}", 1, 1, 0) for k in range(5)
    ]
    # the first interaction is not that of the group
    assert {row["days_to_first_ask"] for row in rows} == {0.0}


def conversation(depths: list[tuple[int | None, int | None]]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Make exchanges, one a day: the owner's text and the contact's answer with these depths; None: not assessed."""
    events, rows = [], []
    for k, (own, answer) in enumerate(depths):
        events.append(Ev(f"o{k:02}", out=True, t=k * DAY, text="x"))
        events.append(Ev(f"r{k:02}", out=False, t=k * DAY + HOUR, text="y"))
        rows += [(f"o{k:02}", own), (f"r{k:02}", answer)]
    return with_gestures(events, rows)


def with_gestures(
    events: list[Ev], rows: list[tuple[str, int | None]]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    encoded = encode_interactions(frame(events))
    made = gesture_tables(encoded, NOTHING_SEEN, MatchingParameters())
    depths = pl.DataFrame(rows, schema={"interaction_id": pl.String, "depth": pl.Int64}, orient="row")
    return encoded, pl.concat([analysis.gestures for analysis in made]), depths


def pairs_of(encoded: pl.DataFrame, gestures: pl.DataFrame, depths: pl.DataFrame) -> pl.DataFrame:
    return disclosure_pairs(encoded, gestures.lazy(), depths)


def test_a_pair_is_a_gesture_and_its_answer_both_assessed() -> None:
    pairs = pairs_of(*conversation([(0, 1), (2, None), (None, 3), (3, 2)]))
    assert pairs.select("depth", "answer_depth").rows() == [(0, 1), (3, 2)]


def test_the_depth_of_either_side_is_the_greatest_of_its_turn() -> None:
    events = [
        Ev("o1", out=True, t=DAY, text="x"), Ev("o2", out=True, t=DAY + HOUR, text="x"),
        Ev("r1", out=False, t=DAY + 2 * HOUR, text="y"), Ev("r2", out=False, t=DAY + 3 * HOUR, text="y"),
        Ev("o3", out=True, t=DAY + 4 * HOUR, text="x"),
    ]  # fmt: skip
    pairs = pairs_of(*with_gestures(events, [("o1", 3), ("o2", 1), ("r1", 0), ("r2", 2), ("o3", 1)]))
    assert pairs.select("depth", "answer_depth").rows() == [(3, 2)]


def test_matched_and_gradual_disclosure() -> None:
    level = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    pairs = pairs_of(*conversation([(own, own) for own in level]))
    found = disclosure_matching(pairs)
    assert found.rows() == [("ann", 12, pytest.approx(1.0), 0.001, pytest.approx(1 / 3, abs=0.04))]
    few = disclosure_matching(pairs.head(9))
    assert few.select("disclosure_pairs", "disclosure_slope").rows() == [(9, None)]
    assert disclosure_matching(pairs.head(2)).rows() == [("ann", 2, None, None, None)]
    assert disclosure_matching(pairs.head(3)).rows() == [("ann", 3, None, None, None)]
    encoded = with_campaigns(encode_interactions(frame([Ev("o", out=True, t=DAY, text="x", contact="bob")])))
    rows = contact_craft_table(encoded, craft({"o": "short"}), found).to_dicts()
    assert [(row["contact_id"], row["disclosure_pairs"], row["disclosure_match"]) for row in rows] == [("bob", 0, None)]


def test_a_contacts_figures_do_not_depend_on_others() -> None:
    one = pl.DataFrame({"contact_id": "b", "depth": [0, 1, 2, 1, 0, 3], "answer_depth": [1, 1, 2, 0, 0, 2]})
    other = pl.DataFrame({"contact_id": "a", "depth": [0, 1, 0, 1], "answer_depth": [1, 0, 2, 0]})
    both = disclosure_matching(pl.concat([other, one]))
    assert both.filter(contact_id="b").rows() == disclosure_matching(one).rows()
    assert disclosure_matching(one.head(0)).is_empty()
