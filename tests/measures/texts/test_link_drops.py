"""What is a link drop, who is a link-dropper, and that neither counts as an answer."""

from typing import Any

import polars as pl
import pytest

from pipeline.consolidation.contacts import excluded_contacts
from pipeline.matching.parameters import MatchingParameters
from pipeline.matching.tie_ends import tie_ends
from pipeline.measures.texts.link_drops import FEATURES, LinkDrops, find_link_drops
from pipeline.measures.texts.links import learned_domains, links, registrable_domain
from pipeline.model.schemas import COVERAGE
from tests.matching.reference import DAY, HOUR, Ev, frame
from tests.matching.running import all_gestures, match

P = MatchingParameters()


def said(name: str, text: str, *, at: float = 0, out: bool = False, reply_to: str | None = None) -> Ev:
    return Ev(name, out=out, t=round((10 + at) * DAY), text=text, reply_to=reply_to)


def found(*events: Ev, own: tuple[str, ...] = ()) -> LinkDrops:
    return find_link_drops(frame(list(events)), own)


def names(*events: Ev, own: tuple[str, ...] = ()) -> list[str]:
    return found(*events, own=own).drops["interaction_id"].to_list()


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://shop.ann.example/a?b=1", "ann.example"),
        ("http://www.ann.co.uk", "ann.co.uk"),
        ("www.ann.com/x", "ann.com"),
        ("https://ann.github.io/", "ann.github.io"),
        ("https://user@ann.com:8080/", "ann.com"),
        ("https://ANN.com./", "ann.com"),
        ("http://192.168.0.1/a", None),
        ("http://[::1]/a", None),
        ("https://co.uk/", None),
        ("https://[broken", None),
    ],
)
def test_registrable_domain(url: str, domain: str | None) -> None:
    assert registrable_domain(url) == domain


def test_links_end_before_the_punctuation_of_the_sentence() -> None:
    assert links("See (https://ann.com/a), www.bob.org. And http://c.de!") == [
        "https://ann.com/a", "www.bob.org", "http://c.de",
    ]  # fmt: skip


def test_a_first_event_with_a_link_and_nothing_else_is_a_drop() -> None:
    assert names(said("i1", "Great post! https://ann.com/shop")) == ["i1"]
    # not the first, not their own domain: a link like any other
    assert names(said("i1", "hello there"), said("i2", "look https://ann.com/shop", at=1)) == []
    assert names(said("i1", "no link at all")) == []


def test_the_first_interaction_of_the_two_counts_both_sides() -> None:
    mine = said("o1", "My tulips are out", out=True)
    link = "look https://ann.com/birds"
    assert names(mine, said("i1", link, at=1)) == []
    # what it answers is no earlier acquaintance: a comment needs a post
    assert names(mine, said("i1", link, at=1, reply_to="o1")) == ["i1"]
    assert names(mine, said("o2", "And the lilies", at=1, out=True), said("i1", link, at=2, reply_to="o2")) == []


def test_a_question_or_a_word_of_the_parent_makes_it_talk() -> None:
    assert names(said("i1", "Have you seen https://ann.com/a ?")) == []
    # a question mark inside the URL asks nothing
    assert names(said("i1", "Here https://ann.com/a?page=2")) == ["i1"]
    post = said("o1", "My sourdough didn't rise", out=True)
    assert names(post, said("i1", "Sourdough needs time: https://ann.com/a", at=1, reply_to="o1")) == []
    assert names(post, said("i1", "Nice! https://ann.com/a", at=1, reply_to="o1")) == ["i1"]


def judged(text: str, language: str = "en", **known: object) -> bool:
    """Judge the first text of a contact, with what is known about it."""
    row = frame([said("i1", text)]).with_columns(
        pl.lit(language).alias("language"),
        *(pl.lit(value, dtype=FEATURES[name]).alias(name) for name, value in known.items()),
    )
    return not find_link_drops(row).drops.is_empty()


@pytest.mark.parametrize("text", ["Great post! ann-shop.com", "see ANN.COM", "hier: ann.de/kurs", "look www.ann.com"])
def test_a_domain_without_a_scheme_is_a_link(text: str) -> None:
    assert judged(text)


@pytest.mark.parametrize("text", ["Nice one.So true", "version 2.3.4", "ann@bob.com", "e.g. this", "Ja.no", "ok..so"])
def test_a_missing_blank_or_an_address_is_no_link(text: str) -> None:
    assert links(text) == []


def test_a_link_that_answers_a_question_is_none() -> None:
    text = "Here: https://ann.com/swatches"
    assert not judged(text, parent="Which yarn is it?", parent_question=True)
    assert judged(text, parent="What a day", parent_question=False)
    # an offer answers only who asks for offers or pages, or if it says that it is the writer's own
    offer = "Check out my shop: https://ann.com"
    assert judged(offer, parent="Which wool is warm?", parent_question=True)
    assert not judged(offer, parent="Where can I buy wool? Drop your links", parent_question=True)
    assert not judged(f"Full disclosure, it's mine. {offer}", parent="Which wool is warm?", parent_question=True)


def test_a_fig_leaf_question_does_not_save_a_pitch() -> None:
    assert judged("Ready to double your sales? https://ann.com", question=True, fig_leaf=True)
    assert judged("We help small businesses. Ready to double your sales? https://ann.com", question=True)
    assert not judged("Is this the moth you saw? https://ann.com/moth", question=True)
    assert judged("Who doesn't love moths? https://ann.com/moth", question=True, rhetorical=True)


