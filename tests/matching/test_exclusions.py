"""Exclusions: what is dropped, by which rule, and that it is counted."""

import polars as pl

from pipeline.matching.exclusions import exclusions_table
from pipeline.matching.match import encode_interactions
from pipeline.matching.parameters import MatchingParameters
from tests.matching.reference import DAY, HOUR, SECOND, Ev, frame
from tests.matching.running import Matched, excluded, match, reasons

MINUTE = 60 * SECOND
AWAY = "Thank you for your mail, I am away until 3 May."
P = MatchingParameters()


def run(events: list[Ev], **other: object) -> Matched:
    return match(frame(events), P, initiator="me", outcome="any", **other)  # type: ignore[arg-type]  # keywords passed through


def chat(number: int, answer: str, delay: int = 10 * SECOND, contact: str = "ann") -> list[Ev]:
    t = (10 + number) * DAY
    return [
        Ev(f"o{contact}{number}", out=True, t=t, contact=contact, text="short"),
        Ev(f"i{contact}{number}", out=False, t=t + delay, contact=contact, text=answer),
    ]


def excluded_of(events: list[Ev]) -> dict[str, str]:
    return excluded(frame(events))


def test_three_equal_long_answers_at_once_are_automatic() -> None:
    # the number in the text doesn't matter
    events = [*chat(0, AWAY), *chat(1, AWAY.replace("3", "4")), *chat(2, AWAY), *chat(3, "Now I am back, how are you?")]
    assert excluded_of(events) == {"iann0": "automatic", "iann1": "automatic", "iann2": "automatic"}
    assert run(events).gestures.filter(status="answered")["first_interaction_id"].to_list() == ["oann3"]
    assert run(events).counts["dropped_automatic"] == 3
    assert run(events, exclusions=False).gestures.filter(status="answered").height == 4


def test_two_or_slow_or_short_answers_are_not_automatic() -> None:
    assert excluded_of([*chat(0, AWAY), *chat(1, AWAY)]) == {}
    assert excluded_of([e for k in range(4) for e in chat(k, AWAY, delay=2 * MINUTE)]) == {}
    assert excluded_of([e for k in range(4) for e in chat(k, "thanks a lot my friend")]) == {}


def test_such_texts_must_be_half_of_what_the_person_writes_in_the_lane() -> None:
    words = ["one", "two", "three", "four"]
    events = [*(e for k in range(3) for e in chat(k, AWAY)), *(e for k, w in enumerate(words) for e in chat(5 + k, w))]
    assert excluded_of(events) == {}


def test_a_person_of_whom_nothing_else_is_left_goes_altogether() -> None:
    events = [e for k in range(3) for e in chat(k, AWAY)]
    assert set(excluded_of(events).values()) == {"automatic"}
    assert len(excluded_of(events)) == 6
    assert run(events).gestures.is_empty()


def test_the_sources_own_word_is_enough() -> None:
    events = frame([*chat(0, "hello"), *chat(1, "hello")]).with_columns(
        pl.when(pl.col("interaction_id") == "iann0").then(pl.lit("auto_submitted")).alias("automatic")
    )
    assert excluded(events) == {"iann0": "automatic"}
    assert reasons(events) == {"iann0": "automatic: marked by the source (auto_submitted)"}


def send(contact: str, minutes: int, text: str, name: str = "") -> Ev:
    return Ev(name or f"o{contact}", out=True, t=10 * DAY + minutes * MINUTE, contact=contact, text=text)


INVITATION = "Come to my opening on Friday at 8!"


def test_five_people_within_a_day_are_a_campaign() -> None:
    events = [send(f"c{k}", 60 * k, INVITATION) for k in range(5)]
    assert excluded_of(events) == {f"oc{k}": "campaign" for k in range(5)}
    assert run(events).gestures.is_empty()


def test_case_stretched_letters_links_and_names_make_no_other_text() -> None:
    said = [
        "Sooo happy to see you at www.a.example, @ann, STRASSE 8",
        "soooooo happy to see you at https://b.example/1, @bob, Straße 12",
    ]
    events = [send(f"c{k}", k, said[k % 2]) for k in range(5)]
    assert set(excluded_of(events).values()) == {"campaign"}
    twice = [send(f"c{k}", k, said[0].replace("Sooo", "So")) for k in range(3)]
    assert excluded_of([*twice, *(send(f"d{k}", k, said[1]) for k in range(2))]) == {}


def test_four_people_or_more_than_a_day_or_short_words_are_not() -> None:
    assert excluded_of([send(f"c{k}", 60 * k, INVITATION) for k in range(4)]) == {}
    assert excluded_of([send(f"c{k}", 361 * k, INVITATION) for k in range(5)]) == {}
    assert excluded_of([send(f"c{k}", k, "happy new year to you") for k in range(9)]) == {}


def test_only_the_burst_is_a_campaign() -> None:
    late = send("c9", 5 * 24 * 60, INVITATION)
    events = [*(send(f"c{k}", 360 * k, INVITATION) for k in range(5)), late]
    assert set(excluded_of(events)) == {f"oc{k}" for k in range(5)}