def test_a_letter_that_says_something_is_none() -> None:
    letter = (
        "Your chapter about the flooded mill made me think of my grandfather, who carried flour across that bridge every "
        "morning before school. He always said the river took only what people had forgotten."
    )
    assert not judged(f"{letter} There is a photograph at https://ann.com/mill")
    assert judged(f"{letter} We help businesses grow, book a call at https://ann.com/mill")


def test_what_was_promised_is_none() -> None:
    assert not judged("As promised: https://ann.com/recipe")
    assert not judged("Wie versprochen: https://ann.com/rezept", language="de")
    assert judged("Rezepte: https://ann.com/rezept", language="de")


def test_content_in_common_is_by_stem_where_it_is_known() -> None:
    parents: dict[str, Any] = {"parent": "Eight steps to a thermostat", "parent_content": ["step", "thermostat"]}
    assert not judged("step six is dead: https://ann.com", content=["step", "dead"], **parents)
    assert judged("Wow https://ann.com", content=["wow"], **parents)


def test_a_domain_is_learned_from_three_events_and_half_of_the_links() -> None:
    three = [f"news https://ann.com/{k}" for k in range(3)]
    assert learned_domains(three, ()) == {"ann.com"}
    assert learned_domains(three[:2], ()) == set()
    assert learned_domains(["https://ann.com/1 https://ann.com/2 https://ann.com/3"], ()) == set()  # one event
    assert learned_domains([*three, *(f"https://b{k}.com" for k in range(3))], ()) == {"ann.com"}
    assert learned_domains([*three, *(f"https://b{k}.com" for k in range(4))], ()) == set()
    # the owner's site and shorteners are nobody else's
    assert learned_domains(three, {"ann.com"}) == set()
    assert learned_domains([f"https://t.co/{k}" for k in range(3)], ()) == set()


def test_own_domains_of_the_owner_judge_the_owners_texts() -> None:
    events = [said("o1", "hello you", out=True), said("o2", "new: https://blog.me.org/1", at=1, out=True)]
    assert names(*events) == []
    drops = found(*events, own=("me.org",)).drops
    reason = "link drop: leads to the writer's own domain, answers nothing"
    assert drops.rows() == [("o2", "ann", "outbound", True, reason)]


def test_a_link_dropper_has_three_events_and_a_sure_share_of_drops() -> None:
    drops = [said(f"i{k}", f"news https://ann.com/{k}", at=k) for k in range(3)]
    assert found(*drops).droppers.to_list() == ["ann"]
    assert found(*drops[:2]).droppers.to_list() == []
    # 3 of 6: the lower bound is 0.19
    talk = [said(f"j{k}", "how nice", at=5 + k) for k in range(3)]
    assert found(*drops, *talk).droppers.to_list() == []
    assert len(found(*drops, *talk).drops) == 3


def test_a_link_dropper_who_also_talks_is_not_excluded() -> None:
    drops = [said(f"i{k}", f"news https://ann.com/{k}", at=k) for k in range(5)]
    assert found(*drops).nothing_else.to_list() == ["ann"]
    talks = found(*drops, said("j", "how nice", at=9))
    assert (talks.droppers.to_list(), talks.nothing_else.to_list()) == (["ann"], [])


def test_an_inbound_link_drop_answers_nothing_in_either_outcome() -> None:
    events = [said("o1", "what do you think", out=True), said("i1", "Nice! https://ann.com/a", at=0.1, reply_to="o1")]
    for outcome in ("worded", "any"):
        ids = found(*events).drops["interaction_id"]
        matched = match(frame(events), P, initiator="me", outcome=outcome, link_drops=ids)
        assert matched.gestures["status"].to_list() == ["open"]
        assert matched.counts["dropped_link_drop"] == 1


def test_link_droppers_are_excluded_unless_the_owner_keeps_them() -> None:
    events = frame([said("i1", "hello")])
    nobody = pl.DataFrame(schema={"contact_id": pl.String, "excluded": pl.Boolean})
    names_of = pl.Series("contact_id", ["ann"])
    assert excluded_contacts(events, nobody, names_of)["contact_id"].to_list() == ["ann"]
    kept = pl.DataFrame({"contact_id": ["ann"], "excluded": [False]})
    assert excluded_contacts(events, kept, names_of).is_empty()


def test_the_order_of_rows_does_not_matter() -> None:
    events = [said(f"i{k}", f"news https://ann.com/{k}", at=k % 3) for k in range(6)]
    assert found(*events).drops.equals(found(*events[::-1]).drops)


def test_a_dated_block_ends_the_tie() -> None:
    ties = pl.DataFrame(
        {
            "contact_id": ["ann", "bob", "eve", "dan"], "platform": ["p"] * 4,
            "kind": ["blocked", "blocked", "followed_by", "blocked"],
            "since": [10 * DAY + HOUR, None, 3 * DAY, 2 * DAY], "missing_since": [None, None, 5 * DAY, 4 * DAY],
        }
    )  # fmt: skip
    assert tie_ends(ties).rows() == [("ann", "p", 10 * DAY + HOUR)]
    seen = dict.fromkeys(COVERAGE) | {
        "account_id": "me", "platform": "p", "class": "message", "direction": "inbound", "surface": "all",
        "visibility": "full", "starts_at": 0, "ends_at": 99 * DAY,
    }  # fmt: skip
    events = frame([said("o1", "hi", out=True), said("o2", "hi?", at=2, out=True)])
    gestures, _ = all_gestures(events, pl.DataFrame([seen], schema=dict(COVERAGE)), P, tie_ends=tie_ends(ties))
    own = gestures.filter(initiator="me", outcome="any").select("censored_after_us", "off_risk_reason")
    assert own.rows() == [(HOUR, None), (0, "no_follow_up")]