def test_one_send_to_several_people_is_a_campaign() -> None:
    events = frame([send("ann", 0, "hi", "o1"), send("bob", 0, "hi", "o2"), send("eve", 1, "hi", "o3")])
    events = events.with_columns(pl.Series("native_id", ["m1", "m1", "m2"]))
    assert excluded(events) == {"o1": "campaign", "o2": "campaign"}
    assert set(reasons(events).values()) == {"campaign: one message to 2 people"}


def test_one_message_to_a_group_chat_is_no_campaign() -> None:
    events = frame([send(f"c{k}", 0, INVITATION) for k in range(5)])
    to_group = events.with_columns(pl.lit(value=True).alias("is_group"), pl.lit("t").alias("thread_id"))
    assert excluded(to_group) == {}
    assert len(excluded(to_group.with_columns(thread_id="contact_id"))) == 5


def test_excluded_contacts_and_link_drops() -> None:
    events = [*chat(0, "hi"), *chat(0, "look at my shop", contact="bob"), *chat(0, "hi", contact="eve")]
    contacts = pl.DataFrame({"contact_id": ["ann", "bob", "eve"], "excluded": [True, False, False]})
    found = run(events, contacts=contacts, link_drops=pl.Series(["ibob0", "oeve0"]))
    # an outbound link drop stays: only inbound ones are no reciprocation
    assert found.gestures.select("contact_id", "status").rows() == [("bob", "open"), ("eve", "answered")]
    assert (found.counts["dropped_excluded_contact"], found.counts["dropped_link_drop"]) == (2, 1)


def test_each_exclusion_has_its_reason() -> None:
    events = [
        *(e for k in range(4) for e in chat(k, AWAY)), *chat(5, "Now I am back, how are you?"),
        *(e for k in range(3) for e in chat(k, AWAY, contact="bob")),
        *(send(f"c{k}", 60 * k, INVITATION) for k in range(7)),
        *chat(0, "hi", contact="dan"), *chat(0, "see https://shop.example", contact="eve"),
    ]  # fmt: skip
    contacts = pl.DataFrame(
        {"contact_id": ["dan", "eve"], "excluded": [True, False], "exclusion_reason": ["excluded by you", None]}
    )
    encoded = encode_interactions(frame(events), contacts, pl.Series(["ieve0"]))
    table = exclusions_table(encoded, contacts)
    assert table.height == 4 + 6 + 7 + 2 + 1
    assert table.filter(~pl.col("interaction_id").str.contains("[12345]")).rows() == [
        ("iann0", "automatic", "automatic: the same text came 4 times within 60 s after yours"),
        ("ibob0", "automatic", "automatic: the same text came 3 times within 60 s after yours"),
        ("idan0", "excluded_contact", "excluded by you"),
        ("ieve0", "link_drop", "link drop: a link without a question and without a word about what it answers"),
        ("obob0", "automatic", "only automatic messages came from this person"),
        ("oc0", "campaign", "campaign: one text to 7 people within 24 hours"),
        ("oc6", "campaign", "campaign: one text to 7 people within 24 hours"),
        ("odan0", "excluded_contact", "excluded by you"),
    ]


def test_no_rule_excludes_a_contact_whom_the_owner_keeps_in() -> None:
    events = [
        *(e for k in range(3) for e in chat(k, AWAY)), *(send(f"c{k}", k, INVITATION) for k in range(5)),
        *chat(0, "see https://shop.example", contact="eve"),
    ]  # fmt: skip
    kept = pl.Series(["ann", "c1", "eve"])
    encoded = encode_interactions(frame(events), None, pl.Series(["ieve0"]), kept)
    assert encoded.drop_nulls("exclusion")["interaction_id"].sort().to_list() == ["oc0", "oc2", "oc3", "oc4"]


def test_worded_drops_only_the_responders_wordless_events() -> None:
    like = Ev("i1", out=False, t=11 * DAY, cls="reaction", kind="like", reply_to="o1")
    events = [Ev("o1", out=True, t=10 * DAY), like]
    worded = match(frame(events), P, initiator="me", outcome="worded")
    assert worded.gestures["status"].to_list() == ["open"]
    assert worded.counts["dropped_wordless"] == 1
    assert run(events).gestures["grade"].to_list() == ["A"]
    theirs = match(frame(events), P, initiator="them", outcome="worded")
    assert theirs.gestures["class"].to_list() == ["reaction"]


def test_a_quote_and_a_recommendation_have_words_a_repost_has_not() -> None:
    def shared(kind: str, cls: str) -> list[Ev]:
        return [Ev("o1", out=True, t=10 * DAY), Ev("i1", out=False, t=10 * DAY + HOUR, cls=cls, kind=kind)]

    def grades(kind: str, cls: str) -> list[str | None]:
        return match(frame(shared(kind, cls)), P, initiator="me", outcome="worded").gestures["grade"].to_list()

    assert grades("quote", "share") == ["D"]
    assert grades("repost", "share") == [None]
    assert grades("recommendation", "endorsement") == ["D"]
    assert grades("endorsement", "endorsement") == [None]
